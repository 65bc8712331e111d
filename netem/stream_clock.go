package netem

import "time"

// The constants of RFC 6298: §2 (2.1), (2.4) and (2.5), §5 (5.7), and the
// granularity of the clock, which §4 has at 100 ms or finer.
const (
	firstRTO    = time.Second
	leastRTO    = time.Second
	mostRTO     = time.Minute
	dataRTO     = 3 * time.Second
	granularity = 100 * time.Millisecond
)

// TimeWait is how long the end that closed first remembers a connection:
// twice the longest life of a segment, here 30 s.
const TimeWait = time.Minute

// clock is the retransmission timer of a connection (RFC 6298) and what it is
// set by.
type clock struct {
	handle       Handle
	runs         bool
	rto          time.Duration
	srtt, rttvar time.Duration
	since        time.Duration // when the oldest unacknowledged number became that
	timing       bool          // the round trip of the number before timed
	timed        uint32
	timedAt      time.Duration
	again        bool   // what is before lost was sent before the timer fired
	lost         uint32 // and may have to be sent again
}

// startClock starts the timer, or starts it again.
func (c *Conn) startClock(d time.Duration) {
	c.stopClock()
	c.clock.handle = c.n.queue.Push(later(c.n.now, d), entry{parcel: &c.n.alarm, token: uint64(c.slot)})
	c.clock.runs = true
}

func (c *Conn) stopClock() {
	if c.clock.runs {
		c.n.queue.Stop(c.clock.handle)
		c.clock.runs = false
	}
}

// wait starts the retransmission timer, which fires no later than the
// connection gives up.
func (c *Conn) wait() {
	left := c.clock.since + c.patience() - c.n.now
	c.startClock(max(0, min(c.clock.rto, left)))
}

func (c *Conn) patience() time.Duration {
	s := c.n.Streams.orDefault()
	if c.phase == established {
		return s.GiveUp
	}
	return s.DialGiveUp
}

// time notes that a segment is sent for the first time. RFC 6298 §5 (5.1):
// "Every time a packet containing data is sent (including a retransmission),
// if the timer is not running, start it running".
func (c *Conn) time(end uint32) {
	t := &c.clock
	if !t.timing {
		t.timing, t.timed, t.timedAt = true, end, c.n.now
	}
	if !t.runs {
		t.since = c.n.now
		c.wait()
	}
}

// heard sets the clock by an acknowledgement. Karn's algorithm: what was sent
// again measures nothing.
func (c *Conn) heard(ack uint32) {
	t := &c.clock
	if t.timing && !follows(t.timed, ack) {
		t.timing = false
		t.measure(c.n.now - t.timedAt)
	} else if c.phase == established && t.srtt == 0 && t.again {
		t.rto = dataRTO
	}
	t.since = c.n.now
	if c.out.una == c.out.next {
		t.again = false
		c.stopClock()
		return
	}
	// A hole is left of what was sent before the timer fired. Nothing else
	// would show it before the timer fires again.
	c.repeat = t.again && follows(t.lost, ack)
	t.again = c.repeat
	c.wait()
}

// measure takes a round trip (RFC 6298 §2).
func (t *clock) measure(r time.Duration) {
	if t.srtt == 0 {
		t.srtt, t.rttvar = r, r/2
	} else {
		t.rttvar = (3*t.rttvar + (t.srtt - r).Abs()) / 4
		t.srtt = (7*t.srtt + r) / 8
	}
	t.rto = min(mostRTO, max(leastRTO, t.srtt+max(granularity, 4*t.rttvar)))
}

// expire is for the timer of a connection. RFC 6298 §5 (5.4): "Retransmit the
// earliest segment that has not been acknowledged by the TCP receiver."
func (c *Conn) expire() {
	t := &c.clock
	t.runs = false
	switch {
	case c.phase == timeWait:
		c.n.forget(c)
		return
	case c.n.now-t.since >= c.patience():
		c.fail("no acknowledgement for " + c.patience().String())
		return
	}
	t.rto = min(mostRTO, 2*t.rto)
	t.timing, t.again, t.lost = false, true, c.out.next
	c.repeat = true
	c.wait()
	c.stir()
}
