package proxy

import (
	"net/netip"
	"strings"

	"siplab/sim/sip"
)

// passage is a request on its way through the proxy.
type passage struct {
	request  sip.Message // its copy, as far as §16.4 has changed it
	uri      sip.URI     // its Request-URI
	mine     bool        // the proxy is responsible for that (§16.5)
	consumes bool        // credentials for the proxy's realm go no further (§22.3)
	breadth  int         // Incoming Max-Breadth
	loop     uint32      // what the second part of branches says (RFC 5393 §4.2.1)
	targets  []target    // the most preferred first
	end      string      // how the targets that were tried came out, one of Whens; "": some other way
	bridge   *bridge     // of its call's media, at a gateway
}

// begin starts a passage with a copy of the request (§16.6 item 1).
func (p *passage) begin(m *sip.Message) {
	p.request.CopyOf(m)
	p.uri, p.mine, p.consumes, p.breadth, p.loop, p.targets = sip.URI{}, false, false, 0, 0, p.targets[:0]
	p.bridge, p.end = nil, ""
}

// preprocess is §16.4.
func (t *turn) preprocess(p *passage) {
	t.repairStrictRoute(p)
	t.stripMaddr(p)
	if !t.topRouteIsMine(p) {
		return
	}
	p.request.RemoveTop(sip.NameRoute)
	if t.settings.RecordRoute == RecordRouteDouble && t.topRouteIsMine(p) {
		p.request.RemoveTop(sip.NameRoute) // the other side's
	}
}

// repairStrictRoute undoes what a strict router before this proxy has done:
// "If the Request-URI of the request contains a value this proxy previously
// placed into a Record-Route header field (see Section 16.6 item 4), the proxy
// MUST replace the Request-URI in the request with the last value from the
// Route header field, and remove that value from the Route header field."
func (t *turn) repairStrictRoute(p *passage) {
	m := &p.request
	if p.uri.User != "" || !p.uri.HasParam("lr") || !t.isMe(&p.uri) || !m.Has(sip.NameRoute) {
		return
	}
	var routes []string
	for route := range m.Values(sip.NameRoute) {
		routes = append(routes, route)
	}
	last := len(routes) - 1
	na, err := sip.ParseNameAddr(routes[last])
	if err != nil {
		return
	}
	uri, err := sip.ParseURI(na.URI)
	if err != nil {
		return
	}
	const section = "RFC 3261 §16.4"
	t.note(section, "a strict router sent it: the Request-URI is the last Route")
	m.URI, p.uri = na.URI, uri
	if last == 0 {
		m.Remove(sip.NameRoute)
		return
	}
	m.Set(sip.NameRoute, strings.Join(routes[:last], ", "), sip.Rule(section))
}

// stripMaddr: "If the Request-URI has a maddr parameter with a value the proxy
// is responsible for, and the request was received using the port and transport
// indicated (explicitly or by default) in the Request-URI, the proxy MUST strip
// the maddr and any non-default port or transport parameter".
func (t *turn) stripMaddr(p *passage) {
	maddr, ok := p.uri.Param("maddr")
	if !ok || !t.isMyHost(maddr, int(t.env.Addr.Port())) {
		return
	}
	port := p.uri.Port
	if port == 0 {
		port = 5060
	}
	if transport, ok := p.uri.Param("transport"); port != int(t.env.Addr.Port()) || ok && !sip.EqualFold(transport, "udp") {
		return
	}
	p.uri.Params = p.uri.Params.Without("maddr").Without("transport")
	p.uri.Port = 0
	p.request.URI = p.uri.String()
}

// topRouteIsMine: "If the first value in the Route header field indicates this
// proxy, the proxy MUST remove that value from the request."
func (t *turn) topRouteIsMine(p *passage) bool {
	for route := range p.request.Values(sip.NameRoute) {
		na, err := sip.ParseNameAddr(route)
		if err != nil {
			return false
		}
		u, err := sip.ParseURI(na.URI)
		return err == nil && t.isMe(&u)
	}
	return false
}

// mayFormDialog says whether a request has to leave with a Record-Route where
// the proxy stays on the path: one that may begin a dialog, re-INVITE included,
// and any method that the proxy does not know, "since that method may have
// dialog semantics" (§16.6 item 4).
func mayFormDialog(method string) bool {
	switch method {
	case sip.ACK, sip.BYE, sip.CANCEL, sip.OPTIONS, sip.REGISTER, sip.MESSAGE, sip.INFO, sip.PRACK, sip.PUBLISH:
		return false
	}
	return true
}

// recordRoute is §16.6 item 4: "This URI MUST contain an lr parameter". "If the
// Request-URI contains a SIPS URI, or the topmost Route header field value
// (after the post processing of bullet 6) contains a SIPS URI, the URI placed
// into the Record-Route header field MUST be a SIPS URI."
func (t *turn) recordRoute(m *sip.Message, secure bool) {
	if t.settings.RecordRoute == RecordRouteOff && !secure || !mayFormDialog(m.Method) {
		return
	}
	rule := sip.Rule("RFC 3261 §16.6 item 4")
	put := func(value string) {
		if t.bugs.recordsBelow {
			m.Add(sip.NameRecordRoute, value, rule)
		} else {
			m.Prepend(sip.NameRecordRoute, value, rule)
		}
	}
	if t.settings.RecordRoute == RecordRouteDouble {
		side := t.self(secure, ";r2=on")
		put(side)
		put(side)
		return
	}
	put(t.self(secure, ""))
}

// self is the URI at which this proxy is on a path, as a value of
// Record-Route or Path.
func (t *turn) self(secure bool, params string) string {
	u := sip.URI{Scheme: "sip", Host: t.settings.Name, Params: sip.Params(";lr" + params)}
	if secure {
		u.Scheme = "sips"
	}
	if u.Host == "" {
		u.Host = hostOf(t.env.Addr.Addr())
	}
	if port := t.env.Addr.Port(); port != 5060 {
		u.Port = int(port)
	}
	return "<" + u.String() + ">"
}

// hostOf is an address as the host of a URI.
func hostOf(a netip.Addr) string {
	if a.Is6() {
		return "[" + a.String() + "]"
	}
	return a.String()
}

// addPath is RFC 3327 §5.2: "Intermediate proxies SHOULD NOT add a Path header
// field to a request unless the UA has indicated support for this extension with
// a Supported header field value." With it goes a Require, so that a registrar
// without the extension says so.
func (t *turn) addPath(m *sip.Message, secure bool) {
	const section = "RFC 3327 §5.2"
	if !t.settings.Path || m.Method != sip.REGISTER {
		return
	}
	for tag := range m.Values(sip.NameSupported) {
		if sip.EqualFold(tag, pathTag) {
			m.Prepend(sip.NamePath, t.self(secure, ""), sip.Rule(section))
			m.Add(sip.NameRequire, pathTag, sip.Rule(section))
			return
		}
	}
	t.note(section, "the phone does not know of Path: none is added")
}
