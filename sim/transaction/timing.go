package transaction

import (
	"time"

	"siplab/sim/fsm"
)

// Timing are the lengths of time that a scenario may set (RFC 3261 Table 4).
type Timing struct {
	T1 time.Duration // estimate of the round-trip time
	T2 time.Duration // longest interval between repeats of a non-INVITE request or an INVITE response
	T4 time.Duration // longest time that a message stays in the network
}

// DefaultTiming has the defaults of RFC 3261 Table 4.
var DefaultTiming = Timing{T1: 500 * time.Millisecond, T2: 4 * time.Second, T4: 5 * time.Second}

// OrDefault fills what is not positive with the defaults.
func (t Timing) OrDefault() Timing {
	d := DefaultTiming
	if t.T1 > 0 {
		d.T1 = t.T1
	}
	if t.T2 > 0 {
		d.T2 = t.T2
	}
	if t.T4 > 0 {
		d.T4 = t.T4
	}
	return d
}

func (t Timing) lengths() fsm.Lengths {
	var l fsm.Lengths
	l[t1], l[t2], l[t4], l[twiceT2] = t.T1, t.T2, t.T4, 2*t.T2
	return l
}

// trying is when a server transaction answers 100 by itself. RFC 3261 §17.2.1
// gives the user of an INVITE 200 ms; RFC 4320 §4.1 gives that of any other
// request "the amount of time it takes a client transaction's Timer E to be
// reset to T2", 3.5 s by default.
func (t Timing) trying(k Kind) time.Duration {
	if k == InviteServer {
		return 200 * time.Millisecond
	}
	after, interval := t.T1, min(2*t.T1, t.T2)
	for interval < t.T2 {
		after += interval
		interval = min(2*interval, t.T2)
	}
	return after
}

// Timer is one of the transaction timers.
type Timer fsm.Event

// The transaction timers. C is the proxy core's (RFC 3261 §16.6 item 11).
const (
	_ Timer = iota
	TimerA
	TimerB
	TimerD
	TimerE
	TimerF
	TimerG
	TimerH
	TimerI
	TimerJ
	TimerK
	TimerL
	TimerM
	Timer100 // the server transaction's own 100 (Trying) is due
	timers
)

// String is the timer's letter; "100" for the one that has none.
func (t Timer) String() string {
	if t == Timer100 {
		return "100"
	}
	const letters = "?ABDEFGHIJKLM"
	if int(t) >= len(letters) {
		return "?"
	}
	return letters[t : t+1]
}
