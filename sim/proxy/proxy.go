package proxy

import (
	"net/netip"
	"strings"

	"siplab/sim/auth"
	"siplab/sim/core"
	"siplab/sim/location"
	"siplab/sim/sip"
)

// Registrar is what a proxy asks of the registrar of a domain.
type Registrar interface {
	Location() *location.Service
	// Knows says whether an address-of-record exists, bound or not.
	Knows(aor *sip.URI) bool
}

// Find gives the registrar of a domain and where it is; false where there is
// none. It is asked each time, since a registrar that has crashed is another.
type Find func(domain string) (r Registrar, at netip.AddrPort, ok bool)

// Proxy is the core of one proxy.
type Proxy struct {
	settings  Settings
	bugs      bugs
	find      Find
	auth      auth.Server
	passwords map[string]auth.Secret
	password  auth.Lookup

	contexts map[int32]*responseContext // by server transaction
	requests map[requestKey]*responseContext
	branches map[int32]*branch // by the key of their client transaction
	last     int32             // key given last
	gateway  gateway

	// Used again from event to event.
	turn     turn
	ack      passage
	bindings []location.Binding
	spare    []*responseContext
}

// New makes a proxy that has no request at work. find may be nil: then no
// domain has a registrar. The settings are taken to be such that Check finds
// nothing wrong.
func New(s Settings, find Find) *Proxy {
	p := &Proxy{
		settings: s, bugs: allBugs.Throw(s.Bugs), find: find,
		auth:      auth.Server{Realm: s.Realm, Algorithms: s.Algorithms, Proxy: true, Stateless: s.Stateless},
		passwords: make(map[string]auth.Secret, len(s.Users)),
		contexts:  map[int32]*responseContext{},
		requests:  map[requestKey]*responseContext{},
		branches:  map[int32]*branch{},
		gateway:   newGateway(),
	}
	p.auth.Same = p.forwarded
	for _, u := range s.Users {
		if _, taken := p.passwords[u.Name]; !taken && u.Password != "" {
			p.passwords[u.Name] = u.Password
		}
	}
	p.password = func(name string) (auth.Secret, bool) {
		secret, ok := p.passwords[name]
		return secret, ok
	}
	return p
}

// String names the proxy. It is there so that no way of printing one shows a
// password.
func (p *Proxy) String() string { return p.settings.String() }

// GoString is String, for %#v.
func (p *Proxy) GoString() string { return p.String() }

// turn is one event at work.
//
// What can end at once, a request that leads to nobody, comes last of what
// belongs together: its end is heard before the effects that follow it are
// executed.
type turn struct {
	*Proxy
	ev  *core.Event
	env *core.Env
	out []core.Effect
}

// Handle implements core.Core.
func (p *Proxy) Handle(ev *core.Event, env *core.Env, out []core.Effect) []core.Effect {
	t := &p.turn
	*t = turn{Proxy: p, ev: ev, env: env, out: out}
	switch ev.Kind {
	case core.Request:
		t.request(ev.Message)
	case core.Response:
		if p.settings.Stateless {
			t.passBack(ev.Message)
		} else {
			t.response(ev.Message)
		}
	case core.Timeout:
		t.timeout()
	case core.TransportError:
		t.transportError()
	case core.Gone:
		t.gone()
	case core.Wake:
		t.wake()
	}
	out = t.out
	*t = turn{}
	return out
}

// request takes a request through the steps of §16.2, or as §16.10 and §16.11
// have it.
func (t *turn) request(m *sip.Message) {
	switch {
	case t.settings.Stateless && m.Method == sip.ACK && m.To().Tag() == statelessTag(m):
		t.note("RFC 3261 §8.2.7", "ignored: the ACK is for a response of this proxy itself")
	case t.settings.Stateless, m.Method == sip.ACK:
		t.passOn(m)
	case m.Method == sip.CANCEL:
		t.cancelled(m)
	default:
		t.proxy(m)
	}
}

// proxy takes a request statefully.
func (t *turn) proxy(m *sip.Message) {
	c := t.newContext(m)
	ok := t.validate(m, &c.passage) && !t.screens(m) && !t.refusesTimer(m)
	if ok {
		t.preprocess(&c.passage)
		ok = t.determine(&c.passage)
	}
	if !ok {
		t.release(c)
		return
	}
	t.open(c)
	t.advance(c)
}

// note makes a remark.
func (t *turn) note(ref, text string) {
	t.out = append(t.out, core.Effect{Kind: core.Note, Ref: ref, Text: text})
}

// refuse answers the request at hand as a UAS (§16.3): the section and why are
// for the trace. An ACK is answered by nobody.
func (t *turn) refuse(status int, ref, why string) *sip.Message {
	t.note(ref, why)
	m := t.ev.Message
	if m.Method == sip.ACK {
		return t.env.New()
	}
	tag := t.env.Token
	if t.ev.Txn == 0 {
		tag = func() string { return statelessTag(m) }
	}
	r := core.Respond(t.env, m, status, "", tag())
	kind := core.Answer
	if t.ev.Txn == 0 {
		kind = core.Send
	}
	t.out = append(t.out, core.Effect{Kind: kind, Txn: t.ev.Txn, Message: r})
	return r
}

// statelessTag is the To tag of a UAS that keeps no state: it says the same to the
// same request, and by it knows the ACK to what it said, which it "MUST ignore"
// (§8.2.7).
func statelessTag(m *sip.Message) string { return hex(hashOf(m.Branch(), m.CallID(), m.URI)) }

// isMe says whether a URI names this proxy: its address, its name, or one of
// its domains, at its port.
func (t *turn) isMe(u *sip.URI) bool {
	if !u.IsSIP() {
		return false
	}
	if u.Port != 0 && u.Port != int(t.env.Addr.Port()) {
		return false
	}
	return t.isMyHost(u.Host, u.Port)
}

// isMyHost is for a host and its port, 0 for none.
func (t *turn) isMyHost(host string, port int) bool {
	if sip.EqualFold(host, t.settings.Name) || t.settings.serves(host) {
		return true
	}
	addr, err := netip.ParseAddr(strings.Trim(host, "[]"))
	return err == nil && addr.Unmap() == t.env.Addr.Addr() && (port != 0 || t.env.Addr.Port() == 5060)
}
