package lessons

import (
	"errors"
	"slices"
	"time"

	"siplab/sim"
	"siplab/sim/ask"
	"siplab/sim/core"
	"siplab/sim/trace"
	"siplab/sim/words"
)

// Play is a place where the learner plays an element: the run stops where that
// element must act, and goes on with what the learner chooses. Besides the
// lines of a [Task]:
//
//	plays bob               the element
//	when F3                 where it acts: F3 has arrived; or when TIME
//	right TEXT              what the element does by itself
//	wrong TEXT              what it could do instead, and
//	  believes TEXT         the misconception of who chooses it
//	  sends EDIT            what is sent instead, see below
//	  then EXPECTATION      what comes of it, and does not come of the right choice
//
// What is sent instead: nothing; no MESSAGE (a method or a status of what would
// be sent); without [NTH] HEADER; with HEADER: TEXT; rename HEADER to HEADER;
// to URI; status 486 Busy Here; or a whole message, a line each: | SIP/2.0 180 Ringing.
// Texts may refer to what has come, as those of script hosts do:
// {Via of 1st INVITE}. A response that is written out answers the request that
// has just come, or else the one that its Via names: so the learner can play a
// proxy that answers too early, or a phone that answers late.
type Play struct {
	Task
	Host    string
	Right   string
	Choices []*Choice

	run  *Run
	when line
	host line
	at   time.Duration // when is a time; else -1
}

// Choice is a wrong choice.
type Choice struct {
	Text     string
	Believes string
	Then     []Expect

	edits []edit
	lines []string // of the message to send instead
	at    line
}

// moment is where the run stops.
type moment struct {
	packet int32 // that has arrived; 0: none, it is a time
	event  int   // index of the first event that comes of it
}

// play reads a play.
func (r *reader) play(b *Block, col int) {
	r.noOptions(b, col)
	y := &Play{Task: Task{Block: b}, run: b.Run, at: -1}
	b.Play = y
	r.clauses(b.lines(), "line of a play", r.playClauses(y))
	y.whole(r)
	r.playWhole(y)
}

// playClauses are the lines of a play.
func (r *reader) playClauses(y *Play) []clause {
	return slices.Concat(y.clauses(r), []clause{
		{"plays", "a host of the scenario", func(rest line) { y.host = rest; r.once(&y.Host, rest, "plays") }},
		{"when", "a message that arrives, or a time: F3, 2s", func(rest line) { y.when = rest }},
		{"right", "what the element does by itself", func(rest line) { r.says(rest); r.once(&y.Right, rest, "right") }},
		{"wrong", "another thing to do", func(rest line) { r.says(rest); y.Choices = append(y.Choices, &Choice{Text: rest.text, at: rest}) }},
		{"believes", "the misconception", y.of(r, func(c *Choice, rest line) { r.once(&c.Believes, rest, "believes") })},
		{"sends", "what is sent instead: nothing", y.of(r, r.sends)},
		{"then", "an expectation: count 401 is 2", y.of(r, r.then)},
	})
}

// of is for lines that belong to the wrong choice before them.
func (y *Play) of(r *reader, read func(c *Choice, rest line)) func(line) {
	return func(rest line) {
		if len(y.Choices) == 0 {
			r.errs.say(rest.no, 1, "there is no wrong choice yet", "this line goes below one: wrong Send nothing")
			return
		}
		read(y.Choices[len(y.Choices)-1], rest)
	}
}

func (r *reader) then(c *Choice, rest line) {
	x, err := ask.ParseExpect(rest.text)
	r.errs.add(rest.no, rest.col, err)
	c.Then = append(c.Then, Expect{x, rest.no, rest.col})
}

// playWhole wants a play to have all its parts.
func (r *reader) playWhole(y *Play) {
	no := y.Block.Line
	if s := y.run.Scenario; y.Host == "" {
		r.errs.say(no, 1, "it is not said who is played", "a line: plays bob")
	} else if s != nil && !slices.ContainsFunc(s.Hosts, func(h sim.Host) bool { return h.Name == y.Host }) {
		r.errs.add(y.host.no, y.host.col, words.Unknown(words.Word{Text: y.Host, Col: 1}, "host", hostNames(s)))
	}
	if y.when.no == 0 {
		r.errs.say(no, 1, "it is not said where the run stops", "a line: when F3, or when 2s")
	} else if d, err := words.Duration(y.when.text); err == nil {
		y.at = d
	}
	if y.Right == "" {
		r.errs.say(no, 1, "the right choice is missing", "a line: right Ring")
	}
	if y.Choices == nil {
		r.errs.say(no, 1, "there is no wrong choice", "a line: wrong Send nothing")
	}
	for _, c := range y.Choices {
		if c.Believes == "" {
			r.errs.say(c.at.no, c.at.col, "nobody believes this", "a line: believes the challenge means that the password is wrong")
		}
		if c.edits == nil && c.lines == nil {
			r.errs.say(c.at.no, c.at.col, "it is not said what is sent", "a line: sends nothing")
		}
		if c.Then == nil {
			r.errs.say(c.at.no, c.at.col, "it is not said what comes of it", "a line: then count 401 is 2")
		}
	}
}

