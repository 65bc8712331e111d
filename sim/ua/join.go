package ua

import "siplab/sim/sip"

// joinedBy lets a caller into the call that its Join names. A call that nobody
// has answered yet has no conversation to join.
func (p *Phone) joinedBy(t *turn, m *sip.Message, l *leg) {
	if l.call.talk != l {
		p.refuse(t, 486, joined)
		return
	}
	if in := p.takeUp(t, m); in != nil {
		in.answer(t)
	}
}
