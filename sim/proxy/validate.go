package proxy

import (
	"strconv"
	"strings"

	"siplab/sim/auth"
	"siplab/sim/core"
	"siplab/sim/sip"
)

// checks are those of §16.3, in its order; the first, reasonable syntax, was
// made before the request came here. One that returns false has answered the
// request.
var checks = [...]func(*turn, *sip.Message, *passage) bool{
	(*turn).knowsScheme,    // 2
	(*turn).mayHop,         // 3
	(*turn).isNoLoop,       // 4
	(*turn).hasNoDemands,   // 5
	(*turn).isAuthentic,    // 6
	(*turn).readMaxBreadth, // RFC 5393 §5.3.3
}

// validate makes them. m is the request as it came; p has its copy.
func (t *turn) validate(m *sip.Message, p *passage) bool {
	for _, check := range checks {
		if !check(t, m, p) {
			return false
		}
	}
	return true
}

// knowsScheme: "If the Request-URI has a URI whose scheme is not understood by
// the proxy, the proxy SHOULD reject the request with a 416 (Unsupported URI
// Scheme) response."
func (t *turn) knowsScheme(m *sip.Message, p *passage) bool {
	uri, err := sip.ParseURI(m.URI)
	switch {
	case err != nil:
		t.refuse(400, "RFC 3261 §16.3 item 1", "the Request-URI is no URI")
		return false
	case !uri.IsSIP():
		t.refuse(416, "RFC 3261 §16.3 item 2", "the scheme "+sip.Visible(uri.Scheme)+" is not sip or sips")
		return false
	}
	p.uri = uri
	return true
}

// mayHop: "If the request contains a Max-Forwards header field with a field
// value of zero (0), the element MUST NOT forward the request." Here it acts as
// the final recipient of an OPTIONS, which is how a path is found out (§11).
func (t *turn) mayHop(m *sip.Message, _ *passage) bool {
	hops, ok := m.MaxForwards()
	switch {
	case !ok || hops > 0:
		return true
	case m.Method == sip.OPTIONS:
		t.options("RFC 3261 §16.3 item 3", "Max-Forwards is 0: the OPTIONS is for this proxy")
	default:
		t.refuse(483, "RFC 3261 §16.3 item 3", "Max-Forwards is 0")
	}
	return false
}

// isNoLoop is the check of RFC 5393 §4.2.2: "If these values are equal, the
// request has looped and the proxy MUST reject the request with a 482 (Loop
// Detected) response. If the values differ, the request is spiraling and
// processing continues to the next step." This proxy checks what it does not
// fork too.
func (t *turn) isNoLoop(m *sip.Message, p *passage) bool {
	p.loop = loopOf(m)
	if t.bugs.noLoopCheck {
		return true
	}
	for value := range m.Values(sip.NameVia) {
		via, err := sip.ParseVia(value)
		if err != nil || !t.sent(&via) {
			continue
		}
		if loop, ok := loopIn(via.Branch()); ok && loop == p.loop {
			t.refuse(482, "RFC 5393 §4.2.2", "the request has been here before, and nothing that routes it has changed since")
			return false
		}
	}
	return true
}

// sent says whether this proxy put the Via into a request: nobody else is at
// its address, whatever the port.
func (t *turn) sent(via *sip.Via) bool { return via.Host == hostOf(t.env.Addr.Addr()) }

// hasNoDemands: "If the request contains a Proxy-Require header field (Section
// 20.29) with one or more option-tags this element does not understand, the
// element MUST return a 420 (Bad Extension) response." This one understands
// none. In an ACK and a CANCEL nobody may demand anything (§8.2.2.3).
func (t *turn) hasNoDemands(m *sip.Message, _ *passage) bool {
	const section = "RFC 3261 §16.3 item 5"
	if m.Method == sip.ACK || m.Method == sip.CANCEL || m.Count(sip.NameProxyRequire) == 0 {
		return true
	}
	var tags []string
	for tag := range m.Values(sip.NameProxyRequire) {
		tags = append(tags, tag)
	}
	t.refuse(420, section, "Proxy-Require names what this proxy does not know").
		Add(sip.NameUnsupported, strings.Join(tags, ", "), sip.Rule(section))
	return false
}

