package explore

import (
	"cmp"
	"slices"
	"strings"
	"time"

	"siplab/sim/trace"
)

// Wait is what made some delays longer: the timer that fired last, after the
// attempt began, in the chain of causes of the response that ended the delay.
type Wait struct {
	Timer string `json:"timer"` // "RTO": of a TCP segment (RFC 6298)
	Host  string `json:"host"`  // whose
	At    int64  `json:"at_ms"` // when it fired, in whole milliseconds since the attempt began
	N     int64  `json:"n"`     // how many delays
}

// order is that of waits: by time, host and timer.
func (w *Wait) order(v *Wait) int {
	return cmp.Or(cmp.Compare(w.At, v.At), strings.Compare(w.Host, v.Host), strings.Compare(w.Timer, v.Timer))
}

// after adds a wait.
func (d *Delays) after(w Wait) {
	i, found := slices.BinarySearchFunc(d.Waits, w, func(a, b Wait) int { return a.order(&b) })
	if !found {
		d.Waits = slices.Insert(d.Waits, i, w)
		return
	}
	d.Waits[i].N += w.N
}

// firing is the last timer that fired in a chain of causes; timer "": none did.
type firing struct {
	timer string
	host  trace.HostID
	at    time.Duration
	of    trace.HostID // whose the event itself is
	sent  int32        // the last message in the chain, as the index of its event; -1: none
}

// firings are those of all events of a run, by index.
type firings []firing

// note takes an event in. A message that comes by TCP is caused by its sending
// and not by a segment: what fires for one of its segments fires for it.
func (f *firings) note(e *trace.Event) {
	last := firing{sent: -1}
	if e.Cause >= 0 {
		last = (*f)[e.Cause]
	}
	switch {
	case e.Kind == trace.Send:
		last.sent = e.I
	case e.Kind == trace.Timer && e.Op == "fire":
		last.fire(e.Name, e)
	case e.Kind == trace.Segment && e.Op == "repeat":
		last.fire("RTO", e)
		if last.sent >= 0 && (*f)[last.sent].of == e.Host {
			(*f)[last.sent] = last
		}
	}
	last.of = e.Host
	*f = append(*f, last)
}

func (f *firing) fire(timer string, e *trace.Event) {
	f.timer, f.host, f.at = timer, e.Host, e.At
}
