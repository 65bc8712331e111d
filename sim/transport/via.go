package transport

import (
	"net/netip"
	"strconv"
	"strings"

	"siplab/sim/sip"
)

// DefaultPort is the port where none is written, for UDP and TCP (§18.1.1);
// TLS has the next.
const DefaultPort = 5060

// PushVia puts the client's Via on top of a request (§18.1.1): "Before a
// request is sent, the client transport MUST insert a value of the "sent-by"
// field into the Via header field." name is the transport's: UDP, TCP, TLS.
//
// rport has the response come back to the source port of the request's packet
// (RFC 3581 §3): a client "MAY include an "rport" parameter in the top Via
// header field value of requests it generates. This parameter MUST have no
// value".
func PushVia(m *sip.Message, name, sentBy, branch string, rport bool) {
	value := "SIP/2.0/" + name + " " + sentBy + ";branch=" + branch
	if rport {
		value += ";rport"
	}
	m.Prepend(sip.NameVia, value, sip.Rule("RFC 3261 §18.1.1"))
}

// Receive marks the topmost Via of a request with where its packet came from.
// §18.2.1: "If the host portion of the "sent-by" parameter contains a domain
// name, or if it contains an IP address that differs from the packet source
// address, the server MUST add a "received" parameter to that Via header field
// value." RFC 3581 §4 has rport set to the source port where the client asks
// for it, and received added with it in any case.
//
// What the client itself wrote for received or rport is not believed: it would
// send the response to a third party.
func Receive(m *sip.Message, src netip.AddrPort) {
	via, ok := m.Via()
	if !ok {
		return
	}
	_, asked := via.Params.Get("rport")
	_, claimed := via.Params.Get("received")
	needed := asked || !sentFrom(via.Host, src.Addr())
	if !needed && !claimed {
		return
	}
	via.Params = via.Params.Without("received")
	if needed {
		via.Params = via.Params.With("received", src.Addr().Unmap().WithZone("").String())
	}
	if asked {
		via.Params = via.Params.With("rport", strconv.Itoa(int(src.Port())))
	}
	m.SetTop(sip.NameVia, via.String())
}

// sentFrom says whether host is the packet's source address, in whatever form
// it is written. A domain name is not.
func sentFrom(host string, src netip.Addr) bool {
	addr, ok := parseAddr(host)
	return ok && addr == src.Unmap().WithZone("")
}

// parseAddr reads an IP address, an IPv6 one with or without brackets: the
// grammar gives received none, and many write them (RFC 5118 §4.5).
func parseAddr(s string) (netip.Addr, bool) {
	if n := len(s); n > 2 && s[0] == '[' && s[n-1] == ']' {
		s = s[1 : n-1]
	}
	addr, err := netip.ParseAddr(s)
	return addr.Unmap(), err == nil && addr.Zone() == ""
}

// AcceptResponse says whether a response is one to a request that this client
// sent. §18.1.2: "If the value of the "sent-by" parameter in that header field
// value does not correspond to a value that the client transport is configured
// to insert into requests, the response MUST be silently discarded."
// sentBy is what it inserts over the transport that the Via names.
func AcceptResponse(m *sip.Message, sentBy string) bool {
	via, ok := m.Via()
	if !ok {
		return false
	}
	by, _ := ParseProtocol(via.Transport)
	host, port := splitSentBy(sentBy, by)
	theirs := via.Port
	if theirs == 0 {
		theirs = int(by.DefaultPort())
	}
	if theirs != port {
		return false
	}
	if strings.EqualFold(via.Host, host) {
		return true
	}
	a, ok := parseAddr(via.Host)
	b, ok2 := parseAddr(host)
	return ok && ok2 && a == b
}

// splitSentBy takes a sent-by of this element's own apart.
func splitSentBy(s string, by Protocol) (host string, port int) {
	i := strings.LastIndexByte(s, ':')
	if i < 0 || strings.HasSuffix(s, "]") {
		return s, int(by.DefaultPort())
	}
	n, err := strconv.ParseUint(s[i+1:], 10, 16)
	if err != nil {
		return s, int(by.DefaultPort())
	}
	return s[:i], int(n)
}
