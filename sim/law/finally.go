package law

import (
	"time"

	"siplab/sim/sip"
	"siplab/sim/trace"
)

// finally is §16.7 item 6: "If there are no final responses in the context, the
// proxy MUST send a 408 (Request Timeout) response to the server transaction."
var finally = Law{
	ID:      "finally",
	Text:    "a proxy answers an INVITE at once when the last of its branches has failed or ended",
	Section: "RFC 3261 §16.7 item 6, §16.8",
	watch:   func() any { return &finallyWatch{} },
}

type finallyWatch struct {
	ledger *ledger
	due    duties
}

func (w *finallyWatch) look(g *ledger) { w.ledger = g }

func (w *finallyWatch) event(e *trace.Event, law *tally) {
	w.judge(e.At, law)
	if e.Kind == trace.State && e.Txn != 0 && e.To == "Terminated" {
		w.due.done(txnOf(e))
		w.over(e, w.ledger.live[txnOf(e)], law)
	}
}

func (w *finallyWatch) read(e *trace.Event, l *letter, law *tally) {
	switch {
	case e.Kind == trace.Arrive && l.of != nil && l.Status >= 200:
		w.over(e, l.of, law)
	case l.answers(e) && l.Status >= 200:
		w.due.done(l.of.id)
	}
}

// over is the end of a branch: of the last, if no other waits.
func (w *finallyWatch) over(e *trace.Event, branch *exchange, law *tally) {
	if branch == nil || branch.upstream == nil {
		return
	}
	up := branch.upstream
	if up.request.Method != sip.INVITE || up.final != 0 || up.waits(branch) {
		return
	}
	law.met()
	w.due.add(up.id, e)
}

func (w *finallyWatch) judge(now time.Duration, law *tally) {
	w.due.judge(now, func(x duty) {
		up := w.ledger.live[x.of]
		if up != nil && up.final == 0 && !up.waits(nil) {
			law.broken(x.event, "each branch of transaction %d has ended, and its INVITE gets no final response", x.of.id)
		}
	})
}

func (w *finallyWatch) finish(end *trace.End, law *tally) {
	if end.Why == trace.Quiet {
		w.judge(end.At+1, law)
	}
}
