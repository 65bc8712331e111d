package ua

import (
	"cmp"
	"net/netip"

	"siplab/sim/sip"
	"siplab/sim/words"
)

// want is what a human wants of a session.
type wish uint8

const (
	hold    wish = iota + 1 // RFC 3264 §8.4
	resume                  // RFC 3264 §8.4
	move                    // RFC 3264 §8.3.1
	mixing                  // this side becomes the focus of a conference
	refresh                 // nothing is to change
)

// change is one change of a session by re-INVITE (§14.1) or UPDATE (RFC 3311
// §5.1).
type change struct {
	what    wish
	method  string
	bare    bool           // without an offer
	at      netip.AddrPort // move; port 0: the one of the Contact before
	unasked bool           // by no human: a session timer wants it
	waits   bool           // it was said that it has to wait
	before  *terms         // what holds unless the far end agrees; nil before the first try
}

// terms are what a change may change.
type terms struct {
	held    bool
	addr    netip.Addr
	contact string
}

// change brings a change of the session about, now or when it is its turn.
func (p *Phone) change(t *turn, c change) {
	if l := p.talking(t); l != nil {
		l.wants = append(l.wants, c)
		l.proceed(t)
	}
}

// proceed takes up the next change, if nothing stands against it: "a UAC MUST
// NOT initiate a new INVITE transaction within a dialog while another INVITE
// transaction is in progress in either direction", and "If there is an ongoing
// INVITE server transaction, the TU MUST wait until the transaction reaches the
// confirmed or terminated state" (§14.1); and one offer at a time.
func (l *leg) proceed(t *turn) {
	if len(l.wants) == 0 || l.busy || l.glare.key != 0 || l.ending() {
		return
	}
	c := &l.wants[0]
	if why, ref := l.hinders(c); why != "" {
		if !c.waits {
			t.note(c.method+" has to wait: "+why, ref)
			c.waits = true
		}
		return
	}
	l.busy = true
	if c.before == nil {
		c.before = &terms{l.session.Held(), l.session.Addr(), l.d.Contact}
	}
	l.modify(t, *c)
}

// hinders says why the change cannot be sent yet, and by which section.
func (l *leg) hinders(c *change) (why, ref string) {
	if no, ok := l.d.May(c.method); !ok {
		return no.Why, no.Ref
	}
	if c.method == sip.INVITE && l.phone.served.failing(l.d) {
		return "the ACK to the refusal of the far end's INVITE has not come", "RFC 3261 §14.1"
	}
	if c.bare && c.method != sip.INVITE {
		return "", ""
	}
	no, ok := l.session.May()
	if ok {
		return "", ""
	}
	return no.Text, no.Ref
}

// modify sends the change. Its Contact is a new one only where the address
// changes: "unless there is a need to change it, the URI SHOULD be the same as
// used in previous requests within the dialog." (RFC 3261 §12.2.1.1)
func (l *leg) modify(t *turn, c change) {
	switch c.what {
	case hold:
		l.session.Hold()
	case resume:
		l.session.Resume()
	case mixing:
		l.session.Resume()
		l.d.Contact, l.mixed = focus(l.d.Contact), true
	case move:
		l.session.MoveTo(c.at.Addr())
		l.d.Contact = relocated(l.d.Contact, t.env.Addr, moved(t.env.Addr, c.at))
		t.reside(moved(t.env.Addr, c.at).String(), "RFC 3261 §12.2.1.1")
	}
	l.rseq = 0
	l.ask(t, c.method, func(t *turn, m *sip.Message) {
		l.keepTimer(m)
		if !c.bare {
			l.session.Offer(m)
		}
		l.fill(t, m)
	}, func(t *turn, o outcome) { l.modified(t, c, o) })
}

// moved is an address in the place of another; port 0 keeps the port.
func moved(from, to netip.AddrPort) netip.AddrPort {
	return netip.AddrPortFrom(to.Addr(), cmp.Or(to.Port(), from.Port()))
}

// relocated is the Contact value of a phone that has moved. Its port, if it
// names one, keeps its distance: TLS is at the port after.
func relocated(contact string, from, to netip.AddrPort) string {
	a, err := sip.ParseNameAddr(contact)
	u, bad := sip.ParseURI(a.URI)
	if err != nil || bad != nil {
		return contact
	}
	if from.Port() != to.Port() {
		u.Port = cmp.Or(u.Port, int(from.Port())) + int(to.Port()) - int(from.Port())
	}
	u.Host = to.Addr().String()
	if to.Addr().Is6() {
		u.Host = "[" + u.Host + "]"
	}
	a.URI = u.String()
	return a.String()
}

