// Package resolve finds where a request goes (RFC 3263), from the records that
// a scenario gives.
//
// For now it knows address records: a name and where its server listens. SRV
// and NAPTR records are not simulated; where RFC 3263 §4.2 would ask for them,
// a name stands for the one address and port that the scenario gave it.
package resolve

import (
	"net/netip"
	"strings"

	"siplab/sim/sip"
)

// §4.2: "If no port is specified, it uses the default port for the particular
// transport protocol."
const defaultPort = 5060

// Names are the address records of a scenario.
type Names struct{ at map[string]netip.AddrPort }

// Add gives a name its address and port. A name that has them keeps them.
func (n *Names) Add(name string, at netip.AddrPort) {
	if n.at == nil {
		n.at = make(map[string]netip.AddrPort)
	}
	name = strings.ToLower(name)
	if _, taken := n.at[name]; !taken {
		n.at[name] = at
	}
}

// Find is the address and port that a URI leads to. RFC 3263 §4: "We define
// TARGET as the value of the maddr parameter of the URI, if present,
// otherwise, the host value of the hostport component of the URI."
func (n *Names) Find(u *sip.URI) (netip.AddrPort, bool) {
	target := u.Host
	if maddr, ok := u.Params.Get("maddr"); ok {
		target = maddr
	}
	at, ok := n.at[strings.ToLower(target)]
	if addr, err := netip.ParseAddr(strings.Trim(target, "[]")); err == nil {
		at, ok = netip.AddrPortFrom(addr, defaultPort), true
	}
	if u.Port != 0 {
		at = netip.AddrPortFrom(at.Addr(), uint16(u.Port))
	}
	return at, ok
}
