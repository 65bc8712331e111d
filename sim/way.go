package sim

import (
	"net/netip"

	"siplab/sim/core"
	"siplab/sim/sip"
	"siplab/sim/transport"
)

// way is how a message gets to where it goes.
type way struct {
	to     netip.AddrPort
	by     transport.Protocol
	stream *stream // the connection to use while it is open; nil: one to the same place
	large  bool    // not over UDP because of its size alone
}

// nextHop is where a request of h goes that its core sends without having looked
// that up (RFC 3261 §8.1.2, RFC 3263); to the zero address where that is nowhere.
func (w *World) nextHop(h *host, m *sip.Message) way {
	uri, ok := transport.NextHop(m)
	if !ok {
		return way{}
	}
	u, err := sip.ParseURI(uri)
	if err != nil {
		return way{}
	}
	var room [4]core.Hop
	hops := w.resolve(h, &u, room[:0])
	if len(hops) == 0 {
		return way{by: h.by}
	}
	return wayTo(hops[0])
}

func wayTo(hop core.Hop) way {
	by, _ := transport.ParseProtocol(hop.Transport)
	return way{to: hop.Addr, by: by}
}

// tlsOf is where an element that is reached at an address takes TLS: at the
// port after, as 5061 is after 5060.
func tlsOf(at netip.AddrPort) netip.AddrPort {
	return netip.AddrPortFrom(at.Addr(), at.Port()+1)
}

// sentBy is what h puts into its Vias for a protocol.
func (h *host) sentBy(by transport.Protocol) string { return h.sentBys[by] }

// leave makes a request ready to go: its Route for the next hop, where the core
// has not seen to that, and its Via. It prints it to w.out and returns how it
// goes. RFC 3261 §18.1.1, of a request that is too large for UDP: "If this causes
// a change in the transport protocol from the one indicated in the top Via, the
// value in the top Via MUST be changed."
func (w *World) leave(h *host, ef *core.Effect) way {
	m, own := ef.Message, ef.Branch
	to := wayTo(ef.Hop)
	if !to.to.IsValid() {
		to = w.nextHop(h, m)
		transport.StrictRoute(m)
	}
	if own == "" {
		own = branch(h)
	}
	transport.PushVia(m, to.by.Via(), h.sentBy(to.by), own, false)
	w.out = m.AppendTo(w.out[:0])
	if to.by == transport.UDP && transport.TooLargeForUDP(len(w.out), 0) {
		to.by, to.large = transport.TCP, true
		m.SetTop(sip.NameVia, viaOf(h, to.by, own))
		w.out = m.AppendTo(w.out[:0])
	}
	return to
}

func viaOf(h *host, by transport.Protocol, branch string) string {
	return "SIP/2.0/" + by.Via() + " " + h.sentBy(by) + ";branch=" + branch
}

// listen opens the ports of a host. RFC 3261 §18.2.1: "For any port and
// interface that a server listens on for UDP, it MUST listen on that same port
// and interface for TCP."
func (w *World) listen(h *host) {
	d := &w.scenario.Hosts[h.id]
	for _, by := range []transport.Protocol{transport.UDP, transport.TCP} {
		h.sentBys[by] = h.addr.String()
	}
	h.sentBys[transport.TLS] = tlsOf(h.addr).String()
	w.net.Listen(h.addr, !d.NoTCP)
	w.net.Listen(tlsOf(h.addr), !d.NoTCP)
}

// asked says whether a response is to a request of the host, from where it is or
// was (RFC 3261 §18.1.2).
func (h *host) asked(m *sip.Message) bool {
	by := viaProtocol(m)
	if transport.AcceptResponse(m, h.sentBy(by)) {
		return true
	}
	for i := range h.before {
		if transport.AcceptResponse(m, h.before[i][by]) {
			return true
		}
	}
	return false
}

// inbound is a message that has come.
type inbound struct {
	raw    string
	src    netip.AddrPort
	stream *stream      // nil: a datagram
	flaw   *sip.Problem // of its frame: it is refused, whatever else it says
}

// viaProtocol is the protocol of the topmost Via.
func viaProtocol(m *sip.Message) transport.Protocol {
	via, _ := m.Via()
	by, _ := transport.ParseProtocol(via.Transport)
	return by
}

// back is how the response to a request goes (RFC 3261 §18.2.2).
func (in *inbound) back(via sip.Via) way {
	to := responseWay(via)
	if to.stream = in.stream; in.stream != nil {
		to.by = in.stream.by
	}
	return to
}

// responseWay is how a response goes of which only the Via is known.
func responseWay(via sip.Via) (to way) {
	to.by, _ = transport.ParseProtocol(via.Transport)
	if to.by.Reliable() {
		to.to, _ = transport.ConnectionTarget(via)
	} else {
		to.to, _ = transport.ResponseTarget(via)
	}
	return to
}
