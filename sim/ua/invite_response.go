package ua

import (
	"slices"
	"strings"

	"siplab/sim/dialog"
	"siplab/sim/sip"
)

// heard acts on what became of the INVITE (§13.2.2).
func (i *invitation) heard(t *turn, o outcome) {
	switch {
	case o.code < 200:
		i.progress(t, o.m)
	case o.code < 300:
		i.accepted(t, o.m)
	default:
		i.failed(t, o)
	}
}

// leg is the dialog of a response to the INVITE, a new one where the response
// makes it: a fork (§12.1.2, RFC 5407 Appendix E). nil: it makes none.
func (i *invitation) leg(t *turn, m *sip.Message) *leg {
	p := i.call.phone
	if d := p.dialogs.FindFork(i.first, m); d != nil {
		l := p.legs[d]
		l.moved(t, d.Received(m))
		return l
	}
	d, s := p.dialogs.Fork(i.first, m)
	if d == nil {
		return nil
	}
	l := i.call.newLeg(d)
	l.session = i.base.Fork()
	l.moved(t, s)
	return l
}

// progress acts on a provisional response (§13.2.2.1). One that the phone does
// not know counts as 183 (§8.1.3.2).
func (i *invitation) progress(t *turn, m *sip.Message) {
	i.news = true
	if l := i.early(t, m); l != nil {
		i.tell(t, l, m)
		l.flow(t)
	}
	i.cancel(t)
}

// early is the early dialog of a provisional response that is to be processed.
func (i *invitation) early(t *turn, m *sip.Message) *leg {
	to := m.To()
	if m.Status == 100 || to.Tag() == "" {
		return nil
	}
	p := i.call.phone
	reliable := isReliable(m) && p.settings.rel()
	last := uint32(0)
	if l := p.legs[p.dialogs.FindFork(i.first, m)]; l != nil {
		last = l.rseq
	}
	if reliable && !inOrder(t, last, m) {
		return nil
	}
	l := i.leg(t, m)
	if l == nil || l.d.State() != dialog.Early {
		return nil
	}
	// A phone that still rings when another has answered is nobody's news, but
	// what it sends reliably is acknowledged (RFC 5407 Appendix E).
	l.unwanted = i.call.talk != nil
	l.hear(t, m)
	if reliable {
		l.prack(t, m)
	}
	return l
}

// tell lets the user hear of a provisional response that is news.
func (i *invitation) tell(t *turn, l *leg, m *sip.Message) {
	if l.told == m.Status || i.why != "" || l.unwanted {
		return
	}
	l.told = m.Status
	what := TellProgress
	if m.Status == 180 {
		what = TellRinging
	}
	t.say(what, m.Status, farEnd(l.d), "RFC 3261 §13.2.2.1")
}

// accepted acts on a 2xx: "The UAC core MUST generate an ACK request for each
// 2xx received from the transaction layer." (§13.2.2.4) The first makes the
// call; a dialog that nobody wants is ended: "the UAC MUST terminate the dialog
// by sending a BYE request".
func (i *invitation) accepted(t *turn, m *sip.Message) {
	if to := m.To(); i.call.reacknowledge(t, i.seq, to.Tag()) {
		i.extend(t, m)
		return
	}
	if i.call.talk != nil && i.call.phone.faults.firstOnly {
		return
	}
	l := i.leg(t, m)
	if l == nil {
		t.note("a 2xx that belongs to no dialog", "RFC 3261 §13.2.2.4")
		return
	}
	i.call.phone.stop(t, &i.limit)
	ended := l.ending()
	why := i.unwanted(l, m)
	l.unwanted = why != ""
	heard := l.hear(t, m)
	if why == "" && heard.Failed {
		why = "the session cannot be: " + sip.Visible(heard.Why)
	}
	l.acknowledge(t, i.seq)
	switch {
	case ended:
	case why != "":
		t.note("this dialog is not wanted: "+why, "RFC 3261 §13.2.2.4")
		i.ends(t, l, why)
	default:
		i.call.talk, l.mixed = l, i.call.phone.mixes()
		t.say(TellAnswered, m.Status, farEnd(l.d), "RFC 3261 §13.2.2.4")
		l.granted(t, m, i.asked)
		i.by.came(t, m.Status)
		l.proceed(t)
	}
}

