package law

import (
	"maps"
	"time"

	"siplab/sim/ask"
	"siplab/sim/sip"
	"siplab/sim/trace"
)

// hangup is §15: "the callee's UA MUST NOT send a BYE on a confirmed dialog until
// it has received an ACK for its 2xx response or until the server transaction
// times out."
var hangup = Law{
	ID:      "hangup",
	Text:    "a callee sends no BYE until the ACK to its 2xx has come, or 64*T1 is over",
	Section: "RFC 3261 §15",
	watch:   func() any { return &hangupWatch{open: map[end]time.Duration{}} },
}

// end is one end of a call.
type end struct {
	callID string
	speaker
}

// hangupWatch keeps since when a callee waits for the ACK to its 2xx.
type hangupWatch struct {
	header *trace.Header
	open   map[end]time.Duration
}

func (w *hangupWatch) begin(h *trace.Header) { w.header = h }

func (w *hangupWatch) event(e *trace.Event, _ *tally) {
	if ask.Forgets(e) {
		maps.DeleteFunc(w.open, func(c end, _ time.Duration) bool { return c.host == e.Host })
	}
}

func (w *hangupWatch) read(e *trace.Event, l *letter, law *tally) {
	if l.by != isAgent {
		return
	}
	from, to := l.tags()
	here := end{l.CallID(), speaker{e.Host, side{to, from}}}
	switch {
	case l.answers(e) && l.accepts():
		if _, within := l.of.request.tags(); within == "" && e.Packet.Again == "" {
			law.met()
			w.open[here] = e.At
		}
	case e.Kind == trace.Arrive && (l.Method == sip.ACK || l.Method == sip.BYE):
		delete(w.open, here)
	case l.Method == sip.BYE && l.asks(e) && e.Packet.Again == "":
		here.side = side{from, to}
		if since, waits := w.open[here]; waits && e.At < since+64*w.header.Timers.T1 {
			law.broken(e.I, "a BYE is sent, and the ACK to the 2xx has not come")
		}
		delete(w.open, here)
	}
}
