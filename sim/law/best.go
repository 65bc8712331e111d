package law

import "siplab/sim/trace"

// best is §16.7 item 5, of all responses but 101 to 199 and 2xx: "A stateful
// proxy MUST NOT immediately forward any other responses." Item 6 makes its
// choice when "all client transactions in this response context have been
// terminated.", and says of a 503: "A proxy which receives a 503 (Service
// Unavailable) response SHOULD NOT forward it upstream unless it can determine
// that any subsequent requests it might proxy will also generate a 503."
var best = Law{
	ID:      "best",
	Text:    "a proxy sends a failure upstream only when no branch is left that may still be answered, and no 503 of another",
	Section: "RFC 3261 §16.7 items 5 and 6",
	watch:   func() any { return bestWatch{} },
}

type bestWatch struct{}

func (bestWatch) read(e *trace.Event, l *letter, law *tally) {
	if !l.answers(e) || l.Status < 300 || e.Packet.Again != "" {
		return
	}
	if len(l.of.branches) > 0 || l.from != nil {
		law.met()
	}
	if l.Status == 503 && l.from != nil {
		law.broken(e.I, "a 503 goes upstream that another sent")
	}
	for _, b := range l.of.branches {
		if b.pending() {
			law.broken(e.I, "a %d goes upstream, and the branch of transaction %d has no final response", l.Status, b.id.id)
		}
	}
}
