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
	watch:   func() any { return &toldWatch{open: map[trace.HostID]string{}} },
}

// toldWatch keeps the phones whose user waits for an outcome, by what the wait
// began with, and the INVITE transactions that run: as long as one does, an
// outcome may come.
type toldWatch struct {
	header  *trace.Header
	open    map[trace.HostID]string
	invites invites
}

// perhaps stands for a call whose outcome may have been told: one that is not
// tried and one that does not ring, beside it, have the same words.
const perhaps = "perhaps"

func (w *toldWatch) begin(h *trace.Header) { w.header = h }

func (w *toldWatch) event(e *trace.Event, say sayer) {
	w.invites.event(e)
	switch {
	case ask.Forgets(e):
		delete(w.open, e.Host)
	case e.Kind == trace.Tell:
		w.tell(e, say)
	}
}

func (w *toldWatch) tell(e *trace.Event, say sayer) {
	switch e.Name {
	case "calling", "incoming call":
		if before := w.open[e.Host]; before != "" && before != perhaps {
			say(e.I, "%s is told %s, and was told no outcome of %s", w.header.HostName(e.Host), e.Name, before)
		}
		w.open[e.Host] = e.Name
	case "answered", "cancelled", "missed call":
		if w.open[e.Host] == "" {
			say(e.I, "%s is told %s, and waits for no outcome", w.header.HostName(e.Host), e.Name)
		}
		delete(w.open, e.Host)
	case "call failed", "turned away":
		w.open[e.Host] = perhaps
	}
}

func (w *toldWatch) finish(end *trace.End, say sayer) {
	if end.Why != trace.Quiet {
		return
	}
	for _, h := range sortedKeys(w.open, cmp.Compare[trace.HostID]) {
		if w.open[h] != perhaps && !w.invites.run(h, "invite-client") && !w.invites.run(h, "invite-server") {
			say(-1, "%s was told %s, and no outcome of it", w.header.HostName(h), w.open[h])
		}
	}
}
