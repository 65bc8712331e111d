package player

import (
	"errors"
	"fmt"
	"slices"

	"siplab/lessons"
	"siplab/sim"
	"siplab/sim/fault"
	"siplab/sim/scenario"
	"siplab/sim/words"
)

// goal is what the page wants to be reached; nil: nothing.
func (p Player) goal() *lessons.Goal {
	if p.learn == nil || p.sheet().task == nil {
		return nil
	}
	return p.sheet().task.Goal
}

// mine are the faults that the learner has put into a goal's scenario, in the
// order of their making.
func (p Player) mine(g *lessons.Goal) []fault.Fault {
	given := g.Scenario().Faults
	var out []fault.Fault
	for _, f := range slices.Backward(p.run.scenario.Faults) {
		if !slices.Contains(given, f) {
			out = append(out, f)
		}
	}
	return out
}

// fair refuses what is no try at a goal: anything but faults of one's own.
func (p Player) fair(s *sim.Scenario) error {
	g := p.goal()
	if g == nil {
		return nil
	}
	for _, f := range g.Scenario().Faults {
		if !slices.Contains(s.Faults, f) {
			return errors.New("the scenario of a goal keeps its own faults: " + f.String())
		}
	}
	without, own := *s, *g.Scenario()
	without.Faults, own.Faults = nil, nil
	if scenario.Print(&without) != scenario.Print(&own) {
		return errors.New("a goal is reached by faults alone: l, d, D, h, or a statement such as lose, delay, duplicate, corrupt, hold, cut")
	}
	return nil
}

// judged holds the goal of the page against the run.
func (p Player) judged() Player {
	g := p.goal()
	if g == nil {
		return p
	}
	a := g.Judge(p.mine(g), p.run.Trace)
	p = p.learning(func(_ *learner, w *work) { w.attempt = a })
	if !a.Reached() {
		return p
	}
	p = p.solve(len(a.Faults))
	p.notice = fmt.Sprintf("Reached with %s; the lesson's own solution has %d. Esc goes back to the lesson.", words.Count(len(a.Faults), "fault"), g.Par())
	return p
}

// goalLines say what is reached of a goal, and what is not.
func (p Player) goalLines(width int) []line {
	g, a := p.goal(), p.work().attempt
	var out []line
	for _, x := range g.Reach {
		said, as := "· "+x.String(), plain
		if a != nil {
			said, as = "✓ "+x.String(), good
			if got, unmet := missing(a, x.String()); unmet {
				said, as = "· "+x.String()+"; it is "+got, plain
			}
		}
		out = append(out, block(said, width, 2, as)...)
	}
	if a == nil {
		return append(out, block(fmt.Sprintf("It can be done with %s. Enter begins.", words.Count(g.Par(), "fault")), width, 0, dim)...)
	}
	out = append(out, text(fmt.Sprintf("Your faults: %d; it can be done with %d.", len(a.Faults), g.Par())))
	for _, f := range a.Faults {
		said := "  " + f.String()
		if slices.Contains(a.Missed, f) {
			said += ": no packet met this"
		}
		out = append(out, block(said, width, 4, plain)...)
	}
	if a.TooMany {
		out = append(out, block(fmt.Sprintf("At most %d may be used.", g.AtMost), width, 0, bad)...)
	}
	if a.Reached() {
		out = append(out, styled("Reached.", good))
		for _, l := range g.Learned {
			out = append(out, flow(text(l), width, "")...)
		}
	}
	return out
}

func missing(a *lessons.Attempt, expect string) (got string, unmet bool) {
	i := slices.IndexFunc(a.Unmet, func(u lessons.Unmet) bool { return u.Expect == expect })
	if i < 0 {
		return "", false
	}
	return a.Unmet[i].Got, true
}
