package ua

import (
	"siplab/sim/auth"
	"siplab/sim/sip"
)

// message is an instant message (RFC 3428) that this phone sends: a MESSAGE in
// the call, or outside of any dialog.
type message struct {
	request
	heading
	outside
	phone   *Phone
	leg     *leg   // nil: outside of a dialog
	whom    string // its Request-URI; in a dialog the far end
	text    string
	account auth.Client
	out     bool // on its way
}

// plainText is the type of body that a phone has to understand: "A UAS that
// supports the MESSAGE method MUST be prepared to receive and render bodies of
// type "text/plain"" (§7).
const plainText = "text/plain"

// largest is how long a MESSAGE may be: its size "MUST NOT exceed 1300 bytes",
// unless the UAC knows every hop to the UAS (§8).
const largest = 1300

// viaRoom is more than the Via takes that the transport puts on.
const viaRoom = 100

// text writes to whom: the far end of the call where whom is "".
func (p *Phone) text(t *turn, whom, text string) {
	msg := &message{phone: p, whom: whom, text: text, account: p.self.account}
	msg.request = request{method: sip.MESSAGE, client: &msg.account, asker: msg}
	if whom == "" {
		l := p.talking(t)
		if l == nil {
			return
		}
		msg.leg, msg.whom = l, farEnd(l.d)
	} else if err := checkCallee(whom); err != nil {
		t.say(TellUnsent, 416, err.Error(), "RFC 3261 §21.4.14")
		return
	} else {
		msg.heading = p.self.heading(t, whom)
	}
	if n := msg.size(); n > largest {
		t.say(TellUnsent, 0, decimal(uint64(n))+" bytes, and a MESSAGE may have "+decimal(largest), "RFC 3428 §8")
		return
	}
	if p.outbox.has(msg) {
		t.note("the message waits for the one before it", "RFC 3428 §8")
	}
	p.outbox = append(p.outbox, msg)
	p.deliver(t)
}

// size is how long the MESSAGE is at least.
func (msg *message) size() int {
	var m sip.Message
	h := msg.heading
	m.Request(sip.MESSAGE, msg.whom)
	if msg.leg != nil {
		h = heading{to: msg.leg.d.RemoteURI, from: msg.leg.d.LocalURI, callID: msg.leg.d.CallID}
	}
	h.address(&m)
	m.SetBody(plainText, msg.text)
	return len(m.String()) + viaRoom
}

// deliver sends each message that none to the same destination is before: "A UAC
// MUST NOT initiate a new out-of-dialog MESSAGE transaction to a given URI if
// there is a previous out-of-dialog transaction pending for the same URI.
// Similarly, A UAC SHOULD NOT initiate overlapping MESSAGE transactions inside a
// dialog" (§8).
func (p *Phone) deliver(t *turn) {
	for i, msg := range p.outbox {
		if !msg.out && !p.outbox[:i].has(msg) {
			msg.out = true
			msg.send(t)
		}
	}
}

// outbox are the messages without a final response, in order.
type outbox []*message

func (o outbox) has(msg *message) bool {
	for _, other := range o {
		if other.leg == msg.leg && other.whom == msg.whom {
			return true
		}
	}
	return false
}

func (msg *message) send(t *turn) {
	if msg.leg == nil {
		msg.phone.ask(t, &msg.request)
		return
	}
	if no, ok := msg.leg.d.May(sip.MESSAGE); !ok {
		t.note("no MESSAGE: "+no.Why, no.Ref)
		msg.done(t)
		return
	}
	msg.leg.ask(t, sip.MESSAGE, func(_ *turn, m *sip.Message) { m.SetBody(plainText, msg.text) }, msg.heard)
}

// write makes one outside of a dialog: "User Agents MUST NOT insert Contact
// header fields into MESSAGE requests." (§4)
func (msg *message) write(_ *turn, m *sip.Message) {
	m.Request(sip.MESSAGE, msg.whom)
	msg.address(m)
	msg.ref = "RFC 3261 §8.1.3.5"
	msg.phone.announce(m)
	m.SetBody(plainText, msg.text)
}

// heard tells the user. After a 200 it "may assume the message has been
// delivered to the final destination", after a 202 it must not (§4).
func (msg *message) heard(t *turn, o outcome) {
	switch {
	case o.code < 200:
		return
	case o.code == 202:
		t.say(TellSent, o.code, msg.whom+" may get it later", "RFC 3428 §4")
	case o.code < 300:
		t.say(TellSent, o.code, msg.whom, "RFC 3428 §4")
	default:
		t.say(TellUnsent, o.code, o.text, o.ref)
	}
	msg.done(t)
}

// done takes the message out, and lets the next go.
func (msg *message) done(t *turn) {
	p := msg.phone
	for i, other := range p.outbox {
		if other == msg {
			p.outbox = append(p.outbox[:i], p.outbox[i+1:]...)
			break
		}
	}
	p.deliver(t)
}

// read shows a message that has come: "If the message is displayed, the UAS
// SHOULD clearly indicate to the user that the message has expired" (§7). This
// phone shows each at once, so that one alone has expired that lasts no time.
func (p *Phone) read(t *turn, m *sip.Message) {
	text := callerOf(m) + ": " + sip.Visible(m.Body)
	if s, ok := m.Expires(); ok && s == 0 {
		text += " (it has expired)"
	}
	t.say(TellMessage, 0, text, "RFC 3428 §7")
}
