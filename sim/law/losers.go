package law

import (
	"time"

	"siplab/sim/sip"
	"siplab/sim/trace"
)

// losers is §16.7 item 10: "If the forwarded response was a final response, the
// proxy MUST generate a CANCEL request for all pending client transactions
// associated with this response context."
var losers = Law{
	ID:      "losers",
	Text:    "a proxy that has sent a final response to an INVITE upstream cancels each branch that rings, at once",
	Section: "RFC 3261 §16.7 item 10",
	watch:   func() any { return &losersWatch{cancelled: map[txn]bool{}} },
}

// losersWatch keeps the branches that have to be cancelled now, and those whose
// CANCEL is out.
type losersWatch struct {
	ledger    *ledger
	due       duties
	cancelled map[txn]bool
}

func (w *losersWatch) look(g *ledger) { w.ledger = g }

func (w *losersWatch) event(e *trace.Event, law *tally) {
	w.judge(e.At, law)
	if e.Kind == trace.State && e.Txn != 0 && e.To == "Terminated" {
		delete(w.cancelled, txnOf(e))
		w.due.done(txnOf(e))
	}
}

func (w *losersWatch) judge(now time.Duration, law *tally) {
	w.due.judge(now, func(x duty) {
		law.broken(x.event, "the branch of transaction %d rings on: it gets no CANCEL", x.of.id)
	})
}

func (w *losersWatch) read(e *trace.Event, l *letter, law *tally) {
	switch {
	case l.by != isProxy || l.of == nil:
	case l.Method == sip.CANCEL && e.Kind == trace.Send:
		if invite := w.ledger.by[inviteOf(l)]; invite != nil {
			w.cancelled[invite.id] = true
			w.due.done(invite.id)
		}
	case l.answers(e) && l.Status >= 200 && l.of.request.Method == sip.INVITE && e.Packet.Again == "":
		for _, b := range l.of.branches {
			if b.pending() && b.provisional != 0 && !w.cancelled[b.id] {
				law.met()
				w.due.add(b.id, e)
			}
		}
	case e.Kind == trace.Arrive && !l.of.server && l.Status >= 200:
		w.due.done(l.of.id)
	}
}

func (w *losersWatch) finish(end *trace.End, law *tally) {
	if end.Why == trace.Quiet {
		w.judge(end.At+1, law)
	}
}
