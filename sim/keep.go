package sim

import (
	"net/netip"

	"siplab/sim/core"
	"siplab/sim/sip"
	"siplab/sim/trace"
	"siplab/sim/transaction"
	"siplab/sim/transport"
)

// kept is a message that a core sends again by itself: the ACK to a 2xx, which
// has no transaction, or a response that the transaction does not repeat (a
// 2xx to INVITE, a reliable provisional one).
type kept struct {
	packet *trace.Packet
	way    way   // of an ACK
	txn    int32 // of a response; 0: an ACK
}

func (h *host) keep(number int32, k kept) {
	if h.kept == nil {
		h.kept = make(map[int32]kept)
	}
	h.kept[number] = k
}

// sendAlone sends what no transaction carries: an ACK to a 2xx, or what is
// forwarded statelessly. RFC 3261 §13.2.2.4: "The ACK MUST be passed to the
// client transport every time a retransmission of the 2xx final response that
// triggered the ACK arrives."
func (w *World) sendAlone(h *host, ef *core.Effect, cause int32) {
	m := ef.Message
	var to way
	if m.IsRequest() {
		to = w.leave(h, ef)
	} else {
		via, _ := m.Via()
		to = responseWay(via)
		to.stream, _ = h.clients.Find(transport.Peer{At: to.to, By: to.by})
	}
	if !to.to.IsValid() {
		w.note(h.id, cause, "RFC 3261 §18.4", "not sent: the way of this message leads to nobody")
		return
	}
	l := w.letterOf(m, to)
	p := w.send(h, nil, &l, cause)
	if p != nil && ef.Keep != 0 {
		h.keep(ef.Keep, kept{packet: p, way: to})
	}
}

// repeat sends what was kept once more: a response through its transaction, as
// long as that lives; an ACK by itself.
func (w *World) repeat(h *host, ef *core.Effect, cause int32) {
	k, ok := h.kept[ef.Keep]
	if !ok {
		return
	}
	if k.txn == 0 {
		l := letterAgain(k.packet, k.way)
		l.again = k.packet
		w.send(h, nil, &l, cause)
		return
	}
	if x := h.txns[k.txn]; x != nil {
		var room [8]transaction.Effect
		w.carryOut(x, x.tx.Respond(k.packet.Status, k.packet.Raw, room[:0]), nil, cause)
	}
}

// cancel sends the CANCEL of an INVITE (RFC 3261 §9.1): "The Request-URI,
// Call-ID, To, the numeric part of CSeq, and From header fields in the CANCEL
// request MUST be identical to those in the request being cancelled, including
// tags."
func (w *World) cancel(h *host, ef *core.Effect, cause int32) {
	invite := h.txns[ef.Txn]
	if ef.Txn == 0 {
		invite = h.askedAs(ef.Of)
	}
	if invite == nil {
		w.note(h.id, cause, "RFC 3261 §9.1", "nothing to cancel: the INVITE's transaction has ended")
		return
	}
	from := len(w.lent)
	m := w.lend()
	invite.tx.Cancel(m)
	w.out = m.AppendTo(w.out[:0])
	w.begin(w.newClient(h, m, invite.way, ef.Key), m, cause)
	w.settle(from)
}

// hostAt is the name of the host that has an address; the address itself where
// nobody has it.
func (w *World) hostAt(at string) string {
	addr, err := netip.ParseAddrPort(at)
	if err != nil {
		return at
	}
	if id := w.net.HostOf(addr.Addr()); id >= 0 {
		return w.hosts[id].name
	}
	return sip.Visible(at)
}
