package main

import (
	"slices"
	"strings"

	"siplab/sim/fsm"
	"siplab/sim/transaction"
)

// mutant is a fault in the table of one kind of transaction.
type mutant struct {
	name string // invite-client: Calling, Timer A: left out
	bug  *transaction.Bug
	m    *fsm.Machine // the table with the fault in it
}

// tables are all mutants of the four tables.
func tables() []mutant {
	var all []mutant
	for k, m := range transaction.Machines() {
		for i, rule := range m.Rules() {
			for _, c := range changes(m, rule) {
				name := m.Name + ": " + c.what
				edit := replacing(i, c.by)
				all = append(all, mutant{name, transaction.Planted(name, transaction.Kind(k), edit), m.With(edit(m.Rules())...)})
			}
		}
	}
	return all
}

// change is what becomes of a rule; by nil: it is left out.
type change struct {
	what string
	by   fsm.Rule
}

// replacing puts a rule in the place of the one at an index.
func replacing(at int, by fsm.Rule) func([]fsm.Rule) []fsm.Rule {
	return func(rules []fsm.Rule) []fsm.Rule {
		rules = slices.Clone(rules)
		if by == nil {
			return slices.Delete(rules, at, at+1)
		}
		rules[at] = by
		return rules
	}
}

func changes(m *fsm.Machine, rule fsm.Rule) []change {
	switch r := rule.(type) {
	case fsm.Row:
		if r.From != 0 && r.Why == "" {
			return rowChanges(m, r)
		}
	case fsm.Timer:
		return timerChanges(m, r)
	}
	return nil
}

func rowChanges(m *fsm.Machine, r fsm.Row) []change {
	where := m.State(r.From) + ", " + m.Event(r.On)
	if r.When != 0 {
		where += " with a condition"
	}
	all := []change{{where + ": left out", nil}}
	if r.To != r.From {
		stays := r
		stays.To = r.From
		all = append(all, change{where + ": stays where it is", stays})
	}
	if r.To != m.Final {
		ends := r
		ends.To = m.Final
		all = append(all, change{where + ": ends", ends})
	}
	for i, a := range r.Do {
		less := r
		less.Do = slices.Delete(slices.Clone(r.Do), i, i+1)
		all = append(all, change{where + ": no " + m.Action(a), less})
	}
	return all
}

func timerChanges(m *fsm.Machine, t fsm.Timer) []change {
	var in []string
	for _, s := range t.In {
		in = append(in, m.State(s))
	}
	where := m.Event(t.On) + " in " + strings.Join(in, " and ")
	all := []change{{where + ": never runs", nil}}
	long := t
	long.Length.Multiple *= 2
	long.Length.Fixed *= 2
	all = append(all, change{where + ": runs twice as long", long})
	if t.Length.Doubles {
		even := t
		even.Length.Doubles, even.Length.Cap = false, 0
		all = append(all, change{where + ": does not double", even})
	}
	if t.Length.Cap != 0 {
		free := t
		free.Length.Cap = 0
		all = append(all, change{where + ": has no limit", free})
	}
	if t.Length.Reliable != fsm.Alike {
		alike := t
		alike.Length.Reliable = fsm.Alike
		all = append(all, change{where + ": runs over TCP too", alike})
	}
	return all
}
