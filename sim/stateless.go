package sim

import (
	"siplab/sim/core"
	"siplab/sim/sip"
)

// requestAlone takes a request at an element without transactions (RFC 3261
// §16.11): a repeated one is to it what the first was.
func (w *World) requestAlone(h *host, f *flight, in *inbound, flaw *sip.Problem) {
	m := &w.in
	at := w.arrived(h, f, nil)
	if flaw == nil {
		w.handle(h, core.Event{Kind: core.Request, Message: m, Src: in.src}, at)
		return
	}
	from := len(w.lent)
	w.note(h.id, at, flaw.Section, flaw.Text)
	w.sendAlone(h, &core.Effect{Message: refusal(h, m, flaw)}, at)
	w.settle(from)
}
