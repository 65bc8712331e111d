package law

import (
	"iter"
	"net/netip"
	"slices"
	"strings"

	"siplab/sim/sip"
	"siplab/sim/trace"
)

// loop is RFC 5393 §4.2.2: "If these values are equal, the request has looped
// and the proxy MUST reject the request with a 482 (Loop Detected) response."
var loop = Law{
	ID:      "loop",
	Text:    "a proxy does not forward a request that it has forwarded before, with the same Request-URI and Route",
	Section: "RFC 5393 §4.2.2, RFC 3261 §16.3 item 4",
	watch:   func() any { return &loopWatch{} },
}

type loopWatch struct{ ledger *ledger }

func (w *loopWatch) look(g *ledger) { w.ledger = g }

func (w *loopWatch) read(e *trace.Event, l *letter, say sayer) {
	if l.from == nil || l.of == nil || l.Status != 0 || l.from.Count(sip.NameVia) < 2 {
		return
	}
	own := w.ledger.header.Hosts[e.Host].Addrs
	for value := range l.from.Values(sip.NameVia) {
		if !slices.ContainsFunc(own, func(a netip.AddrPort) bool { return strings.Contains(value, a.Addr().String()) }) {
			continue
		}
		if before := w.sent(e, value, l.Method); before != nil && before != l.of && sameWay(before.upstream.request, l.from) {
			say(e.I, "a %s to %s is forwarded that was forwarded here before", l.Method, l.from.URI)
			return
		}
	}
}

// sent is the client transaction of this proxy that has a Via.
func (w *loopWatch) sent(e *trace.Event, value, method string) *exchange {
	v, err := sip.ParseVia(value)
	if err != nil {
		return nil
	}
	x := w.ledger.by[branchKey{e.Host, false, v.Branch(), strings.ToLower(v.SentBy()), method}]
	if x == nil || x.upstream == nil {
		return nil
	}
	return x
}

// sameWay says whether nothing that routes a request has changed.
func sameWay(a, b *letter) bool {
	if a.URI != b.URI {
		return false
	}
	next, stop := iter.Pull(b.Values(sip.NameRoute))
	defer stop()
	for route := range a.Values(sip.NameRoute) {
		if other, ok := next(); !ok || other != route {
			return false
		}
	}
	_, more := next()
	return !more
}
