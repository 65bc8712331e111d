package transport

import (
	"strings"

	"siplab/sim/sip"
)

// Protocol is how messages travel between two elements.
type Protocol uint8

// The protocols. TLS is a name here: a connection over TCP whose bytes are not
// encrypted, between the ports that TLS has.
const (
	UDP Protocol = iota
	TCP
	TLS
)

var protocols = [...]string{"udp", "tcp", "tls"}

// String is the value of a transport parameter: udp, tcp, tls.
func (p Protocol) String() string { return protocols[p] }

// Via is the name in a Via: UDP, TCP, TLS.
func (p Protocol) Via() string { return strings.ToUpper(protocols[p]) }

// Reliable reports whether the protocol itself repeats what is lost, so that
// transactions need not (§17).
func (p Protocol) Reliable() bool { return p != UDP }

// DefaultPort is the port where none is written. §18.1.1: "It is 5060 for UDP,
// TCP and SCTP, 5061 for TLS."
func (p Protocol) DefaultPort() uint16 {
	if p == TLS {
		return DefaultPort + 1
	}
	return DefaultPort
}

// ParseProtocol reads the name of a protocol, in any case.
func ParseProtocol(name string) (Protocol, bool) {
	for i, p := range protocols {
		if sip.EqualFold(name, p) {
			return Protocol(i), true
		}
	}
	return 0, false
}

// Asked is the protocol that a URI asks for: TLS for sips, else that of its
// transport parameter. False where it leaves that open, or names one that is
// not simulated. RFC 3263 §4.1: "If the URI specifies a transport protocol in
// the transport parameter, that transport protocol SHOULD be used."
func Asked(u *sip.URI) (Protocol, bool) {
	if sip.EqualFold(u.Scheme, "sips") {
		return TLS, true
	}
	name, ok := u.Params.Get("transport")
	if !ok {
		return 0, false
	}
	return ParseProtocol(name)
}
