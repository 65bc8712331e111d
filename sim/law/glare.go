package law

import (
	"time"

	"siplab/sim/sip"
	"siplab/sim/trace"
)

// glare is §14.1, of who was told 491: "If the UAC is the owner of the Call-ID of
// the dialog ID (meaning it generated the value), T has a randomly chosen value
// between 2.1 and 4 seconds". The other end tries again before that, and so the
// two do not meet again.
var glare = Law{
	ID:      "glare",
	Text:    "the owner of the Call-ID that was told 491 sends no INVITE and no UPDATE in that dialog for 2.1 s",
	Section: "RFC 3261 §14.1, RFC 3311 §5.3",
	watch:   func() any { return &glareWatch{} },
}

// glareWatch keeps who owns the Call-ID of the calls that go on, and when it was
// told 491.
type glareWatch struct{ book[owned] }

type owned struct {
	owner trace.HostID
	told  map[side]time.Duration
}

func (w *glareWatch) event(e *trace.Event, _ *tally) { w.book.event(e) }

func (w *glareWatch) read(e *trace.Event, l *letter, law *tally) {
	w.judge(e, l, law)
	w.book.read(e, l)
}

func (w *glareWatch) judge(e *trace.Event, l *letter, law *tally) {
	from, to := l.tags()
	seq := l.CSeq()
	if l.by != isAgent || seq.Method != sip.INVITE && seq.Method != sip.UPDATE {
		return
	}
	if to == "" && l.asks(e) {
		if w.look(l.CallID()) == nil {
			w.note(l.CallID()).owner = e.Host
		}
		return
	}
	call := w.look(l.CallID())
	switch {
	case call == nil || call.owner != e.Host:
	case e.Kind == trace.Arrive && l.Status == 491 && l.of != nil && l.of.final == 0: // not a repeat
		if call.told == nil {
			call.told = map[side]time.Duration{}
		}
		law.met()
		call.told[side{from, to}] = e.At
	case l.asks(e) && e.Packet.Again == "":
		if at, told := call.told[side{from, to}]; told && e.At < at+2100*time.Millisecond {
			law.broken(e.I, "a %s is sent %s after a 491, by the owner of the Call-ID", l.Method, e.At-at)
		}
		delete(call.told, side{from, to})
	}
}
