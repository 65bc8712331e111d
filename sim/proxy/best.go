package proxy

import (
	"siplab/sim/core"
	"siplab/sim/sip"
)

// final is a final response in a response context, without the proxy's Via.
type final struct {
	status int
	m      *sip.Message // nil where no response came: a transport error (§16.9)
}

// conclude sends the best response, when all branches have ended and none has
// brought a 2xx (item 6).
func (t *turn) conclude(c *responseContext) {
	best := c.best()
	switch {
	case best == nil, best.status == 408 && !c.invite:
		t.unanswered(c)
	case best.m == nil, best.status == 503 && !t.bugs.forwards503:
		// "If the only response that was received is a 503, the proxy SHOULD
		// generate a 500 response and forward that upstream."
		t.answer(c, 500, "RFC 3261 §16.7 item 6", "a 503 says nothing of this proxy: it becomes 500")
	default:
		m := t.env.New()
		m.CopyOf(best.m)
		c.addChallenges(m, best)
		t.upstream(c, m)
	}
}

// unanswered: "If there are no final responses in the context, the proxy MUST
// send a 408 (Request Timeout) response to the server transaction." To other
// requests than INVITE: "A transaction-stateful SIP element MUST NOT send a
// response with Status-Code of 408 to a non-INVITE request." (RFC 4320 §4.2)
func (t *turn) unanswered(c *responseContext) {
	const section = "RFC 4320 §4.2"
	switch {
	case c.invite && t.bugs.silentFailure:
		t.note("", "nobody answered, and this proxy does not say so")
		t.settle(c, 408)
	case c.invite:
		t.answer(c, 408, "RFC 3261 §16.7 item 6", "no branch has brought a final response")
	default:
		t.note(section, "nobody answered in time: the request is left without an answer")
		t.settle(c, 408)
		t.out = append(t.out, core.Effect{Kind: core.Drop, Txn: c.txn, Ref: section})
	}
}

// best is the response to forward, nil for none: "It MUST choose from the 6xx
// class responses if any exist in the context. If no 6xx class responses are
// present, the proxy SHOULD choose from the lowest response class stored in the
// response context." Of equals it is the first that came.
func (c *responseContext) best() *final {
	var best *final
	for i := range c.finals {
		if f := &c.finals[i]; best == nil || f.rank() < best.rank() {
			best = f
		}
	}
	return best
}

// rank is lower for what is better. Within 4xx, "The proxy SHOULD give
// preference to responses that provide information affecting resubmission of
// this request, such as 401, 407, 415, 420, and 484"; a 408 and the 487 of a branch
// that was cancelled say least. Within 5xx, a 503 goes last, which is not to be
// forwarded.
func (f *final) rank() int {
	if f.status >= 600 {
		return 0
	}
	class := f.status / 100 * 10
	switch f.status {
	case 401, 407, 415, 420, 484:
		return class
	case 408, 487, 503:
		return class + 2
	}
	return class + 1
}

// addChallenges: "If the selected response is a 401 (Unauthorized) or 407 (Proxy
// Authentication Required), the proxy MUST collect any WWW-Authenticate and
// Proxy-Authenticate header field values from all other 401 (Unauthorized) and
// 407 (Proxy Authentication Required) responses received so far in this response
// context and add them to this response without modification" (item 7).
func (c *responseContext) addChallenges(m *sip.Message, best *final) {
	if best.status != 401 && best.status != 407 {
		return
	}
	for i := range c.finals {
		f := &c.finals[i]
		if f == best || f.status != 401 && f.status != 407 {
			continue
		}
		m.CopyFrom(f.m, sip.NameWWWAuthenticate)
		m.CopyFrom(f.m, sip.NameProxyAuthenticate)
	}
}
