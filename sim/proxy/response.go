package proxy

import (
	"strconv"
	"strings"

	"siplab/sim/location"
	"siplab/sim/sip"
)

// response takes a response through §16.7. One to a CANCEL of the proxy's own
// belongs to no branch, and nothing comes of it.
func (t *turn) response(m *sip.Message) {
	b := t.branches[t.ev.Key]
	if b == nil {
		return
	}
	b.txn = t.ev.Txn
	c := b.context
	if m.Count(sip.NameVia) < 2 {
		// "If no Via header field values remain in the response, the response
		// was meant for this element and MUST NOT be forwarded." (item 3)
		t.note("RFC 3261 §16.7 item 3", "not forwarded: the response has no other Via than this proxy's")
		return
	}
	switch {
	case m.Status < 200:
		t.provisional(b, m)
	case m.Status < 300:
		t.success(c, b, m)
	case !b.done:
		t.failure(c, b, m)
	}
}

// without is a copy of a response without the proxy's Via (item 3).
func without(copy, m *sip.Message) *sip.Message {
	copy.CopyOf(m)
	copy.RemoveTop(sip.NameVia)
	return copy
}

// provisional: "For an INVITE transaction, if the response is a provisional
// response with status codes 101 to 199 inclusive (i.e., anything but 100), the
// proxy MUST reset timer C for that client transaction." (item 2) Any but 100 is
// forwarded (item 5), to an INVITE alone (RFC 4320 §4.1).
func (t *turn) provisional(b *branch, m *sip.Message) {
	c := b.context
	b.proceeding = true
	if b.done {
		return
	}
	if m.Status > 100 && c.invite {
		if !b.cancelled {
			t.wait(&timerCAgain, b.key, t.settings.timerC())
		}
		if c.status == 0 {
			t.upstream(c, without(t.env.New(), m))
		}
	}
	if b.unwanted {
		t.cancel(b)
	}
}

// success: a 2xx is forwarded at once, and to an INVITE every one, though a
// final response has gone before (item 5). The other branches are cancelled
// (item 10).
func (t *turn) success(c *responseContext, b *branch, m *sip.Message) {
	if !b.done {
		t.end(b)
	}
	if c.status != 0 && !c.invite {
		t.note("RFC 3261 §16.7 item 5", "not forwarded: a final response has gone upstream")
		return
	}
	copy := without(t.env.New(), m)
	t.grantTimer(&c.request, copy)
	t.upstream(c, copy)
	if !t.bugs.keepsLosers {
		t.cancelAll(c)
	}
}

// failure keeps a final response for the choice (item 4), unless another hop
// or the contacts of a 3xx are tried in its stead. After a 6xx nothing new is
// tried, and what rings is cancelled (item 5).
func (t *turn) failure(c *responseContext, b *branch, m *sip.Message) {
	if m.Status == 503 && t.failOver(b, "503") {
		return
	}
	t.end(b)
	c.ends(m.Status)
	f := final{m.Status, without(new(sip.Message), m)}
	switch {
	case b.expired:
		// The branch's 487 answers this proxy's own CANCEL. Item 6 would choose
		// it where nothing else came, and tell a caller who has cancelled nothing
		// that it has; to count the branch as §16.8 counts one without a
		// provisional response says what happened.
		t.note("RFC 3261 §16.8", "the branch had Timer C fire: it counts as unanswered")
	case t.recurse(c, f.m):
		c.finals = append(c.finals, f)
	}
	if m.Status >= 600 {
		c.closed = true
		t.cancelAll(c)
	}
	t.advance(c)
}

// recurse adds the contacts of a 3xx to the target set, where the proxy is told
// to and is responsible for the Request-URI (§16.5). "If the proxy chooses to
// recurse on any contacts in a 3xx response by adding them to the target set, it
// MUST remove them from the response before adding the response to the response
// context." (item 4) False: none is left, and so nothing to be kept.
func (t *turn) recurse(c *responseContext, m *sip.Message) (keep bool) {
	if !t.settings.Recurse || !c.mine || c.closed || m.Status < 300 || m.Status > 302 {
		return true
	}
	var left []string
	taken := false
	for value := range m.Values(sip.NameContact) {
		a, err := sip.ParseNameAddr(value)
		u, bad := sip.ParseURI(a.URI)
		known := err == nil && bad == nil && c.has(&u) // tried here already
		if err == nil && bad == nil && (known || c.add(target{uri: a.URI, q: qOf(a.Params)})) {
			taken = true
			continue
		}
		left = append(left, value)
	}
	if !taken {
		return true
	}
	c.rank(c.next)
	t.note("RFC 3261 §16.7 item 4", "the contacts of the "+strconv.Itoa(m.Status)+" are tried here")
	m.Set(sip.NameContact, strings.Join(left, ", "), sip.Rule("RFC 3261 §16.7 item 4"))
	return len(left) > 0
}

// qOf is the q parameter in thousandths. RFC 3261 §20.10 names no default:
// without one a contact is wanted before all others.
func qOf(p sip.Params) int {
	text, ok := p.Get("q")
	if !ok || strings.HasPrefix(text, "1") {
		return location.MaxQ
	}
	_, decimals, _ := strings.Cut(text, ".")
	q := 0
	for i := range 3 {
		q *= 10
		if i < len(decimals) && decimals[i] >= '0' && decimals[i] <= '9' {
			q += int(decimals[i] - '0')
		}
	}
	return q
}
