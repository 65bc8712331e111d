package law

import "siplab/sim/trace"

// best is §16.7 item 5, of all responses but 101 to 199 and 2xx: "A stateful
// proxy MUST NOT immediately forward any other responses." Item 6 makes its
// choice when "all client transactions in this response context have been
// terminated."
var best = Law{
	ID:      "best",
	Text:    "a proxy sends a failure upstream only when no branch is left that may still be answered",
	Section: "RFC 3261 §16.7 items 5 and 6",
	watch:   func() any { return bestWatch{} },
}

type bestWatch struct{}

func (bestWatch) read(e *trace.Event, l *letter, say sayer) {
	if !l.answers(e) || l.Status < 300 || e.Packet.Again != "" {
		return
	}
	for _, b := range l.of.branches {
		if b.pending() {
			say(e.I, "a %d goes upstream, and the branch of transaction %d has no final response", l.Status, b.id.id)
		}
	}
}
