package sim

import (
	"siplab/sim/core"
	"siplab/sim/sip"
	"siplab/sim/transport"
)

// requestAlone takes a request at an element without transactions (RFC 3261
// §16.11): a repeated one is to it what the first was.
func (w *World) requestAlone(h *host, f *flight, in *inbound, flaw *sip.Problem) {
	m := &w.in
	at := w.arrived(h, f, nil)
	h.associate(m, in.stream)
	if flaw == nil {
		w.handle(h, core.Event{Kind: core.Request, Message: m, Src: in.src}, at)
		return
	}
	from := len(w.lent)
	w.note(h.id, at, flaw.Section, flaw.Text)
	w.sendAlone(h, &core.Effect{Message: refusal(h, m, flaw)}, at)
	w.settle(from)
}

// associate has the responses that go by this request's Via take its
// connection, as long as that is open: "the response MUST be sent using the
// existing connection to the source of the original request" (RFC 3261 §18.2.2).
// An element without transactions knows a response's request by its Via alone. A
// connection is known by the last one.
func (h *host) associate(m *sip.Message, s *stream) {
	if s == nil {
		return
	}
	via, _ := m.Via()
	to, ok := transport.ConnectionTarget(via)
	if back := (transport.Peer{At: to, By: s.by}); ok && back != s.client {
		h.clients.Remove(s.client, s)
		h.clients.Add(back, s)
		s.client = back
	}
}
