package law

import "siplab/sim/trace"

var silence = Law{
	ID:      "silence",
	Text:    "a transaction sends nothing, moves nowhere and sets no timer before it begins or after Terminated",
	Section: "RFC 3261 §17.1.1.2, §17.1.2.2, §17.2.1, §17.2.2",
	watch:   func() any { return &silenceWatch{state: map[txn]string{}} },
}

// silenceWatch keeps the state of each transaction that runs.
type silenceWatch struct{ state map[txn]string }

func (s *silenceWatch) event(e *trace.Event, law *tally) {
	if e.Txn == 0 {
		return
	}
	law.met()
	state, runs := s.state[txnOf(e)]
	switch {
	case e.Kind == trace.Send && !runs:
		law.broken(e.I, "transaction %d sends, and is not running", e.Txn)
	case e.Kind == trace.Timer && !runs:
		law.broken(e.I, "transaction %d has Timer %s %s, and is not running", e.Txn, e.Name, e.Op)
	case e.Kind == trace.State:
		if e.From != state {
			law.broken(e.I, "transaction %d leaves %q, and stands in %q", e.Txn, e.From, state)
		}
		if e.To == "Terminated" {
			delete(s.state, txnOf(e))
		} else {
			s.state[txnOf(e)] = e.To
		}
	}
}
