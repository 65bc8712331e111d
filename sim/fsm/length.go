package fsm

import (
	"strconv"
	"strings"
	"time"
)

// Base is a length of time that the owner of a machine names and gives a
// value when a machine runs: T1, T2, … Base 0 is none.
type Base uint8

// Length is how long a timer runs: a multiple of a base, or a fixed time. It
// may double each time the timer starts again, and may differ where the
// channel below is reliable.
type Length struct {
	Of       Base
	Multiple int           // of the base
	Fixed    time.Duration // where Of is 0
	Doubles  bool          // each start after a firing is twice as long as the last …
	Cap      Base          // … but no longer than this; 0: no limit
	Reliable Reliability
}

// Reliability says what a timer does over a reliable channel, one that
// neither loses nor repeats messages.
type Reliability uint8

// What a timer does over a reliable channel.
const (
	Alike Reliability = iota // the same
	Zero                     // fires at once
	Never                    // never starts
)

// Once is the base itself as a length.
func (b Base) Once() Length { return Length{Of: b, Multiple: 1} }

// Times is a multiple of the base.
func (b Base) Times(n int) Length { return Length{Of: b, Multiple: n} }

// Doubling is the base, and twice as long at each start after a firing,
// without a limit.
func (b Base) Doubling() Length { return Length{Of: b, Multiple: 1, Doubles: true} }

// DoublingTo is like Doubling, with a limit.
func (b Base) DoublingTo(limit Base) Length {
	return Length{Of: b, Multiple: 1, Doubles: true, Cap: limit}
}

// Fixed is a length that depends on no base.
func Fixed(d time.Duration) Length { return Length{Fixed: d} }

// UnreliableOnly is the length for a timer that reliable channels do without.
func (l Length) UnreliableOnly() Length { l.Reliable = Never; return l }

// ZeroIfReliable is the length for a timer that reliable channels let fire at
// once.
func (l Length) ZeroIfReliable() Length { l.Reliable = Zero; return l }

// Lengths are the values of the bases, by Base; index 0 is unused.
type Lengths [8]time.Duration

// First is how long the timer runs when it starts.
func (l Length) First(values *Lengths, reliable bool) time.Duration {
	switch {
	case reliable && l.Reliable == Zero:
		return 0
	case l.Of == 0:
		return l.Fixed
	}
	return values[l.Of] * time.Duration(l.Multiple)
}

// Next is how long the timer runs when it starts again after running for
// last.
func (l Length) Next(last time.Duration, values *Lengths, reliable bool) time.Duration {
	if !l.Doubles {
		return l.First(values, reliable)
	}
	next := 2 * last
	if l.Cap != 0 {
		next = min(next, values[l.Cap])
	}
	return next
}

// text says the length in words; the names are those of the bases.
func (l Length) text(names []string) string {
	var b strings.Builder
	switch {
	case l.Of == 0:
		b.WriteString(l.Fixed.String())
	case l.Multiple == 1:
		b.WriteString(names[l.Of])
	default:
		b.WriteString(strconv.Itoa(l.Multiple) + "*" + names[l.Of])
	}
	if l.Doubles {
		b.WriteString(", doubling")
	}
	if l.Cap != 0 {
		b.WriteString(" up to " + names[l.Cap])
	}
	switch l.Reliable {
	case Zero:
		b.WriteString("; 0 if reliable")
	case Never:
		b.WriteString("; unreliable only")
	}
	return b.String()
}
