package proxy

import (
	"slices"

	"siplab/sim/core"
	"siplab/sim/location"
	"siplab/sim/sip"
)

// target is a member of the target set (§16.5).
type target struct {
	uri    string // to become the Request-URI
	parsed sip.URI
	q      int      // preference in thousandths; below 0 where a call is forwarded to it
	routes []string // to visit on the way: a Path (RFC 3327 §5.4), or a next hop of the proxy's table
	own    bool     // routes are of the table
	when   string   // forwarding: the end that the others must have come to
	hops   []core.Hop
	hop    int // the one of hops that is tried

	expires int // redirection: for how many seconds it holds; 0: nobody said
}

// maxTargets bounds a target set: contacts of redirections come from outside.
const maxTargets = 64

// add puts a target into the set: "If a target URI is already present in the
// set (based on the definition of equality for the URI type), it MUST NOT be
// added again." False too where it cannot be one: it is no SIP URI, or not
// secure while the Request-URI is.
func (p *passage) add(g target) bool {
	u, err := sip.ParseURI(g.uri)
	if err != nil || !u.IsSIP() || p.uri.IsSecure() && !u.IsSecure() || len(p.targets) >= maxTargets {
		return false
	}
	if p.has(&u) {
		return false
	}
	if _, ok := u.Params.Get("method"); ok || u.Headers != "" {
		// "If the URI contains any parameters not allowed in a Request-URI,
		// they MUST be removed." (§16.6 item 2)
		u.Params, u.Headers = u.Params.Without("method"), ""
		g.uri = u.String()
	}
	g.parsed = u
	p.targets = append(p.targets, g)
	return true
}

func (p *passage) has(u *sip.URI) bool {
	return slices.ContainsFunc(p.targets, func(g target) bool { return g.parsed.Equal(*u) })
}

// rank puts the targets from one on in order: "Targets are processed from
// highest qvalue to lowest." (§16.6)
func (p *passage) rank(from int) {
	slices.SortStableFunc(p.targets[from:], func(a, b target) int { return b.q - a.q })
}

// determine finds the targets of a request (§16.5). False: there are none, and
// the request has been answered.
func (t *turn) determine(p *passage) bool {
	m := &p.request
	p.mine = t.isMe(&p.uri) && !p.uri.HasParam("maddr")
	switch {
	case !p.mine:
		// "If the domain of the Request-URI indicates a domain this element is
		// not responsible for, the Request-URI MUST be placed into the target
		// set as the only target".
		routes := t.nextHop(p.uri.Host, m)
		p.targets = append(p.targets, target{uri: m.URI, parsed: p.uri, q: location.MaxQ, routes: routes, own: true})
		return true
	case m.Method == sip.REGISTER:
		return t.toRegistrar(p)
	case p.uri.User == "" && m.Method == sip.OPTIONS:
		t.options("RFC 3261 §11", "the OPTIONS is for this proxy")
		return false
	}
	return t.locate(p)
}

// nextHop is the way to a domain by the proxy's table, nil for that of DNS. A
// request that brings a Route follows that.
func (t *turn) nextHop(domain string, m *sip.Message) []string {
	if m.Has(sip.NameRoute) {
		return nil
	}
	for _, whom := range []string{domain, ""} {
		for i := range t.settings.Routes {
			if r := &t.settings.Routes[i]; r.To == "" && sip.EqualFold(r.For, whom) {
				return []string{"<" + r.Via + ">"}
			}
		}
	}
	return nil
}

// toRegistrar sends a REGISTER to the registrar of its domain. Its Request-URI
// stays: it names the domain (§10.2). Where to is the proxy's own policy (§16.6
// item 7), as a registrar looks at no Route.
func (t *turn) toRegistrar(p *passage) bool {
	g := target{uri: p.request.URI, parsed: p.uri, q: location.MaxQ}
	if t.find != nil {
		if _, at, ok := t.find(p.uri.Host); ok {
			g.hops = t.env.Resolve(sip.URI{Scheme: p.uri.Scheme, Host: hostOf(at.Addr()), Port: int(at.Port())}, nil)
		}
	}
	if g.hops == nil {
		g.routes, g.own = t.nextHop(p.uri.Host, &p.request), true
	}
	if g.hops == nil && g.routes == nil {
		t.refuse(404, "RFC 3261 §16.5", "the domain has no registrar")
		return false
	}
	p.targets = append(p.targets, g)
	return true
}

// locate asks the table, then the location service: "When accessing the
// location service constructed by a registrar, the Request-URI MUST first be
// canonicalized as described in Section 10.3 before being used as an index."
func (t *turn) locate(p *passage) bool {
	aor := p.uri.AOR()
	exists := t.fromTable(p, aor)
	if !exists && t.find != nil {
		if r, _, ok := t.find(p.uri.Host); ok {
			exists = r.Knows(&p.uri)
			t.fromBindings(p, r.Location(), aor)
		}
	}
	if routes := t.nextHop(p.uri.Host, &p.request); !exists && len(p.targets) == 0 && routes != nil {
		p.targets = append(p.targets, target{uri: p.request.URI, parsed: p.uri, q: location.MaxQ, routes: routes, own: true})
	}
	if len(p.targets) == 0 {
		p.end = WhenUnregistered
	}
	t.forward(p, aor)
	switch {
	case p.hasNext(0, p.end):
		p.rank(0)
		return true
	case exists:
		// "If the target set remains empty after applying all of the above,
		// the proxy MUST return an error response, which SHOULD be the 480".
		t.refuse(480, "RFC 3261 §16.5", sip.Visible(aor)+" can be reached nowhere now")
	default:
		// "If the Request-URI indicates a resource at this proxy that does not
		// exist, the proxy MUST return a 404 (Not Found) response."
		t.refuse(404, "RFC 3261 §16.5", sip.Visible(aor)+" does not exist here")
	}
	return false
}

// fromTable adds the targets that the table has for an address-of-record, and
// says whether it has any row for it.
func (t *turn) fromTable(p *passage, aor string) (found bool) {
	for i := range t.settings.Routes {
		r := &t.settings.Routes[i]
		u, err := sip.ParseURI(r.For)
		if err != nil || u.User == "" || u.AOR() != aor || r.When != "" {
			continue
		}
		found = true
		g := target{uri: r.To, q: r.Q, own: true}
		if g.uri == "" {
			g.uri = p.request.URI
		}
		if g.q == 0 {
			g.q = location.MaxQ
		}
		if r.Via != "" {
			g.routes = []string{"<" + r.Via + ">"}
		}
		p.add(g)
	}
	return found
}

// fromBindings adds the contacts that are bound to an address-of-record, each
// with its path: "the home proxy also copies the stored path vector associated
// with the specific contact in the registrar database into the Route header
// field of the outgoing request as a preloaded route." (RFC 3327 §5.4)
func (t *turn) fromBindings(p *passage, s *location.Service, aor string) {
	t.bindings = s.Bindings(aor, t.ev.Now, t.bindings[:0])
	for i := range t.bindings {
		b := &t.bindings[i]
		if !p.add(target{uri: b.Contact, q: b.Q, routes: b.Path}) {
			t.note("RFC 3261 §16.5", sip.Visible(b.Contact)+" is no target: it is in the set already, or of a scheme that will not do")
		}
	}
	clear(t.bindings)
}