// isAuthentic is the inspection of §22.3. It asks who begins something: not
// for an ACK or CANCEL, which cannot be sent again with credentials (§22.1), nor
// within a dialog, nor for a REGISTER, which is its registrar's to check.
func (t *turn) isAuthentic(m *sip.Message, p *passage) bool {
	if t.settings.Realm == "" {
		return true
	}
	p.consumes = true
	if !t.asks(m) {
		return true
	}
	v := t.auth.Verify(t.ev.Now, m, t.password)
	switch {
	case v.Judgement == auth.OK:
		return true
	case !v.Challenges():
		t.refuse(400, v.Ref, v.Why)
		return false
	}
	r := t.refuse(t.auth.Status(), v.Ref, v.Why)
	t.auth.Challenge(r, t.ev.Now, v.Retry(), t.env.Chance)
	return false
}

// forwarded says whether credentials for one URI do for the request at hand,
// whose URI is another: they do where a proxy has forwarded it, which may have
// given it that URI. RFC 8760 §2.6 item 6: "In a SIP context, these two URIs may
// refer to different users due to forwarding at some proxy."
func (p *Proxy) forwarded(credentials, request string) bool {
	c, err := sip.ParseURI(credentials)
	r, bad := sip.ParseURI(request)
	if err != nil || bad != nil {
		return false
	}
	if c.Equal(r) {
		return true
	}
	t := &p.turn
	if t.ev.Message.Count(sip.NameVia) < 2 {
		return false
	}
	t.note("RFC 8760 §2.6", "the credentials are for "+sip.Visible(credentials)+": taken, as a proxy has forwarded the request since")
	return true
}

// asks says whether a request needs credentials.
func (t *turn) asks(m *sip.Message) bool {
	to, from := m.To(), m.From()
	switch m.Method {
	case sip.ACK, sip.CANCEL, sip.REGISTER:
		return false
	}
	if to.Tag() != "" {
		return false
	}
	u, err := sip.ParseURI(from.URI)
	return !t.settings.OwnOnly || err == nil && t.settings.serves(u.Host)
}

// readMaxBreadth takes the Incoming Max-Breadth: "If a SIP proxy receives a
// request with no Max-Breadth header field value, it MUST add one, with a value
// that is RECOMMENDED to be 60." What is more than its own maximum is cut down
// to that.
func (t *turn) readMaxBreadth(m *sip.Message, p *passage) bool {
	p.breadth = t.settings.maxBreadth()
	if n, err := strconv.Atoi(m.Get(sip.NameMaxBreadth)); err == nil && n < p.breadth {
		p.breadth = n
	}
	return true
}

// options answers an OPTIONS that is for the proxy itself (§11.2). It takes no
// body and no method for itself.
func (t *turn) options(ref, why string) {
	rule := sip.Rule("RFC 3261 §11.2")
	m := t.refuse(200, ref, why)
	m.Add(sip.NameAllow, sip.OPTIONS, rule)
	m.Add(sip.NameAccept, "", rule)
	m.Add(sip.NameAcceptEncoding, "identity", rule)
	m.Add(sip.NameAcceptLanguage, "en", rule)
	m.Add(sip.NameSupported, pathTag, rule)
}

const pathTag = "path" // RFC 3327

// trying is the 100 that §16.2 asks for: "The proxy core MUST behave as a UAS
// with respect to sending an immediate provisional on that server transaction
// (such as 100 Trying) as described in Section 8.2.6." To other requests than
// INVITE the server transaction sends it, when it is time (RFC 4320 §4.1).
func (t *turn) trying(m *sip.Message) {
	r := core.Respond(t.env, m, 100, "", "")
	r.CopyFrom(m, sip.NameTimestamp)
	t.out = append(t.out, core.Effect{Kind: core.Answer, Txn: t.ev.Txn, Message: r})
}
