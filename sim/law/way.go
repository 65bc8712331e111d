package law

import (
	"net/netip"
	"strings"

	"siplab/sim/sip"
	"siplab/sim/trace"
)

// way is §18.2.2, the third bullet: "Otherwise (for unreliable
// unicast transports), if the top Via has a "received" parameter, the response
// MUST be sent to the address in the "received" parameter, using the port
// indicated in the "sent-by" value, or using port 5060 if none is specified
// explicitly." RFC 3581 §4 puts the source port there where the client asks for
// it.
var way = Law{
	ID:      "way",
	Text:    "a response goes where the Via of its request says and where its packet came from: to no third party",
	Section: "RFC 3261 §18.2.2, RFC 3263 §5, RFC 3581 §4",
	watch:   func() any { return wayWatch{} },
}

type wayWatch struct{}

func (wayWatch) read(e *trace.Event, l *letter, law *tally) {
	if e.Kind != trace.Send || l.Status == 0 || !l.bound {
		return
	}
	if l.of == nil {
		byVia(e, l, law)
		return
	}
	request := l.of.request
	via, readable := request.Via()
	want, known := wayBack(&via, request)
	if !l.of.server || !readable || !known {
		return
	}
	law.met()
	switch {
	case l.datagram && l.dst != want:
		law.broken(e.I, "a %d goes to %s, and its request says %s", l.Status, l.dst, want)
	case !l.datagram && l.dst != request.src && l.dst.Addr() != want.Addr() && !isName(via.Host):
		law.broken(e.I, "a %d goes to %s; its request came from %s and says %s", l.Status, l.dst, request.src, want)
	}
}

// isName says whether a sent-by is no address. Where a connection fails, RFC 3263
// §5 has a response try the other addresses of the name, and no law knows them.
func isName(host string) bool {
	_, err := netip.ParseAddr(strings.Trim(host, "[]"))
	return err != nil
}

// wayBack is where the response to a request goes. What the client wrote for
// received says nothing; maddr is a rule (§18.2.2, the second bullet).
func wayBack(via *sip.Via, request *letter) (netip.AddrPort, bool) {
	port := portOf(via)
	if maddr, ok := via.Params.Get("maddr"); ok {
		addr, err := netip.ParseAddr(maddr)
		return netip.AddrPortFrom(addr, port), err == nil
	}
	if _, asked := via.Params.Get("rport"); asked {
		port = request.src.Port()
	}
	return netip.AddrPortFrom(request.src.Addr(), port), true
}

func portOf(via *sip.Via) uint16 {
	switch {
	case via.Port != 0:
		return uint16(via.Port)
	case sip.EqualFold(via.Transport, "TLS"):
		return 5061
	}
	return 5060
}

// byVia judges what is sent without a transaction, by the Via that it has
// itself.
func byVia(e *trace.Event, l *letter, law *tally) {
	via, ok := l.Via()
	if !ok || !l.datagram {
		return
	}
	host, port := via.Host, portOf(&via)
	if maddr, ok := via.Params.Get("maddr"); ok {
		host = maddr
	} else if received := via.Received(); received != "" {
		host = received
		if rport, ok := via.RPort(); ok && rport != 0 {
			port = uint16(rport)
		}
	}
	addr, err := netip.ParseAddr(host)
	if err != nil {
		return
	}
	law.met()
	if want := netip.AddrPortFrom(addr, port); l.dst != want {
		law.broken(e.I, "a %d goes to %s, and its Via says %s", l.Status, l.dst, want)
	}
}
