package law

import "siplab/sim/trace"

var repeats = Law{
	ID:      "repeats",
	Text:    "a repeated message has the same bytes as the first",
	Section: "RFC 3261 §17.1.1.2",
	watch:   func() any { return &repeatsWatch{sent: map[txn][]*trace.Packet{}} },
}

// repeatsWatch keeps what each transaction that runs has sent, the first of
// each kind of message.
type repeatsWatch struct{ sent map[txn][]*trace.Packet }

func (r *repeatsWatch) event(e *trace.Event, law *tally) {
	switch {
	case e.Txn == 0:
	case e.Kind == trace.State && e.To == "Terminated":
		delete(r.sent, txnOf(e))
	case e.Kind == trace.Send && e.Packet != nil:
		r.send(e, law)
	}
}

func (r *repeatsWatch) send(e *trace.Event, law *tally) {
	p := e.Packet
	repeated := p.Again == ""
	for _, first := range r.sent[txnOf(e)] {
		again := first.Label == p.Again
		repeated = repeated || again
		if !again && !sameMessage(first, p) {
			continue
		}
		if law.met(); first.Raw != p.Raw {
			law.broken(e.I, "%s repeats %s with other bytes", p.Label, first.Label)
			return
		}
	}
	if !repeated {
		law.met()
		law.broken(e.I, "%s repeats %s, which its transaction did not send", p.Label, p.Again)
	}
	if p.Again == "" {
		r.sent[txnOf(e)] = append(r.sent[txnOf(e)], p)
	}
}

// sameMessage says whether q can only be p again: within a transaction there is
// one request of a method, and one final response, but for the 2xx of an
// INVITE, of which a fork makes several. "The formal definition of retransmit
// within the context of the transaction layer is to take the message previously
// sent to the transport layer and pass it to the transport layer once more."
func sameMessage(p, q *trace.Packet) bool {
	if p.Method != q.Method || p.Status != q.Status {
		return false
	}
	return p.Status == 0 || p.Status >= 300 || p.Status >= 200 && p.Method != "INVITE"
}
