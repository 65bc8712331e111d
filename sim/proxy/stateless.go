package proxy

import (
	"siplab/sim/core"
	"siplab/sim/sip"
)

// passOn forwards a request without a transaction (§16.11): each request at a
// stateless proxy, and at a stateful one an ACK to a 2xx, and a CANCEL that
// matches nothing. "A stateless proxy MUST choose one and only one target from
// the target set. This choice MUST only rely on fields in the message and
// time-invariant properties of the server." Here it is the most preferred.
func (t *turn) passOn(m *sip.Message) {
	p := &t.ack
	p.begin(m)
	if !t.validate(m, p) {
		return
	}
	t.preprocess(p)
	if !t.determine(p) {
		return
	}
	p.bridge = t.gateway.bridges[m.CallID()]
	g := &p.targets[0]
	copy := t.copyFor(p, g, p.breadth)
	if len(g.hops) == 0 {
		t.refuse(500, "RFC 3261 §16.9", sip.Visible(copy.URI)+" leads to nobody")
		return
	}
	t.out = append(t.out, core.Effect{Kind: core.Send, Message: copy, Branch: statelessBranch(m, p.loop), Hop: g.hops[0]})
	if t.ev.Txn != 0 {
		t.out = append(t.out, core.Effect{Kind: core.Drop, Txn: t.ev.Txn, Ref: "RFC 3261 §16.10"})
	}
}

// passBack forwards a response by its Via alone: "the proxy MUST remove that
// header field value from the response and forward the result to the location
// indicated in the next Via header field value" (§16.11).
func (t *turn) passBack(m *sip.Message) {
	back := without(t.env.New(), m)
	if !back.Has(sip.NameVia) {
		t.note("RFC 3261 §16.7 item 3", "not forwarded: the response has no other Via than this proxy's")
		return
	}
	t.out = append(t.out, core.Effect{Kind: core.Send, Message: back})
}
