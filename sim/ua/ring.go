package ua

import (
	"time"

	"siplab/sim/dialog"
	"siplab/sim/sip"
)

// invited is an INVITE outside of a dialog that has come, and what becomes of
// it (§13.3).
type invited struct {
	call   *call
	leg    *leg
	txn    int32
	invite sip.Message // a copy: the World reads the next message into its own
	done   bool        // the final response is out

	accepting bool  // the answer waits for a PRACK
	ring      alarm // to say once more that it rings
	answering alarm
	expiry    alarm
}

// busy says whether the phone takes no call: it has one line.
func (p *Phone) busy() bool { return p.settings.Busy || p.current() != nil }

// invited takes an invitation, or turns it away (§13.3.1).
func (p *Phone) invited(t *turn, m *sip.Message) {
	_, bad := dialog.TargetOf(m)
	switch {
	case bad != nil:
		p.refuse(t, 400, bad.Section)
	case m.Has(sip.NameReplaces) || m.Has(sip.NameJoin):
		p.takesOver(t, m)
	case p.busy():
		p.refuse(t, 486, "RFC 3261 §13.3.1.3")
		t.say(TellTurned, 486, callerOf(m), "RFC 3261 §13.3.1.3")
	case p.tooShort(m):
		p.refuse(t, 422, "RFC 4028 §6", p.leastField())
	case p.settings.insists() && !knows(m, rel):
		p.refuse(t, 421, "RFC 3261 §8.2.4", field{sip.NameRequire, rel})
	default:
		p.begin(t, m)
	}
}

func callerOf(m *sip.Message) string { return m.From().URI }

// begin takes the INVITE up, and rings.
func (p *Phone) begin(t *turn, m *sip.Message) {
	if in := p.takeUp(t, m); in != nil {
		t.say(TellIncoming, 0, callerOf(m), "RFC 3261 §13.3.1")
		in.progress(t)
		in.waits(t)
	}
}

// takeUp makes the dialog that the INVITE may lead to. nil: its offer is refused.
func (p *Phone) takeUp(t *turn, m *sip.Message) *invited {
	in := &invited{call: p.newCall(), txn: t.ev.Txn}
	in.call.in = in
	in.invite.CopyOf(m)
	t.served.ringing = in
	d, s := p.dialogs.Called(m, t.served.tag, p.contact(), false)
	in.leg = in.call.newLeg(d)
	in.leg.session = p.newSession(t, uint64(t.env.Chance.Uint32()))
	in.leg.moved(t, s)
	if heard := in.leg.hear(t, m); heard.Refuse.Status != 0 {
		in.done = true
		in.leg.rejectOffer(t, m, heard.Refuse)
		t.say(TellTurned, heard.Refuse.Status, callerOf(m), heard.Refuse.Ref)
		return nil
	}
	return in
}

// progress says what the settings have the phone say while it rings (§13.3.1.1).
func (in *invited) progress(t *turn) {
	switch in.call.phone.settings.Progress {
	case "nothing":
	case "183":
		in.provisional(t, 183)
	default:
		in.provisional(t, 180)
	}
}

// provisional sends a provisional response, and another in time: "the UAS MUST
// send a non-100 provisional response at every minute, to handle the possibility
// of lost provisional responses" (§13.3.1.1); one sent reliably "once every two
// and a half minutes" (RFC 3262 §3).
func (in *invited) provisional(t *turn, status int) {
	p, l := in.call.phone, in.leg
	m := l.respond(t, &in.invite, status)
	every, timer := time.Minute, &progressing
	if p.settings.rel() && knows(&in.invite, rel) {
		every, timer = 150*time.Second, &progressingReliably
		if !l.sendReliably(t, in.txn, m) {
			return
		}
	} else {
		if status == 183 {
			l.session.Preview(m)
		}
		l.answer(t, in.txn, m, 0)
	}
	p.start(t, &in.ring, timer, every, func(t *turn) { in.provisional(t, status) })
}

// waits starts what may end the ringing by itself. "If the invitation expires
// before the UAS has generated a final response, a 487 (Request Terminated)
// response SHOULD be generated." (§13.3.1)
func (in *invited) waits(t *turn) {
	p := in.call.phone
	if s, ok := in.invite.Expires(); ok {
		p.start(t, &in.expiry, &endOfInvitation, time.Duration(s)*time.Second, func(t *turn) {
			in.terminate(t, "the invitation has expired", "RFC 3261 §13.3.1")
		})
	}
	if after := p.settings.AnswerAfter; after > 0 {
		in.answerAfter(t, after)
	}
}

// answerAfter takes the call, now or a while later.
func (in *invited) answerAfter(t *turn, after time.Duration) {
	if after == 0 {
		in.answer(t)
		return
	}
	in.call.phone.start(t, &in.answering, &answering, after, in.answer)
}

// answer takes the call with a 200 (§13.3.1.4). RFC 3262 §5: "If the UAS had
// placed a session description in any reliable provisional response that is
// unacknowledged when the INVITE is accepted, the UAS MUST delay sending the 2xx
// until the provisional response is acknowledged."
func (in *invited) answer(t *turn) {
	l := in.leg
	if in.done {
		return
	}
	if l.session.Unproven() {
		in.accepting = true
		t.note("the 200 has to wait for the PRACK", "RFC 3262 §5")
		return
	}
	in.take(t, TellAnswered, repeating2xx)
}

// take sends the 200, and tells the user what that means by ref; "" for nothing.
func (in *invited) take(t *turn, told, ref string) {
	l := in.leg
	in.final(t)
	in.call.talk = l
	m := l.respond(t, &in.invite, 200)
	l.phone.describe(m)
	l.grant(t, &in.invite, m)
	if told != "" {
		t.say(told, 200, farEnd(l.d), ref)
	}
	l.accept(t, in.txn, m)
	l.flow(t)
}

// describe adds what a 2xx says of its sender: "A 2xx response to an INVITE
// SHOULD contain the Allow header field and the Supported header field" (§13.3.1.4).
func (p *Phone) describe(m *sip.Message) {
	m.Add(sip.NameAllow, allowed, sip.Rule(repeating2xx))
	m.Add(sip.NameSupported, p.self.supported, sip.Rule(repeating2xx))
}

// reject turns the call away; contacts are where else to call (§13.3.1.2).
func (in *invited) reject(t *turn, status int, contacts []string) {
	in.fail(t, status, contacts)
	t.say(TellTurned, status, callerOf(&in.invite), "RFC 3261 §13.3.1.3")
}

// terminate ends the ringing from outside, with 487.
func (in *invited) terminate(t *turn, why, ref string) {
	if in.done {
		return
	}
	in.fail(t, 487, nil)
	t.say(TellMissed, 487, callerOf(&in.invite)+": "+why, ref)
}

func (in *invited) fail(t *turn, status int, contacts []string) {
	in.final(t)
	m := in.leg.respond(t, &in.invite, status)
	for _, uri := range contacts {
		m.Add(sip.NameContact, "<"+uri+">", sip.Rule("RFC 3261 §13.3.1.2"))
	}
	in.leg.answer(t, in.txn, m, 0)
	in.call.leave()
}

// final stops what comes before the final response.
func (in *invited) final(t *turn) {
	p := in.call.phone
	in.done, in.accepting = true, false
	p.stop(t, &in.ring)
	p.stop(t, &in.answering)
	p.stop(t, &in.expiry)
	in.leg.rel.quiet(t, p)
}
