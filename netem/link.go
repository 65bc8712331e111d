package netem

import (
	"math"
	"time"
)

// link is one direction between two hosts: its conditions and what they
// remember.
type link struct {
	rules  *rules
	own    bool // does not obey the default
	cut    bool
	chance Chance
	last   last
	state  uint8         // of the loss model
	since  uint32        // packets since one was reordered
	queued uint32        // packets on the way
	busy   time.Duration // when the link has sent what it was given
}

// last are the last draws of what can be correlated.
type last struct{ delay, loss, duplicate, reorder, corrupt uint32 }

// rules are conditions with the words for what they do, written once for all
// the links that have them.
type rules struct {
	Conditions
	limit                             uint32 // 0: none
	lossWhy, duplicateWhy, corruptWhy string
	limitWhy                          string
}

func newRules(c Conditions) *rules {
	r := &rules{Conditions: c, limit: c.Limit}
	if c != (Conditions{}) && c.Limit == 0 {
		r.limit = DefaultLimit
	}
	r.lossWhy = c.Loss.String()
	r.duplicateWhy = c.Duplicate.words("duplicate")
	r.corruptWhy = c.Corrupt.words("corrupt")
	r.limitWhy = Conditions{Limit: r.limit}.String()
	return r
}

// lot is what chance says of one packet. It is drawn when the packet is sent,
// whatever a Judge says of it then: so a named fault shifts no other draw.
type lot struct {
	lost, copied, ahead, flipped bool
	bit                          uint64 // which bit is turned, as a part of the payload
	delay                        time.Duration
}

// follow makes the link obey rules from now on. What is on the way stays.
func (l *link) follow(r *rules) {
	l.rules, l.last, l.state, l.since = r, last{}, good, 0
}

// draw draws the lots of a packet and of the copy that chance makes of it. A
// packet that is to be lost and copied goes on alone, as in tc: the copy is
// the one that is lost.
func (l *link) draw(lots *[2]lot) {
	copied := l.hit(l.rules.Duplicate, &l.last.duplicate)
	lost := l.lose(&l.rules.Loss)
	lots[0] = lot{copied: copied, lost: lost && !copied}
	l.cast(&lots[0])
	if copied {
		lots[1].lost = lost || l.lose(&l.rules.Loss)
		l.cast(&lots[1])
	}
}

// cast draws the rest for a packet that is not lost.
func (l *link) cast(t *lot) {
	if t.lost {
		return
	}
	if t.flipped = l.hit(l.rules.Corrupt, &l.last.corrupt); t.flipped {
		t.bit = l.chance.Uint64()
	}
	if t.ahead = l.overtake(); !t.ahead {
		t.delay = l.delay()
	}
}

// hit draws whether something with these odds happens.
func (l *link) hit(o Odds, last *uint32) bool {
	return o.Percent != 0 && uint32(o.Percent) >= l.chance.near(last, o.Correlation)
}

// overtake draws whether the next packet is sent at once: never one of the
// first Gap-1 after the last that was.
func (l *link) overtake() bool {
	r := l.rules
	if r.Reorder.Percent == 0 {
		return false
	}
	if l.since+1 >= r.Gap && l.hit(r.Reorder, &l.last.reorder) {
		l.since = 0
		return true
	}
	l.since++
	return false
}

func (l *link) delay() time.Duration {
	if l.rules.Jitter == 0 {
		return l.rules.Delay
	}
	return max(0, l.rules.Delay+l.rules.spread(l.chance.near(&l.last.delay, l.rules.DelayCorrelation)))
}

// full reports whether the link carries as much as it may.
func (l *link) full() bool { return l.rules.limit != 0 && l.queued >= l.rules.limit }

// enter puts a packet of so many bytes on the link and says when it comes out.
// With a rate, packets go out one after the other, and the time that one
// spends waiting for those before it counts as part of its delay.
func (l *link) enter(now time.Duration, t *lot, bytes int) time.Duration {
	l.queued++
	switch {
	case t.ahead:
		return now
	case l.rules.Rate.Bits == 0:
		return later(now, t.delay)
	}
	l.busy = later(max(l.busy, later(now, t.delay)), l.rules.Rate.time(bytes))
	return l.busy
}

// later is a time and a duration, or the end of all time.
func later(at, d time.Duration) time.Duration {
	return at + min(d, math.MaxInt64-at)
}
