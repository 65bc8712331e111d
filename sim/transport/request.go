package transport

import "siplab/sim/sip"

// NextHop is the URI to which a request goes next: that of its topmost Route,
// or its Request-URI where it has none (§8.1.2). Ask it before StrictRoute.
// False where the topmost Route cannot be read.
func NextHop(m *sip.Message) (uri string, ok bool) {
	for route := range m.Values(sip.NameRoute) {
		na, err := sip.ParseNameAddr(route)
		return na.URI, err == nil
	}
	return m.URI, true
}

// StrictRoute makes a request ready for a strict router, if one is its next
// hop (§12.2.1.1; §16.6 item 6): "If the route set is not empty, and its
// first URI does not contain the lr parameter, the UAC MUST place the first URI
// from the route set into the Request-URI", and the URI that stood there goes to
// the end of the Routes. It
// says whether it did.
func StrictRoute(m *sip.Message) bool {
	const rule = "RFC 3261 §12.2.1.1"
	routes := make([]string, 0, 4)
	for route := range m.Values(sip.NameRoute) {
		routes = append(routes, route)
	}
	if len(routes) == 0 {
		return false
	}
	first, ok := requestURI(routes[0])
	if !ok {
		return false
	}
	target := m.URI
	m.Remove(sip.NameRoute)
	for _, route := range routes[1:] {
		m.Add(sip.NameRoute, route, sip.Rule(rule))
	}
	m.Add(sip.NameRoute, "<"+target+">", sip.Rule(rule))
	m.URI = first
	return true
}

// requestURI is the URI of a strict router's Route as it stands in a
// Request-URI, "stripping any parameters that are not allowed" there: method,
// and headers (Table 1). False for a loose router, whose URI has the
// lr parameter, and for a Route that cannot be read.
func requestURI(route string) (string, bool) {
	na, err := sip.ParseNameAddr(route)
	if err != nil {
		return "", false
	}
	u, err := sip.ParseURI(na.URI)
	if err != nil {
		return "", false
	}
	if _, lr := u.Params.Get("lr"); lr {
		return "", false
	}
	u.Params, u.Headers = u.Params.Without("method"), ""
	return u.String(), true
}

// TooLargeForUDP says whether a request of so many bytes has to go by a
// congestion controlled transport. §18.1.1: "If a request is within 200 bytes
// of the path MTU, or if it is larger than 1300 bytes and the path MTU is
// unknown, the request MUST be sent using an RFC 2914 [43] congestion
// controlled transport protocol, such as TCP." mtu 0 is unknown.
func TooLargeForUDP(size, mtu int) bool {
	if mtu == 0 {
		return size > 1300
	}
	return size >= mtu-200
}