// modified acts on what became of a change.
func (l *leg) modified(t *turn, c change, o outcome) {
	switch {
	case o.code < 200:
		if isReliable(o.m) && l.phone.settings.rel() && inOrder(t, l.rseq, o.m) {
			l.hear(t, o.m)
			l.prack(t, o.m)
		}
	case o.code < 300:
		l.agreed(t, c, o.m)
	case l.ending():
	case o.code == 491:
		l.meets(t, c, o)
	case o.code == 422 && l.lengthen(t, o.m):
	default:
		l.kept(t, c, o)
	}
}

// agreed acts on the 2xx to a change. That to a re-INVITE is acknowledged in
// Mortal too (RFC 5407 §3.2.3).
func (l *leg) agreed(t *turn, c change, m *sip.Message) {
	// A re-INVITE "will never fork, and therefore, only ever generate a single
	// final response" (§14.1): whatever its To tag, another 2xx is a copy.
	if c.method == sip.INVITE && l.call.reacknowledge(t, m.CSeq().Seq, l.d.RemoteTag) {
		return
	}
	heard := l.hear(t, m)
	if c.method == sip.INVITE {
		l.acknowledge(t, m.CSeq().Seq)
	}
	if l.ending() {
		return
	}
	l.settled(t)
	l.granted(t, m, l.timer.asked)
	switch {
	case heard.Failed:
		l.hangUp(t, "the session cannot go on: "+sip.Visible(heard.Why))
		return
	case c.unasked:
		t.note("the session goes on for another "+words.FormatDuration(l.timer.interval), timerRuns)
	case c.what == hold:
		t.say(TellHeld, m.Status, farEnd(l.d), "RFC 3264 §8.4")
	case c.what == mixing:
		t.say(TellMixed, m.Status, farEnd(l.d), conference)
	case c.what == resume:
		t.say(TellResumed, m.Status, farEnd(l.d), "RFC 3264 §8.4")
	case c.what == refresh:
		t.say(TellRefreshed, m.Status, farEnd(l.d), "RFC 3261 §14.1")
	default:
		t.say(TellChanged, m.Status, farEnd(l.d), "RFC 3261 §14.1")
	}
	l.proceed(t)
}

// settled takes the change that was under way off the list.
func (l *leg) settled(t *turn) {
	l.busy = false
	l.wants = append(l.wants[:0], l.wants[1:]...)
	l.flow(t)
}

// meets acts on a 491: the far end wanted a change at the same time.
func (l *leg) meets(t *turn, c change, o outcome) {
	l.busy = false
	timer := &glareOfINVITE
	if c.method == sip.UPDATE {
		timer = &glareOfUPDATE
	}
	wait := l.phone.glareWait(l.d.UAC, t.env)
	t.say(TellGlare, o.code, farEnd(l.d), timer.Section)
	l.phone.start(t, &l.glare, timer, wait, l.proceed)
}

// kept acts on a refusal: "If a UA receives a non-2xx final response to a
// re-INVITE, the session parameters MUST remain unchanged, as if no re-INVITE had
// been issued." (§14.1)
func (l *leg) kept(t *turn, c change, o outcome) {
	l.d.Contact = c.before.contact
	l.mixed = l.mixed && c.what != mixing
	switch {
	case c.what == move:
		l.session.MoveTo(c.before.addr)
	case c.before.held:
		l.session.Hold()
	default:
		l.session.Resume()
	}
	l.settled(t)
	if c.unasked {
		t.note("the session was not refreshed: "+o.text, timerRuns)
	} else {
		t.say(TellKept, o.code, o.text, "RFC 3261 §14.1")
	}
	l.proceed(t)
}

// reinvited acts on a re-INVITE (§14.2). Nobody is asked: it is answered at
// once.
func (l *leg) reinvited(t *turn, m *sip.Message) {
	l.modifiedBy(t, m, func(resp *sip.Message) {
		l.phone.describe(resp)
		l.grant(t, m, resp)
		l.accept(t, t.ev.Txn, resp)
	})
}

// updated acts on an UPDATE (RFC 3311 §5.2): "unlike a re-INVITE, the UPDATE
// MUST be responded to promptly".
func (l *leg) updated(t *turn, m *sip.Message) {
	l.modifiedBy(t, m, func(resp *sip.Message) {
		l.grant(t, m, resp)
		l.answer(t, t.ev.Txn, resp, 0)
	})
}

// modifiedBy acts on a change that the far end wants: with agree it gets a 200,
// and the user is told.
func (l *leg) modifiedBy(t *turn, m *sip.Message, agree func(resp *sip.Message)) {
	if l.refuseShort(t, m) {
		return
	}
	before := l.flows
	if heard := l.hear(t, m); heard.Refuse.Status != 0 {
		l.rejectOffer(t, m, heard.Refuse)
		return
	}
	agree(l.respond(t, m, 200))
	if l.flows != before {
		t.say(TellFar, 0, l.flows, "RFC 3264 §8.4")
	}
}
