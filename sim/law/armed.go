package law

import (
	"maps"
	"strings"
	"time"

	"siplab/sim/ask"
	"siplab/sim/trace"
)

// armed is what keeps a transaction alive and what ends it (RFC 3261 §17, RFC
// 6026 §8): in each state in which the figures draw a timer, that timer runs.
// The table is written down apart from the machines that it judges.
var armed = Law{
	ID:      "armed",
	Text:    "in each state of a transaction the timers run that the standard gives it there, and over UDP alone those that repeat messages",
	Section: "RFC 3261 §17.1.1.2, §17.1.2.2, §17.2.1, §17.2.2; RFC 6026 §8.4, §8.6",
	watch:   func() any { return &armedWatch{live: map[txn]*arming{}} },
}

// runs are the timers of each state of each machine; those after the bar only
// where the transport is unreliable.
var runs = map[string]map[string]string{
	"invite-client":     {"Calling": "B|A", "Completed": "D", "Accepted": "M"},
	"non-invite-client": {"Trying": "F|E", "Proceeding": "F|E", "Completed": "K"},
	"invite-server":     {"Completed": "H|G", "Confirmed": "I", "Accepted": "L"},
	"non-invite-server": {"Completed": "J"},
}

// arming is a transaction with the timers that run.
type arming struct {
	machine, state string
	reliable       bool
	stirred        bool // it waits for its judgement
	timers         [13]bool
}

// armedWatch judges a transaction when the time goes on after something has
// happened to it: within one moment its timers may stop and start.
type armedWatch struct {
	live    map[txn]*arming
	now     time.Duration
	stirred []stirred
	idle    []*arming
}

type stirred struct {
	id    txn
	event int32
}

func (w *armedWatch) event(e *trace.Event, law *tally) {
	if e.At > w.now {
		w.judge(law)
		w.now = e.At
	}
	switch {
	case ask.Forgets(e):
		maps.DeleteFunc(w.live, func(id txn, _ *arming) bool { return id.at(e.Host) })
	case e.Txn == 0:
	case e.Kind == trace.State && runs[e.Name] != nil:
		a := w.of(txnOf(e))
		a.machine, a.state = e.Name, e.To
		w.stir(a, e)
	case e.Kind == trace.Timer && len(e.Name) == 1 && e.Name[0] >= 'A' && e.Name[0] <= 'M':
		a := w.of(txnOf(e))
		a.timers[e.Name[0]-'A'] = e.Op == "start"
		w.stir(a, e)
	case e.Packet != nil && e.Packet.Transport != "" && !strings.EqualFold(e.Packet.Transport, "udp"):
		w.of(txnOf(e)).reliable = true
	}
}

func (w *armedWatch) stir(a *arming, e *trace.Event) {
	if !a.stirred {
		a.stirred = true
		w.stirred = append(w.stirred, stirred{txnOf(e), e.I})
	}
}

func (w *armedWatch) of(id txn) *arming {
	a := w.live[id]
	if a == nil {
		if n := len(w.idle); n > 0 {
			a, w.idle = w.idle[n-1], w.idle[:n-1]
		} else {
			a = new(arming)
		}
		w.live[id] = a
	}
	return a
}

func (w *armedWatch) judge(law *tally) {
	for _, t := range w.stirred {
		a := w.live[t.id]
		if a == nil {
			continue
		}
		a.stirred = false
		if a.state == "Terminated" {
			delete(w.live, t.id)
			*a = arming{}
			w.idle = append(w.idle, a)
			continue
		}
		law.met()
		always, unreliable, _ := strings.Cut(runs[a.machine][a.state], "|")
		if !a.reliable {
			always += unreliable
		} else if unreliable != "" && a.timers[unreliable[0]-'A'] {
			law.broken(t.event, "Timer %s of transaction %d, a %s, runs in %s over a reliable transport", unreliable, t.id.id, a.machine, a.state)
		}
		for i := range len(always) {
			if name := always[i]; !a.timers[name-'A'] {
				law.broken(t.event, "Timer %c of transaction %d, a %s, does not run in %s", name, t.id.id, a.machine, a.state)
			}
		}
	}
	w.stirred = w.stirred[:0]
}

func (w *armedWatch) finish(_ *trace.End, law *tally) { w.judge(law) }
