package sim

import (
	"siplab/netem"
	"siplab/sim/core"
	"siplab/sim/sip"
	"siplab/sim/trace"
	"siplab/sim/transport"
)

// arrive takes a packet from the network: it is parsed as on a wire, and goes
// to the transaction that it matches or to the core (RFC 3261 §18, §17).
func (w *World) arrive(p *netem.Packet) {
	f := p.Note.(*flight)
	h := w.hosts[p.To]
	m := &w.in
	err := m.Parse(p.Payload)
	m.Packet = p.N
	switch {
	case err != nil:
		w.drop(h, f, nil, "RFC 3261 §7", "dropped, no SIP message: "+err.Error())
	case m.IsRequest():
		w.request(h, f, p)
	default:
		w.response(h, f)
	}
	w.arrivedGates(p, f.event)
}

// arrived records the arrival. x is the transaction at this host, nil for none.
func (w *World) arrived(h *host, f *flight, x *txn) int32 {
	e := w.event(trace.Arrive, h.id, f.event)
	e.Packet = &f.packet
	if x != nil {
		e.Txn = x.tx.ID
	}
	return w.emit(e)
}

// drop records an arrival that nothing comes of, and the rule that says so.
func (w *World) drop(h *host, f *flight, x *txn, ref, text string) {
	w.note(h.id, w.arrived(h, f, x), ref, text)
}

// request takes a request: to the transaction that it belongs to, or to a new
// one. It is judged as it came, before the transport marks its Via.
func (w *World) request(h *host, f *flight, p *netem.Packet) {
	m := &w.in
	if _, ok := m.Via(); !ok {
		w.drop(h, f, nil, "RFC 3261 §8.2.6.2", "dropped: without a readable Via there is no way to answer")
		return
	}
	flaw := w.flaw()
	if flaw != nil && flaw.Drop {
		w.drop(h, f, nil, flaw.Section, "dropped: "+flaw.Text)
		return
	}
	transport.Receive(m, p.Src)
	tx := h.table.MatchRequest(m)
	switch {
	case tx != nil:
		x := h.txns[tx.ID]
		at := w.arrived(h, f, x)
		w.receive(x, m, at)
	case m.Method == sip.ACK:
		at := w.arrived(h, f, nil)
		w.handle(h, core.Event{Kind: core.Request, Message: m, Src: p.Src}, at)
	default:
		x := w.newServer(h, m, p)
		x.flaw = flaw
		at := w.arrived(h, f, x)
		w.begin(x, m, at)
	}
}

// response takes a response to the transaction that it answers.
func (w *World) response(h *host, f *flight) {
	m := &w.in
	if !transport.AcceptResponse(m, h.sentBy) {
		w.drop(h, f, nil, "RFC 3261 §18.1.2", "dropped: the topmost Via is not of this element")
		return
	}
	if flaw := w.flaw(); flaw != nil {
		w.drop(h, f, nil, flaw.Section, "dropped: "+flaw.Text)
		return
	}
	tx := h.table.MatchResponse(m)
	if tx == nil {
		w.drop(h, f, nil, "RFC 6026 §8.9", "dropped: no client transaction matches this response")
		return
	}
	x := h.txns[tx.ID]
	at := w.arrived(h, f, x)
	w.receive(x, m, at)
}

// flaw is the first fault of the message at hand that a receiver does not live
// with: one for which a status is owed, or for which it is dropped. nil for
// none.
func (w *World) flaw() *sip.Problem {
	w.problems = w.in.Check(w.problems[:0])
	for i := range w.problems {
		if p := &w.problems[i]; p.Drop || p.Status != 0 {
			return p
		}
	}
	return nil
}

// refuse answers a request that breaks the grammar or a rule of its header
// fields. RFC 3261 §21.4.1: "The Reason-Phrase SHOULD identify the syntax
// problem in more detail".
func (w *World) refuse(x *txn, m *sip.Message, flaw *sip.Problem, cause int32) {
	reason := ""
	if flaw.Status == 400 {
		reason = "Bad Request: " + flaw.Text
	}
	from := len(w.lent)
	w.note(x.host.id, cause, flaw.Section, flaw.Text)
	w.respond(x, core.Respond(&x.host.env, m, flaw.Status, reason, x.host.env.Token()), cause)
	w.settle(from)
}
