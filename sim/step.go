package sim

import (
	"fmt"

	"siplab/netem"
	"siplab/sim/trace"
	"siplab/sim/words"
)

// Step takes the next thing that happens and hands its events to the
// observers. It is false once the run has ended.
func (w *World) Step() bool {
	if w.ended {
		return false
	}
	if !w.announced {
		w.announced = true
		for _, o := range w.observers {
			o.Begin(&w.header)
		}
	}
	if w.done() {
		return false
	}
	ev, ok := w.net.Next()
	if !ok {
		return w.finish(trace.Quiet, "")
	}
	switch ev.Kind {
	case netem.Arrival:
		if ev.Packet.Flags != 0 {
			w.arriveSegment(&ev)
		} else {
			w.arrive(ev.Packet)
		}
	case netem.Lost:
		w.lostOnArrival(ev.Packet, ev.Why)
	case netem.Wake:
		w.fire(int32(ev.Token))
	default:
		w.connection(&ev)
	}
	return !w.ended
}

// done ends the run where nothing but upkeep is left, where the scenario says
// so, or at a bound.
func (w *World) done() bool {
	next, ok := w.net.Pending()
	last := w.scenario.For
	switch {
	case !ok, last == 0 && w.work == 0 && w.travelling() == 0 && !w.net.Busy():
		w.finish(trace.Quiet, "")
	case last > 0 && next > last:
		w.finish(trace.Bound, "") // as the scenario says
	case next > w.bounds.Time:
		w.finish(trace.Bound, "virtual time would pass the bound of "+words.FormatDuration(w.bounds.Time))
	case int(w.events) >= w.bounds.Events:
		w.finish(trace.Bound, fmt.Sprintf("the run has had %d events, its bound", w.events))
	default:
		return false
	}
	return true
}

// travelling counts the packets that will arrive by themselves.
func (w *World) travelling() int {
	c := w.net.Counts()
	return c.InFlight - c.Held
}

// finish ends the run. It returns false, as Step does.
func (w *World) finish(why, text string) bool {
	w.ended = true
	w.loseHalfOpen()
	w.noteUnused()
	w.end = trace.End{At: w.net.Now(), Why: why, Text: text, Held: w.held()}
	for _, o := range w.observers {
		o.Finish(&w.end)
	}
	return false
}

// held are the packets that a fault kept to the end.
func (w *World) held() []string {
	var list []string
	for _, p := range w.net.Held() {
		f := p.Note.(*flight)
		what := f.packet.Label
		if f.segment != nil {
			what = f.segment.Flags.String()
		}
		list = append(list, fmt.Sprintf("%s from %s", what, w.hosts[f.packet.From].name))
	}
	return list
}
