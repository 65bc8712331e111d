package proxy

import (
	"time"

	"siplab/sim/core"
	"siplab/sim/sip"
)

// responseContext is the state that a stateful proxy keeps for a request, from
// before it forwards it until all transactions have ended (§16.6, §16.7 item 9).
type responseContext struct {
	passage
	txn    int32 // the server transaction; 0 once it has ended
	key    requestKey
	tag    string // To tag of what the proxy itself answers
	invite bool
	began  time.Duration
	timed  bool // lateTimer runs

	branches []*branch
	next     int // the first of targets that was not tried
	level    int // preference of the targets that are being tried
	used     int // Outgoing Max-Breadth (RFC 5393 §5.3.2)
	live     int // branches without a final response
	open     int // client transactions that have not ended

	finals []final
	status int  // of the final response that went upstream; 0: none has
	closed bool // no more branches: a 2xx, a 6xx or a CANCEL has come
}

// newContext starts one with a copy of the request.
func (t *turn) newContext(m *sip.Message) *responseContext {
	var c *responseContext
	if n := len(t.spare); n > 0 {
		c, t.spare = t.spare[n-1], t.spare[:n-1]
	} else {
		c = new(responseContext)
	}
	c.txn, c.key, c.invite = t.ev.Txn, keyOf(m), m.Method == sip.INVITE
	c.began = t.ev.Now
	c.begin(m)
	return c
}

// open makes the context known, before the request goes anywhere.
func (t *turn) open(c *responseContext) {
	c.tag = t.env.Token()
	t.contexts[c.txn], t.requests[c.key] = c, c
	if t.settings.Gateway {
		c.bridge = t.gateway.hold(&c.request)
	}
	if c.invite {
		t.trying(t.ev.Message)
	}
}

// release lets go of a context that nothing refers to any more.
func (t *turn) release(c *responseContext) {
	t.gateway.leave(c)
	clear(c.branches)
	clear(c.finals)
	clear(c.targets)
	c.branches, c.finals, c.targets = c.branches[:0], c.finals[:0], c.targets[:0]
	c.txn, c.tag, c.next, c.level, c.used, c.live, c.open = 0, "", 0, 0, 0, 0, 0
	c.status, c.closed, c.timed = 0, false, false
	t.spare = append(t.spare, c)
}

// advance forwards the request to the targets whose turn it is, and sends the
// best response when nothing is left to wait for (§16.7 item 6).
func (t *turn) advance(c *responseContext) {
	for !c.closed && c.status == 0 {
		n := t.due(c)
		if n == 0 || !t.inTime(c) {
			break
		}
		// "SIP proxies MUST NOT allow the Outgoing Max-Breadth to exceed the
		// Incoming Max-Breadth in a given response context." (RFC 5393 §5.3.3)
		free := c.breadth - c.used
		if n > free && t.settings.RefuseBreadth {
			t.answer(c, 440, "RFC 5393 §5.3.3", "Max-Breadth is too small for this fork")
			t.cancelAll(c)
			return
		}
		n = min(n, free)
		if n == 0 {
			break
		}
		for i := range n {
			share := free / n
			if i < free%n {
				share++
			}
			c.next++
			t.try(c, c.next-1, share)
		}
	}
	if c.live == 0 && c.status == 0 {
		t.conclude(c)
	}
}

// due counts the targets that may be tried now, Max-Breadth aside: those that
// are preferred as much as the ones that are being tried, or one alone.
func (t *turn) due(c *responseContext) int {
	c.passOver()
	waiting := c.targets[c.next:]
	if len(waiting) == 0 || c.live > 0 && t.settings.Fork == ForkSequential {
		return 0
	}
	if c.live == 0 {
		c.level = waiting[0].q
		t.limit(c)
	}
	if t.settings.Fork == ForkSequential {
		return 1
	}
	n := 0
	for n < len(waiting) && waiting[n].q >= c.level && waiting[n].serves(c.end) {
		n++
	}
	return n
}

// inTime says whether a request other than INVITE that is to be tried elsewhere
// can still be answered: "an element that cannot respond before the transaction
// expires will not send a final response at all" (RFC 4320 §4.2). What is tried
// later than at once has what is left of 64*T1.
func (t *turn) inTime(c *responseContext) bool {
	if c.invite || t.ev.Now == c.began || c.timed {
		return true
	}
	left := c.began + 64*t.env.T1 - t.ev.Now
	if c.timed = left > 0; c.timed {
		t.wait(&lateTimer, c.txn, left)
	}
	return c.timed
}

// limit starts the time that the targets which are tried next may ring.
func (t *turn) limit(c *responseContext) {
	if t.settings.TryFor > 0 && c.invite {
		t.wait(&tryTimer, c.txn, t.settings.TryFor)
	}
}

// answer answers the request of the context with a response of the proxy's own.
func (t *turn) answer(c *responseContext, status int, ref, why string) {
	t.note(ref, why)
	t.upstream(c, core.Respond(t.env, &c.request, status, "", c.tag))
}

// upstream passes a response to the server transaction (§16.7 item 9).
func (t *turn) upstream(c *responseContext, m *sip.Message) {
	if m.Status >= 200 && c.status == 0 {
		t.settle(c, m.Status)
	}
	if c.txn == 0 {
		// RFC 6026 §8.3: "If the server transaction is no longer available to
		// handle the transmission, the response is simply discarded."
		t.note("RFC 6026 §8.3", "not forwarded: the request's transaction has ended")
		return
	}
	t.bridge(c.bridge, m)
	t.out = append(t.out, core.Effect{Kind: core.Answer, Txn: c.txn, Message: m})
}

// settle notes that the request has its final response.
func (t *turn) settle(c *responseContext, status int) {
	c.status, c.closed = status, true
	if t.settings.TryFor > 0 && c.invite {
		t.unwait(&tryTimer, c.txn)
	}
	if c.timed {
		t.unwait(&lateTimer, c.txn)
	}
}

// gone takes the end of a transaction: "The proxy MUST maintain the response
// context until all of its associated transactions have been terminated, even
// after forwarding a final response." (§16.7 item 9)
func (t *turn) gone() {
	var c *responseContext
	if b := t.branches[t.ev.Key]; b != nil {
		c = b.context
		delete(t.branches, b.key)
		c.open--
		if !b.done {
			t.end(b)
			t.advance(c)
		}
	} else if c = t.contexts[t.ev.Txn]; c == nil || t.ev.Key != 0 {
		return
	} else {
		delete(t.contexts, c.txn)
		delete(t.requests, c.key)
		c.txn = 0
	}
	if c.txn == 0 && c.open == 0 {
		t.release(c)
	}
}
