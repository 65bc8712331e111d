package dialog

import "siplab/sim/fsm"

// caller is Figure 1 of RFC 5407, and what the figure leaves out because it
// does not show every message: see the rows that cite other sections.
func caller() *fsm.Machine {
	return fsm.New("dialog-uac", finer+", Figure 1", words(
		"INVITE sent", "101-199 with a To tag received", "2xx received", "300-699 received", "ACK sent",
		"BYE sent", "BYE received", "BYE transaction over", "INVITE transaction over"), Morgue, callerRules...)
}

const (
	answered  = "RFC 3261 §13.2.2.4"
	forked    = "RFC 5407 Appendix E"
	late      = "a 2xx came before this provisional response"
	confirmed = "a 2xx has confirmed the dialog"
)

var callerRules = []fsm.Rule{
	begin(invite, Preparative, finer),
	begin(provisional, Early, forked),
	begin(success, Moratorium, forked),

	on(Preparative, provisional, Early, finer),
	on(Preparative, success, Moratorium, finer),
	on(Preparative, failure, Morgue, finer),
	on(Preparative, inviteOver, Morgue, finer),
	drop(Preparative, ack, finer, noSuccess),
	drop(Preparative, byeSent, terminating, outside),
	drop(Preparative, byeReceived, terminating, outside),
	drop(Preparative, byeOver, terminating, outside),

	on(Early, provisional, Early, finer),
	on(Early, success, Moratorium, answered),
	on(Early, failure, Morgue, failing),
	on(Early, byeSent, Mortal, terminating),
	// The callee may have answered and given up waiting for the ACK while
	// each of its 2xx was lost (§13.3.1.4).
	on(Early, byeReceived, Mortal, "RFC 3261 §15.1.2"),
	on(Early, inviteOver, Morgue, answered),
	drop(Early, ack, finer, noSuccess),
	drop(Early, byeOver, finer, noBYE),

	on(Moratorium, ack, Established, finer),
	on(Moratorium, success, Moratorium, answered),
	on(Moratorium, byeSent, Mortal, finer),
	on(Moratorium, byeReceived, Mortal, finer),
	on(Moratorium, inviteOver, Moratorium, answered),
	drop(Moratorium, provisional, finer, late),
	drop(Moratorium, failure, failing, confirmed),
	drop(Moratorium, byeOver, finer, noBYE),

	on(Established, success, Established, finer),
	on(Established, ack, Established, finer),
	on(Established, byeSent, Mortal, finer),
	on(Established, byeReceived, Mortal, finer),
	on(Established, inviteOver, Established, answered),
	drop(Established, provisional, finer, late),
	drop(Established, failure, failing, confirmed),
	drop(Established, byeOver, finer, noBYE),

	on(Mortal, success, Mortal, notes),
	on(Mortal, ack, Mortal, notes),
	on(Mortal, byeSent, Mortal, notes),
	on(Mortal, byeReceived, Mortal, finer),
	on(Mortal, byeOver, Mortal, notes).If(more),
	on(Mortal, byeOver, Morgue, finer),
	on(Mortal, inviteOver, Mortal, notes).If(more),
	on(Mortal, inviteOver, Morgue, notes),
	drop(Mortal, provisional, finer, afterBYE),
	drop(Mortal, failure, finer, afterBYE),

	waits(Preparative, "the callee's response, or the end of the INVITE transaction", finer),
	waits(Early, "the callee's final response, or the end of the INVITE transaction", "RFC 3261 §12.3"),
	waits(Moratorium, "the user's ACK, or a BYE", finer),
	waits(Established, "a BYE from either side", terminating),
	waits(Mortal, "the end of the BYE transaction", finer),
}
