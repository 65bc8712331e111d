package player

import (
	"time"

	"siplab/lessons"
	"siplab/sim"
	"siplab/sim/trace"
)

// run is one run of a scenario, kept whole.
type run struct {
	*trace.Trace
	scenario *sim.Scenario
	labels   map[int32]string // by packet number; a copy has its original's
	fine     bool             // its times need more than milliseconds
	of       *lessons.Run     // that of a lesson which this is; nil: of none, or it was changed
}

// newRun runs a scenario to its end.
func newRun(s *sim.Scenario) (*run, error) {
	var kept trace.Recorder
	w, err := sim.New(s, &kept)
	if err != nil {
		return nil, err
	}
	w.Origins = true
	w.Run()
	return runOf(kept.Trace(), s), nil
}

// runOf is a run that has been.
func runOf(tr *trace.Trace, s *sim.Scenario) *run {
	r := &run{Trace: tr, scenario: s, labels: map[int32]string{}}
	for i := range r.Events {
		r.fine = r.fine || r.Events[i].At%time.Millisecond != 0
		if p := r.Events[i].Packet; p != nil {
			r.labels[p.N] = p.Label
			if p.CopyOf != 0 {
				r.labels[p.N] = r.labels[p.CopyOf]
			}
		}
	}
	return r
}

// settled goes on from a position behind what the network decides there about
// the packet that has just been sent, and about its copies.
func (r *run) settled(at int) int {
	for at > 0 && at < len(r.Events) && r.isFate(&r.Events[at], &r.Events[at-1]) {
		at++
	}
	return at
}

// isFate says whether e is decided about the same packet as the event before,
// at the same time.
func (r *run) isFate(e, before *trace.Event) bool {
	switch e.Kind {
	case trace.Verdict, trace.Lose, trace.Duplicate, trace.Corrupt:
		return before.Packet != nil && e.At == before.At && r.labels[e.Packet.N] == r.labels[before.Packet.N]
	}
	return false
}

// isEnd says whether event i is one end of a message's arrow: it leaves, it
// arrives, or it finds nobody there.
func (r *run) isEnd(i int) bool {
	switch e := &r.Events[i]; e.Kind {
	case trace.Send, trace.Arrive:
		return true
	case trace.Lose:
		decided := r.Event(int(e.Cause))
		return decided == nil || decided.Kind != trace.Verdict
	}
	return false
}

// nextMessage is the position behind the next end of an arrow, or the end of
// the run.
func (r *run) nextMessage(at int) int {
	for i := at; i < len(r.Events); i++ {
		if r.isEnd(i) {
			return r.settled(i + 1)
		}
	}
	return len(r.Events)
}

// lastMessage is the position behind the last end of an arrow before at, or
// the start of the run.
func (r *run) lastMessage(at int) int {
	for i := at - 2; i >= 0; i-- {
		if r.isEnd(i) && r.settled(i+1) < at {
			return r.settled(i + 1)
		}
	}
	return 0
}

// difference is the index of the first event in which two runs differ, -1
// where they are the same.
func difference(a, b *run) int {
	n := min(len(a.Events), len(b.Events))
	for i := range n {
		if !same(&a.Events[i], &b.Events[i]) {
			return i
		}
	}
	if len(a.Events) == len(b.Events) {
		return -1
	}
	return n
}

// same compares all of two events but the numbers that follow from the events
// before.
func same(a, b *trace.Event) bool {
	return a.Kind == b.Kind && a.At == b.At && a.Host == b.Host && a.Cause == b.Cause &&
		a.Txn == b.Txn && a.Code == b.Code && a.After == b.After &&
		a.Name == b.Name && a.Op == b.Op && a.From == b.From && a.To == b.To &&
		a.On == b.On && a.Ref == b.Ref && a.Text == b.Text && samePacket(a.Packet, b.Packet)
}

func samePacket(a, b *trace.Packet) bool {
	if a == nil || b == nil {
		return a == b
	}
	return *a == *b
}
