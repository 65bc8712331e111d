package explore

import (
	"siplab/sim"
	"siplab/sim/fault"
	"siplab/sim/law"
	"siplab/sim/trace"
)

// Run is one run of a scenario.
type Run struct {
	Trace  *trace.Trace
	Broken []law.Breach
	watch  *law.Watch
}

// Met adds to times how often the run put each law to the test; see [law.Watch].
func (r *Run) Met(times []int) []int { return r.watch.Met(times) }

// Play runs a scenario with more faults, after those of its own, under the
// eyes of all laws. The error says what in the scenario cannot be.
func Play(s *sim.Scenario, faults ...fault.Fault) (*Run, error) {
	return new(room).play(s, faults)
}

// room keeps the events of a run, in memory that its next run uses again, and
// holds it against the laws. It is a trace.Observer.
type room struct {
	trace    trace.Trace
	watch    law.Watch
	stage    stage
	scenario sim.Scenario // with the faults of this run

	// for what leads to a run, and for what is read off it
	faults   []fault.Fault
	namer    namer
	key      []byte
	meetings []Meeting
	dialogs  []standing
	senders  []sending
}

// Begin implements trace.Observer.
func (r *room) Begin(h *trace.Header) {
	r.trace = trace.Trace{Header: *h, Events: r.trace.Events[:0]}
}

// Event implements trace.Observer.
func (r *room) Event(e *trace.Event) { r.trace.Events = append(r.trace.Events, *e) }

// Finish implements trace.Observer.
func (r *room) Finish(e *trace.End) { r.trace.End = *e }

// play is Play. The run is valid until the room's next one.
func (r *room) play(s *sim.Scenario, faults []fault.Fault) (*Run, error) {
	list := append(append(r.scenario.Faults[:0], s.Faults...), faults...)
	r.scenario = *s
	r.scenario.Faults = list
	if err := r.stage.run(&r.scenario, r, &r.watch); err != nil {
		return nil, err
	}
	return &Run{Trace: &r.trace, Broken: r.watch.Broken(), watch: &r.watch}, nil
}
