package sip

import "strings"

// demand is a header field that a message must have: a request of a method ("" for any) or a response of a status (0: any).
type demand struct {
	method  string
	status  int
	name    Name
	section string
	mild    bool // receivers live without it
}

// requestDemands: first what every request has, then what those of single methods have. Messages of RFC 2543 come without
// Max-Forwards and, in an INVITE, without Contact; they are processed (RFC 4475 §3.4.1).
var requestDemands = [...]demand{
	{name: NameVia, section: "RFC 3261 §8.1.1"},
	{name: NameTo, section: "RFC 3261 §8.1.1"},
	{name: NameFrom, section: "RFC 3261 §8.1.1"},
	{name: NameCallID, section: "RFC 3261 §8.1.1"},
	{name: NameCSeq, section: "RFC 3261 §8.1.1"},
	{name: NameMaxForwards, section: "RFC 3261 §8.1.1", mild: true},
	{method: INVITE, name: NameContact, section: "RFC 3261 §8.1.1.8", mild: true},
	{method: REFER, name: NameReferTo, section: "RFC 3515 §2.4.2"},
	{method: SUBSCRIBE, name: NameEvent, section: "RFC 6665 §8.2.1"},
	{method: NOTIFY, name: NameEvent, section: "RFC 6665 §8.2.1"},
	{method: NOTIFY, name: NameSubscriptionState, section: "RFC 6665 §8.2.3"},
	{method: PRACK, name: NameRAck, section: "RFC 3262 §7.2"},
}

// responseDemands: what every response has, then what those of single statuses have.
var responseDemands = [...]demand{
	{name: NameVia, section: "RFC 3261 §8.2.6.2"},
	{name: NameTo, section: "RFC 3261 §8.2.6.2"},
	{name: NameFrom, section: "RFC 3261 §8.2.6.2"},
	{name: NameCallID, section: "RFC 3261 §8.2.6.2"},
	{name: NameCSeq, section: "RFC 3261 §8.2.6.2"},

	{status: 401, name: NameWWWAuthenticate, section: "RFC 3261 §22.2", mild: true},
	{status: 405, name: NameAllow, section: "RFC 3261 §21.4.6", mild: true},
	{status: 407, name: NameProxyAuthenticate, section: "RFC 3261 §22.3", mild: true},
	{status: 420, name: NameUnsupported, section: "RFC 3261 §21.4.15", mild: true},
	{status: 421, name: NameRequire, section: "RFC 3261 §21.4.16", mild: true},
	{status: 422, name: NameMinSE, section: "RFC 4028 §6", mild: true},
	{status: 423, name: NameMinExpires, section: "RFC 3261 §10.3", mild: true},
}

func (d *demand) holds(m *Message) bool {
	return (d.method == "" || d.method == m.Method) && (d.status == 0 || d.status == m.Status)
}

// mandatory notes the header fields that are missing, at the end of those that are there.
func (c *checker) mandatory() {
	demands := requestDemands[:]
	if !c.m.IsRequest() {
		demands = responseDemands[:]
	}
	for i := range demands {
		if d := &demands[i]; c.seen[d.name] == 0 && d.holds(c.m) {
			name := d.name.String()
			c.add(&flaw{at: c.place(d.name), text: name + " is missing", want: "the header field " + name, mild: d.mild}, name, d.section, true)
		}
	}
}

// together checks what header fields say of each other and of the start line.
func (c *checker) together() {
	c.tags()
	c.branch()
	c.cseqMethod()
	c.contacts()
	if c.seen[NameReplaces] > 0 && c.seen[NameJoin] > 0 {
		c.add(&flaw{at: c.place(NameJoin), text: "Join stands beside Replaces", want: "one of the two"}, "Join", "RFC 3891 §3", true)
	}
}

// tags notes From without a tag, and To without one in a response (§8.1.1.3, §8.2.6.2). An element of RFC 2543 sends none.
func (c *checker) tags() {
	m := c.m
	if from := m.address(NameFrom, &m.from); from.good && from.value.Tag() == "" {
		c.add(&flaw{at: c.place(NameFrom), text: "From has no tag", want: "the parameter tag with a unique token", mild: true}, "From", "RFC 3261 §8.1.1.3", true)
	}
	if m.Status <= 100 {
		return
	}
	if to := m.address(NameTo, &m.to); to.good && to.value.Tag() == "" {
		c.add(&flaw{at: c.place(NameTo), text: "To has no tag in a response", want: "the parameter tag with a unique token", mild: true}, "To", "RFC 3261 §8.2.6.2", true)
	}
}

// branch notes a topmost Via without the branch of RFC 3261; such a request is matched by the rules of RFC 2543 (§17.2.3).
func (c *checker) branch() {
	if c.seen[NameVia] == 0 || !c.m.IsRequest() {
		return
	}
	if via := c.m.topmost(); !via.plain && !strings.HasPrefix(via.value.Branch(), branchCookie) {
		c.add(&flaw{at: c.place(NameVia), text: "the topmost Via has no branch that begins with " + branchCookie, want: "the parameter branch with " + branchCookie + " and a unique text", mild: true},
			"Via", "RFC 3261 §8.1.1.7", true)
	}
}

// cseqMethod: "The method MUST match that of the request" (§8.1.1.5); it has a case.
func (c *checker) cseqMethod() {
	if method := c.m.CSeq().Method; c.m.IsRequest() && method != "" && method != c.m.Method {
		value := c.m.Get(NameCSeq)
		c.add(&flaw{at: c.place(NameCSeq) + max(0, strings.LastIndex(value, method)), text: "the method differs from that of the start line", want: c.m.Method},
			"CSeq", "RFC 3261 §8.1.1.5", true)
	}
}

// contacts checks the rules for Contact: "*" stands alone, in REGISTER, with Expires 0 (§10.3 step 6); a request that makes
// a dialog has exactly one SIP or SIPS URI (§8.1.1.8).
func (c *checker) contacts() {
	m := c.m
	if !c.odd[NameContact] || !m.IsRequest() { // none, or one SIP URI
		return
	}
	add := func(text, want, section string) {
		c.add(&flaw{at: c.place(NameContact), text: text, want: want}, "Contact", section, true)
	}
	star, count := false, 0
	for value := range m.Values(NameContact) {
		star = star || value == "*"
		count++
	}
	expires := strings.TrimLeft(m.Get(NameExpires), "0")
	switch {
	case star && m.Method != REGISTER:
		add(`"*" stands in a request that is no REGISTER`, "a URI", "RFC 3261 §10.2.2")
	case star && count > 1:
		add(`"*" stands beside another Contact`, `"*" alone`, "RFC 3261 §10.3")
	case star && (expires != "" || c.seen[NameExpires] == 0):
		add(`"*" without Expires: 0`, "Expires: 0, which removes all bindings", "RFC 3261 §10.3")
	case m.Method == INVITE && count > 1:
		add("more than one Contact in a request that makes a dialog", "exactly one SIP or SIPS URI", "RFC 3261 §8.1.1.8")
	case m.Method == INVITE:
		c.dialogContact(add)
	}
}

func (c *checker) dialogContact(add func(text, want, section string)) {
	a, err := ParseNameAddr(c.m.Get(NameContact))
	if err != nil || strings.HasPrefix(a.URI, "sip:") {
		return
	}
	if u, err := ParseURI(a.URI); err == nil && !u.IsSIP() {
		add("the Contact of a request that makes a dialog is no SIP URI", "exactly one SIP or SIPS URI", "RFC 3261 §8.1.1.8")
	}
}
