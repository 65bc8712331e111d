package law

import (
	"slices"

	"siplab/sim/sip"
	"siplab/sim/trace"
)

// route is §12.2.1.1: "The UAC uses the remote target and route set to build
// the Request-URI and Route header field of the request."
var route = Law{
	ID:      "route",
	Text:    "a request in a dialog has the route set in its Route, in order: what the Record-Routes of the INVITE made it",
	Section: "RFC 3261 §12.1, §12.2.1.1",
	watch:   func() any { return &routeWatch{} },
}

type routeWatch struct {
	ledger *ledger
	route  []string
}

func (w *routeWatch) look(g *ledger) { w.ledger = g }

func (w *routeWatch) read(e *trace.Event, l *letter, law *tally) {
	if !l.asks(e) || e.Packet.Again != "" || l.Method == sip.CANCEL || l.Method == sip.ACK && l.of != nil {
		return
	}
	d := w.ledger.legs.of(e, l)
	if d == nil || !d.readable || !d.loose() {
		return
	}
	law.met()
	w.route = w.route[:0]
	for value := range l.Values(sip.NameRoute) {
		a, _ := sip.ParseNameAddr(value)
		w.route = append(w.route, a.URI)
	}
	if !slices.Equal(w.route, d.route) {
		law.broken(e.I, "a %s has the Route %q, and its dialog the route set %q", l.Method, w.route, d.route)
	}
}
