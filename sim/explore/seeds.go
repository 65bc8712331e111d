package explore

import (
	"context"
	"slices"
	"strconv"

	"siplab/netem"
	"siplab/sim"
	"siplab/sim/fault"
	"siplab/sim/trace"
)

// Seeds runs a scenario with n seeds, from its own on, and groups the runs by
// their outcomes. For each outcome it looks for named faults that lead to it
// where the network does nothing by chance, and leaves out those that are not
// needed; where the faults of a run lead elsewhere without chance, its seed
// stands for it. The errors are those of [Search].
func Seeds(ctx context.Context, s *sim.Scenario, n int, b Bounds) (*Found, error) {
	w, err := newSearch(s, b)
	if err != nil {
		return nil, err
	}
	w.of = n
	_, err = inOrder(ctx, b.Workers, n, func(i int) (struct{}, error) {
		if w.skips(i) {
			return struct{}{}, nil
		}
		seed := s.Seed + uint64(i)
		at := &node{seed: &seed}
		err := w.visitSeed(at, rank{index: i})
		if done := w.done.Add(1); b.Report != nil && done%reportEvery == 0 {
			b.Report(Progress{Runs: int(done), Done: int(done), Of: n})
		}
		return struct{}{}, err
	})
	found, failed := w.tell()
	if failed != nil {
		return nil, failed
	}
	found.Of = "seeds from " + strconv.FormatUint(s.Seed, 10)
	return found, err
}

func (s *search) visitSeed(n *node, at rank) error {
	r := s.rooms.Get().(*room)
	defer s.rooms.Put(r)
	with := *s.scenario
	with.Seed = *n.seed
	run, err := r.play(&with, nil)
	if err != nil {
		return err
	}
	s.runs.Add(1)
	s.book.note(r, run, n, at)
	if len(run.Broken) > 0 {
		s.breaks(at.index)
	}
	return nil
}

// calm is a scenario whose network does nothing by chance: nothing is lost,
// copied, corrupted or overtaken, and each delay is the usual one.
func calm(s *sim.Scenario) *sim.Scenario {
	with := *s
	with.Net = without(s.Net)
	with.Links = slices.Clone(s.Links)
	for i := range with.Links {
		with.Links[i].Conditions = without(with.Links[i].Conditions)
	}
	return &with
}

func without(c netem.Conditions) netem.Conditions {
	return netem.Conditions{Delay: c.Delay, Rate: c.Rate}
}

// chances are the named faults that do in a run without chance what chance did
// in this one.
func chances(tr *trace.Trace) []fault.Fault {
	did := map[int32]fault.Fault{}
	for i := range tr.Events {
		e := &tr.Events[i]
		if e.Packet == nil || isFault(e.Text) {
			continue
		}
		switch {
		case e.Kind == trace.Lose && e.Packet.CopyOf == 0:
			did[e.Packet.N] = fault.Fault{Kind: fault.Lose}
		case e.Kind == trace.Duplicate:
			did[e.Packet.CopyOf] = fault.Fault{Kind: fault.Duplicate}
		}
	}
	var list []fault.Fault
	for _, t := range targets(tr, fault.Lose, -1) {
		if f, met := did[t.N]; met {
			f.Packets = t.fault.Packets
			list = append(list, f)
		}
	}
	return list
}
