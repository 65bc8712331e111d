package ua

import (
	"strconv"

	"siplab/sim/offer"
	"siplab/sim/sip"
)

// newSession is the session of a dialog before anything is offered; id is fresh
// for each call.
func (p *Phone) newSession(t *turn, id uint64) *offer.Session {
	return offer.New(offer.Settings{User: p.self.user, ID: id, Addr: t.env.Addr.Addr(), Streams: p.self.streams, Seen: p.settings.Seen})
}

// hear gives the session a message of the dialog that has arrived.
func (l *leg) hear(t *turn, m *sip.Message) offer.Step {
	return l.noted(t, l.session.Receive(m))
}

// fill puts into a message of the dialog, about to be sent, the offer or the
// answer that it owes.
func (l *leg) fill(t *turn, m *sip.Message) {
	l.noted(t, l.session.Send(m))
}

func (l *leg) noted(t *turn, s offer.Step) offer.Step {
	if s.Why != "" && s.Refuse.Status == 0 {
		t.note("of the session description: "+sip.Visible(s.Why), s.Ref)
	}
	l.flow(t)
	return s
}

// flow says how media may flow, where that has changed.
func (l *leg) flow(t *turn) {
	if l.unwanted || l.ending() {
		return
	}
	far, direction := l.session.Remote(), l.session.Flows().String()
	if far == nil || far == l.far && direction == l.flows {
		return
	}
	l.far = far
	to := l.farMedia()
	if to == "" || direction == l.flows && to == l.mediaAt {
		return
	}
	l.flows, l.mediaAt = direction, to
	t.media(l.d.Number, direction, to, "RFC 3264 §6.1")
}

// farMedia is where the far end takes media: address and port of its first
// stream that is not refused; "" where there is none.
func (l *leg) farMedia() string {
	for i := range l.far.Media {
		if m := &l.far.Media[i]; m.Live() {
			return m.Host + ":" + strconv.Itoa(m.Port)
		}
	}
	return l.mediaAt
}

// mute ends the session, and its media with it.
func (l *leg) mute(t *turn) {
	l.session.End()
	if l.flows != "" && l.flows != offer.Inactive.String() {
		l.flows = offer.Inactive.String()
		t.media(l.d.Number, l.flows, l.mediaAt, "RFC 3261 §15")
	}
}

// rejectOffer answers a request whose offer cannot be taken: "A UAS rejecting an
// offer contained in an INVITE SHOULD return a 488 (Not Acceptable Here)
// response. Such a response SHOULD include a Warning header field value
// explaining why the offer was rejected." (§13.3.1.3)
func (l *leg) rejectOffer(t *turn, req *sip.Message, no offer.Refusal) {
	m := l.respond(t, req, no.Status)
	t.note("answers "+req.Method+" with "+sip.Reason(no.Status)+": "+sip.Visible(no.Text), no.Ref)
	if no.Warning != 0 {
		m.Add(sip.NameWarning, strconv.Itoa(no.Warning)+" "+t.env.Addr.String()+" "+sip.Quote(no.Text), sip.Rule(no.Ref))
	}
	if no.RetryAfter {
		m.Add(sip.NameRetryAfter, decimal(retryAfterSeconds(t.env)), sip.Fresh(no.Ref))
	}
	l.answer(t, t.ev.Txn, m, 0)
}

func decimal(n uint64) string { return strconv.FormatUint(n, 10) }