// extend gives a repeated 2xx to its dialog, if that is still there: one that
// comes in Mortal makes it last as long as the INVITE's transaction (RFC 5407
// Appendix D).
func (i *invitation) extend(t *turn, m *sip.Message) {
	p := i.call.phone
	if l := p.legs[p.dialogs.FindFork(i.first, m)]; l != nil {
		l.moved(t, l.d.Received(m))
	}
}

// ends ends a dialog that was confirmed in vain. Its user is told where nothing
// else will come.
func (i *invitation) ends(t *turn, l *leg, why string) {
	switch {
	case i.call.talk != nil:
	case i.why != "":
		i.fate(t, TellCancelled, 0, i.why+"; the answer came at the same time", "RFC 3261 §9.1")
	default:
		i.why = why
		i.fate(t, TellRefused, 0, why, "RFC 3261 §13.2.2.4")
	}
	l.hangUp(t, why)
}

// unwanted says why the phone does not go on with the dialog of a 2xx, "" where
// it does.
func (i *invitation) unwanted(l *leg, m *sip.Message) string {
	_, bad := dialog.TargetOf(m)
	switch missing := i.call.phone.missing(m); {
	case i.why != "":
		return i.why
	case i.call.talk != nil && i.call.talk != l:
		return "another phone has answered"
	case bad != nil:
		return "the answer has no Contact that can be used: " + bad.Text
	case missing != "":
		return "the answer requires what this phone does not know: " + missing
	}
	return ""
}

// failed acts on a final response that is no 2xx, or what stands for one: "All
// early dialogs are considered terminated upon reception of the non-2xx final
// response." (§13.2.2.3) Some are retried (§8.1.3.5).
func (i *invitation) failed(t *turn, o outcome) {
	if i.why == "" && i.retry(t, o) {
		return
	}
	p := i.call.phone
	p.stop(t, &i.limit)
	p.leaveAlone(t, i.target, o)
	if i.why != "" {
		i.fate(t, TellCancelled, o.code, i.why, "RFC 3261 §9.1")
	} else {
		i.fate(t, TellRefused, o.code, o.text, o.ref)
	}
}

// fate tells the user, once, what became of a call that nobody answered.
func (i *invitation) fate(t *turn, what string, code int, text, ref string) {
	if !i.told {
		i.told = true
		t.say(what, code, text, ref)
		i.by.came(t, failing(code))
	}
}

// learn ends all dialogs of an INVITE that has failed.
func (i *invitation) learn(t *turn, o outcome) {
	if o.code < 300 {
		return
	}
	for _, d := range i.first.Family() {
		switch l := i.call.phone.legs[d]; {
		case l == nil:
		case o.m == nil:
			l.over(t, sip.INVITE)
		default:
			l.moved(t, d.Received(o.m))
		}
	}
}

// retry tries the INVITE again where §8.1.3.4 or §8.1.3.5 says how.
func (i *invitation) retry(t *turn, o outcome) bool {
	switch {
	case o.m == nil:
	case o.code >= 300 && o.code < 400:
		i.targets.learn(t, o.m)
	case o.code == 420 && i.omit(o.m):
		t.note("tries again without what the far end does not know", "RFC 3261 §8.1.3.5")
		i.again(t, "RFC 3261 §8.1.3.5")
		return true
	case o.code == 422 && i.lengthen(o.m):
		t.note("tries again with a longer session interval", "RFC 4028 §7.3")
		i.again(t, "RFC 4028 §7.3")
		return true
	case (o.code == 413 || o.code == 415) && !i.bodiless:
		i.bodiless = true
		t.note("tries again without a body: the far end makes the offer", "RFC 3261 §8.1.3.5")
		i.again(t, "RFC 3261 §8.1.3.5")
		return true
	}
	next, ok := i.targets.next(o.code)
	if ok {
		i.target = next
		t.note("tries "+next, "RFC 3261 §8.1.3.4")
		i.again(t, "RFC 3261 §8.1.3.4")
	}
	return ok
}

// lengthen takes the Min-SE of a 422 into the next try.
func (i *invitation) lengthen(m *sip.Message) bool {
	least, ok := longer(m, i.asked)
	if ok {
		i.least = max(i.least, least)
	}
	return ok && i.asked != 0
}

// omit takes the option-tags of Unsupported out of the next try. False: none
// of them was in it.
func (i *invitation) omit(m *sip.Message) bool {
	for tag := range m.Values(sip.NameUnsupported) {
		if strings.EqualFold(tag, rel) && i.call.phone.settings.insists() && !slices.Contains(i.left, rel) {
			i.left = append(i.left, rel)
			return true
		}
	}
	return false
}
