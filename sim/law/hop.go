package law

import (
	"slices"
	"time"

	"siplab/sim/sip"
	"siplab/sim/trace"
)

// hop is §17.1.1.2, "the client transaction MUST generate an ACK request", to a
// final response other than 2xx, and "The ACK MUST be sent to the same address,
// port, and transport to which the original request was sent." What a proxy
// gets of them ends in its server transaction.
var hop = Law{
	ID:      "hop",
	Text:    "a failure of an INVITE is acknowledged hop by hop: who gets it sends the ACK at once, where the INVITE went, and no proxy passes one on",
	Section: "RFC 3261 §17.1.1.2, §17.1.1.3",
	watch:   func() any { return &hopWatch{} },
}

// hopWatch keeps the failures that have come and have no ACK yet.
type hopWatch struct {
	ledger *ledger
	due    []failure
}

type failure struct {
	id    txn
	event int32
	since time.Duration
}

func (w *hopWatch) look(g *ledger) { w.ledger = g }

// event takes the move into Completed: what comes later is a repeat, to which
// the machine answers or not.
func (w *hopWatch) event(e *trace.Event, law *tally) {
	w.judge(e.At, law)
	switch {
	case e.Kind == trace.State && e.Txn != 0 && e.Name == "invite-client" && e.To == "Completed" && w.ledger.live[txnOf(e)] != nil:
		law.met()
		w.due = append(w.due, failure{txnOf(e), e.I, e.At})
	case e.Kind == trace.Note && e.Ref == "RFC 3261 §18.4": // nothing could be sent
		w.due = slices.DeleteFunc(w.due, func(f failure) bool { return f.id.at(e.Host) })
	}
}

func (w *hopWatch) judge(now time.Duration, law *tally) {
	for len(w.due) > 0 && w.due[0].since < now {
		law.broken(w.due[0].event, "transaction %d gets a failure of its INVITE and sends no ACK", w.due[0].id.id)
		w.due = slices.Delete(w.due, 0, 1)
	}
}

func (w *hopWatch) read(e *trace.Event, l *letter, law *tally) {
	if l.Method != sip.ACK || e.Kind != trace.Send || !l.bound {
		return
	}
	last := w.ledger.arrived
	switch {
	case l.of != nil:
		w.due = slices.DeleteFunc(w.due, func(f failure) bool { return f.id == l.of.id })
		if l.dst != l.of.request.dst {
			law.broken(e.I, "the ACK to a failure goes to %s, and its INVITE went to %s", l.dst, l.of.request.dst)
		}
	case l.from != nil && l.from == last && last.of != nil && last.of.server:
		law.broken(e.I, "the ACK to a failure that transaction %d sent is passed on", last.of.id.id)
	}
}

func (w *hopWatch) finish(end *trace.End, law *tally) {
	if end.Why == trace.Quiet {
		w.judge(end.At+1, law)
	}
}
