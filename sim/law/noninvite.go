package law

import (
	"siplab/sim/sip"
	"siplab/sim/trace"
)

// nonInvite is RFC 4320 §4.1, "An SIP element MUST NOT send any provisional
// response with a Status-Code other than 100 to a non-INVITE request.", and
// §4.2: "A transaction-stateful SIP element MUST NOT send a response with
// Status-Code of 408 to a non-INVITE request."
var nonInvite = Law{
	ID:      "non-invite",
	Text:    "a request other than INVITE gets no provisional response but 100, and no 408",
	Section: "RFC 4320 §4.1, §4.2",
	watch:   func() any { return nonInviteWatch{} },
}

type nonInviteWatch struct{}

func (nonInviteWatch) read(e *trace.Event, l *letter, law *tally) {
	if !l.answers(e) || l.of.request.Method == sip.INVITE {
		return
	}
	law.met()
	if l.Status == 408 || l.Status > 100 && l.Status < 200 {
		law.broken(e.I, "a %s is answered with a %d", l.of.request.Method, l.Status)
	}
}
