package law

import (
	"cmp"
	"maps"
	"time"

	"siplab/sim/ask"
	"siplab/sim/sip"
	"siplab/sim/trace"
)

// standing is what RFC 3261 has timers for besides those of transactions: a 2xx
// that nobody acknowledges (§13.3.1.4), and a BYE that nobody answers (§15.1.1).
var standing = Law{
	ID:      "standing",
	Text:    "no dialog stays up that nothing ends: an early one has the transaction of its INVITE, one without an ACK ends by 64*T1, and one with a BYE by the end of the BYEs",
	Section: "RFC 3261 §12.3, §13.3.1.4, §15.1.1; RFC 5407 §2",
	watch: func() any {
		return &standingWatch{dialogs: map[dialogKey]stand{}, byes: map[trace.HostID]time.Duration{}}
	},
}

type dialogKey struct {
	host    trace.HostID
	machine string
	id      int32
}

func (d dialogKey) compare(o dialogKey) int {
	return cmp.Or(cmp.Compare(d.host, o.host), cmp.Compare(d.machine, o.machine), cmp.Compare(d.id, o.id))
}

// stand is the state of a dialog, and since when.
type stand struct {
	state string
	since time.Duration
}

// carriers are the transactions that keep a dialog of each machine early.
var carriers = map[string]string{"dialog-uac": "invite-client", "dialog-uas": "invite-server"}

// standingWatch keeps the dialogs and the INVITE transactions that go on.
type standingWatch struct {
	header  *trace.Header
	dialogs map[dialogKey]stand
	byes    map[trace.HostID]time.Duration // when the last BYE came to a host
	invites invites
}

func (w *standingWatch) begin(h *trace.Header) { w.header = h }

func (w *standingWatch) event(e *trace.Event, law *tally) {
	w.invites.event(e)
	switch {
	case ask.Forgets(e):
		maps.DeleteFunc(w.dialogs, func(d dialogKey, _ stand) bool { return d.host == e.Host })
	case e.Kind == trace.State && carriers[e.Name] != "":
		w.move(e, law)
	}
}

func (w *standingWatch) move(e *trace.Event, law *tally) {
	d := dialogKey{e.Host, e.Name, e.ID}
	if s, stands := w.dialogs[d]; stands && e.At > w.due(d, s) {
		law.broken(e.I, "dialog %d of %s left %s at %s, which should have ended by %s", e.ID, w.header.HostName(e.Host), s.state, e.At, w.due(d, s))
	}
	if e.To == "Morgue" {
		delete(w.dialogs, d)
	} else {
		law.met()
		w.dialogs[d] = stand{e.To, e.At}
	}
}

// read notes a BYE that comes.
func (w *standingWatch) read(e *trace.Event, l *letter, _ *tally) {
	if l.Method == sip.BYE && e.Kind == trace.Arrive {
		w.byes[e.Host] = e.At
	}
}

// due is when a timer has ended that state. A BYE lasts 64*T1 at who sends it
// and at who receives it, and that of the far end may come in the last moment of
// the own one; each that comes is answered for 64*T1.
func (w *standingWatch) due(d dialogKey, s stand) time.Duration {
	t1 := w.header.Timers.T1
	switch s.state {
	case "Moratorium":
		return s.since + 64*t1
	case "Mortal":
		return max(s.since, w.byes[d.host]) + 2*64*t1
	}
	return 1<<63 - 1
}

func (w *standingWatch) finish(end *trace.End, law *tally) {
	for _, d := range sortedKeys(w.dialogs, dialogKey.compare) {
		s := w.dialogs[d]
		early := s.state == "Preparative" || s.state == "Early"
		switch {
		case end.At > w.due(d, s):
			law.broken(-1, "dialog %d of %s is still in %s, which should have ended by %s", d.id, w.header.HostName(d.host), s.state, w.due(d, s))
		case end.Why != trace.Quiet || early && w.invites.run(d.host, carriers[d.machine]) || s.state == "Established":
		default:
			law.broken(-1, "dialog %d of %s is still in %s, and nothing is left to end it", d.id, w.header.HostName(d.host), s.state)
		}
	}
}
