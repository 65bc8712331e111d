package law

import (
	"slices"

	"siplab/sim/sip"
	"siplab/sim/trace"
)

// recorded is §16.6 item 4, of a proxy that wishes to stay on the path: "it MUST
// insert a Record-Route header field value into the copy before any existing
// Record-Route header field values, even if a Route header field is already
// present."
var recorded = Law{
	ID:      "recorded",
	Text:    "a proxy puts its Record-Route above those that came, and leaves those as they are",
	Section: "RFC 3261 §16.6 item 4",
	watch:   func() any { return recordedWatch{} },
}

type recordedWatch struct{}

func (recordedWatch) read(e *trace.Event, l *letter, law *tally) {
	if l.from == nil || !l.IsRequest() || e.Packet.Again != "" {
		return
	}
	law.met()
	came := slices.Collect(l.from.Values(sip.NameRecordRoute))
	goes := slices.Collect(l.Values(sip.NameRecordRoute))
	if len(goes) < len(came) || !slices.Equal(goes[len(goes)-len(came):], came) {
		law.broken(e.I, "a %s goes on with the Record-Route %q, and came with %q", l.Method, goes, came)
	}
}
