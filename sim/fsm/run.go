package fsm

import "time"

// Probe is shown each row that a machine takes, for who wants to know what was
// reached.
type Probe func(m *Machine, r *Row)

// Run is one machine at work. Its zero value is a machine that has not begun.
type Run struct {
	State State
	// Interval is how long the doubling timer last ran. One is enough: Check
	// lets no two doubling timers live at once.
	Interval time.Duration
	Reliable bool // the channel below neither loses nor repeats
	Seen     Probe
}

// Step takes the event: it moves the run and returns the row that says what to
// do, or nil where the table says nothing. The caller carries out the row's
// Stops, Starts and Do: Has says whether this run has the timer, After how long
// it is to run.
func (r *Run) Step(m *Machine, e Event, hold Conditions) *Row {
	row := m.Row(r.State, e, hold)
	if row == nil {
		return nil
	}
	r.State = row.To
	if r.Seen != nil {
		r.Seen(m, row)
	}
	return row
}

// Has says whether the run has the timer at all: a reliable channel does
// without some.
func (r *Run) Has(c *Clock) bool { return !r.Reliable || c.Length.Reliable != Never }

// After is how long the timer that a row starts is to run.
func (r *Run) After(c *Clock, values *Lengths) time.Duration {
	after := c.Length.First(values, r.Reliable)
	if c.Again {
		after = c.Length.Next(r.Interval, values, r.Reliable)
	}
	if c.Length.Doubles {
		r.Interval = after
	}
	return after
}

// Leave ends the run from outside, for a reason that is not the machine's. It
// returns the row that stops what still runs.
func (r *Run) Leave(m *Machine) *Row {
	row := &m.leave[r.State]
	r.State = m.Final
	return row
}
