package transport

import (
	"net/netip"

	"siplab/sim/sip"
)

// ResponseTarget is where the response to a request with this topmost Via goes
// over UDP: maddr with the port of the sent-by; received with rport, which RFC
// 3581 §4 puts between §18.2.2's second and third bullets; received with the
// port of the sent-by; or the sent-by itself. False where that is a name that
// has to be resolved (RFC 3263 §5), or no address at all.
func ResponseTarget(via sip.Via) (netip.AddrPort, bool) {
	port := via.Port
	if port == 0 {
		port = DefaultPort
	}
	host := via.Host
	if maddr, ok := via.Params.Get("maddr"); ok {
		host = maddr
	} else if received := via.Received(); received != "" {
		host = received
		if rport, ok := via.RPort(); ok && rport != 0 {
			port = rport
		}
	}
	addr, ok := parseAddr(host)
	if !ok || port < 0 || port > 65535 {
		return netip.AddrPort{}, false
	}
	return netip.AddrPortFrom(addr, uint16(port)), true
}
