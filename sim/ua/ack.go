package ua

import (
	"slices"

	"siplab/sim/sip"
)

// ack is the ACK that this side sent to the 2xx of an INVITE: "the UAC core
// handles retransmissions of the ACK, not the transaction layer" (§13.2.2.4). It
// outlives its dialog: a copy of the 2xx can come until the INVITE's transaction
// ends.
type ack struct {
	tag  string // To tag of the 2xx: each fork has its own
	seq  uint32 // CSeq number of the INVITE
	keep int32  // its bytes
}

// acknowledge sends the ACK to the 2xx of an INVITE for the first time, with the
// answer to an offer that the 2xx made.
func (l *leg) acknowledge(t *turn, seq uint32) {
	a := ack{l.d.RemoteTag, seq, l.phone.keep()}
	l.call.acks = append(l.call.acks, a)
	m := t.env.New()
	l.d.ACK(m, seq)
	if l.phone.faults.ackToContact {
		m.Remove(sip.NameRoute)
	}
	l.fill(t, m)
	s := l.d.Sent(m)
	t.send(m, a.keep)
	l.moved(t, s)
}

// reacknowledge repeats the ACK for a 2xx that has come again: "The ACK MUST be
// passed to the client transport every time a retransmission of the 2xx final
// response that triggered the ACK arrives." False: this 2xx is the first.
func (c *call) reacknowledge(t *turn, seq uint32, tag string) bool {
	for _, a := range c.acks {
		if a.seq == seq && a.tag == tag {
			if !c.phone.faults.onceACK {
				t.repeat(a.keep)
			}
			return true
		}
	}
	return false
}

// forgetACKs lets go of the ACKs of an INVITE whose transaction has ended: no
// 2xx of it comes any more.
func (c *call) forgetACKs(t *turn, seq uint32) {
	c.acks = slices.DeleteFunc(c.acks, func(a ack) bool {
		if a.seq == seq {
			t.forget(a.keep)
		}
		return a.seq == seq
	})
}

// acknowledged acts on an ACK that no transaction took: that of a 2xx. Nothing
// answers an ACK, and its Require is not looked at (§8.2.2.3).
func (p *Phone) acknowledged(t *turn, m *sip.Message) {
	l := p.legs[p.dialogs.Find(m)]
	if l == nil {
		t.note("an ACK of no dialog: dropped, as nothing answers an ACK", "RFC 3261 §17")
		return
	}
	seq := m.CSeq().Seq
	l.moved(t, l.d.Received(m))
	for i, a := range l.waiting {
		if a.seq == seq {
			l.waiting = append(l.waiting[:i], l.waiting[i+1:]...)
			l.confirmed(t, a, m)
			return
		}
	}
}
