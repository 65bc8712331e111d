package dialog

import "siplab/sim/sip"

// refuse says why a request is not to be processed. What it refuses may still
// raise the remote sequence number: a request of the right order has used it.
func (d *Dialog) refuse(method string, seq uint32) Refusal {
	switch {
	case d.shared(method):
	case d.run.State == Morgue:
		return Refusal{Status: 481, Ref: "RFC 3261 §12.2.2", Why: "there is no such dialog any more"}
	case d.run.State == none:
		return Refusal{Status: 481, Ref: "RFC 3261 §12.2.2", Why: "no INVITE made this dialog, and no session is in it"}
	case d.run.State == Mortal && method != sip.BYE:
		return Refusal{Status: 481, Ref: finer, Why: "a BYE has ended the dialog, and only a BYE is accepted"}
	}
	if d.Remote.Known && seq <= d.Remote.Number {
		// Lower is the RFC's word. An equal number in a new transaction was
		// used before, and numbers only increase (§12.2.1.1).
		return Refusal{Status: 500, Ref: "RFC 3261 §12.2.2", Why: "the CSeq number is not higher than the last one"}
	}
	no := d.collides(method)
	if no.Status != 0 {
		d.Remote = Seq{seq, true}
	}
	return no
}

// collides is §14.2 of RFC 3261 for INVITE and §5.2 of RFC 3311 for UPDATE.
// What offers add to it, package offer knows.
func (d *Dialog) collides(method string) Refusal {
	switch {
	case method == sip.INVITE && d.theirs.Known && !d.answered:
		return Refusal{Status: 500, RetryAfter: true, Ref: "RFC 3261 §14.2", Why: "an INVITE before it has no final response yet"}
	case method == sip.INVITE && d.mine.Known:
		return Refusal{Status: 491, Ref: "RFC 3261 §14.2", Why: "an INVITE of this side is in progress"}
	case method == sip.UPDATE && d.update.Known:
		return Refusal{Status: 500, RetryAfter: true, Ref: "RFC 3311 §5.2", Why: "an UPDATE before it has no final response yet"}
	}
	return Refusal{}
}

// May says whether this side may send a request of the method inside the
// dialog now, and if not, why and by which section. It judges no offer.
func (d *Dialog) May(method string) (no Refusal, ok bool) {
	s := d.run.State
	switch {
	case d.shared(method):
	case s == Preparative:
		no.Ref, no.Why = terminating, "there is no dialog yet"
	case s == Morgue:
		no.Ref, no.Why = finer, "there is no dialog any more"
	case s == Mortal && method != sip.ACK && method != sip.BYE:
		no.Ref, no.Why = finer, "a BYE has ended the dialog"
	case method == sip.BYE && !d.UAC && s == Early:
		no.Ref, no.Why = terminating, "the callee must not send BYE on an early dialog"
	case method == sip.BYE && !d.UAC && s == Moratorium && !d.unanswered:
		no.Ref, no.Why = terminating, "the ACK to the 2xx has not come"
	case method == sip.INVITE && (d.mine.Known || d.theirs.Known || !d.UAC && s == Moratorium && !d.unanswered):
		no.Ref, no.Why = "RFC 3261 §14.1", "another INVITE is in progress in this dialog"
	}
	return no, no.Why == ""
}
