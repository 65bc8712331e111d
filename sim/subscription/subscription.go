package subscription

import (
	"time"

	"siplab/sim/fsm"
)

// ID is what messages of a subscription have in common: the ID of its dialog
// and its Event. Before its first NOTIFY a subscriber has no remote tag.
type ID struct {
	CallID, LocalTag, RemoteTag string
	Event                       Event
}

// Subscription is one subscription as one of its two user agents sees it.
type Subscription struct {
	ID
	Number int32         // of the subscription at this host, from 1, in order of creation
	Until  time.Duration // when it runs out, in virtual time

	table   *Table
	machine *fsm.Machine
	run     fsm.Run
	forks   int // that its SUBSCRIBE made besides it
}

// State is where the subscription stands.
func (s *Subscription) State() fsm.State { return s.run.State }

// Machine is the table that it follows: the subscriber's or the notifier's.
func (s *Subscription) Machine() *fsm.Machine { return s.machine }

// Left is how long the subscription still lasts at a time, in whole seconds:
// what is left of a second counts as one, so that nothing ends before its time.
func (s *Subscription) Left(now time.Duration) time.Duration {
	if s.Until <= now {
		return 0
	}
	return (s.Until - now + time.Second - 1).Truncate(time.Second)
}

// Step is what an event has done to a subscription.
type Step struct {
	From, To fsm.State   // equal: the machine did not move
	On       string      // the event in words
	Ref      string      // the section of the row
	Why      string      // why the machine makes nothing of the event
	Starts   []fsm.Clock // the timers that the move starts
	Stops    []fsm.Clock // and stops
}

// Moved says whether the state changed.
func (s Step) Moved() bool { return s.From != s.To }

// Step takes an event. A subscription that it ends leaves its table.
func (s *Subscription) Step(e fsm.Event) Step {
	out := Step{From: s.run.State, To: s.run.State, On: s.machine.Event(e), Ref: s.machine.Ref}
	row := s.run.Step(s.machine, e, 0)
	if row == nil {
		out.Why = "the machine has no row for it"
		return out
	}
	out.To, out.Ref, out.Why = row.To, row.Ref, row.Why
	out.Starts, out.Stops = row.Starts, row.Stops
	if row.To == Terminated {
		s.table.remove(s)
	}
	return out
}

// After is how long a timer of the machine is to run.
func (s *Subscription) After(c *fsm.Clock, base time.Duration) time.Duration {
	return s.run.After(c, &fsm.Lengths{t1: base})
}
