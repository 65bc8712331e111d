package lessons

import (
	"errors"
	"fmt"
	"strings"

	"siplab/sim"
	"siplab/sim/fault"
	"siplab/sim/law"
	"siplab/sim/scenario"
	"siplab/sim/trace"
	"siplab/sim/words"
)

// scenario reads a scenario; the blocks after it speak of its run.
func (r *reader) scenario(b *Block, col int) {
	r.noOptions(b, col)
	b.Run = &Run{Block: b}
	r.run = b.Run
	s, err := scenario.Parse("", b.Text)
	r.errs.add(b.Line+1, 1, err)
	b.Run.Scenario = s
	r.lesson.Runs = append(r.lesson.Runs, b.Run)
	if r.lesson.Scenario == nil {
		r.lesson.Scenario = s
	}
}

// played is what came of a run.
type played struct {
	trace  *trace.Trace
	broken []law.Breach
	err    error
}

// play runs a scenario under the eyes of all laws.
func play(s *sim.Scenario, before ...func(*sim.World)) *played {
	var kept trace.Recorder
	watch := law.New()
	w, err := sim.New(s, &kept, watch)
	if err != nil {
		return &played{err: err}
	}
	for _, do := range before {
		do(w)
	}
	p := &played{}
	if end := w.Run(); end.Why == trace.Failed {
		p.err = errors.New("the run failed: " + end.Text)
	}
	p.trace, p.broken = kept.Trace(), watch.Broken()
	return p
}

// Trace is what happened.
func (run *Run) Trace() (*trace.Trace, error) {
	p := run.play()
	return p.trace, p.err
}

func (run *Run) play() *played {
	if run.played == nil {
		run.played = play(run.Scenario)
	}
	return run.played
}

// scenario proves that a scenario is in canonical form, that its run ends by
// itself, breaks no law but those that it may, and that each fault does
// something and matters to what the lesson expects.
func (p *proof) scenario(b *Block) {
	p.canonical(b)
	ran := b.Run.play()
	if ran.err != nil {
		p.errs.say(b.Line, 1, ran.err.Error(), "")
		return
	}
	p.runs(b.Run.Scenario, ran, b.Text, b.Line+1)
	p.laws(ran.broken, b.Run.Breaks, b.Line)
	p.breaks(b.Run, ran.broken)
	p.faultsMatter(b.Run)
}

// canonical shows the first line that is not as siplab prints it.
func (p *proof) canonical(b *Block) {
	printed := scenario.Print(b.Run.Scenario)
	no, _, _, _ := difference(b.Text, printed)
	if no == 0 {
		return
	}
	is, should := lineAt(b.Text, no), lineAt(printed, no)
	want := "siplab prints here: " + should
	if should == "" {
		want = "siplab prints no line here"
	}
	p.errs.say(b.Line+no, 1, "the scenario is not in canonical form: "+words.Show(is), want)
}

// lineAt is a line of a text, from 1; "" where there are fewer.
func lineAt(text string, no int) string {
	lines := strings.Split(text, "\n")
	if no > len(lines) {
		return ""
	}
	return lines[no-1]
}

// runs proves that the run ended by itself and that each fault met a packet.
func (p *proof) runs(s *sim.Scenario, ran *played, text string, first int) {
	if ran.trace.End.Why == trace.Bound && ran.trace.End.Text != "" && s.Bounds == (sim.Bounds{}) {
		p.errs.say(first, 1, "the run does not end by itself: "+ran.trace.End.Text, "a line says how long it lasts: run for 90s")
	}
	for i, line := range strings.Split(text, "\n") {
		f, err := fault.Parse(strings.TrimSpace(line))
		if err == nil && !met(ran.trace, f) {
			p.errs.say(first+i, 1, fmt.Sprintf("no packet met the fault %q", f), "name a packet that is sent, or take the line out")
		}
	}
}

// met says whether a fault decided about any packet.
func met(tr *trace.Trace, f fault.Fault) bool {
	why := f.String()
	for i := range tr.Events {
		if e := &tr.Events[i]; (e.Kind == trace.Verdict || e.Kind == trace.Segment) && e.Text == why {
			return true
		}
	}
	return false
}

// laws lists each broken law that the lesson does not name, once.
func (p *proof) laws(broken []law.Breach, may []Breaks, line int) {
	seen := map[string]bool{}
	for _, m := range may {
		seen[m.Law] = true
	}
	for _, br := range broken {
		if seen[br.Law] {
			continue
		}
		seen[br.Law] = true
		p.errs.say(line, 1, fmt.Sprintf("the run breaks the law %s: %s", br.Law, br.Text), "where it should, an expect block says: breaks "+br.Law)
	}
}

// faultsMatter proves that some expectation fails when all faults are taken
// out: else the lesson says nothing about them.
func (p *proof) faultsMatter(run *Run) {
	if len(run.Scenario.Faults) == 0 {
		return
	}
	whole := *run.Scenario
	whole.Faults = nil
	ran := play(&whole)
	for _, x := range run.Expect {
		if ran.err != nil || !holds(x.Expectation, ran.trace) {
			return
		}
	}
	p.errs.say(run.Block.Line, 1, "no expectation of the run fails when its faults are taken out", "expect something that they change")
}

// ProveScenario proves a scenario that is no lesson and was read from a text:
// its run ends by itself and breaks no law, and each of its faults meets a
// packet. The error is words.Errors, nil where it is so.
func ProveScenario(s *sim.Scenario, name, text string) error {
	p := &proof{}
	ran := play(s)
	if ran.err != nil {
		return words.Errors{{File: name, Text: ran.err.Error()}}
	}
	p.runs(s, ran, text, 1)
	p.laws(ran.broken, nil, 1)
	return p.errs.list(name)
}
