package dialog

import "siplab/sim/fsm"

// callee is Figure 2 of RFC 5407. The figure lets the callee send BYE in
// Moratorium; when it may, RFC 3261 §15 says: see Dialog.May.
func callee() *fsm.Machine {
	return fsm.New("dialog-uas", finer+", Figure 2", words(
		"INVITE received", "101-199 with a To tag sent", "2xx sent", "300-699 sent", "ACK received",
		"BYE sent", "BYE received", "BYE transaction over", "INVITE transaction over"), Morgue, calleeRules...)
}

const (
	accepting = "RFC 3261 §13.3.1.4"
	tooEarly  = "the callee must not send BYE on an early dialog"
	noINVITE  = "the callee has sent no INVITE in this dialog"
	sent2xx   = "a 2xx has been sent"
)

var calleeRules = []fsm.Rule{
	begin(invite, Preparative, finer),

	on(Preparative, provisional, Early, finer),
	on(Preparative, success, Moratorium, finer),
	on(Preparative, failure, Morgue, finer),
	drop(Preparative, ack, finer, noSuccess),
	drop(Preparative, byeSent, terminating, outside),
	drop(Preparative, byeReceived, terminating, outside),
	drop(Preparative, byeOver, terminating, outside),
	drop(Preparative, inviteOver, finer, noINVITE),

	on(Early, provisional, Early, "RFC 3261 §13.3.1.1"),
	on(Early, success, Moratorium, finer),
	on(Early, failure, Morgue, finer),
	on(Early, byeReceived, Mortal, finer),
	drop(Early, inviteOver, finer, noINVITE),
	drop(Early, byeSent, terminating, tooEarly),
	drop(Early, ack, finer, noSuccess),
	drop(Early, byeOver, finer, noBYE),

	on(Moratorium, success, Moratorium, accepting),
	on(Moratorium, ack, Established, finer),
	on(Moratorium, byeSent, Mortal, finer),
	on(Moratorium, byeReceived, Mortal, finer),
	drop(Moratorium, inviteOver, finer, noINVITE),
	drop(Moratorium, provisional, finer, sent2xx),
	drop(Moratorium, failure, finer, sent2xx),
	drop(Moratorium, byeOver, finer, noBYE),

	on(Established, ack, Established, finer),
	on(Established, byeSent, Mortal, finer),
	on(Established, byeReceived, Mortal, finer),
	on(Established, inviteOver, Established, finer),
	drop(Established, provisional, finer, sent2xx),
	drop(Established, success, accepting, "the ACK has come: the 2xx is sent no more"),
	drop(Established, failure, finer, sent2xx),
	drop(Established, byeOver, finer, noBYE),

	on(Mortal, byeSent, Mortal, notes),
	on(Mortal, byeReceived, Mortal, finer),
	on(Mortal, byeOver, Mortal, notes).If(more),
	on(Mortal, byeOver, Morgue, finer),
	on(Mortal, inviteOver, Mortal, notes).If(more),
	on(Mortal, inviteOver, Morgue, notes),
	on(Mortal, failure, Mortal, "RFC 3261 §15.1.2"),
	drop(Mortal, ack, "RFC 5407 §3.2.4", "a BYE has ended the session: nothing comes of the ACK"),
	drop(Mortal, provisional, finer, afterBYE),
	drop(Mortal, success, finer, afterBYE),

	waits(Preparative, "the user's response", finer),
	waits(Early, "the user's final response, or the caller's BYE", finer),
	waits(Moratorium, "the caller's ACK, or a BYE", accepting),
	waits(Established, "a BYE from either side", terminating),
	waits(Mortal, "the end of the BYE transaction", finer),
}
