package explore

import (
	"context"
	"fmt"
	"slices"
	"sync"

	"siplab/sim"
	"siplab/sim/ask"
	"siplab/sim/fault"
	"siplab/sim/law"
	"siplab/sim/trace"
)

// Options say what [Each] does. The zero Options lose one packet in each run.
type Options struct {
	Do      fault.Kind // Lose, Duplicate, or Hold: until the next packet of the same way has arrived
	Packets int        // how many of them a run has; 0: 1
	Workers int        // 0: as many as there are processors
	Most    int        // how many runs there may be; 0: DefaultMost
}

// DefaultMost is how many runs Each makes at most.
const DefaultMost = 20_000

// mostEvents is how many events all runs together may have, taken that each
// has as many as the undisturbed one: that is some minutes of work.
const mostEvents = 100_000_000

// Table is a scenario run once for each packet.
type Table struct {
	Title       string
	Do          fault.Kind
	Undisturbed Row
	Rows        []Row
	Spared      []Spared // packets of the undisturbed run that no run is about
}

// Spared is a packet that got no run.
type Spared struct {
	Packet
	Why string `json:"why"` // lost anyway, or the fault of the scenario that has it
}

// Row is one run.
type Row struct {
	N         int           `json:"row"` // from 1; 0: the undisturbed run
	Met       []Packet      `json:"packets"`
	Faults    []fault.Fault `json:"-"`                 // by Met
	Users     []User        `json:"users"`             // what each was told
	Repairs   []Repair      `json:"repairs"`           // by Met: who made up for it
	Effects   []Effect      `json:"effects,omitempty"` // by Met, of copies and of what was held: what came of it
	Ends      []ask.Subject `json:"ends"`              // what each end believes when all is over
	Broken    []law.Breach  `json:"-"`
	End       trace.End     `json:"-"`
	WentWrong []string      `json:"wrong"` // against the undisturbed run, one sentence each

	ofUsers int // how many of WentWrong are about users
}

// Each runs the scenario once for each packet of its undisturbed run, or once
// for each pattern of as many as o.Packets says. The error is the scenario's,
// the context's, or that there would be too many runs.
func Each(ctx context.Context, s *sim.Scenario, o Options) (*Table, error) {
	base, err := Play(s)
	if err != nil {
		return nil, err
	}
	e := &each{scenario: s, options: o, base: newRow(base, pattern{}, nil)}
	e.rooms.New = func() any { return new(room) }
	t := &Table{Title: s.Title, Do: o.Do, Undisturbed: *e.base}
	level := [][]target{targets(base.Trace, o.Do, -1)}
	for _, x := range level[0] {
		if x.spared != "" {
			t.Spared = append(t.Spared, Spared{x.Packet, x.spared})
		}
	}
	patterns := []pattern{{}}
	for depth := 1; ; depth++ {
		patterns = grow(patterns, level)
		if err := e.tooMany(len(patterns), len(base.Trace.Events)); err != nil {
			return nil, err
		}
		if depth >= o.Packets {
			break
		}
		if level, err = inOrder(ctx, o.Workers, len(patterns), func(i int) ([]target, error) { return e.next(patterns[i]) }); err != nil {
			return nil, err
		}
	}
	t.Rows, err = inOrder(ctx, o.Workers, len(patterns), func(i int) (Row, error) { return e.row(i+1, patterns[i]) })
	return t, err
}

// pattern is a list of packets, each with the fault that meets it in the run
// with the faults before.
type pattern []target

func (p pattern) faults() []fault.Fault {
	list := make([]fault.Fault, len(p))
	for i := range p {
		list[i] = p[i].fault
	}
	return list
}

// grow puts behind each pattern each target of its run.
func grow(patterns []pattern, by [][]target) []pattern {
	var all []pattern
	for i, p := range patterns {
		for _, t := range by[i] {
			if t.spared == "" {
				all = append(all, append(slices.Clip(p), t))
			}
		}
	}
	return all
}

type each struct {
	scenario *sim.Scenario
	options  Options
	base     *Row
	rooms    sync.Pool // of *room
}

func (e *each) tooMany(runs, events int) error {
	most := e.options.Most
	if most == 0 {
		most = DefaultMost
	}
	if most = min(most, mostEvents/max(1, events)); runs > most {
		return fmt.Errorf("%d runs of %d events each are more than the %d that would end soon", runs, events, most)
	}
	return nil
}

// play runs a pattern, holds that each of its faults met its packet, and hands
// the run to read, which keeps nothing of it.
func (e *each) play(p pattern, read func(*Run)) error {
	r := e.rooms.Get().(*room)
	defer e.rooms.Put(r)
	run, err := r.play(e.scenario, p.faults())
	if err != nil {
		return err
	}
	for i := range p {
		if n := met(run.Trace, &p[i]); n != p[i].N {
			return fmt.Errorf("%s: it met packet %d and not %d", p[i].fault, n, p[i].N)
		}
	}
	read(run)
	return nil
}

// met is the one packet that the fault met: 0 for none, -1 for more than one.
func met(tr *trace.Trace, t *target) int32 {
	n, why := int32(0), t.fault.String()
	for i := range tr.Events {
		e := &tr.Events[i]
		if e.Text != why || e.Kind != trace.Verdict && e.Kind != trace.Segment {
			continue
		}
		number := e.Packet.N
		if e.Packet.CopyOf != 0 {
			number = e.Packet.CopyOf
		}
		if n != 0 && n != number {
			return -1
		}
		n = number
	}
	if t.stream && n > 0 {
		return t.N // a segment that begins with the message has a number of its own
	}
	return n
}

// next are the packets that may be met after a pattern.
func (e *each) next(p pattern) (next []target, err error) {
	err = e.play(p, func(run *Run) { next = targets(run.Trace, e.options.Do, p[len(p)-1].event) })
	return next, err
}

func (e *each) row(n int, p pattern) (r Row, err error) {
	err = e.play(p, func(run *Run) { r = *newRow(run, p, e.base) })
	r.N = n
	return r, err
}

// newRow reads a run; base is the undisturbed one, nil for that itself.
func newRow(run *Run, p pattern, base *Row) *Row {
	tr := run.Trace
	r := &Row{
		Met: []Packet{}, Faults: p.faults(), Users: users(tr, base), Repairs: []Repair{},
		Ends: ask.Ends(tr, tr.End.At), Broken: run.Broken, End: tr.End, WentWrong: []string{},
	}
	c := &chains{tr: tr, mixed: mixed(tr)}
	for i := range p {
		t := &p[i]
		r.Met = append(r.Met, t.Packet)
		if t.fault.Kind != fault.Duplicate {
			r.Repairs = append(r.Repairs, c.repair(&t.Packet))
		}
		if t.fault.Kind != fault.Lose {
			r.Effects = append(r.Effects, c.effect(&t.Packet, t.fault.Kind))
		}
	}
	if base == nil {
		base = r
	}
	r.WentWrong = r.wrong(base)
	return r
}
