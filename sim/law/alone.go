package law

import (
	"siplab/sim/sip"
	"siplab/sim/trace"
)

// alone is §14.1: "Note that a UAC MUST NOT initiate a new INVITE transaction
// within a dialog while another INVITE transaction is in progress in either
// direction."
var alone = Law{
	ID:      "alone",
	Text:    "in a dialog there is one INVITE at a time, of either end",
	Section: "RFC 3261 §14.1",
	watch:   func() any { return &aloneWatch{} },
}

type aloneWatch struct{ ledger *ledger }

func (w *aloneWatch) look(g *ledger) { w.ledger = g }

func (w *aloneWatch) read(e *trace.Event, l *letter, law *tally) {
	if l.Method != sip.INVITE {
		return
	}
	if open := w.ledger.under(e, l, law, func(x *exchange) bool { return x.request.Method == sip.INVITE }); open != nil {
		law.broken(e.I, "an INVITE is sent, and that of transaction %d has no final response", open.id.id)
	}
}
