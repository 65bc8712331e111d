package law

import (
	"time"

	"siplab/sim/sip"
	"siplab/sim/trace"
)

// trying is §17.2.1: "The server transaction MUST generate a 100 (Trying)
// response unless it knows that the TU will generate a provisional or final
// response within 200 ms".
var trying = Law{
	ID:      "trying",
	Text:    "an INVITE is answered within 200 ms, if only with a 100",
	Section: "RFC 3261 §17.2.1",
	watch:   func() any { return &tryingWatch{} },
}

// tryingWatch keeps the INVITEs that have come, in order of time.
type tryingWatch struct {
	ledger *ledger
	due    []deadline
}

type deadline struct {
	id    txn
	event int32
	at    time.Duration
}

func (w *tryingWatch) look(g *ledger) { w.ledger = g }

func (w *tryingWatch) event(e *trace.Event, law *tally) { w.judge(e.At, law) }

func (w *tryingWatch) judge(now time.Duration, law *tally) {
	n := 0
	for ; n < len(w.due) && w.due[n].at < now; n++ {
		d := &w.due[n]
		if x := w.ledger.live[d.id]; x != nil && x.provisional == 0 && x.final == 0 {
			law.broken(d.event, "the INVITE of transaction %d has no response within 200 ms", d.id.id)
		}
	}
	if n > 0 {
		w.due = append(w.due[:0], w.due[n:]...)
	}
}

func (w *tryingWatch) read(e *trace.Event, l *letter, law *tally) {
	if e.Kind == trace.Arrive && l.bound && l.Method == sip.INVITE && l.of != nil && l.of.request == l {
		law.met()
		w.due = append(w.due, deadline{l.of.id, e.I, e.At + 200*time.Millisecond})
	}
}

func (w *tryingWatch) finish(end *trace.End, law *tally) { w.judge(end.At, law) }
