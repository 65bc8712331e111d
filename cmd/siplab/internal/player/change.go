package player

import (
	"fmt"
	"slices"
	"strings"

	"siplab/lessons"
	"siplab/sim"
	"siplab/sim/fault"
	"siplab/sim/trace"
)

// past is where the player was before a change.
type past struct {
	run    *run
	at     int
	change string
	undo   []past // what could be taken back there, of a page that was left
}

// statement changes the scenario by a line of its language. A fault goes
// before the others and takes the place of what was said of the same packet:
// what is said last holds.
func (p Player) statement(words string) (Player, error) {
	s, err := lessons.Changed(p.run.scenario, []lessons.Change{{Line: words}})
	if err != nil {
		return p, err
	}
	if n := len(s.Faults); n > len(p.run.scenario.Faults) {
		s.Faults = first(s.Faults[n-1], s.Faults[:n-1])
	}
	return p.fork(s, words)
}

// first puts a fault before the others, without those that named the same
// packet.
func first(f fault.Fault, others []fault.Fault) []fault.Fault {
	out := []fault.Fault{f}
	for _, o := range others {
		if o.Kind == fault.Cut || o.Packets != f.Packets {
			out = append(out, o)
		}
	}
	return out
}

// decider is the index of the fault that decided about a packet, -1 for none.
func (r *run) decider(k *trace.Packet) int {
	for i := range r.Events {
		e := &r.Events[i]
		if e.Text == "" || !r.decides(e, k) {
			continue
		}
		if f := slices.IndexFunc(r.scenario.Faults, func(f fault.Fault) bool { return f.String() == e.Text }); f >= 0 {
			return f
		}
	}
	return -1
}

// decides says whether an event is what the network decided about a packet, or
// about a segment that carries it.
func (r *run) decides(e *trace.Event, k *trace.Packet) bool {
	if e.Kind != trace.Segment {
		return e.Kind == trace.Verdict && e.Packet.N == k.N
	}
	for e != nil && e.Kind == trace.Segment {
		e = r.Event(int(e.Cause))
	}
	return e != nil && e.Kind == trace.Send && e.Packet.N == k.N
}

// without takes out a fault that has done to the packet under the cursor what
// is asked for once more.
func (p Player) without(i int) (Player, error) {
	f := p.run.scenario.Faults[i]
	if f.Packets.Nth == 0 {
		return p, fmt.Errorf("%q does that already, and to others too", f)
	}
	s := *p.run.scenario
	s.Faults = slices.Delete(slices.Clone(s.Faults), i, i+1)
	return p.fork(&s, "without "+f.String())
}

// fork runs the changed scenario and goes to where it leaves the way of the
// run before, where that is not yet to come.
func (p Player) fork(s *sim.Scenario, change string) (Player, error) {
	if err := p.fair(s); err != nil {
		return p, err
	}
	r, err := newRun(s)
	if err != nil {
		return p, err
	}
	before := past{run: p.run, at: p.at, change: change}
	d := difference(p.run, r)
	p.undo = append(slices.Clip(p.undo), before)
	p.run = r
	switch {
	case d < 0:
		p.notice = change + ": this run is the same with it. u takes it back."
	case d >= p.run.settled(p.at):
		p.notice = fmt.Sprintf("%s: the run goes another way further on, at %s. u takes it back.", change, r.whenever(d))
	default:
		p.at = r.settled(min(d+1, len(r.Events)))
		p.notice = change + ": from here the run goes another way. u takes it back, b shows both."
	}
	p.at = min(p.at, len(r.Events))
	p.scroll = 0
	return p.judged(), nil
}

// whenever is the time of event i, or of the end.
func (r *run) whenever(i int) string {
	at := r.End.At
	if i < len(r.Events) {
		at = r.Events[i].At
	}
	return clock(at, r.decimals())
}

// takeBack undoes the last change.
func (p Player) takeBack() Player {
	n := len(p.undo)
	if n == 0 {
		p.notice = "There is no change to take back."
		return p
	}
	last := p.undo[n-1]
	p.undo, p.run, p.at, p.scroll = p.undo[:n-1], last.run, last.at, 0
	p.notice = "Taken back: " + last.change
	return p.judged()
}

// changed are the lines of the changes, the oldest first.
func (p Player) changed() []string {
	var out []string
	for _, u := range p.undo {
		out = append(out, u.change)
	}
	return out
}

// fault does something to the packet under the cursor: at once, or by way of
// the prompt, where the words end in something to choose.
func (p Player) fault(kind fault.Kind) Player {
	k := p.run.under(p.at)
	name, err := p.run.named(k)
	if err != nil {
		return p.refused(err)
	}
	f := fault.Fault{Kind: kind, Packets: name}
	switch t1 := p.run.Timers.T1; kind {
	case fault.Delay:
		f.By = t1
		return p.ask(aStatement, f.String())
	case fault.Hold:
		f.Release, f.Until = fault.AtTime, p.run.scene(p.at).fate.left+2*t1
		return p.ask(aStatement, f.String())
	}
	var next Player
	if i := p.run.decider(k); i >= 0 && p.run.scenario.Faults[i].Kind == kind {
		next, err = p.without(i)
	} else {
		next, err = p.statement(f.String())
	}
	if err != nil {
		return p.refused(err)
	}
	return next
}

func (p Player) refused(err error) Player {
	p.notice = capital(sentence(err.Error()))
	return p
}

// submit takes the prompt's line. A wrong one stays there, with what is wrong.
func (p Player) submit() Player {
	line := p.prompt.String()
	if strings.TrimSpace(line) == "" {
		p.asking = nothing
		return p
	}
	if p.asking == aFile {
		return p.write(strings.TrimSpace(line))
	}
	next, err := p.statement(line)
	if err != nil {
		p.wrong = err.Error()
		return p
	}
	next.asking = nothing
	return next
}
