package law

import (
	"time"

	"siplab/sim/trace"
)

// bounded is what Timer A, E and G, and §13.3.1.4 for the 2xx, come to: an
// "interval that starts at T1 seconds and doubles for each retransmission until
// it reaches T2 seconds", and an end after 64*T1. With the default timers that is
// eleven copies, with which a request of a forged address can be answered to a
// third party.
var bounded = Law{
	ID:      "bounded",
	Text:    "a transaction repeats a message no more often than its timers do in 64*T1, and once for each that comes again",
	Section: "RFC 3261 §13.3.1.4, §17.1.1.2, §17.1.2.2, §17.2.1",
	watch:   func() any { return &boundedWatch{} },
}

type boundedWatch struct{ most int }

// begin counts the copies of a message in 64*T1.
func (w *boundedWatch) begin(h *trace.Header) {
	t1, t2 := h.Timers.T1, h.Timers.T2
	w.most = 0
	for at, gap := time.Duration(0), t1; at <= 64*t1 && gap > 0; gap = min(2*gap, max(t1, t2)) {
		at += gap
		w.most++
	}
}

// read leaves out provisional responses: who rings for long says so each
// minute (§13.3.1.1).
func (w *boundedWatch) read(e *trace.Event, l *letter, law *tally) {
	x := l.of
	if x == nil || e.Kind != trace.Send || !l.bound || l.Status >= 100 && l.Status < 200 || e.Packet.Again == "" {
		return
	}
	law.met()
	if x.repeats >= (w.most-1)*x.messages+x.came {
		law.broken(e.I, "transaction %d repeats for the %dth time; it has sent %d and got %d", e.Txn, x.repeats+1, x.messages, x.came)
	}
}
