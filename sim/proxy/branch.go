package proxy

import (
	"time"

	"siplab/sim/core"
	"siplab/sim/sip"
)

// branch is one client transaction of a response context: the request at one
// hop of one target.
type branch struct {
	context    *responseContext
	key        int32
	txn        int32 // 0 before the first response
	target     int   // index in context.targets
	breadth    int   // its Max-Breadth
	proceeding bool  // a provisional response has come
	done       bool  // a final response has come, or what stands for one
	unwanted   bool  // to be cancelled
	cancelled  bool  // its CANCEL is out
	expired    bool  // Timer C fired: its failure is a 408 (§16.8)
}

// try forwards the request to a target (§16.6 items 8 to 11). A target that
// leads to nobody is a transport error (§16.9).
func (t *turn) try(c *responseContext, i, breadth int) {
	g := &c.targets[i]
	m := t.copyFor(&c.passage, g, breadth)
	if g.hop >= len(g.hops) {
		t.note("RFC 3263 §4", sip.Visible(m.URI)+" leads to nobody")
		c.finals = append(c.finals, final{status: 503})
		return
	}
	t.last++
	b := &branch{context: c, key: t.last, target: i, breadth: breadth}
	t.branches[b.key] = b
	c.branches = append(c.branches, b)
	c.live++
	c.open++
	c.used += breadth
	if c.invite {
		// "Timer C MUST be set for each client transaction when an INVITE
		// request is proxied."
		t.wait(&timerC, b.key, t.settings.timerC())
	}
	t.out = append(t.out, core.Effect{
		Kind: core.Ask, Message: m, Key: b.key,
		Branch: branchOf(t.env.Token(), c.loop), Hop: g.hops[g.hop],
	})
}

// end notes that nothing more is awaited of a branch.
func (t *turn) end(b *branch) {
	c := b.context
	b.done = true
	c.live--
	c.used -= b.breadth
	switch {
	case b.cancelled:
		t.unwait(&cancelTimer, b.key)
	case c.invite:
		t.unwait(&timerC, b.key)
	}
}

// failOver tries the next hop of the branch's target: "failure occurs if the
// transaction layer reports a 503 error response or a transport failure of some
// sort", or "if the transaction layer times out without ever having received any
// response" (RFC 3263 §4.3). False: there is none.
func (t *turn) failOver(b *branch, why string) bool {
	c := b.context
	g := &c.targets[b.target]
	if c.closed || b.unwanted || g.hop+1 >= len(g.hops) || !t.inTime(c) {
		return false
	}
	t.end(b)
	g.hop++
	t.note("RFC 3263 §4.3", why+": the next address is tried, "+g.hops[g.hop].Addr.String())
	t.try(c, b.target, b.breadth)
	return true
}

// timeout is Timer B or F: "If the ordered set is exhausted, the request cannot
// be forwarded to this element in the target set. The proxy does not need to
// place anything in the response context, but otherwise acts as if this element
// of the target set returned a 408" (§16.6 item 7).
func (t *turn) timeout() {
	b := t.branches[t.ev.Key]
	if b == nil || b.done {
		return
	}
	if b.proceeding || !t.failOver(b, "nobody answered") {
		b.context.end = WhenNoAnswer
		t.end(b)
		t.advance(b.context)
	}
}

// transportError: "the proxy MUST behave as if the forwarded request received a
// 503 (Service Unavailable) response" (§16.9). An error with a response is
// dropped there: what the proxy sent it need not mend.
func (t *turn) transportError() {
	b := t.branches[t.ev.Key]
	if b == nil || b.done || t.failOver(b, "the request could not be sent") {
		return
	}
	c := b.context
	t.end(b)
	c.finals = append(c.finals, final{status: 503})
	t.advance(c)
}

func (t *turn) wait(timer *core.Timer, key int32, after time.Duration) {
	t.out = append(t.out, timer.Wait(key, after))
}

func (t *turn) unwait(timer *core.Timer, key int32) {
	t.out = append(t.out, core.Effect{Kind: core.Unwait, Timer: timer.Name, Key: key})
}

// wake takes a timer of the proxy's own.
func (t *turn) wake() {
	b := t.branches[t.ev.Key]
	switch {
	case t.ev.Timer == tryTimer.Name:
		t.tryNext(t.contexts[t.ev.Key])
	case t.ev.Timer == lateTimer.Name:
		t.late(t.contexts[t.ev.Key])
	case b == nil || b.done:
	case t.ev.Timer == timerC.Name:
		t.expire(b)
	case t.ev.Timer == cancelTimer.Name:
		t.abandon(b)
	}
}

// expire is §16.8: "If the client transaction has received a provisional
// response, the proxy MUST generate a CANCEL request matching that transaction.
// If the client transaction has not received a provisional response, the proxy
// MUST behave as if the transaction received a 408 (Request Timeout) response."
func (t *turn) expire(b *branch) {
	b.expired = true
	if b.proceeding {
		t.note("RFC 3261 §16.8", "Timer C: the branch is cancelled")
		t.cancel(b)
		return
	}
	t.note("RFC 3261 §16.8", "Timer C: as if the branch had answered 408")
	b.context.end = WhenNoAnswer
	t.end(b)
	t.advance(b.context)
}

// late leaves a request other than INVITE without an answer.
func (t *turn) late(c *responseContext) {
	if c != nil && c.status == 0 {
		c.timed = false
		t.unanswered(c)
	}
}

// tryNext has the targets that ring make room for those less preferred.
func (t *turn) tryNext(c *responseContext) {
	if c == nil || c.status != 0 || !c.hasNext(c.next, WhenNoAnswer) {
		return
	}
	c.end = WhenNoAnswer
	t.note("RFC 3261 §16.6", "nobody answered in time: the next targets are tried when these have ended")
	t.cancelAll(c)
}
