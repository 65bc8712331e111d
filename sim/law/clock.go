package law

import (
	"time"

	"siplab/sim/trace"
)

var clock = Law{
	ID:    "clock",
	Text:  "time never goes back, a cause comes before its effect, and no packet arrives before its time",
	watch: func() any { return &clockWatch{last: -1, due: map[int32]time.Duration{}} },
}

// clockWatch keeps when each packet in flight is due.
type clockWatch struct {
	now  time.Duration
	last int32
	due  map[int32]time.Duration
}

func (c *clockWatch) event(e *trace.Event, law *tally) {
	law.met()
	if e.At < c.now {
		law.broken(e.I, "the clock goes back from %s to %s", c.now, e.At)
	}
	if e.I <= c.last {
		law.broken(e.I, "event %d comes after event %d", e.I, c.last)
	}
	if e.Cause >= e.I || e.Cause < -1 {
		law.broken(e.I, "event %d is caused by event %d", e.I, e.Cause)
	}
	c.now, c.last = max(c.now, e.At), max(c.last, e.I)
	if e.Packet != nil {
		c.packet(e, law)
	}
}

func (c *clockWatch) packet(e *trace.Event, law *tally) {
	switch e.Kind {
	case trace.Send, trace.Duplicate:
		c.due[e.Packet.N] = e.At
	case trace.Verdict:
		if e.After < 0 {
			law.broken(e.I, "packet %d is delayed by %s", e.Packet.N, e.After)
		}
		c.due[e.Packet.N] = e.At + e.After
	case trace.Arrive:
		if due, ok := c.due[e.Packet.N]; ok && e.At < due {
			law.broken(e.I, "packet %d arrives at %s, and was due at %s", e.Packet.N, e.At, due)
		}
		delete(c.due, e.Packet.N)
	case trace.Lose:
		delete(c.due, e.Packet.N)
	}
}

func (c *clockWatch) finish(end *trace.End, law *tally) {
	if end.At < c.now {
		law.broken(-1, "the run ends at %s, before its last event at %s", end.At, c.now)
	}
}
