package law

import (
	"slices"

	"siplab/sim/trace"
)

// unreadable is §7: what does not follow the format of a message is none, and
// nobody acts on it.
var unreadable = Law{
	ID:      "unreadable",
	Text:    "a packet that is no SIP message changes nothing where it arrives: it is noted and forgotten",
	Section: "RFC 3261 §7, §18.3",
	watch:   func() any { return &unreadableWatch{} },
}

// unreadableWatch keeps the events that came of the last such packet.
type unreadableWatch struct {
	ledger *ledger
	came   []int32
}

func (w *unreadableWatch) look(g *ledger) { w.ledger = g }

func (w *unreadableWatch) event(e *trace.Event, law *tally) {
	switch {
	case e.Kind == trace.Arrive:
		w.came = w.came[:0]
		if e.Packet != nil && w.ledger.unread {
			law.met()
			w.came = append(w.came, e.I)
		}
	case len(w.came) == 0 || !slices.Contains(w.came, e.Cause):
	case e.Kind == trace.Note || e.Kind == trace.Segment:
		w.came = append(w.came, e.I)
	default:
		law.broken(e.I, "event %d comes of a packet that is no SIP message", e.I)
	}
}
