package ua

import (
	"siplab/sim/sip"
)

// hangUp ends the dialog with BYE, as soon as it may: "the callee's UA MUST NOT
// send a BYE on a confirmed dialog until it has received an ACK for its 2xx
// response or until the server transaction times out" (§15).
func (l *leg) hangUp(t *turn, why string) {
	if l.ending() {
		return
	}
	l.bye = why
	l.byeWhenFree(t)
}

// byeWhenFree sends the BYE that is wanted, if nothing forbids it any more.
func (l *leg) byeWhenFree(t *turn) {
	no, ok := l.d.May(sip.BYE)
	if !ok && !l.phone.faults.byeBeforeACK {
		t.note("BYE has to wait: "+no.Why, no.Ref)
		return
	}
	why := l.bye
	if l.call.talk == l {
		t.say(TellEnded, 0, why, "RFC 3261 §15.1.1")
	}
	// "The UAC MUST consider the session terminated (and therefore stop
	// sending or listening for media) as soon as the BYE request is passed to
	// the client transaction." (§15.1.1)
	l.silence(t)
	l.ask(t, sip.BYE, nil, func(t *turn, o outcome) {
		if o.code >= 300 {
			t.note("BYE: "+o.text+"; the call is over all the same", "RFC 3261 §15.1.1")
		}
	})
}

// hungUp acts on a BYE: "the UAS core MUST generate a 2xx response to the BYE"
// and "The UAS MUST still respond to any pending requests received for that
// dialog. It is RECOMMENDED that a 487 (Request Terminated) response be
// generated" (§15.1.2).
func (l *leg) hungUp(t *turn, m *sip.Message) {
	ended := l.bye == ""
	l.bye = "the far end hung up"
	l.silence(t)
	l.answer(t, t.ev.Txn, l.respond(t, m, 200), 0)
	switch {
	case !ended:
	case l.call.talk == l:
		t.say(TellEnded, 0, l.bye, "RFC 3261 §15.1.2")
	case l.call.in != nil:
		l.call.in.terminate(t, "the caller hung up", "RFC 3261 §15.1.2")
	case l.call.out != nil && len(l.call.legs) == 1:
		// The callee may have answered and given up waiting for the ACK while
		// each of its 2xx was lost: nothing more would come.
		l.call.out.fate(t, TellRefused, 0, l.bye, "RFC 3261 §15.1.2")
		l.call.out.cancelFor(t, l.bye)
	}
}
