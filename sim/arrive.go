package sim

import (
	"siplab/netem"
	"siplab/sim/core"
	"siplab/sim/sip"
	"siplab/sim/trace"
	"siplab/sim/transport"
)

// arrive takes a datagram from the network.
func (w *World) arrive(p *netem.Packet) {
	f := p.Note.(*flight)
	w.take(w.hosts[p.To], f, &inbound{raw: p.Payload, src: p.Src})
	w.arrivedGates(p, f.event)
}

// take takes a message that has come: it is parsed as on a wire, and goes to
// the transaction that it matches or to the core (RFC 3261 §18, §17).
func (w *World) take(h *host, f *flight, in *inbound) {
	if w.overhear(h, f, in) {
		return
	}
	m := &w.in
	err := m.Parse(in.raw)
	m.Packet = f.packet.N
	switch {
	case err != nil:
		w.drop(h, f, nil, "RFC 3261 §7", "dropped, no SIP message: "+err.Error())
	case m.IsRequest():
		w.request(h, f, in)
	default:
		w.response(h, f)
	}
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
func (w *World) request(h *host, f *flight, in *inbound) {
	m := &w.in
	if !m.Has(sip.NameVia) {
		w.drop(h, f, nil, "RFC 3261 §8.2.6.2", "dropped: without a Via there is no way to answer")
		return
	}
	flaw := in.flaw
	if flaw == nil {
		flaw = w.flaw()
	}
	if flaw != nil && flaw.Drop {
		w.drop(h, f, nil, flaw.Section, "dropped: "+flaw.Text)
		return
	}
	transport.Receive(m, in.src)
	if h.alone {
		w.requestAlone(h, f, in, flaw)
		return
	}
	tx := h.table.MatchRequest(m)
	switch {
	case tx != nil:
		x := tx.Core.(*txn)
		at := w.arrived(h, f, x)
		w.receive(x, m, at)
	case m.Method == sip.ACK:
		at := w.arrived(h, f, nil)
		w.handle(h, core.Event{Kind: core.Request, Message: m, Src: in.src}, at)
	default:
		x := w.newServer(h, m, in)
		x.flaw = flaw
		at := w.arrived(h, f, x)
		w.begin(x, m, at)
	}
}

// response takes a response to the transaction that it answers.
func (w *World) response(h *host, f *flight) {
	m := &w.in
	if !h.asked(m) {
		w.drop(h, f, nil, "RFC 3261 §18.1.2", "dropped: the topmost Via is not of this element")
		return
	}
	if flaw := w.flaw(); flaw != nil {
		w.drop(h, f, nil, flaw.Section, "dropped: "+flaw.Text)
		return
	}
	if h.alone {
		at := w.arrived(h, f, nil)
		w.handle(h, core.Event{Kind: core.Response, Message: m}, at)
		return
	}
	tx := h.table.MatchResponse(m)
	if tx == nil {
		w.drop(h, f, nil, "RFC 6026 §8.9", "dropped: no client transaction matches this response")
		return
	}
	x := tx.Core.(*txn)
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
	from := len(w.lent)
	w.note(x.host.id, cause, flaw.Section, flaw.Text)
	w.respond(x, refusal(x.host, m, flaw), cause)
	w.settle(from)
}

// refusal is the response that is owed for a flaw.
func refusal(h *host, m *sip.Message, flaw *sip.Problem) *sip.Message {
	reason := ""
	if flaw.Status == 400 {
		reason = "Bad Request: " + flaw.Text
	}
	return core.Respond(&h.env, m, flaw.Status, reason, h.env.Token())
}
