package law

import (
	"siplab/sim/sip"
	"siplab/sim/trace"
)

// ack is §13.2.2.4: "The sequence number of the CSeq header field MUST be the
// same as the INVITE being acknowledged, but the CSeq method MUST be ACK. The
// ACK MUST contain the same credentials as the INVITE."
var ack = Law{
	ID:      "ack",
	Text:    "the ACK to a 2xx has the CSeq number and the credentials of its INVITE",
	Section: "RFC 3261 §13.2.2.4",
	watch:   func() any { return &ackFields{} },
}

type ackFields struct{ ledger *ledger }

func (w *ackFields) look(g *ledger) { w.ledger = g }

// read looks at the ACK that answers what came last. A controller may send its
// ACK in one call because of what came in another (RFC 3725 §4.1).
func (w *ackFields) read(e *trace.Event, l *letter, law *tally) {
	last := w.ledger.arrived
	if l.Method != sip.ACK || !l.asks(e) || l.of != nil || e.Packet.Again != "" ||
		last == nil || last.host != e.Host || !last.accepts() || last.of == nil || last.of.server || last.of.request == nil ||
		last.CallID() != l.CallID() {
		return
	}
	law.met()
	invite := last.of.request
	if own, theirs := l.CSeq(), invite.CSeq(); own.Seq != theirs.Seq || own.Method != sip.ACK {
		law.broken(e.I, "an ACK has the CSeq %d %s, and its INVITE %d", own.Seq, own.Method, theirs.Seq)
	}
	for _, a := range answering {
		if own, theirs := l.Get(a.answer), invite.Get(a.answer); own != theirs {
			law.broken(e.I, "an ACK has the %s %q, and its INVITE %q", a.answer, own, theirs)
		}
	}
}
