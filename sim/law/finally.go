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

func (w *finallyWatch) event(e *trace.Event, say sayer) {
	w.judge(e.At, say)
	if e.Kind == trace.State && e.Txn != 0 && e.To == "Terminated" {
		w.due.done(txnOf(e))
		w.over(e, w.ledger.live[txnOf(e)])
	}
}

func (w *finallyWatch) read(e *trace.Event, l *letter, _ sayer) {
	switch {
	case e.Kind == trace.Arrive && l.of != nil && l.Status >= 200:
		w.over(e, l.of)
	case l.answers(e) && l.Status >= 200:
		w.due.done(l.of.id)
	}
}

// over is the end of a branch.
func (w *finallyWatch) over(e *trace.Event, branch *exchange) {
	if branch != nil && branch.upstream != nil && branch.upstream.request.Method == sip.INVITE && branch.upstream.final == 0 {
		w.due.add(branch.upstream.id, e)
	}
}

func (w *finallyWatch) judge(now time.Duration, say sayer) {
	w.due.judge(now, func(x duty) {
		up := w.ledger.live[x.of]
		if up == nil || up.final != 0 {
			return
		}
		for _, b := range up.branches {
			if b.pending() {
				return
			}
		}
		say(x.event, "each branch of transaction %d has ended, and its INVITE gets no final response", x.of.id)
	})
}

func (w *finallyWatch) finish(end *trace.End, say sayer) {
	if end.Why == trace.Quiet {
		w.judge(end.At+1, say)
	}
}
