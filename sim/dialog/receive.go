package dialog

import (
	"siplab/sim/fsm"
	"siplab/sim/sip"
)

// Refusal is the failure that a request inside a dialog is owed. Status 0 is
// none.
type Refusal struct {
	Status     int
	RetryAfter bool // with a Retry-After of 0 to 10 seconds, chosen at random
	Ref, Why   string
}

// Received takes a message of the dialog that has arrived: a request that Find
// found it for, or a response to a request of the dialog or to the INVITE that
// made it. A repeated message that a transaction absorbs does not come here; a
// repeated 2xx to an INVITE does.
func (d *Dialog) Received(m *sip.Message) Step {
	c := m.CSeq()
	switch {
	case !m.IsRequest() && c.Method == sip.INVITE && d.UAC && c.Seq == d.initial:
		return d.receivedAnswer(m)
	case !m.IsRequest():
		return d.receivedResponse(m, c)
	case m.Method == sip.ACK:
		return d.receivedACK(c.Seq)
	case m.Method == sip.CANCEL:
		return d.still() // its INVITE's, never the dialog's (RFC 5407 §2)
	}
	return d.receivedRequest(m, c.Seq)
}

// receivedAnswer takes a response to the INVITE that made the dialog.
func (d *Dialog) receivedAnswer(m *sip.Message) Step {
	e := establishes(m)
	switch {
	case e == 0 && m.Status >= 300:
		d.mine = Seq{}
		return d.step(failure)
	case e == 0:
		return d.still()
	case d.run.State == Preparative:
		to := m.To()
		d.set.name(d, to.Tag())
		d.learn(m)
	case e == success || reliable(m):
		d.retarget(m)
	}
	if e == success {
		d.mine = Seq{}
		// "the route set for the dialog MUST be recomputed based on the 2xx
		// response" (RFC 3261 §13.2.2.4).
		d.Routes = routes(m, true)
		d.acking = d.acking || d.run.State == Mortal
	}
	return d.step(e)
}

// establishes is the event of a response to INVITE that makes a dialog, 0 for
// others. A 2xx without a To tag makes one too: "the tag is considered to have
// a value of null" (RFC 3261 §12.1.2).
func establishes(m *sip.Message) fsm.Event {
	to := m.To()
	switch {
	case m.IsRequest() || m.CSeq().Method != sip.INVITE:
		return 0
	case m.Status > 100 && m.Status < 200 && to.Tag() != "":
		return provisional
	case m.Status >= 200 && m.Status < 300:
		return success
	}
	return 0
}

// learn takes from the response that makes a dialog what §12.1.2 says.
func (d *Dialog) learn(m *sip.Message) {
	d.Routes = routes(m, true)
	d.retarget(m)
}

// receivedResponse takes a response to a request sent inside the dialog.
func (d *Dialog) receivedResponse(m *sip.Message, c sip.CSeq) Step {
	if refreshes(c.Method) && (m.Status >= 200 && m.Status < 300 || reliable(m)) {
		d.retarget(m)
	}
	s := d.still()
	if c.Method == sip.INVITE && m.Status >= 200 {
		if d.mine == (Seq{c.Seq, true}) {
			d.mine = Seq{}
		}
		if m.Status < 300 && d.run.State == Mortal {
			d.acking = true
			s.On, s.Ref = "2xx received", notes
		}
	}
	s.Ends = Ends(c.Method, m.Status)
	return s
}

// receivedACK takes an ACK to a 2xx. It has the CSeq number of its INVITE, so
// the order of requests is nothing to it.
func (d *Dialog) receivedACK(seq uint32) Step {
	if d.theirs == (Seq{seq, true}) && d.answered {
		d.theirs = Seq{}
	}
	if d.UAC || seq != d.initial {
		return d.still()
	}
	return d.step(ack)
}

// receivedRequest takes a request that is neither ACK nor CANCEL.
func (d *Dialog) receivedRequest(m *sip.Message, seq uint32) Step {
	if m.Method == sip.BYE {
		d.byes++
	}
	if no := d.refuse(m.Method, seq); no.Status != 0 {
		s := d.still()
		s.Refuse = no
		return s
	}
	d.Remote = Seq{seq, true}
	d.refresh.offer(m, seq)
	switch m.Method {
	case sip.INVITE:
		d.theirs, d.answered = d.Remote, false
	case sip.UPDATE:
		d.update = d.Remote
	case sip.REFER:
		d.refers++
	case sip.BYE:
		return d.step(byeReceived)
	}
	return d.still()
}
