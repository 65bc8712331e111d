package ua

import (
	"slices"

	"siplab/sim/sip"
)

// joinedBy lets a caller into the call that its Join names: this phone mixes from
// then on. A call that nobody has answered yet it cannot mix, although Join "has
// no limitation on its use with early dialogs": "If the UAS is incapable of
// satisfying the Join request, it MUST return a 488" (RFC 3911 §4).
func (p *Phone) joinedBy(t *turn, m *sip.Message, l *leg) {
	if l.call.talk != l {
		p.refuse(t, 488, joined)
		return
	}
	in := p.takeUp(t, m)
	if in == nil {
		return
	}
	p.mix(t)
	in.leg.mixed = true
	in.leg.d.Contact = focus(in.leg.d.Contact)
	in.take(t, TellMixed, joined)
}

// conference is the section by which a phone mixes: it "acts like a focus", and
// its Contact says so by "isfocus" (RFC 4579).
const conference = "RFC 5359 §2.10"

// mix makes one conference of all calls of this phone. Each far end is told by a
// re-INVITE with a Contact that says so; what is on hold is taken off it.
func (p *Phone) mix(t *turn) {
	for _, c := range slices.Clone(p.lines) {
		if l := c.talk; l != nil && !l.ending() && !l.mixed {
			l.wants = append(l.wants, change{what: mixing, method: sip.INVITE})
			l.proceed(t)
		}
	}
}

// mixes says whether the phone is the focus of a conference.
func (p *Phone) mixes() bool {
	return slices.ContainsFunc(p.lines, func(c *call) bool { return c.talk != nil && c.talk.mixed && !c.talk.ending() })
}

// contact is the phone's Contact value for a new dialog.
func (p *Phone) contact() string {
	if p.mixes() {
		return focus(p.self.contactValue)
	}
	return p.self.contactValue
}

// focus is a Contact value that says that its UA is the focus of a conference.
func focus(contact string) string {
	a, err := sip.ParseNameAddr(contact)
	if err != nil || a.Params.Has("isfocus") {
		return contact
	}
	return contact + ";isfocus"
}
