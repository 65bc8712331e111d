package law

import "siplab/sim/trace"

var outcome = Law{
	ID:      "outcome",
	Text:    "a transaction has one outcome: it goes once into Completed or Accepted, and a final response that is no 2xx is not followed by another",
	Section: "RFC 3261 §17, RFC 6026 §7",
	watch:   func() any { return &outcomeWatch{final: map[txn]string{}, sent: map[txn]int{}} },
}

// outcomeWatch keeps, of each transaction that runs, the state of its outcome
// and the final response that it sent.
type outcomeWatch struct {
	final map[txn]string
	sent  map[txn]int
}

func (o *outcomeWatch) event(e *trace.Event, law *tally) {
	t := txnOf(e)
	switch {
	case e.Txn == 0:
	case e.Kind == trace.State && e.To == "Terminated":
		delete(o.final, t)
		delete(o.sent, t)
	case e.Kind == trace.State && (e.To == "Completed" || e.To == "Accepted"):
		law.met()
		if before := o.final[t]; before != "" {
			law.broken(e.I, "transaction %d goes into %s, and had its outcome in %s", e.Txn, e.To, before)
		}
		o.final[t] = e.To
	case e.Kind == trace.Send && e.Packet != nil && e.Packet.Status >= 200:
		// A proxy may send on several 2xx of one INVITE that it forked.
		law.met()
		if before := o.sent[t]; before != 0 && before != e.Packet.Status && !(isSuccess(before) && isSuccess(e.Packet.Status)) {
			law.broken(e.I, "transaction %d sends a %d, and has sent a %d", e.Txn, e.Packet.Status, before)
		}
		o.sent[t] = e.Packet.Status
	}
}

func isSuccess(status int) bool { return status >= 200 && status < 300 }
