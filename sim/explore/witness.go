package explore

import (
	"fmt"
	"slices"

	"siplab/sim"
	"siplab/sim/fault"
	"siplab/sim/law"
)

// Witness is a run that shows something: a scenario, and the named faults or the
// seed that it has beyond the one that was searched.
type Witness struct {
	Scenario *sim.Scenario // with the faults, or the seed
	Faults   []fault.Fault
	Seeded   bool // the seed of Scenario leads there, and no named faults do
}

// String is the faults in words, or the seed.
func (w *Witness) String() string {
	if w.Seeded {
		return fmt.Sprintf("seed %d", w.Scenario.Seed)
	}
	s := ""
	for i, f := range w.Faults {
		if i > 0 {
			s += "; "
		}
		s += f.String()
	}
	return s
}

// witness is the smallest run that shows what the run of a node shows.
func (s *search) witness(n *node, shows func(*Run) bool) (Witness, error) {
	if n.seed == nil {
		return witnessOf(s.scenario, n.faults(nil)), nil
	}
	seeded := *s.scenario
	seeded.Seed = *n.seed
	run, err := Play(&seeded)
	if err != nil {
		return Witness{}, err
	}
	quiet := calm(s.scenario)
	stays := func(faults []fault.Fault) bool {
		run, err := Play(quiet, faults...)
		return err == nil && shows(run)
	}
	if faults := chances(run.Trace); stays(faults) {
		return witnessOf(quiet, shrink(faults, stays)), nil
	}
	return Witness{Scenario: &seeded, Seeded: true}, nil
}

func witnessOf(s *sim.Scenario, faults []fault.Fault) Witness {
	with := *s
	with.Faults = append(slices.Clip(s.Faults), faults...)
	return Witness{Scenario: &with, Faults: faults}
}

// shrink leaves out faults, first many at a time, until none can be left out
// without losing what stays asks for.
func shrink(faults []fault.Fault, stays func([]fault.Fault) bool) []fault.Fault {
	for size := max(1, len(faults)/2); ; {
		before := len(faults)
		for from := 0; from+size <= len(faults); {
			if fewer := slices.Delete(slices.Clone(faults), from, from+size); stays(fewer) {
				faults = fewer
			} else {
				from += size
			}
		}
		switch {
		case size > 1:
			size /= 2
		case len(faults) == before:
			return faults
		}
	}
}

// breaksToo says whether a run breaks the law that was broken first.
func breaksToo(id string) func(*Run) bool {
	return func(r *Run) bool {
		return slices.ContainsFunc(r.Broken, func(b law.Breach) bool { return b.Law == id })
	}
}
