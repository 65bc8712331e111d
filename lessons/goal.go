package lessons

import (
	"slices"
	"strconv"

	"siplab/sim"
	"siplab/sim/ask"
	"siplab/sim/fault"
	"siplab/sim/scenario"
	"siplab/sim/trace"
	"siplab/sim/words"
)

// Goal is something to reach by faults of one's own. Besides the lines of a
// [Task]:
//
//	reach EXPECTATION   what must hold in the run with the learner's faults; one line or more
//	faults at most 2    how many faults may be used; else as many as one likes
//	solution LINE       a fault of the solution; one line or more
type Goal struct {
	Task
	Reach    []Expect
	AtMost   int // faults; 0: as many as one likes
	Solution []string

	run       *Run
	solutions []line
}

// Attempt is what came of a try at a goal.
type Attempt struct {
	Faults  []fault.Fault
	TooMany bool
	Unmet   []Unmet       // what does not hold; none: it does
	Missed  []fault.Fault // those that met no packet
	Trace   *trace.Trace
}

// Unmet is an expectation that does not hold, and what is so instead.
type Unmet struct {
	Expect string
	Got    string
}

// Reached says whether the goal was.
func (a *Attempt) Reached() bool { return !a.TooMany && len(a.Unmet) == 0 }

// Par is the number of faults in the solution.
func (g *Goal) Par() int { return len(g.Solution) }

// Scenario is what the learner's faults are tried in.
func (g *Goal) Scenario() *sim.Scenario { return g.run.Scenario }

// Try runs the scenario with a learner's faults, each a line as in a scenario.
// The error is words.Errors: each line that is no fault there, by its number.
func (g *Goal) Try(lines []string) (*Attempt, error) {
	var faults []fault.Fault
	var errs wrongs
	for i, text := range lines {
		f, err := scenario.ParseFault(g.run.Scenario, text)
		if err != nil {
			errs.add(i+1, 1, err)
			continue
		}
		faults = append(faults, f)
	}
	if !errs.none() {
		return nil, errs.list("")
	}
	s := *g.run.Scenario
	s.Faults = slices.Concat(s.Faults, faults)
	ran := play(&s)
	if ran.err != nil {
		return nil, words.Errors{{Text: ran.err.Error()}}
	}
	return g.Judge(faults, ran.trace), nil
}

// Judge holds the goal against a run of its scenario with those faults.
func (g *Goal) Judge(faults []fault.Fault, tr *trace.Trace) *Attempt {
	a := &Attempt{Faults: faults, Trace: tr, TooMany: g.AtMost > 0 && len(faults) > g.AtMost}
	for _, x := range g.Reach {
		ok, got, err := x.Holds(a.Trace)
		switch {
		case err != nil:
			a.Unmet = append(a.Unmet, Unmet{x.String(), err.Error()})
		case !ok:
			a.Unmet = append(a.Unmet, Unmet{x.String(), got.String()})
		}
	}
	for _, f := range a.Faults {
		if !met(a.Trace, f) {
			a.Missed = append(a.Missed, f)
		}
	}
	return a
}

// goal reads a goal.
func (r *reader) goal(b *Block, col int) {
	r.noOptions(b, col)
	g := &Goal{Task: Task{Block: b}, run: b.Run}
	b.Goal = g
	r.clauses(b.lines(), "line of a goal", r.goalClauses(g))
	g.whole(r)
	if g.Reach == nil {
		r.errs.say(b.Line, 1, "the goal has nothing to reach", "a line: reach what bob was told is calling")
	}
	if g.Solution == nil {
		r.errs.say(b.Line, 1, "the goal has no solution", "a line for each fault: solution lose 1st INVITE from alice")
	}
}

// goalClauses are the lines of a goal.
func (r *reader) goalClauses(g *Goal) []clause {
	return slices.Concat(g.clauses(r), []clause{
		{"reach", "an expectation: count INVITE is 2", func(rest line) { r.reach(g, rest) }},
		{"faults at most", "a number", func(rest line) { r.atMost(g, rest) }},
		{"solution", "a fault: lose 1st INVITE from alice", func(rest line) { r.solution(g, rest) }},
	})
}

func (r *reader) reach(g *Goal, rest line) {
	x, err := ask.ParseExpect(rest.text)
	r.errs.add(rest.no, rest.col, err)
	g.Reach = append(g.Reach, Expect{x, rest.no, rest.col})
}

func (r *reader) atMost(g *Goal, rest line) {
	n, err := strconv.ParseUint(rest.text, 10, 16)
	if err != nil || n == 0 {
		r.errs.say(rest.no, rest.col, words.Show(rest.text)+" is no number of faults", "as in: faults at most 2")
	}
	g.AtMost = int(n)
}

func (r *reader) solution(g *Goal, rest line) {
	if g.run.Scenario != nil { // else it is wrong, and said where it stands
		_, err := scenario.ParseFault(g.run.Scenario, rest.text)
		r.errs.add(rest.no, rest.col, err)
	}
	g.Solution = append(g.Solution, rest.text)
	g.solutions = append(g.solutions, rest)
}

// goal proves that doing nothing does not reach the goal, that the solution
// does, and that no fault of it can be left out.
func (p *proof) goal(b *Block) {
	g := b.Goal
	if tr, err := b.Run.Trace(); err != nil || !p.asked(g, tr) {
		return // a run that fails is said where the scenario stands
	}
	if a, err := g.Try(nil); err == nil && a.Reached() {
		p.errs.say(b.Line, 1, "the goal is reached by doing nothing", "reach something that the run does not show by itself")
		return
	}
	a, err := g.Try(g.Solution)
	if err != nil {
		at := g.solutions[0]
		p.errs.add(at.no, at.col, err)
		return
	}
	for _, u := range a.Unmet {
		p.errs.say(b.Line, 1, "the solution does not reach this: "+u.Expect, "with it, it is "+u.Got)
	}
	if a.TooMany {
		p.errs.say(b.Line, 1, "the solution has "+words.Count(g.Par(), "fault"), "the goal allows "+strconv.Itoa(g.AtMost))
	}
	if a.Reached() {
		p.spare(g)
	}
}

// asked says whether all that is to be reached can be asked of the run.
func (p *proof) asked(g *Goal, tr *trace.Trace) bool {
	ok := true
	for _, x := range g.Reach {
		if _, _, err := x.Holds(tr); err != nil {
			p.errs.add(x.Line, x.Col, err)
			ok = false
		}
	}
	return ok
}

// spare finds the faults that the solution does not need.
func (p *proof) spare(g *Goal) {
	for i, at := range g.solutions {
		a, err := g.Try(slices.Delete(slices.Clone(g.Solution), i, i+1))
		if err == nil && a.Reached() {
			p.errs.say(at.no, at.col, "the goal is reached without this fault too", "take the line out")
		}
	}
}
