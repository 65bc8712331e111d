package offer

import (
	"fmt"

	"siplab/sim/sip"
)

// Receive takes a message of the dialog that has arrived, and works out what
// its session description is: an offer, an answer, a copy of one, or nothing.
// A request that the dialog refuses is not to be given.
func (s *Session) Receive(m *sip.Message) Step {
	text, has := Body(m)
	c := m.CSeq()
	if m.IsRequest() && m.Method == sip.PRACK {
		s.unproven = number{}
	}
	switch {
	case s.run.State == LocalOffer && s.open.answeredBy(m):
		return s.receiveAnswer(m, text, has)
	case s.run.State == LocalOffer && s.open.refusedBy(m):
		s.forget(c)
		return s.revert()
	case s.run.State == RemoteOffer && s.open.refusedBy(m):
		s.forget(c)
		return s.revert()
	case m.IsRequest():
		return s.receiveRequest(m, text, has)
	case m.Status >= 300:
		s.forget(c)
	case c.Method == sip.INVITE && s.asked.is(c.Seq) && reliable(m):
		return s.receiveAsked(m, text, has)
	case has && c.Method == sip.INVITE && s.run.State == LocalOffer && s.open.place == inRequest && s.open.seq == c.Seq:
		return s.receivePreview(text)
	}
	return s.still()
}

// receiveRequest takes a request that answers nothing.
func (s *Session) receiveRequest(m *sip.Message, text string, has bool) Step {
	switch m.Method {
	case sip.INVITE:
		if !has {
			s.owed = number{m.CSeq().Seq, true}
			return s.still()
		}
	case sip.PRACK, sip.UPDATE:
		if !has {
			return s.still()
		}
	default:
		return s.still()
	}
	if no := s.collides(m.Method); no.Status != 0 {
		st := s.still()
		st.Refuse = no
		return st
	}
	d, err := s.read(text)
	if err != nil {
		st := s.still()
		st.Refuse = Refusal{Status: 488, Warning: 399, Text: err.Error(), Ref: refusing(m.Method)}
		return st
	}
	p, taken := s.reply(d)
	if no := unacceptable(d, taken, m.Method); no.Status != 0 {
		st := s.still()
		st.Refuse = no
		return st
	}
	return s.take(m, d, p)
}

// take notes the peer's offer, with the answer that is ready for it.
func (s *Session) take(m *sip.Message, d *Description, p proposal) Step {
	c := m.CSeq()
	s.open = exchange{place: placeOf(m), method: c.Method, seq: c.Seq, mine: p, theirs: d, wishes: s.wishes}
	return s.step(offerReceived)
}

// read reads an offer. "if the previous SDP had N "m=" lines, the new SDP MUST
// have at least N "m=" lines." (RFC 3264 §8)
func (s *Session) read(text string) (*Description, error) {
	d, err := Parse(text)
	if err == nil && s.remote != nil && len(d.Media) < len(s.remote.Media) {
		err = fmt.Errorf("the new offer has %d media streams where the session has %d", len(d.Media), len(s.remote.Media))
	}
	return d, err
}

// collides is the one offer at a time: 491 where the own one waits, 500 where
// the peer's does (RFC 3311 §5.2). RFC 5407 §3.1.5 recommends 491 for a
// re-INVITE too.
func (s *Session) collides(method string) Refusal {
	ref := "RFC 3311 §5.2"
	if method == sip.INVITE {
		ref = "RFC 5407 §3.1.5"
	}
	switch s.run.State {
	case LocalOffer:
		return Refusal{Status: 491, Ref: ref, Text: "the own offer has no answer yet"}
	case RemoteOffer:
		return Refusal{Status: 500, RetryAfter: true, Ref: ref, Text: "the offer before has no answer yet"}
	}
	return Refusal{}
}

// unacceptable is a 488 for an offer of which no stream can be taken: "If
// there are no media formats in common for all streams, the entire offered
// session is rejected." (RFC 3264 §6.1) An offer that wants no stream at all is
// a fine one.
func unacceptable(d *Description, taken int, method string) Refusal {
	for i := range d.Media {
		if taken == 0 && d.Media[i].Live() {
			return Refusal{Status: 488, Warning: 305, Text: "Incompatible media format", Ref: refusing(method)}
		}
	}
	return Refusal{}
}

func refusing(method string) string {
	switch method {
	case sip.UPDATE:
		return "RFC 3311 §5.2"
	case sip.PRACK:
		return "RFC 3262 §5"
	}
	return "RFC 3261 §13.3.1.3"
}

// receiveAnswer takes the message in which the own offer is to be answered.
func (s *Session) receiveAnswer(m *sip.Message, text string, has bool) Step {
	answer, why := s.preview, ""
	if answer == nil && has {
		answer, why = s.readAnswer(text)
	}
	switch {
	case answer != nil:
		st := s.step(answerReceived)
		s.agree(answer)
		st.Why = why
		return st
	case why == "" && m.Status > 0 && m.Status < 200:
		return s.still() // the 2xx will bring it
	case why == "":
		why = "the answer is missing"
	}
	st := s.revert()
	st.Failed, st.Why = true, why
	return st
}

// readAnswer reads an answer to the own offer, and remarks what is odd in it:
// nil is one that cannot be used.
func (s *Session) readAnswer(text string) (*Description, string) {
	d, err := Parse(text)
	if err != nil {
		return nil, err.Error()
	}
	mine := s.open.mine.local
	if len(d.Media) != len(mine.Media) {
		return nil, fmt.Sprintf("the answer has %d media streams where the offer has %d", len(d.Media), len(mine.Media))
	}
	for i := range d.Media {
		a, o := &d.Media[i], &mine.Media[i]
		if a.Kind != o.Kind {
			return nil, fmt.Sprintf("the answer has %s where the offer has %s", a.Kind, o.Kind)
		}
		if left := o.Direction.Reverse(); a.Live() && o.Live() && a.Direction.And(left) != a.Direction {
			return d, fmt.Sprintf("the answer is %s to an offer that is %s", a.Direction, o.Direction)
		}
	}
	return d, ""
}

// receivePreview takes a session description in an unreliable provisional
// response. "The UAC MUST treat the first session description it receives as
// the answer, and MUST ignore any session descriptions in subsequent responses
// to the initial INVITE." (RFC 3261 §13.2.1)
func (s *Session) receivePreview(text string) Step {
	st := s.still()
	if s.preview == nil {
		s.preview, st.Why = s.readAnswer(text)
	}
	return st
}

// receiveAsked takes the reliable response that is to bring the offer which an
// INVITE without one asked for.
func (s *Session) receiveAsked(m *sip.Message, text string, has bool) Step {
	st := s.still()
	if !has && m.Status < 200 {
		return st
	}
	s.asked = number{}
	d, err := (*Description)(nil), error(nil)
	if has {
		d, err = s.read(text)
	}
	switch {
	case !has:
		st.Failed, st.Why = true, "the 2xx has no offer"
		return st
	case err != nil:
		st.Failed, st.Why = true, err.Error()
		return st
	}
	p, taken := s.reply(d)
	st = s.take(m, d, p)
	if no := unacceptable(d, taken, sip.INVITE); no.Status != 0 {
		st.Failed, st.Why = true, no.Text
	}
	return st
}
