package offer

import "siplab/sim/sip"

// Send completes a message of the dialog that is about to be sent: it puts in
// the offer or the answer that the message owes, and notes what the message
// does to the exchange. Each message is given once, before its first sending;
// a repeated one is the same bytes.
func (s *Session) Send(m *sip.Message) Step {
	c := m.CSeq()
	switch {
	case s.run.State == RemoteOffer && s.open.answeredBy(m):
		return s.answer(m)
	case s.run.State == RemoteOffer && s.open.refusedBy(m):
		s.forget(c)
		return s.revert()
	case m.IsRequest() && m.Method == sip.INVITE && s.run.State != LocalOffer:
		s.asked = number{c.Seq, true}
	case !m.IsRequest() && m.Status >= 300:
		s.forget(c)
	case !m.IsRequest() && c.Method == sip.INVITE && s.owed.is(c.Seq) && reliable(m):
		s.owed = number{}
		s.prove(m, c)
		return s.offer(m, s.propose(true))
	}
	return s.still()
}

// answer puts the answer into the message where it belongs. In an ACK or a
// PRACK it stands even if it takes no stream: "the UAC core MUST generate a
// valid answer in the ACK" (RFC 3261 §13.2.2.4).
func (s *Session) answer(m *sip.Message) Step {
	if !s.open.shown && s.open.wishes != s.wishes {
		s.open.mine, _ = s.reply(s.open.theirs)
	}
	s.sent(&s.open.mine)
	m.SetBody(contentType, s.open.mine.text)
	s.prove(m, m.CSeq())
	st := s.step(answerSent)
	s.agree(s.open.theirs)
	return st
}

// prove notes that a reliable provisional response with a session description
// needs its PRACK.
func (s *Session) prove(m *sip.Message, c sip.CSeq) {
	if !m.IsRequest() && m.Status < 200 {
		s.unproven = number{c.Seq, true}
	}
}

// forget drops what an INVITE promised that has failed.
func (s *Session) forget(c sip.CSeq) {
	if c.Method != sip.INVITE {
		return
	}
	for _, n := range []*number{&s.asked, &s.owed, &s.unproven} {
		if n.is(c.Seq) {
			*n = number{}
		}
	}
}
