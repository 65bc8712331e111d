package law

import "siplab/sim/trace"

// offer is RFC 3264 §4: it "MUST NOT generate a new offer if it has received an
// offer which it has not yet answered or rejected. Furthermore, it MUST NOT
// generate a new offer if it has generated a prior offer for which it has not
// yet received an answer or a rejection."
var offer = Law{
	ID:      "offer",
	Text:    "in a dialog there is one offer at a time: none is made in an INVITE or UPDATE before the last has its answer or its refusal",
	Section: "RFC 3264 §4, RFC 3311 §5.1",
	watch:   func() any { return &offerWatch{} },
}

type offerWatch struct{ ledger *ledger }

func (w *offerWatch) look(g *ledger) { w.ledger = g }

func (w *offerWatch) read(e *trace.Event, l *letter, law *tally) {
	if l.Body == "" {
		return
	}
	if open := w.ledger.under(e, l, law, func(x *exchange) bool { return x.request.Body != "" && !x.answered }); open != nil {
		law.broken(e.I, "a %s makes an offer, and that of transaction %d is open", l.Method, open.id.id)
	}
}
