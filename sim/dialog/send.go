package dialog

import "siplab/sim/sip"

// Sent takes a message of the dialog that this side sends: a request inside
// it, or a response to one, or to the INVITE that made it. A repeated message
// may be told or not.
func (d *Dialog) Sent(m *sip.Message) Step {
	c := m.CSeq()
	switch {
	case !m.IsRequest() && c.Method == sip.INVITE && !d.UAC && c.Seq == d.initial:
		d.answer(m, c)
		return d.sentAnswer(m)
	case !m.IsRequest():
		d.answer(m, c)
		return d.still()
	}
	switch m.Method {
	case sip.ACK:
		if d.UAC && c.Seq == d.initial {
			return d.step(ack)
		}
	case sip.INVITE:
		if d.mine != (Seq{c.Seq, true}) {
			d.mine = Seq{c.Seq, true}
			d.invites++
		}
		d.keepCredentials(m)
	case sip.BYE:
		d.byes++
		return d.step(byeSent)
	}
	return d.still()
}

// sentAnswer takes a response to the INVITE that made the dialog.
func (d *Dialog) sentAnswer(m *sip.Message) Step {
	switch {
	case m.Status >= 300:
		return d.step(failure)
	case m.Status >= 200:
		return d.step(success)
	case m.Status > 100:
		return d.step(provisional)
	}
	return d.still()
}

// answer notes what a response settles: a target refresh, and that a request
// is not pending any more. The ACK to a failure reaches its transaction alone,
// so that the failure counts as the end of the INVITE.
func (d *Dialog) answer(m *sip.Message, c sip.CSeq) {
	if m.Status >= 200 && m.Status < 300 || reliable(m) {
		d.refresh.accept(d, c.Seq)
	}
	if m.Status < 200 {
		return
	}
	is := Seq{c.Seq, true}
	switch {
	case c.Method == sip.UPDATE && d.update == is:
		d.update = Seq{}
	case c.Method == sip.INVITE && d.theirs == is && m.Status < 300:
		d.answered = true
	case c.Method == sip.INVITE && d.theirs == is:
		d.theirs = Seq{}
	}
}
