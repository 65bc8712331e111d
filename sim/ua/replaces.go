package ua

import (
	"siplab/sim/dialog"
	"siplab/sim/sip"
)

// The sections by which an INVITE meets a dialog that it names.
const (
	replaced = "RFC 3891 §3"
	joined   = "RFC 3911 §4"
)

// takesOver acts on an INVITE that names a dialog of this phone, by Replaces or
// Join. "If the Replaces header field matches an active dialog, the UA MUST
// verify that the initiator of the new INVITE is authorized to replace the
// matched dialog." (RFC 3891 §3) The phone, which verifies nobody, holds that
// whoever can name all three parts of a dialog is.
func (p *Phone) takesOver(t *turn, m *sip.Message) {
	name, ref := sip.NameReplaces, replaced
	if !m.Has(sip.NameReplaces) {
		name, ref = sip.NameJoin, joined
	}
	match, err := dialog.ParseMatch(m.Get(name))
	if err != nil || m.Count(sip.NameReplaces)+m.Count(sip.NameJoin) != 1 {
		p.refuse(t, 400, ref)
		return
	}
	d, ended := p.dialogs.Matching(match)
	l := p.legs[d]
	switch {
	case l == nil && ended || l != nil && l.ending():
		p.refuse(t, 603, ref)
	case l == nil:
		p.refuse(t, 481, ref)
	case name == sip.NameJoin:
		p.joinedBy(t, m, l)
	case l.call.talk == l && match.EarlyOnly:
		p.refuse(t, 486, ref)
	case l.call.talk != l && l.call.out == nil:
		// "If the Replaces header field matches an early dialog that was not
		// initiated by this UA, it returns a 481".
		p.refuse(t, 481, ref)
	default:
		p.replace(t, m, l)
	}
}

// replace "accepts the new INVITE by sending a 200-class response, and shuts down
// the replaced dialog by sending a BYE", or, where that is early, "a CANCEL". What
// cannot be accepted leaves "the matched dialog unchanged".
func (p *Phone) replace(t *turn, m *sip.Message, l *leg) {
	in := p.takeUp(t, m)
	if in == nil {
		return
	}
	by := callerOf(m) + " takes the place of " + farEnd(l.d)
	t.say(TellReplaced, 0, by, replaced)
	if l.call.talk == l {
		in.take(t, "", "")
		l.hangUp(t, by)
		return
	}
	in.answer(t)
	l.call.out.told = true // of the outcome: the call goes on, with another
	l.call.out.cancelFor(t, by)
}