func hostNames(s *sim.Scenario) []string {
	names := make([]string, len(s.Hosts))
	for i, h := range s.Hosts {
		names[i] = h.Name
	}
	return names
}

// Stop is the index of the event at which the run stops: those before it have
// happened, and the played element has not acted yet. -1: it never does.
func (y *Play) Stop() int {
	tr, err := y.run.Trace()
	if err != nil {
		return -1
	}
	return y.moment(tr).event
}

// moment finds where the run stops.
func (y *Play) moment(tr *trace.Trace) moment {
	if y.at >= 0 {
		for i := range tr.Events {
			if e := &tr.Events[i]; e.At >= y.at {
				return moment{event: i}
			}
		}
		return moment{event: -1}
	}
	for i := range tr.Events {
		if e := &tr.Events[i]; e.Kind == trace.Arrive && tr.HostName(e.Host) == y.Host && e.Packet.Label == y.when.text {
			return moment{packet: e.Packet.N, event: i + 1}
		}
	}
	return moment{event: -1}
}

// Run is what comes of a choice: of a wrong one, or, with nil, of the right one.
func (y *Play) Run(c *Choice) (*trace.Trace, error) {
	ran := y.play(c)
	return ran.trace, ran.err
}

func (y *Play) play(c *Choice) *played {
	right := y.run.play()
	if c == nil || right.err != nil {
		return right
	}
	h := &hand{play: y, moment: y.moment(right.trace), past: right.trace}
	h.decide = func(ev *core.Event, offered []core.Effect) []core.Effect { return h.choose(c, ev, offered) }
	ran := play(y.run.Scenario, func(w *sim.World) { w.Play(y.Host, h.plays) })
	switch {
	case ran.err == nil && !h.done:
		ran.err = errors.New(y.Host + " decides nothing there")
	case ran.err == nil:
		ran.err = h.err
	}
	return ran
}

// Offers are the messages that the element would send by itself, a line each,
// as in "REGISTER sip:biloxi.example.com".
func (y *Play) Offers() (out []string) {
	right := y.run.play()
	if right.err != nil {
		return nil
	}
	h := &hand{play: y, moment: y.moment(right.trace)}
	h.decide = func(_ *core.Event, offered []core.Effect) []core.Effect {
		for i := range offered {
			if what := firstLine(&offered[i]); what != "" {
				out = append(out, what)
			}
		}
		return offered
	}
	play(y.run.Scenario, func(w *sim.World) { w.Play(y.Host, h.plays) })
	return out
}

// play proves that the element acts where the run stops, that each wrong choice
// can be made there, and that what comes of it does not come of the right one.
func (p *proof) play(b *Block) {
	y := b.Play
	right, err := y.run.Trace()
	if err != nil {
		return // said where the scenario stands
	}
	if y.Stop() < 0 {
		p.errs.say(y.when.no, y.when.col, y.Host+" does nothing at "+words.Show(y.when.text), "a message that arrives at "+y.Host+", or a time at which it acts")
		return
	}
	for _, c := range y.Choices {
		ran := y.play(c)
		if ran.err != nil {
			p.errs.say(c.at.no, c.at.col, "this cannot be done: "+ran.err.Error(), "")
			continue
		}
		for _, x := range c.Then {
			ok, got, err := x.Holds(ran.trace)
			switch {
			case err != nil:
				p.errs.add(x.Line, x.Col, err)
			case !ok:
				p.errs.say(x.Line, x.Col, "this does not come of it: "+x.String(), "it is "+got.String())
			case holds(x.Expectation, right):
				p.errs.say(x.Line, x.Col, "this comes of the right choice too: "+x.String(), "expect what tells the two apart")
			}
		}
	}
}
