package sim

import (
	"net/netip"

	"siplab/sim/resolve"
)

// Records are what DNS says in a scenario (RFC 3263), besides the names of the
// hosts. Of a name that has records here, these are all there are.
type Records struct {
	A     []A
	SRV   []SRV
	NAPTR []NAPTR
}

// A is an address of a name.
type A struct {
	Name string
	Addr netip.AddrPort // port 0: the transport's own
}

// SRV names a server of a domain and a transport.
type SRV struct {
	Name string // _sip._udp.biloxi.example.com
	resolve.SRV
}

// NAPTR names a transport of a domain.
type NAPTR struct {
	Name string
	resolve.NAPTR
}

func (r *Records) addTo(names *resolve.Names) {
	for _, a := range r.A {
		names.AddA(a.Name, a.Addr)
	}
	for _, s := range r.SRV {
		names.AddSRV(s.Name, s.SRV)
	}
	for _, n := range r.NAPTR {
		names.AddNAPTR(n.Name, n.NAPTR)
	}
}
