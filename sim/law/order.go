package law

import "siplab/sim/trace"

// order is §16.7 item 5 for a proxy, which after a final response sends on
// nothing but a 2xx to an INVITE, and §17.2.1: in Completed and after it, a
// server transaction passes no provisional response any more.
var order = Law{
	ID:      "order",
	Text:    "no provisional response follows a final one in a transaction",
	Section: "RFC 3261 §16.7 item 5, §17.2.1, §17.2.2",
	watch:   func() any { return orderWatch{} },
}

type orderWatch struct{}

func (orderWatch) read(e *trace.Event, l *letter, law *tally) {
	if !l.answers(e) || l.of.final == 0 {
		return
	}
	if law.met(); l.Status < 200 {
		law.broken(e.I, "transaction %d sends a %d, and has sent a %d", e.Txn, l.Status, l.of.final)
	}
}
