package law

import (
	"cmp"

	"siplab/sim/ask"
	"siplab/sim/trace"
)

var told = Law{
	ID:      "told",
	Text:    "who calls, and whose phone rings, is told one outcome: answered, failed, cancelled, missed or turned away",
	Section: "RFC 3261 §13.2.2, §13.3.1",
	watch:   func() any { return &toldWatch{open: map[trace.HostID]waiting{}} },
}

// toldWatch keeps how many outcomes the user of each phone waits for, and the
// INVITE transactions that run: as long as one does, an outcome may come.
type toldWatch struct {
	header  *trace.Header
	open    map[trace.HostID]waiting
	invites invites
}

// waiting counts the outcomes that a user waits for. Perhaps counts those of
// calls whose outcome may have been told: one that is not tried and one that
// does not ring, beside it, have the same words.
type waiting struct {
	surely, perhaps int
	of              string // what the last wait began with
}

func (w *toldWatch) begin(h *trace.Header) { w.header = h }

func (w *toldWatch) event(e *trace.Event, law *tally) {
	w.invites.event(e)
	switch {
	case ask.Forgets(e):
		delete(w.open, e.Host)
	case e.Kind == trace.Tell:
		w.tell(e, law)
	}
}

// tell takes what a user is told. A call that takes the place of another is
// answered without having rung (RFC 3891 §3): its outcome is one more, or where
// the other was not answered yet, that of the other.
func (w *toldWatch) tell(e *trace.Event, law *tally) {
	n := w.open[e.Host]
	switch e.Name {
	case "calling", "incoming call":
		law.met()
		n.surely++
		n.of = e.Name
	case "replaced":
		n.perhaps++
	case "answered", "cancelled", "missed call":
		switch {
		case n.surely > 0:
			n.surely--
		case n.perhaps > 0:
			n.perhaps--
		default:
			law.broken(e.I, "%s is told %s, and waits for no outcome", w.header.HostName(e.Host), e.Name)
		}
	case "call failed", "turned away":
		if n.surely > 0 {
			n.surely--
			n.perhaps++
		}
	}
	w.open[e.Host] = n
}

func (w *toldWatch) finish(end *trace.End, law *tally) {
	if end.Why != trace.Quiet {
		return
	}
	for _, h := range sortedKeys(w.open, cmp.Compare[trace.HostID]) {
		if w.open[h].surely > 0 && !w.invites.run(h, "invite-client") && !w.invites.run(h, "invite-server") {
			law.broken(-1, "%s was told %s, and no outcome of it", w.header.HostName(h), w.open[h].of)
		}
	}
}
