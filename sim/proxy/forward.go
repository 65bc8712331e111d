package proxy

import (
	"slices"
	"strconv"

	"siplab/sim/auth"
	"siplab/sim/sip"
	"siplab/sim/transport"
)

// copyFor makes the request that goes to a target, by the steps of §16.6 up to
// item 7; the target then knows its hops. The Via of item 8 is put on by the
// client's transport, with the branch that it is given.
func (t *turn) copyFor(p *passage, g *target, breadth int) *sip.Message {
	m := t.env.New()
	m.CopyOf(&p.request) // item 1
	m.URI = g.uri        // item 2
	countHop(m)
	setMaxBreadth(m, breadth)
	if p.consumes {
		t.consume(m)
	}
	t.askTimer(m)
	pushRoutes(m, g)
	hop, ok := transport.NextHop(m)
	next, err := sip.ParseURI(hop)
	secure := g.parsed.IsSecure() || err == nil && next.IsSecure()
	t.recordRoute(m, secure)
	t.addPath(m, secure)
	transport.StrictRoute(m) // item 6
	if g.hops == nil && ok && err == nil {
		if secure {
			// "if the Request-URI specifies a SIPS resource, the proxy MUST
			// follow the procedures of [4] as if the input URI were a SIPS URI"
			next.Scheme = "sips"
		}
		g.hops = t.env.Resolve(next, nil)
	}
	t.bridge(p.bridge, m)
	return m
}

// countHop is item 3: "If the copy contains a Max-Forwards header field, the
// proxy MUST decrement its value by one (1)." "If the copy does not contain a
// Max-Forwards header field, the proxy MUST add one with a field value, which
// SHOULD be 70."
func countHop(m *sip.Message) {
	rule := sip.Rule("RFC 3261 §16.6 item 3")
	if hops, ok := m.MaxForwards(); ok {
		m.Set(sip.NameMaxForwards, strconv.Itoa(hops-1), rule)
	} else {
		m.Prepend(sip.NameMaxForwards, "70", rule)
	}
}

// setMaxBreadth: "All proxied requests MUST contain a single Max-Breadth header
// field value." (RFC 5393 §5.3.3) In a CANCEL it says nothing (§5.4.1).
func setMaxBreadth(m *sip.Message, breadth int) {
	value := strconv.Itoa(breadth)
	if m.Method != sip.CANCEL && (m.Count(sip.NameMaxBreadth) != 1 || m.Get(sip.NameMaxBreadth) != value) {
		rule := sip.Rule("RFC 5393 §5.3.3")
		if m.Has(sip.NameMaxBreadth) {
			m.Set(sip.NameMaxBreadth, value, rule)
		} else {
			m.Prepend(sip.NameMaxBreadth, value, rule)
		}
	}
}

// consume takes out the credentials that were for this proxy. Others stay: a
// value "MUST NOT be consumed by any proxy whose realm does not match the
// "realm" parameter specified in that value" (§22.3).
func (t *turn) consume(m *sip.Message) {
	m.Fields = slices.DeleteFunc(m.Fields, func(f sip.Field) bool {
		if f.Name != sip.NameProxyAuthorization {
			return false
		}
		c, err := auth.ParseCredentials(f.Value)
		return err == nil && c.Realm == t.settings.Realm
	})
}

// pushRoutes is item 6: "This set MUST be pushed into the Route header field of
// the copy ahead of any existing values, if present."
func pushRoutes(m *sip.Message, g *target) {
	from := sip.Rule("RFC 3327 §5.4")
	if g.own {
		from = sip.Setting("route")
	}
	for _, route := range slices.Backward(g.routes) {
		m.Prepend(sip.NameRoute, route, from)
	}
}
