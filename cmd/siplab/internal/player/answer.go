package player

import (
	"fmt"
	"strings"

	"siplab/lessons"
	"siplab/sim/trace"
)

// picked goes to another option.
func (p Player) picked(by int) Player {
	n := len(p.sheet().options)
	p = p.learning(func(_ *learner, w *work) { w.pick = (w.pick + by + n) % n })
	_, options := p.pageLines(p.readingWidth())
	return p.inView(options[p.work().pick])
}

// answer gives an option as the answer.
func (p Player) answer(i int) Player {
	options := p.sheet().options
	switch {
	case len(options) == 0:
		p.notice = "Nothing is asked on this page."
		return p
	case i >= len(options):
		p.notice = fmt.Sprintf("There is no %s: the options are a to %s.", lessons.Letter(i), lessons.Letter(len(options)-1))
		return p
	}
	p = p.learning(func(_ *learner, w *work) { w.pick, w.given = i, i+1 })
	if options[i].Right {
		p = p.solve(0)
	}
	return p.endInView()
}

// hint shows one more.
func (p Player) hint() Player {
	s := p.sheet()
	if s.task == nil {
		p.notice = "There is nothing to do on this page."
		return p
	}
	if p.work().hints >= len(s.task.Task().Hints) {
		p.notice = "There is no other hint."
		return p
	}
	p = p.learning(func(_ *learner, w *work) { w.hints++ })
	return p.endInView()
}

// given is the option that was given; nil: none was.
func (p Player) given() *lessons.Option {
	if g := p.work().given; g > 0 {
		return &p.sheet().options[g-1]
	}
	return nil
}

// evidence shows why the answer is wrong: the run in which it would be right or
// that comes of it, beside the true one, or the message that refutes it.
func (p Player) evidence() Player {
	o := p.given()
	q, err := p.proof(o)
	if err != nil {
		return p.refused(err)
	}
	return q
}

func (p Player) proof(o *lessons.Option) (Player, error) {
	truth, err := newRun(p.sheet().run.Scenario)
	if err != nil {
		return p, err
	}
	truth.of = p.sheet().run
	switch {
	case o.Play != nil:
		tr, err := p.sheet().task.Play.Run(o.Play)
		if err != nil {
			return p, err
		}
		return p.compared(truth, runOf(tr, truth.scenario), "what "+p.sheet().task.Play.Host+" does by itself", o.Text), nil
	case o.Wrong.Change != nil:
		s, err := lessons.Changed(truth.scenario, o.Wrong.Change)
		if err != nil {
			return p, err
		}
		other, err := newRun(s)
		if err != nil {
			return p, err
		}
		return p.compared(truth, other, "this run", changeWords(o.Wrong.Change)), nil
	}
	return p.refuting(truth, o.Wrong.Refuted), nil
}

// changeWords are the changes of a scenario in one line.
func changeWords(changes []lessons.Change) string {
	var said []string
	for _, c := range changes {
		how := "with "
		if c.Out {
			how = "without "
		}
		said = append(said, how+c.Line)
	}
	return strings.Join(said, "; ")
}

// refuting goes to the message that refutes a belief.
func (p Player) refuting(truth *run, f *lessons.Refuted) Player {
	for i := range truth.Events {
		if e := &truth.Events[i]; e.Kind == trace.Send && e.Packet.Label == f.Label {
			p.run, p.at, p.undo, p.reading = truth, truth.settled(i+1), nil, false
			p.pane, p.scroll = messagePane, 0
			p.notice = "See " + f.Label + ": " + f.By.String() + ". Esc goes back to the question."
			return p
		}
	}
	return p
}
