package law

import (
	"siplab/sim/sip"
	"siplab/sim/trace"
)

// mandatory is §8.1.1: "A valid SIP request formulated by a UAC MUST, at a
// minimum, contain the following header fields: To, From, CSeq, Call-ID,
// Max-Forwards, and Via; all of these header fields are mandatory in all SIP
// requests."
var mandatory = Law{
	ID:      "mandatory",
	Text:    "each request has To, From with a tag, CSeq of its method, Call-ID, Max-Forwards and Via",
	Section: "RFC 3261 §8.1.1",
	watch:   func() any { return mandatoryWatch{} },
}

type mandatoryWatch struct{}

var needed = [...]sip.Name{sip.NameTo, sip.NameFrom, sip.NameCSeq, sip.NameCallID, sip.NameMaxForwards, sip.NameVia}

func (mandatoryWatch) read(e *trace.Event, l *letter, law *tally) {
	if !l.asks(e) || e.Packet.Again != "" {
		return
	}
	law.met()
	for _, n := range needed {
		if !l.Has(n) {
			law.broken(e.I, "a %s has no %s", l.Method, n)
		}
	}
	if from, _ := l.tags(); from == "" {
		law.broken(e.I, "a %s has no From tag", l.Method)
	}
	if seq := l.CSeq(); seq.Method != l.Method {
		law.broken(e.I, "a %s has the CSeq method %q", l.Method, seq.Method)
	}
}
