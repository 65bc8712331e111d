package ua

import (
	"siplab/sim/core"
	"siplab/sim/dialog"
	"siplab/sim/offer"
	"siplab/sim/sip"
)

// leg is one dialog of a call with the session in it. Early dialogs of a
// forked INVITE are legs of one call.
type leg struct {
	phone   *Phone
	call    *call
	d       *dialog.Dialog
	session *offer.Session
	flows   string             // what was last said of media: the direction
	mediaAt string             // and to where
	far     *offer.Description // from which that was read

	waiting []*accepted // the 2xx of this side that have no ACK yet

	wants []change // of the session, in order; the first may be under way
	busy  bool     // it is
	glare alarm

	timer    sessionTimer
	mixed    bool     // it is in the conference that this phone mixes
	unwanted bool     // confirmed in vain: no session comes of it
	bye      string   // why this side wants to end it; "" while it does not
	rel      reliable // reliable provisional responses of this side
	rseq     uint32   // the RSeq of the far end's last one in order; 0: none
	told     int      // status of the last provisional response that the user heard of
}

// newLeg gives a dialog its place in a call.
func (c *call) newLeg(d *dialog.Dialog) *leg {
	l := &leg{phone: c.phone, call: c, d: d}
	c.legs = append(c.legs, l)
	c.phone.legs[d] = l
	return l
}

// ending says whether a BYE has ended the dialog or is about to.
func (l *leg) ending() bool {
	return l.bye != "" || l.d.State() >= dialog.Mortal
}

// moved notes what a message or an end has done to the dialog, and lets go of
// the leg with it.
func (l *leg) moved(t *turn, s dialog.Step) {
	switch {
	case s.Moved():
		t.out = append(t.out, core.Effect{
			Kind: core.Move, What: l.d.Machine().Name, Key: l.d.Number,
			From: dialog.Name(s.From), To: dialog.Name(s.To), On: s.On, Ref: s.Ref,
		})
	case s.Why != "" && s.From != dialog.Morgue:
		t.note(s.On+" changes nothing: "+s.Why, s.Ref)
	}
	if s.To == dialog.Morgue {
		l.end(t)
	}
}

// end lets go of the leg: its dialog is in Morgue.
func (l *leg) end(t *turn) {
	if l.phone.legs[l.d] != l {
		return
	}
	delete(l.phone.legs, l.d)
	l.silence(t)
	for i, other := range l.call.legs {
		if other == l {
			l.call.legs = append(l.call.legs[:i], l.call.legs[i+1:]...)
			break
		}
	}
	l.call.leave()
}

// silence stops all that the leg would still do by itself, and its media.
func (l *leg) silence(t *turn) {
	l.phone.stop(t, &l.glare)
	l.timerOff(t)
	for _, a := range l.waiting {
		a.stop(t)
	}
	l.waiting = l.waiting[:0]
	l.rel.quiet(t, l.phone)
	l.wants, l.busy = l.wants[:0], false
	l.mute(t)
}

// respond starts a response of this leg.
func (l *leg) respond(t *turn, req *sip.Message, status int) *sip.Message {
	m := core.Respond(t.env, req, status, "", l.d.LocalTag)
	l.d.Respond(m, req)
	return m
}

// answer sends a response in server transaction txn. keep is what it is
// repeated by, 0 where the transaction sees to that.
func (l *leg) answer(t *turn, txn int32, m *sip.Message, keep int32) {
	l.fill(t, m)
	s := l.d.Sent(m)
	t.answerTo(txn, m, keep)
	l.moved(t, s)
}

// receive acts on a request inside the dialog.
func (l *leg) receive(t *turn, m *sip.Message) {
	s := l.d.Received(m)
	if m.Method == sip.BYE {
		t.served.ends = l
	}
	if s.Refuse.Status != 0 {
		l.refuse(t, m, s.Refuse)
		return
	}
	l.moved(t, s)
	switch m.Method {
	case sip.BYE:
		l.hungUp(t, m)
	case sip.INVITE:
		l.reinvited(t, m)
	case sip.UPDATE:
		l.updated(t, m)
	case sip.PRACK:
		l.pracked(t, m)
	case sip.MESSAGE:
		l.phone.read(t, m)
		l.answer(t, t.ev.Txn, l.respond(t, m, 200), 0)
	case sip.INFO:
		l.informed(t, m)
	}
	l.proceed(t)
}

// refuse answers a request inside the dialog with the failure that it is owed.
// The dialog, which did not take the request, hears nothing of it: its number may
// be that of another.
func (l *leg) refuse(t *turn, req *sip.Message, no dialog.Refusal) {
	m := l.respond(t, req, no.Status)
	t.note("answers "+req.Method+" with "+sip.Reason(no.Status)+": "+no.Why, no.Ref)
	if no.RetryAfter {
		m.Add(sip.NameRetryAfter, decimal(retryAfterSeconds(t.env)), sip.Fresh(no.Ref))
	}
	t.answer(m)
}

// ask sends a request of a leg. What hears of it learns first what the
// response did to the dialog.
func (l *leg) ask(t *turn, method string, body func(t *turn, m *sip.Message), then func(t *turn, o outcome)) {
	r := &inside{request: request{method: method, client: &l.call.client}, leg: l, body: body, then: then}
	r.asker = r
	l.phone.ask(t, &r.request)
}

// inside is a request in the dialog of a leg.
type inside struct {
	request
	leg  *leg
	seq  uint32                        // CSeq number of this try
	body func(t *turn, m *sip.Message) // what is its own; nil: nothing
	then func(t *turn, o outcome)      // what the leg does about each outcome
}

func (r *inside) write(t *turn, m *sip.Message) {
	r.leg.d.Request(m, r.method)
	r.seq = r.leg.d.Local.Number
	r.leg.phone.announce(m)
	if r.body != nil {
		r.body(t, m)
	}
}

func (r *inside) going(t *turn, m *sip.Message) { r.leg.moved(t, r.leg.d.Sent(m)) }
func (*inside) moves(*turn, *sip.Message)       {}
func (r *inside) learn(t *turn, o outcome)      { r.leg.learn(t, r.method, o) }
func (r *inside) heard(t *turn, o outcome)      { r.then(t, o) }

func (r *inside) ended(t *turn) {
	r.leg.call.forgetACKs(t, r.seq)
	r.leg.over(t, r.method)
}

// learn gives the dialog a response to a request inside it; one that ends the
// dialog is followed by BYE (§12.2.1.2).
func (l *leg) learn(t *turn, method string, o outcome) {
	ends := dialog.Ends(method, o.code)
	if o.m != nil {
		s := l.d.Received(o.m)
		l.moved(t, s)
		ends = s.Ends
		if o.code >= 300 {
			l.noted(t, l.session.Receive(o.m))
		}
	}
	if ends.What == dialog.Call && l.d.State() != dialog.Early && !l.ending() {
		l.hangUp(t, method+": "+o.text)
	}
}

// over takes the end of a transaction of the dialog.
func (l *leg) over(t *turn, method string) { l.moved(t, l.d.Over(method)) }
