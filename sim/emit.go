package sim

import "siplab/sim/trace"

// noCause is the cause of what nothing in the run caused: a human's act.
const noCause int32 = -1

// event begins a trace event. It is used again at the next call. It is emptied
// first and filled then: as one literal it would be built elsewhere and copied.
func (w *World) event(kind trace.Kind, host trace.HostID, cause int32) *trace.Event {
	e := &w.scratch
	*e = trace.Event{}
	e.I, e.At, e.Kind, e.Host, e.Cause = w.events, w.net.Now(), kind, host, cause
	return e
}

// emit hands the event to the observers and returns its index.
func (w *World) emit(e *trace.Event) int32 {
	for _, o := range w.observers {
		o.Event(e)
	}
	w.events++
	return e.I
}

// note records a remark, with the section it rests on.
func (w *World) note(host trace.HostID, cause int32, ref, text string) {
	e := w.event(trace.Note, host, cause)
	e.Ref, e.Text = ref, text
	w.emit(e)
}
