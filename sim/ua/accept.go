package ua

import (
	"time"

	"siplab/sim/dialog"
	"siplab/sim/sip"
)

// accepted is a 2xx to an INVITE that waits for its ACK (§13.3.1.4): "The 2xx
// response is passed to the transport with an interval that starts at T1
// seconds and doubles for each retransmission until it reaches T2 seconds [...].
// Response retransmissions cease when an ACK request for the response is
// received. This is independent of whatever transport protocols are used to send
// the response."
type accepted struct {
	phone  *Phone
	seq    uint32 // CSeq number of the INVITE
	keep   int32  // the bytes of the 2xx
	wait   time.Duration
	repeat alarm
	limit  alarm
}

const repeating2xx = "RFC 3261 §13.3.1.4"

// accept sends the 2xx to an INVITE, and again until the ACK comes.
func (l *leg) accept(t *turn, txn int32, m *sip.Message) {
	a := &accepted{phone: l.phone, seq: m.CSeq().Seq, keep: l.phone.keep(), wait: t.env.T1}
	l.waiting = append(l.waiting, a)
	l.answer(t, txn, m, a.keep)
	if !l.phone.faults.once2xx {
		a.again(t)
	}
	l.phone.start(t, &a.limit, &waitForACK, 64*t.env.T1, func(t *turn) { l.unacknowledged(t, a) })
}

func (a *accepted) again(t *turn) {
	a.phone.start(t, &a.repeat, &repeat2xx, a.wait, func(t *turn) {
		t.repeat(a.keep)
		a.wait = min(2*a.wait, t.env.T2)
		a.again(t)
	})
}

func (a *accepted) stop(t *turn) {
	a.phone.stop(t, &a.repeat)
	a.phone.stop(t, &a.limit)
	t.forget(a.keep)
}

// confirmed acts on the first ACK to a 2xx.
func (l *leg) confirmed(t *turn, a *accepted, m *sip.Message) {
	a.stop(t)
	if heard := l.hear(t, m); heard.Failed && !l.ending() {
		l.hangUp(t, "the session cannot be: "+sip.Visible(heard.Why))
	}
	l.free(t)
}

// unacknowledged ends a dialog whose 2xx had no ACK: "If the server
// retransmits the 2xx response for 64*T1 seconds without receiving an ACK, the
// dialog is confirmed, but the session SHOULD be terminated. This is accomplished
// with a BYE".
func (l *leg) unacknowledged(t *turn, a *accepted) {
	for i, other := range l.waiting {
		if other == a {
			l.waiting = append(l.waiting[:i], l.waiting[i+1:]...)
			break
		}
	}
	a.stop(t)
	t.note("no ACK came in 64*T1", repeating2xx)
	l.d.GiveUp()
	l.hangUp(t, "the answer was never acknowledged")
	l.free(t)
}

// free does what had to wait for the end of a transaction.
func (l *leg) free(t *turn) {
	if _, may := l.d.May(sip.BYE); may && l.bye != "" && l.d.State() < dialog.Mortal {
		l.byeWhenFree(t)
		return
	}
	l.proceed(t)
}
