package law

import (
	"slices"
	"time"

	"siplab/sim/trace"
)

// table4 is Table 4 of RFC 3261, with the Timers L and M of RFC 6026 §8.4. The
// values are written down apart from the machines that they judge.
var table4 = Law{
	ID:      "table4",
	Text:    "a timer of a transaction runs for what Table 4 says and fires then, once, unless it was stopped; none is left when the run is quiet",
	Section: "RFC 3261 Table 4, §17.1.1.2, §17.1.2.2, §17.2.1; RFC 6026 §8.4",
	watch:   func() any { return &timersWatch{live: map[txn]*clockface{}} },
}

// lengths are how long each timer may run, in T1, T4 and time; a reliable
// transport makes some of them zero. A, E and G grow, and are judged apart.
var lengths = map[string]struct {
	t1, t4   time.Duration
	fixed    time.Duration
	orAtOnce bool // over a reliable transport
}{
	"B": {t1: 64},
	"D": {fixed: 32 * time.Second, orAtOnce: true},
	"F": {t1: 64},
	"H": {t1: 64},
	"I": {t4: 1, orAtOnce: true},
	"J": {t1: 64, orAtOnce: true},
	"K": {t4: 1, orAtOnce: true},
	"L": {t1: 64},
	"M": {t1: 64},
}

// clockface is what the timers A to M of a transaction do.
type clockface struct {
	hands    [13]hand
	reliable bool
}

type hand struct {
	runs       bool
	due, after time.Duration
}

// timersWatch keeps the timers of the transactions that run.
type timersWatch struct {
	timers trace.Timers
	live   map[txn]*clockface
	idle   []*clockface
}

func (w *timersWatch) begin(h *trace.Header) { w.timers = h.Timers }

func (w *timersWatch) event(e *trace.Event, law *tally) {
	switch {
	case e.Txn == 0:
	case e.Kind == trace.State && e.To == "Terminated":
		if face := w.live[txnOf(e)]; face != nil {
			delete(w.live, txnOf(e))
			*face = clockface{}
			w.idle = append(w.idle, face)
		}
	case e.Packet != nil && e.Packet.Transport != "" && e.Packet.Transport != "udp":
		w.face(txnOf(e)).reliable = true
	case e.Kind == trace.Timer && len(e.Name) == 1 && e.Name[0] >= 'A' && e.Name[0] <= 'M':
		w.timer(e, law)
	}
}

func (w *timersWatch) timer(e *trace.Event, law *tally) {
	face := w.face(txnOf(e))
	law.met()
	t := &face.hands[e.Name[0]-'A']
	switch e.Op {
	case "start":
		if !w.right(e, t.after, face.reliable) {
			law.broken(e.I, "Timer %s of transaction %d runs for %s, after %s", e.Name, e.Txn, e.After, t.after)
		}
		t.runs, t.due, t.after = true, e.At+e.After, e.After
	case "stop":
		t.runs = false
	case "fire":
		switch {
		case !t.runs:
			law.broken(e.I, "Timer %s of transaction %d fires at %s, and was not running", e.Name, e.Txn, e.At)
		case e.At != t.due:
			law.broken(e.I, "Timer %s of transaction %d fires at %s, and was to fire at %s", e.Name, e.Txn, e.At, t.due)
		}
		t.runs = false
	}
}

func (w *timersWatch) face(id txn) *clockface {
	face := w.live[id]
	if face == nil {
		if n := len(w.idle); n > 0 {
			face, w.idle = w.idle[n-1], w.idle[:n-1]
		} else {
			face = new(clockface)
		}
		w.live[id] = face
	}
	return face
}

// right says whether a timer may run for so long. before is how long it ran the
// last time, 0 for the first.
func (w *timersWatch) right(e *trace.Event, before time.Duration, reliable bool) bool {
	t1, t2 := w.timers.T1, w.timers.T2
	switch e.Name {
	case "A":
		return before == 0 && e.After == t1 || before != 0 && e.After == 2*before
	case "E": // in Proceeding it is T2 (§17.1.2.2)
		return before == 0 && e.After == t1 || before != 0 && e.After == min(2*before, t2) || e.After == t2
	case "G":
		return before == 0 && e.After == t1 || before != 0 && e.After == min(2*before, t2)
	}
	l, known := lengths[e.Name]
	if l.orAtOnce && reliable {
		return e.After == 0
	}
	// What came by UDP may have a Via that says TCP, and is answered by that.
	return !known || e.After == l.t1*t1+l.t4*w.timers.T4+l.fixed || l.orAtOnce && e.After == 0
}

func (w *timersWatch) finish(end *trace.End, law *tally) {
	if end.Why != trace.Quiet {
		return
	}
	for _, id := range sortedKeys(w.live, txn.compare) {
		face := w.live[id]
		if i := slices.IndexFunc(face.hands[:], func(t hand) bool { return t.runs }); i >= 0 {
			law.broken(-1, "Timer %c of transaction %d of host %d is still to fire, and the run is quiet", 'A'+i, id.id, id.host)
		}
	}
}
