package ua

import (
	"siplab/sim/sip"
	"siplab/sim/subscription"
)

// askDialogs fetches the dialogs of a phone, and gives then what it says of them (RFC
// 4235).
func (p *Phone) askDialogs(t *turn, whom string, then func(t *turn, all []dialogInfo)) {
	a := p.newAttempt(t, sip.SUBSCRIBE, whom, subscription.Event{Package: subscription.Dialog})
	a.first.news = func(t *turn, m *sip.Message, _ subscription.State) { then(t, parseDialogInfo(m.Body)) }
	p.ask(t, &a.request)
}

// pickUp takes over a call of somebody. One that rings there is taken by a
// Replaces with early-only: if it has been answered meanwhile, it is left alone.
// The other end has to be who made that call: "A UAC MUST NOT send an INVITE with
// a Replaces header field that attempts to replace an early dialog which was not
// originated by the target of the INVITE" (RFC 3891 §4).
func (p *Phone) pickUp(t *turn, whom string) {
	p.askDialogs(t, whom, func(t *turn, all []dialogInfo) {
		for _, early := range []bool{true, false} {
			for i := range all {
				if x := &all[i]; x.early() == early && (early && x.recipient || x.state == "confirmed") {
					p.replaceBy(t, x, early)
					return
				}
			}
		}
		t.say(TellRefused, 0, whom+" has no call to pick up", "RFC 3891 §4")
	})
}

func (p *Phone) replaceBy(t *turn, x *dialogInfo, early bool) {
	m := x.asSeenByPeer()
	m.EarlyOnly = early
	p.invite(t, inURI(x.target, "Replaces", m.String()))
}

// joinCallOf asks a phone to be let into the call that goes on there.
func (p *Phone) joinCallOf(t *turn, whom string) {
	p.askDialogs(t, whom, func(t *turn, all []dialogInfo) {
		for i := range all {
			if x := &all[i]; x.state == "confirmed" {
				p.invite(t, inURI(x.own, "Join", x.asSeenHere().String()))
				return
			}
		}
		t.say(TellRefused, 0, whom+" has no call to join", joined)
	})
}

// park has the far end of a call go on with another phone: that is asked to call
// the far end, with a Replaces of this call (RFC 5359 §2.15).
func (p *Phone) park(t *turn, whom, where string) {
	l := p.callWith(whom)
	if l == nil {
		t.note("there is no call to park", "RFC 5359 §2.15")
		return
	}
	p.refer(t, where, inURI(l.d.Target, "Replaces", l.d.AsSeenByPeer().String()), false)
}

// redial calls once more whom this phone called last, when that one has no call:
// it is told so by the dialog package (RFC 5359 §2.17).
func (p *Phone) redial(t *turn) {
	whom := p.dialled
	if whom == "" {
		t.note("this phone has called nobody", "RFC 5359 §2.17")
		return
	}
	a := p.newAttempt(t, sip.SUBSCRIBE, whom, subscription.Event{Package: subscription.Dialog})
	a.expires = defaultWatch
	a.first.asked = defaultWatch
	w, free := a.first, false
	w.news = func(t *turn, m *sip.Message, st subscription.State) {
		switch {
		case free:
		case st.Value == "terminated":
			t.say(TellUnsubscribed, 0, w.about()+" has ended", "RFC 6665 §4.1.3")
		case len(parseDialogInfo(m.Body)) == 0 && m.Body != "":
			free = true
			// When this NOTIFY has had its effect on the subscription.
			p.start(t, new(alarm), &redialing, 0, func(t *turn) {
				w.unsubscribe(t)
				p.invite(t, whom)
			})
		}
	}
	p.ask(t, &a.request)
}
