package law

import (
	"siplab/sim/sip"
	"siplab/sim/trace"
)

// contact is §8.1.1.8, "The Contact header field MUST be present and contain
// exactly one SIP or SIPS URI in any request that can result in the
// establishment of a dialog.", and §12.1.1: "The UAS MUST add a Contact header
// field to the response."
var contact = Law{
	ID:      "contact",
	Text:    "an INVITE and a 2xx to it have one Contact, where the far end sends what follows in the dialog",
	Section: "RFC 3261 §8.1.1.8, §12.1.1",
	watch:   func() any { return contactWatch{} },
}

type contactWatch struct{}

func (contactWatch) read(e *trace.Event, l *letter, law *tally) {
	asks := l.asks(e) && l.Method == sip.INVITE
	if !asks && !(l.answers(e) && l.by == isAgent && l.accepts()) {
		return
	}
	law.met()
	if n := l.Count(sip.NameContact); n != 1 {
		law.broken(e.I, "%s has %d Contacts", e.Packet.Label, n)
	}
}
