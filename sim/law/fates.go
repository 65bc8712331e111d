package law

import (
	"cmp"

	"siplab/sim/trace"
)

var fates = Law{
	ID:    "fates",
	Text:  "every packet arrives or is lost, and only once: sent + duplicated = arrived + lost + still in flight",
	watch: func() any { return &fatesWatch{flying: map[int32]bool{}} },
}

// fatesWatch keeps the packets in flight; true for one that the network holds.
type fatesWatch struct{ flying map[int32]bool }

func (f *fatesWatch) event(e *trace.Event, law *tally) {
	if e.Packet == nil {
		return
	}
	n := e.Packet.N
	law.met()
	held, flies := f.flying[n]
	switch e.Kind {
	case trace.Send, trace.Duplicate:
		if flies {
			law.broken(e.I, "packet %d is sent while a packet of that number is in flight", n)
		}
		f.flying[n] = false
	case trace.Verdict:
		if !flies {
			law.broken(e.I, "the network decides about packet %d, which is not in flight", n)
		} else {
			f.flying[n] = e.Name == "hold"
		}
	case trace.Arrive, trace.Lose:
		switch {
		case !flies:
			law.broken(e.I, "packet %d meets a fate, but is not in flight", n)
		case held && e.Kind == trace.Arrive:
			law.broken(e.I, "packet %d arrives while the network holds it", n)
		}
		delete(f.flying, n)
	}
}

func (f *fatesWatch) finish(end *trace.End, law *tally) {
	if end.Why != trace.Quiet {
		return
	}
	for _, n := range sortedKeys(f.flying, cmp.Compare[int32]) {
		if !f.flying[n] {
			law.broken(-1, "packet %d neither arrived nor was lost, and the run is quiet", n)
		}
	}
}
