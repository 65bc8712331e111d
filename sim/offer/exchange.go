package offer

import (
	"siplab/sim/sip"
)

// exchange is an offer that waits for its answer: the message that carried it,
// and both sides' descriptions as far as they are known.
type exchange struct {
	place  place
	method string // of the request, or of the one that the response answered
	seq    uint32
	mine   proposal // the own offer, or the answer that is ready for the peer's
	theirs *Description
	wishes int  // what the answer was made for
	shown  bool // the answer has been in a Preview, and stays as it is
}

// place is what carried an offer, and so where its answer may sit (RFC 3261
// §13.2.1, RFC 3262 §5, RFC 3311 §5).
type place uint8

const (
	inRequest     place = iota + 1 // answered in a reliable response to it
	inProvisional                  // a reliable 1xx to INVITE: answered in the PRACK
	inSuccess                      // a 2xx to INVITE: answered in the ACK
)

// answeredBy says whether the message is where the answer may sit.
func (x *exchange) answeredBy(m *sip.Message) bool {
	c := m.CSeq()
	switch x.place {
	case inRequest:
		return !m.IsRequest() && reliable(m) && m.Status < 300 && c.Seq == x.seq && c.Method == x.method
	case inProvisional:
		return m.IsRequest() && m.Method == sip.PRACK
	case inSuccess:
		return m.IsRequest() && m.Method == sip.ACK && c.Seq == x.seq
	}
	return false
}

// refusedBy says whether the message refuses the offer: a failure of the
// request that carried it, or of the INVITE whose response did.
func (x *exchange) refusedBy(m *sip.Message) bool {
	c := m.CSeq()
	return !m.IsRequest() && m.Status >= 300 && c.Seq == x.seq && c.Method == x.method && x.place != inSuccess
}

// placeOf is the place of an offer in a message.
func placeOf(m *sip.Message) place {
	switch {
	case m.IsRequest():
		return inRequest
	case m.Status < 200:
		return inProvisional
	}
	return inSuccess
}

func (n number) is(seq uint32) bool { return n.known && n.seq == seq }

// Offer puts a new offer into a request that is about to be sent: INVITE,
// PRACK or UPDATE, with its CSeq. ok is false where this side may not offer
// now; May says why. Give the request to Send too.
func (s *Session) Offer(m *sip.Message) (st Step, ok bool) {
	if _, ok := s.May(); !ok {
		return s.still(), false
	}
	return s.offer(m, s.propose(false)), true
}

func (s *Session) offer(m *sip.Message, p proposal) Step {
	s.sent(&p)
	m.SetBody(contentType, p.text)
	c := m.CSeq()
	s.open = exchange{place: placeOf(m), method: c.Method, seq: c.Seq, mine: p}
	s.preview = nil
	return s.step(offerSent)
}

// May says whether this side may make an offer now: "it MUST NOT generate a
// new offer if it has received an offer which it has not yet answered or
// rejected", nor while its own one waits (RFC 3264 §4). RFC 3311 §5.1 adds what
// holds during the INVITE.
func (s *Session) May() (no Refusal, ok bool) {
	switch {
	case s.run.State == LocalOffer:
		return Refusal{Ref: "RFC 3264 §4", Text: "the own offer has no answer yet"}, false
	case s.run.State == RemoteOffer:
		return Refusal{Ref: "RFC 3264 §4", Text: "the peer's offer has no answer yet"}, false
	case s.run.State == Ended:
		return Refusal{Ref: "RFC 3261 §15", Text: "the session has ended"}, false
	case s.asked.known:
		return Refusal{Ref: "RFC 3311 §5.1", Text: "the peer has been asked for an offer"}, false
	case s.owed.known:
		return Refusal{Ref: "RFC 3311 §5.1", Text: "the response to the INVITE has to bring the offer"}, false
	case s.unproven.known:
		return Refusal{Ref: "RFC 3311 §5.1", Text: "the reliable provisional response has no PRACK yet"}, false
	}
	return Refusal{}, true
}

// Unproven says whether a reliable provisional response with a session
// description waits for its PRACK: "the UAS MUST delay sending the 2xx until
// the provisional response is acknowledged." (RFC 3262 §5)
func (s *Session) Unproven() bool { return s.unproven.known }

// Fork is a second session in the same state, for another dialog of the same
// INVITE: "if a SIP INVITE results in multiple dialogs, each is a separate
// offer/answer exchange." (RFC 3261 §13.2.1) Keep one of the moment when the
// INVITE has been sent, and fork that.
func (s *Session) Fork() *Session {
	f := *s
	return &f
}

// Preview puts the answer to the INVITE's offer into an unreliable provisional
// response: "That same exact answer MAY also be placed in any provisional
// responses sent prior to the answer." (RFC 3261 §13.2.1) It is not yet the
// answer. False: there is no offer of this INVITE to answer.
func (s *Session) Preview(m *sip.Message) bool {
	c := m.CSeq()
	if s.run.State != RemoteOffer || s.open.place != inRequest || s.open.seq != c.Seq || c.Method != sip.INVITE {
		return false
	}
	m.SetBody(contentType, s.open.mine.text)
	s.open.shown = true
	return true
}

// agree makes both descriptions those of the session.
func (s *Session) agree(theirs *Description) {
	s.local, s.remote, s.slots = s.open.mine.local, theirs, s.open.mine.slots
	for i := range s.slots {
		s.slots[i].live = s.slots[i].live && theirs.Media[i].Live()
	}
	s.open, s.preview, s.more = exchange{}, nil, false
}

// revert forgets the open offer: "if the answer is rejected, the session
// reverts to the state prior to the offer" (RFC 3264 §4).
func (s *Session) revert() Step {
	s.open, s.preview = exchange{}, nil
	return s.step(refused)
}
