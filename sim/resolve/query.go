package resolve

import (
	"cmp"
	"net/netip"
	"slices"

	"siplab/netem"
)

// query is one URI on its way through RFC 3263 §4.
type query struct {
	names      *Names
	secure     bool   // a SIPS URI
	asked      string // the transport parameter; "" for none
	port       uint16 // of the URI; 0 for none
	transports []string
	chance     *netem.Chance
}

// usable says whether the client has the transport and the URI lets it be
// used: "a client resolving a SIPS URI MUST discard any services that do not
// contain "SIPS" as the protocol in the service field" (§4.1).
func (q *query) usable(transport string) bool {
	return slices.Contains(q.transports, transport) && (!q.secure || transport == TLS)
}

// transport is the one to use where no record chooses: "If the URI specifies a
// transport protocol in the transport parameter, that transport protocol SHOULD
// be used." Otherwise it is TLS for a SIPS URI, and for a SIP URI the one that
// the client likes best, which SHOULD be UDP.
func (q *query) transport() string {
	switch {
	case q.secure:
		return TLS
	case q.asked != "":
		return q.asked
	}
	return q.transports[0]
}

// reach appends an address: at the port of the URI, else at its own, else at the
// transport's. An element that is reached at a port of its own takes TLS at the
// port after, as 5061 is after 5060.
func (q *query) reach(a netip.AddrPort, transport string, out []Hop) []Hop {
	if !q.usable(transport) {
		return out
	}
	own := a.Port()
	if transport == TLS && own != 0 {
		own++
	}
	port := cmp.Or(q.port, own, defaultPort(transport))
	return append(out, Hop{transport, netip.AddrPortFrom(a.Addr(), port)})
}

// addresses appends the addresses of a name, as its records have them.
func (q *query) addresses(name, transport string, out []Hop) []Hop {
	for _, a := range q.names.at[name] {
		out = q.reach(a, transport, out)
	}
	return out
}

// servers is for a name without a port: NAPTR records, then SRV records, then
// address records.
func (q *query) servers(domain string, out []Hop) []Hop {
	from := len(out)
	if q.asked == "" {
		for _, r := range q.preferred(domain) {
			out = q.service(r.Replacement, serviceOf(r.Service), out)
		}
	}
	if len(out) > from {
		return out
	}
	for _, transport := range q.transports {
		if len(q.names.srv) == 0 {
			break
		}
		if q.asked == "" || q.transport() == transport {
			out = q.service(label(transport, domain), transport, out)
		}
	}
	if len(out) > from {
		return out
	}
	return q.addresses(domain, q.transport(), out)
}

// preferred are the NAPTR records that can be used, in their order.
func (q *query) preferred(domain string) []NAPTR {
	var records []NAPTR
	for _, r := range q.names.naptr[domain] {
		if q.usable(serviceOf(r.Service)) {
			records = append(records, r)
		}
	}
	slices.SortStableFunc(records, func(a, b NAPTR) int {
		return cmp.Or(cmp.Compare(a.Order, b.Order), cmp.Compare(a.Preference, b.Preference))
	})
	return records
}

// service appends the servers of SRV records.
func (q *query) service(name, transport string, out []Hop) []Hop {
	records := q.names.srv[name]
	if len(records) == 0 || !q.usable(transport) {
		return out
	}
	for _, r := range order(records, q.chance) {
		for _, a := range q.names.at[r.Target] {
			out = append(out, Hop{transport, netip.AddrPortFrom(a.Addr(), cmp.Or(r.Port, defaultPort(transport)))})
		}
	}
	return out
}

// order puts SRV records into the order in which they are tried: by priority,
// and of equal ones by a draw in which each has its weight's share (RFC 2782).
// Without chance the heavier goes first, then the name that sorts first.
func order(records []SRV, chance *netem.Chance) []SRV {
	list := slices.Clone(records)
	slices.SortStableFunc(list, func(a, b SRV) int {
		return cmp.Or(cmp.Compare(a.Priority, b.Priority), cmp.Compare(b.Weight, a.Weight), cmp.Compare(a.Target, b.Target))
	})
	if chance == nil {
		return list
	}
	for from := range list {
		draw(list[from:], chance)
	}
	return list
}

// draw brings one record of the lowest priority to the front. Where there is
// but one, no chance is drawn.
func draw(list []SRV, chance *netem.Chance) {
	n, sum := 0, uint64(0)
	for n < len(list) && list[n].Priority == list[0].Priority {
		sum += uint64(list[n].Weight)
		n++
	}
	if n < 2 || sum == 0 {
		return
	}
	at := chance.N(sum)
	for i := range n {
		if weight := uint64(list[i].Weight); at >= weight {
			at -= weight
			continue
		}
		chosen := list[i]
		copy(list[1:i+1], list[:i])
		list[0] = chosen
		return
	}
}
