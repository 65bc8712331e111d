package trace

// Recorder is an Observer that keeps the run. The zero Recorder is ready.
type Recorder struct {
	trace  Trace
	chunks [][]Event // since the last call of Trace
	spare  [][]Event // of runs before, to be used again
}

// A run of three messages should not pay for one of a million, and one of a
// million should not be copied each time it grows.
const (
	firstChunk   = 64 // and each next one twice as long …
	longestChunk = 4096
)

// Begin implements Observer. It forgets the run before, and uses its memory
// again: what Trace gave stays as it is.
func (r *Recorder) Begin(h *Header) {
	r.trace = Trace{Header: *h}
	r.reuse()
}

// reuse empties the chunks.
func (r *Recorder) reuse() {
	r.spare = append(r.spare, r.chunks...)
	r.chunks = r.chunks[:0]
}

// room is an empty chunk for the events after n chunks: one of a run before, or
// a new one.
func (r *Recorder) room(n int) []Event {
	if last := len(r.spare) - 1; last >= 0 {
		c := r.spare[last]
		r.spare = r.spare[:last]
		return c[:0]
	}
	return make([]Event, 0, chunkSize(n))
}

// Event implements Observer.
func (r *Recorder) Event(e *Event) {
	n := len(r.chunks)
	if n == 0 || len(r.chunks[n-1]) == cap(r.chunks[n-1]) {
		r.chunks = append(r.chunks, r.room(n))
		n++
	}
	last := &r.chunks[n-1]
	*last = append(*last, *e)
}

func chunkSize(n int) int { return min(firstChunk<<min(n, 10), longestChunk) }

// Finish implements Observer.
func (r *Recorder) Finish(e *End) { r.trace.End = *e }

// Trace is what was recorded so far. The Recorder goes on with the same Trace;
// the events in it stay where they are until the next call.
func (r *Recorder) Trace() *Trace {
	n := len(r.trace.Events)
	for _, c := range r.chunks {
		n += len(c)
	}
	if had := len(r.trace.Events); n > cap(r.trace.Events) {
		room := n
		if had > 0 {
			room += n / 4 // a run that goes on asks again and again
		}
		grown := make([]Event, had, room)
		copy(grown, r.trace.Events)
		r.trace.Events = grown
	}
	for _, c := range r.chunks {
		r.trace.Events = append(r.trace.Events, c...)
	}
	r.reuse()
	return &r.trace
}
