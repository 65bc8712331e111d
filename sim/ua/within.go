package ua

import (
	"siplab/sim/auth"
	"siplab/sim/dialog"
	"siplab/sim/sip"
)

// usage is a request in a dialog that belongs to a subscription: what becomes of
// it matters to that alone, and to no session (RFC 6665 §4.5.2).
type usage struct {
	request
	d    *dialog.Dialog
	body func(t *turn, m *sip.Message) // what is not its dialog's
	then func(t *turn, o outcome)      // what the subscription does about each outcome
}

// askWithin sends a request of a subscription in its dialog.
func (p *Phone) askWithin(t *turn, d *dialog.Dialog, method string, client *auth.Client,
	body func(t *turn, m *sip.Message), then func(t *turn, o outcome)) {
	u := &usage{request: request{method: method, client: client}, d: d, then: then}
	u.asker = u
	u.body = func(t *turn, m *sip.Message) {
		p.announce(m)
		body(t, m)
	}
	p.ask(t, &u.request)
}

func (u *usage) write(t *turn, m *sip.Message) {
	u.d.Request(m, u.method)
	u.body(t, m)
}

func (u *usage) going(_ *turn, m *sip.Message) { u.d.Sent(m) }

func (u *usage) learn(_ *turn, o outcome) {
	if o.m != nil {
		u.d.Received(o.m)
	}
}

func (u *usage) heard(t *turn, o outcome)  { u.then(t, o) }
func (u *usage) moves(*turn, *sip.Message) {}
func (u *usage) ended(*turn)               {}

// clientOf is what knows the credentials for a dialog: its call's, or a fresh
// one.
func (p *Phone) clientOf(d *dialog.Dialog) *auth.Client {
	if l := p.legs[d]; l != nil {
		return &l.call.client
	}
	account := p.self.account
	return &account
}
