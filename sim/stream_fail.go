package sim

import (
	"net/netip"

	"siplab/sim/resolve"
	"siplab/sim/sip"
	"siplab/sim/transaction"
	"siplab/sim/transport"
)

// undelivered is for what was written to a connection that has failed.
func (w *World) undelivered(s *stream, p posted, refused bool, cause int32) {
	x := s.host.txns[p.txn]
	switch {
	case refused && p.large:
		w.fallBack(s.host, x, p, cause)
	case p.txn == 0:
		w.note(s.host.id, cause, "RFC 3261 §18.4", "what was sent without a transaction may not have arrived: an ACK goes again when its 2xx comes again")
	case x == nil:
	case !x.tx.Kind.Client() && w.respondElsewhere(x, p, s.conn.Accepted, cause):
	default:
		var room [8]transaction.Effect
		w.carryOut(x, x.tx.TransportError(room[:0]), nil, cause)
	}
}

// respondElsewhere sends a response, whose connection has failed, over a new
// one: to where its Via says, and where the connection there has failed too, to
// the addresses that the sent-by has one after the other. RFC 3261 §18.2.2: "If
// that connection attempt fails, the server SHOULD use the procedures in [4] for
// servers in order to determine the IP address and port to open the connection
// and send the response to." A provisional one is of no use after a final one. False
// where none is left.
func (w *World) respondElsewhere(x *txn, p posted, accepted bool, cause int32) bool {
	before := x.before(p.raw)
	if before == nil || !x.way.to.IsValid() {
		return false
	}
	if before.Status < 200 && x.tx.State() >= transaction.Accepted {
		return true
	}
	if !accepted {
		next, ok := w.nextReturn(x)
		if !ok {
			return false
		}
		w.note(x.host.id, cause, "RFC 3263 §5", "the response goes to "+next.String()+", another address of the sent-by")
		x.way.to = next
	}
	l := letterAgain(before, x.way)
	return w.send(x.host, x, &l, cause) != nil
}

// nextReturn is the next address at which the sent-by of a request may take the
// response (RFC 3263 §5). The list is that of a client that looks for a server
// there by the transport of the Via.
func (w *World) nextReturn(x *txn) (netip.AddrPort, bool) {
	m := w.lend()
	defer w.settle(len(w.lent) - 1)
	if m.Parse(x.tx.Request) != nil {
		return netip.AddrPort{}, false
	}
	via, _ := m.Via()
	var room [4]resolve.Hop
	uri := sip.URI{Scheme: "sip", Host: via.Host, Port: via.Port, Params: sip.Params(";transport=" + x.way.by.String())}
	hops := w.names.Hops(&uri, resolve.All, nil, room[:0])
	for x.returns < len(hops) {
		hop := hops[x.returns].Addr
		x.returns++
		if hop != x.way.to {
			return hop, true
		}
	}
	return netip.AddrPort{}, false
}

// fallBack sends a request over UDP that went over TCP for its size alone. RFC
// 3261 §18.1.1: "if the attempt to establish the connection generates either an
// ICMP Protocol Not Supported, or results in a TCP reset, the element SHOULD
// retry the request, using UDP." x is nil for an ACK, and for a transaction that
// has ended meanwhile.
func (w *World) fallBack(h *host, x *txn, p posted, cause int32) {
	const rule = "RFC 3261 §18.1.1"
	if x == nil && p.txn != 0 {
		return
	}
	from := len(w.lent)
	defer w.settle(from)
	m := w.lend()
	if m.Parse(p.raw) != nil {
		return
	}
	m.SetTop(sip.NameVia, viaOf(h, transport.UDP, branch(h)))
	w.note(h.id, cause, rule, "TCP is refused: the request is sent over UDP, though it is large")
	if x == nil {
		to := w.nextHop(h, m)
		to.by = transport.UDP
		l := w.letterOf(m, to)
		w.send(h, nil, &l, cause)
		return
	}
	key, to := x.key, way{to: x.way.to}
	w.withdraw(x, rule, cause)
	w.out = m.AppendTo(w.out[:0])
	w.begin(w.newClient(h, m, to, key), m, cause)
}

// withdraw ends a transaction in whose place another comes: its core hears
// nothing of it.
func (w *World) withdraw(x *txn, ref string, cause int32) {
	var room [8]transaction.Effect
	for _, ef := range x.tx.Abandon(ref, room[:0]) {
		w.carry(x, &ef, cause)
	}
	w.remove(x)
}

// use has a transaction go over a stream. It keeps it from being idle.
func (x *txn) use(s *stream) {
	if x == nil || x.way.stream == s {
		return
	}
	if old := x.way.stream; old != nil {
		old.users--
	}
	if s != nil {
		s.users++
	}
	x.way.stream = s
}
