package ua

import (
	"siplab/sim/auth"
	"siplab/sim/dialog"
	"siplab/sim/sip"
)

// call is what came of one INVITE outside of a dialog, sent or received, with
// all its further tries: its dialogs, and of them the one that people talk in.
type call struct {
	phone  *Phone
	out    *invitation // sent; nil: received
	in     *invited    // received; nil: sent
	legs   []*leg
	talk   *leg // nil before the 2xx
	acks   []ack
	client auth.Client
}

func (p *Phone) newCall() *call {
	c := &call{phone: p, client: p.self.client()}
	p.lines = append(p.lines, c)
	return c
}

// leave lets go of a call when nothing of it is left.
func (c *call) leave() {
	if len(c.legs) > 0 || c.out != nil && !c.out.over() || c.in != nil && !c.in.done {
		return
	}
	for i, other := range c.phone.lines {
		if other == c {
			c.phone.lines = append(c.phone.lines[:i], c.phone.lines[i+1:]...)
			return
		}
	}
}

// live says whether people call, are called or talk: what is left of a call
// afterwards holds no line.
func (c *call) live() bool {
	switch {
	case c.talk != nil:
		return !c.talk.ending()
	case c.out != nil:
		return c.out.final == 0 && c.out.why == ""
	}
	return !c.in.done
}

// held says whether this side has put the far end on hold: the line is free for
// another call then.
func (c *call) held() bool { return c.talk != nil && c.talk.session.Held() }

// current is the call that people are at: the live one, or the last of those on
// hold where there is no other. nil: none.
func (p *Phone) current() *call {
	var waiting *call
	for _, c := range p.lines {
		switch {
		case !c.live():
		case !c.held():
			return c
		default:
			waiting = c
		}
	}
	return waiting
}

// line is the live call, with a remark where there is none.
func (p *Phone) line(t *turn) *call {
	c := p.current()
	if c == nil {
		t.note("there is no call", "")
	}
	return c
}

// ringing is the call that rings here, with a remark where none does.
func (p *Phone) ringing(t *turn) *invited {
	if c := p.current(); c != nil && c.in != nil && !c.in.done {
		return c.in
	}
	t.note("no call rings here", "")
	return nil
}

// inviting is the call that this phone makes and nobody has answered, with a
// remark where there is none.
func (p *Phone) inviting(t *turn) *invitation {
	c := p.current()
	switch {
	case c == nil || c.out == nil:
		// Neither CANCEL for anything else: "A CANCEL request SHOULD NOT be sent
		// to cancel a request other than INVITE."
		t.note("there is no call to cancel", "RFC 3261 §9.1")
	case c.talk != nil:
		t.note("the call has been answered: BYE ends it, never CANCEL", "RFC 3261 §9.1")
	default:
		return c.out
	}
	return nil
}

// talking is the dialog in which the call goes on: the confirmed one, or the
// first early one. With a remark where there is none.
func (p *Phone) talking(t *turn) *leg {
	if c := p.current(); c != nil {
		if c.talk != nil {
			return c.talk
		}
		for _, l := range c.legs {
			if l.d.State() == dialog.Early {
				return l
			}
		}
	}
	t.note("there is no dialog", "RFC 3261 §12")
	return nil
}

// hangUp is the human who puts the receiver down: "this would imply a CANCEL
// request if the initial INVITE has not generated a final response, and a BYE to
// all confirmed dialogs after a final response" (§15). BYE on an early dialog is
// legal for a caller who asks for it.
func (c *call) hangUp(t *turn, withBYE bool) {
	const why = "this side hung up"
	switch {
	case c.talk != nil:
		c.talk.hangUp(t, why)
	case c.out != nil && withBYE:
		c.out.hangUpEarly(t, why)
	case c.out != nil:
		c.out.cancelFor(t, "the caller gave up")
	default:
		// "If the particular UI allows for the user to reject a call before
		// its answered, a 403 (Forbidden) is a good way to express that." (§15)
		c.in.reject(t, 403, nil)
	}
}

// farEnd is who is at the other end, in words.
func farEnd(d *dialog.Dialog) string {
	a, _ := sip.ParseNameAddr(d.RemoteURI)
	return a.URI
}
