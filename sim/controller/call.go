package controller

import (
	"strings"

	"siplab/sim/sip"
)

// What an operator is told.
const (
	TellConnecting   = "connecting"    // the first party is being called
	TellConnected    = "connected"     // the two talk
	TellUnconnected  = "not connected" // they do not: Code says why
	TellDisconnected = "disconnected"  // they do not any more
)

const (
	flowI  = "RFC 3725 §4.1"
	onward = "RFC 3725 §7"
)

// call is what the controller has made of two parties.
type call struct {
	a, b      *party
	connected bool
	over      bool
}

// connect calls the first: "This INVITE has no session description." (§4.1)
func (t *turn) connect(a, b string) {
	c := &call{}
	c.a, c.b = &party{call: c, uri: a}, &party{call: c, uri: b}
	t.calls = append(t.calls, c)
	t.say(TellConnecting, 0, a, flowI)
	c.a.invite(t, "")
}

// answered takes the 2xx of a party into the call. "To obtain the answer, it
// sends the offer it got from A (offer1) in an INVITE to B", and "When B answers,
// the 200 OK (4) contains the answer to this offer, answer1. The controller sends
// an ACK to B (5), and then passes answer1 to A in an ACK sent to it" (§4.1).
func (c *call) answered(t *turn, p *party, m *sip.Message) {
	switch {
	case c.over:
		p.acknowledge(t, p.declined(t))
		p.bye(t, "")
	case m.Body == "":
		p.acknowledge(t, "")
		t.hangUp(c, p, "")
		t.say(TellUnconnected, m.Status, p.uri+" says nothing of a session", flowI)
	case p == c.a:
		p.offer = m.Body
		c.b.invite(t, m.Body)
	default:
		p.acknowledge(t, "")
		c.a.acknowledge(t, m.Body)
		c.connected = true
		t.say(TellConnected, m.Status, c.a.uri+" and "+c.b.uri, flowI)
	}
}

// failed ends the call when a party cannot be had: "If the call attempt to B
// should fail, it is RECOMMENDED that the controller send a BYE to A. This BYE
// SHOULD include a Reason header [5] which carries the status code from the error
// response." (§6)
func (c *call) failed(t *turn, p *party, status int, why string) {
	if c.over {
		return
	}
	t.say(TellUnconnected, status, p.uri+": "+why, "RFC 3725 §6")
	t.hangUp(c, p, reason(status, why))
}

func reason(status int, why string) string {
	return "SIP;cause=" + decimal(status) + ";text=" + sip.Quote(why)
}

// hangUp ends the call with each party but the one that is gone: "If it receives
// a BYE from one of the participants, it can create a new BYE and hang up with the
// other participant." (§7)
func (t *turn) hangUp(c *call, gone *party, why string) {
	if c.over {
		return
	}
	c.over = true
	if c.connected {
		t.say(TellDisconnected, 0, c.a.uri+" and "+c.b.uri, onward)
	}
	for _, p := range []*party{c.a, c.b} {
		if p != gone || p.acked() {
			p.leave(t, why)
		}
	}
	for i, other := range t.calls {
		if other == c {
			t.calls = append(t.calls[:i], t.calls[i+1:]...)
			return
		}
	}
}

// declined is an answer that takes nothing of the party's offer: each of its
// streams has port 0 (RFC 3264 §6). "" where it has made none.
func (p *party) declined(t *turn) string {
	if p.offer == "" {
		return ""
	}
	addr := t.env.Addr.Addr().String()
	var b strings.Builder
	b.WriteString("v=0\r\no=- 0 0 IN IP4 " + addr + "\r\ns=-\r\nc=IN IP4 " + addr + "\r\nt=0 0\r\n")
	for line := range strings.Lines(p.offer) {
		words := strings.Fields(line)
		if len(words) >= 4 && strings.HasPrefix(words[0], "m=") {
			words[1] = "0"
			b.WriteString(strings.Join(words, " ") + "\r\n")
		}
	}
	return b.String()
}
