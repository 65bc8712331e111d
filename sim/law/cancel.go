package law

import (
	"siplab/sim/sip"
	"siplab/sim/trace"
)

// cancel is §9.1: "If no provisional response has been received, the CANCEL
// request MUST NOT be sent; rather, the client MUST wait for the arrival of a
// provisional response before sending the request." "The destination address,
// port, and transport for the CANCEL MUST be identical to those used to send the
// original request."
var cancel = Law{
	ID:      "cancel",
	Text:    "a CANCEL is sent when a provisional response has come and no final one, and goes where its INVITE went",
	Section: "RFC 3261 §9.1",
	watch:   func() any { return &cancelWatch{} },
}

type cancelWatch struct{ ledger *ledger }

func (w *cancelWatch) look(g *ledger) { w.ledger = g }

func (w *cancelWatch) read(e *trace.Event, l *letter, law *tally) {
	if l.Method != sip.CANCEL || e.Kind != trace.Send || !l.bound || e.Packet.Again != "" {
		return
	}
	invite := w.ledger.by[inviteOf(l)]
	if invite == nil { // the law of its Via speaks of that
		return
	}
	law.met()
	switch {
	case invite.provisional == 0 && invite.final == 0:
		law.broken(e.I, "a CANCEL is sent before any response to its INVITE")
	case invite.final != 0:
		law.broken(e.I, "a CANCEL is sent after a %d to its INVITE", invite.final)
	case l.dst != invite.request.dst || l.datagram != invite.request.datagram:
		law.broken(e.I, "a CANCEL goes to %s, and its INVITE went to %s", l.dst, invite.request.dst)
	}
}

// inviteOf names the transaction of the INVITE that a CANCEL is for.
func inviteOf(l *letter) branchKey {
	key := l.key
	key.method = sip.INVITE
	return key
}
