package resolve

import "net/netip"

// The transports that a record can name (RFC 3263 §4.1). TLS is TLS over TCP.
const (
	UDP = "UDP"
	TCP = "TCP"
	TLS = "TLS"
)

// All are the transports of a client that has each of them and likes UDP best.
var All = []string{UDP, TCP, TLS}

// Hop is one place where a request can be sent.
type Hop struct {
	Transport string
	Addr      netip.AddrPort
}

// SRV is a service record (RFC 2782): a server of a domain. A lower Priority
// is tried before a higher one; of equals, one with more Weight is more likely
// to be tried first.
type SRV struct {
	Priority, Weight, Port uint16
	Target                 string // a name that has address records
}

// NAPTR is a record that names a transport and where its SRV records are
// (RFC 3263 §4.1). A lower Order, then a lower Preference, goes first.
type NAPTR struct {
	Order, Preference uint16
	Service           string // SIP+D2U, SIP+D2T, SIPS+D2T
	Replacement       string // _sip._udp.biloxi.example.com
}

// serviceOf is the transport that a NAPTR service names; "" for what is none
// of SIP: "a client MUST discard any service fields that identify a resolution
// service whose value is not "D2X", for values of X that indicate transport
// protocols supported by the client."
func serviceOf(service string) string {
	switch fold(service) {
	case "sip+d2u":
		return UDP
	case "sip+d2t":
		return TCP
	case "sips+d2t":
		return TLS
	}
	return ""
}

// defaultPort is for where nothing says another (RFC 3261 §18.1.1, §19.1.2).
func defaultPort(transport string) uint16 {
	if transport == TLS {
		return 5061
	}
	return 5060
}

// label is the name of the SRV records of a domain for a transport.
func label(transport, domain string) string {
	switch transport {
	case UDP:
		return "_sip._udp." + domain
	case TCP:
		return "_sip._tcp." + domain
	}
	return "_sips._tcp." + domain
}
