package proxy

import (
	"siplab/sim/core"
	"siplab/sim/sip"
)

// cancelAll cancels the branches that wait for a final response (§16.7 item 10).
func (t *turn) cancelAll(c *responseContext) {
	for _, b := range c.branches {
		if !b.done {
			t.cancel(b)
		}
	}
}

// cancel cancels a branch. "If no provisional response has been received, the
// CANCEL request MUST NOT be sent; rather, the client MUST wait for the arrival
// of a provisional response before sending the request." (§9.1) Nothing but an
// INVITE is cancelled.
func (t *turn) cancel(b *branch) {
	if !b.context.invite || b.done || b.cancelled {
		return
	}
	if !b.proceeding {
		if !b.unwanted {
			t.note("RFC 3261 §9.1", "CANCEL has to wait for a provisional response")
		}
		b.unwanted = true
		return
	}
	b.unwanted, b.cancelled = true, true
	t.unwait(&timerC, b.key)
	t.wait(&cancelTimer, b.key, 64*t.env.T1)
	t.last++ // of the CANCEL: its responses are for nobody
	t.out = append(t.out, core.Effect{Kind: core.Cancel, Txn: b.txn, Key: t.last})
}

// abandon gives up a branch whose CANCEL has led to nothing: "If there is no
// final response for the original request in 64*T1 seconds [...], the client
// SHOULD then consider the original transaction cancelled and SHOULD destroy the
// client transaction handling the original request." (§9.1)
func (t *turn) abandon(b *branch) {
	const section = "RFC 3261 §9.1"
	t.note(section, "no final response came in 64*T1 after CANCEL: the branch is given up")
	t.end(b)
	t.out = append(t.out, core.Effect{Kind: core.Drop, Txn: b.txn, Ref: section})
	t.advance(b.context)
}

// cancelled takes a CANCEL (§16.10): "If a matching response context is found,
// the element MUST immediately return a 200 (OK) response to the CANCEL
// request." "If a response context is not found, the element does not have any
// knowledge of the request to apply the CANCEL to. It MUST statelessly forward
// the CANCEL request".
func (t *turn) cancelled(m *sip.Message) {
	const section = "RFC 3261 §16.10"
	c := t.requests[keyOf(m)]
	if c == nil {
		t.note(section, "the CANCEL is for no request here: it is forwarded statelessly")
		t.passOn(m)
		return
	}
	t.out = append(t.out, core.Effect{Kind: core.Answer, Txn: t.ev.Txn, Message: core.Respond(t.env, m, 200, "", c.tag)})
	switch {
	case !c.invite:
		t.note("RFC 3261 §9.2", "CANCEL has no effect on a request other than INVITE")
	case c.status != 0:
		t.note("RFC 3261 §9.2", "CANCEL comes too late: the request has its final response")
	default:
		c.closed = true
		t.cancelAll(c)
	}
}
