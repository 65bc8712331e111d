package resolve

import (
	"net/netip"
	"strings"

	"siplab/netem"
	"siplab/sim/sip"
)

// Names are the records of a scenario. Names of domains have no case.
type Names struct {
	at    map[string][]netip.AddrPort
	srv   map[string][]SRV
	naptr map[string][]NAPTR
}

// Add gives a name its address and port. A name that has them keeps them.
func (n *Names) Add(name string, at netip.AddrPort) {
	if name = fold(name); len(n.at[name]) == 0 {
		n.AddA(name, at)
	}
}

// AddA adds an address record. A server is tried at the port of at where
// neither the URI nor an SRV record says another; 0 is the transport's own.
func (n *Names) AddA(name string, at netip.AddrPort) {
	if n.at == nil {
		n.at = make(map[string][]netip.AddrPort)
	}
	n.at[fold(name)] = append(n.at[fold(name)], at)
}

// AddSRV adds a service record to a name such as _sip._udp.biloxi.example.com.
func (n *Names) AddSRV(name string, r SRV) {
	if n.srv == nil {
		n.srv = make(map[string][]SRV)
	}
	r.Target = fold(r.Target)
	n.srv[fold(name)] = append(n.srv[fold(name)], r)
}

// AddNAPTR adds the record by which a domain says what transport it wants.
func (n *Names) AddNAPTR(name string, r NAPTR) {
	if n.naptr == nil {
		n.naptr = make(map[string][]NAPTR)
	}
	r.Replacement = fold(r.Replacement)
	n.naptr[fold(name)] = append(n.naptr[fold(name)], r)
}

// fold is a name as records are filed: in lower case, without a final dot.
func fold(name string) string { return strings.ToLower(strings.TrimSuffix(name, ".")) }

// Hops appends where a URI leads, the first to try first. transports are those
// that the client has, the one that it likes best first. chance draws among
// servers of equal priority by their weights (RFC 2782); without one their
// order is fixed: "The stateless proxy MUST define a deterministic order to the
// records in that case" (§4.4).
func (n *Names) Hops(u *sip.URI, transports []string, chance *netem.Chance, out []Hop) []Hop {
	q := query{names: n, secure: u.IsSecure(), port: uint16(u.Port), transports: transports, chance: chance}
	target := u.Host
	if maddr, ok := u.Param("maddr"); ok {
		target = maddr
	}
	asked, explicit := u.Param("transport")
	if explicit {
		q.asked = strings.ToUpper(asked)
	}
	addr, isAddr := literal(target)
	switch {
	case isAddr:
		return q.reach(netip.AddrPortFrom(addr.Unmap(), 0), q.transport(), out)
	case u.Port != 0:
		return q.addresses(fold(target), q.transport(), out)
	}
	return q.servers(fold(target), out)
}

// literal reads the address that a host is. What can be none is not tried, since
// the error of ParseAddr is an allocation: an IPv4 address ends in a digit, and
// an IPv6 address has a colon.
func literal(host string) (netip.Addr, bool) {
	host = strings.Trim(host, "[]")
	if host == "" || (host[len(host)-1] < '0' || host[len(host)-1] > '9') && strings.IndexByte(host, ':') < 0 {
		return netip.Addr{}, false
	}
	addr, err := netip.ParseAddr(host)
	return addr, err == nil
}
