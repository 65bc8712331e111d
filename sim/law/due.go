package law

import (
	"slices"
	"time"

	"siplab/sim/trace"
)

// duties are what elements have to do at once: within the moment of the trace in
// which they were asked for it. The zero duties is ready.
type duties struct{ list []duty }

type duty struct {
	of    txn
	event int32
	since time.Duration
}

// add notes a duty, unless there is one already.
func (d *duties) add(of txn, e *trace.Event) {
	if !slices.ContainsFunc(d.list, func(x duty) bool { return x.of == of }) {
		d.list = append(d.list, duty{of, e.I, e.At})
	}
}

// done takes a duty off the list.
func (d *duties) done(of txn) {
	d.list = slices.DeleteFunc(d.list, func(x duty) bool { return x.of == of })
}

// judge names the duties whose moment is over.
func (d *duties) judge(now time.Duration, failed func(x duty)) {
	for len(d.list) > 0 && d.list[0].since < now {
		failed(d.list[0])
		d.list = slices.Delete(d.list, 0, 1)
	}
}
