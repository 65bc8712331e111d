package law

import (
	"time"

	"siplab/sim/trace"
)

var ends = Law{
	ID:      "ends",
	Text:    "every transaction ends within its bound",
	Section: "RFC 3261 §17, RFC 6026 §8",
	watch:   func() any { return &endsWatch{live: map[txn]span{}} },
}

// bound is how long a transaction may stay in a state. These are the figures of
// the standard, written down apart from the machines that they judge.
type bound struct {
	machine, state string
	whole          bool // counted from the transaction's beginning
	t1, t4         time.Duration
	fixed          time.Duration
	by             string
}

var bounds = []bound{
	{"invite-client", "Calling", true, 64, 0, 0, "Timer B, RFC 3261 §17.1.1.2"},
	{"invite-client", "Completed", false, 0, 0, 32 * time.Second, "Timer D, RFC 6026 §8.4"},
	{"invite-client", "Accepted", false, 64, 0, 0, "Timer M, RFC 6026 §7.2"},
	{"non-invite-client", "Trying", true, 64, 0, 0, "Timer F, RFC 3261 §17.1.2.2"},
	{"non-invite-client", "Proceeding", true, 64, 0, 0, "Timer F, RFC 3261 §17.1.2.2"},
	{"non-invite-client", "Completed", false, 0, 1, 0, "Timer K, RFC 3261 §17.1.2.2"},
	{"invite-server", "Completed", false, 64, 0, 0, "Timer H, RFC 3261 §17.2.1"},
	{"invite-server", "Confirmed", false, 0, 1, 0, "Timer I, RFC 3261 §17.2.1"},
	{"invite-server", "Accepted", false, 64, 0, 0, "Timer L, RFC 6026 §7.1"},
	{"non-invite-server", "Trying", true, 64, 0, 0, "its core, which must answer before the client gives up, RFC 4320 §4.2"},
	{"non-invite-server", "Proceeding", true, 64, 0, 0, "its core, which must answer before the client gives up, RFC 4320 §4.2"},
	{"non-invite-server", "Completed", false, 64, 0, 0, "Timer J, RFC 3261 §17.2.2"},
}

func boundOf(machine, state string) *bound {
	for i := range bounds {
		if b := &bounds[i]; b.machine == machine && b.state == state {
			return b
		}
	}
	return nil
}

// span is where a transaction stands, and since when.
type span struct {
	began, since time.Duration
	bound        *bound // nil: somebody else has to end it
}

type endsWatch struct {
	timers trace.Timers
	live   map[txn]span
}

func (w *endsWatch) begin(h *trace.Header) { w.timers = h.Timers }

// due is when the transaction must have moved on.
func (w *endsWatch) due(s span) time.Duration {
	from := s.since
	if s.bound.whole {
		from = s.began
	}
	return from + s.bound.t1*w.timers.T1 + s.bound.t4*w.timers.T4 + s.bound.fixed
}

func (w *endsWatch) event(e *trace.Event, law *tally) {
	if e.Kind != trace.State || e.Txn == 0 {
		return
	}
	s, live := w.live[txnOf(e)]
	if live && s.bound != nil && e.At > w.due(s) {
		law.broken(e.I, "transaction %d left %s at %s; %s ends that at %s", e.Txn, e.From, e.At, s.bound.by, w.due(s))
	}
	if e.To == "Terminated" {
		delete(w.live, txnOf(e))
		return
	}
	if !live {
		s.began = e.At
	}
	if s.since, s.bound = e.At, boundOf(e.Name, e.To); s.bound != nil {
		law.met()
	}
	w.live[txnOf(e)] = s
}

func (w *endsWatch) finish(end *trace.End, law *tally) {
	for _, t := range sortedKeys(w.live, txn.compare) {
		s := w.live[t]
		switch {
		case s.bound == nil:
		case end.At > w.due(s):
			law.broken(-1, "transaction %d of host %d is still in %s of %s; %s ends that at %s", t.id, t.host, s.bound.state, s.bound.machine, s.bound.by, w.due(s))
		case end.Why == trace.Quiet:
			law.broken(-1, "transaction %d of host %d is still in %s of %s, and nothing is left to end it", t.id, t.host, s.bound.state, s.bound.machine)
		}
	}
}
