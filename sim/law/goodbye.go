package law

import (
	"siplab/sim/sip"
	"siplab/sim/trace"
)

// goodbye is §15.1.1: "The UAC MUST consider the session terminated (and
// therefore stop sending or listening for media) as soon as the BYE request is
// passed to the client transaction."
var goodbye = Law{
	ID:      "goodbye",
	Text:    "who has sent a BYE, or has answered one, sends no INVITE, UPDATE or INFO in that dialog any more",
	Section: "RFC 3261 §15.1.1, §15.1.2",
	watch:   func() any { return &goodbyeWatch{} },
}

type goodbyeWatch struct{ ledger *ledger }

func (w *goodbyeWatch) look(g *ledger) { w.ledger = g }

func (w *goodbyeWatch) read(e *trace.Event, l *letter, law *tally) {
	if !l.asks(e) || e.Packet.Again != "" {
		return
	}
	if d := w.ledger.legs.of(e, l); d == nil || !d.ended {
		return
	}
	law.met()
	switch l.Method {
	case sip.INVITE, sip.UPDATE, sip.INFO:
		law.broken(e.I, "a %s is sent in a dialog that a BYE has ended", l.Method)
	}
}
