package fsm

import (
	"fmt"
	"slices"
)

// Check lists all that is wrong with the table, nil where nothing is:
//
//   - no two rows for one state, event and condition;
//   - every state can be reached, and can end;
//   - a state that time alone does not end is listed by Waits, and no other;
//   - each timer has a row in each state where it lives, and none elsewhere;
//   - no two doubling timers live in one state;
//   - each event from outside has a row or a drop in each state;
//   - each rule cites its source.
func (m *Machine) Check() []error {
	var errs []error
	say := func(format string, args ...any) {
		errs = append(errs, fmt.Errorf(m.Name+": "+format, args...))
	}
	m.checkRows(say)
	m.checkReach(say)
	m.checkEnds(say)
	m.checkTimers(say)
	m.checkTotal(say)
	return errs
}

type sayer func(format string, args ...any)

func (m *Machine) checkRows(say sayer) {
	type pair struct {
		State
		Event
		Condition
	}
	seen := map[pair]bool{}
	for i := range m.rows {
		r := &m.rows[i]
		where := m.State(r.From) + ", " + m.Event(r.On)
		if k := (pair{r.From, r.On, r.When}); seen[k] {
			say("two rows for %s", where)
		} else {
			seen[k] = true
		}
		if r.Ref == "" {
			say("the row for %s cites nothing", where)
		}
		if r.From == m.Final {
			say("a row leaves the final state on %s", m.Event(r.On))
		}
	}
}

// states are the states that the rows name, in order, without the time before
// the beginning.
func (m *Machine) states() []State {
	var all []State
	for s := State(1); int(s) < len(m.words.States); s++ {
		if slices.ContainsFunc(m.rows, func(r Row) bool { return r.From == s || r.To == s }) {
			all = append(all, s)
		}
	}
	return all
}

func (m *Machine) checkReach(say sayer) {
	reached := m.closure(0, func(r *Row) bool { return true })
	for _, s := range m.states() {
		if !reached[s] {
			say("%s cannot be reached", m.State(s))
		}
	}
}

// closure is the set of states to which the rows that count lead from s.
func (m *Machine) closure(s State, counts func(*Row) bool) map[State]bool {
	seen := map[State]bool{s: true}
	for grew := true; grew; {
		grew = false
		for i := range m.rows {
			if r := &m.rows[i]; seen[r.From] && !seen[r.To] && counts(r) {
				seen[r.To], grew = true, true
			}
		}
	}
	return seen
}

func (m *Machine) checkEnds(say sayer) {
	for _, s := range m.states() {
		if !m.closure(s, func(*Row) bool { return true })[m.Final] {
			say("%s cannot end", m.State(s))
		}
		// Only timers that run on every channel count.
		alone := m.closure(s, func(r *Row) bool {
			t := m.timerIn(r.On, r.From)
			return t != nil && t.Length.Reliable != Never
		})[m.Final]
		listed := slices.ContainsFunc(m.waits, func(w Wait) bool { return w.State == s })
		switch {
		case !alone && !listed:
			say("time alone does not end %s, and nobody is named who does", m.State(s))
		case alone && listed:
			say("%s is listed as waiting, but ends by itself", m.State(s))
		}
	}
	for _, w := range m.waits {
		if w.Ref == "" || w.For == "" {
			say("the wait in %s cites nothing, or nobody", m.State(w.State))
		}
	}
}

func (m *Machine) checkTimers(say sayer) {
	doubling := map[State]Event{}
	for i := range m.timers {
		t := &m.timers[i]
		if t.Ref == "" || t.Meaning == "" {
			say("%s cites nothing, or means nothing", m.Event(t.On))
		}
		for _, s := range t.In {
			if m.Row(s, t.On, ^Conditions(0)) == nil {
				say("%s lives in %s and has no row there", m.Event(t.On), m.State(s))
			}
			if other, ok := doubling[s]; ok && t.Length.Doubles && other != t.On {
				say("%s and %s both double in %s", m.Event(other), m.Event(t.On), m.State(s))
			}
			if t.Length.Doubles {
				doubling[s] = t.On
			}
		}
	}
	for i := range m.rows {
		if r := &m.rows[i]; m.isTimer(r.On) && m.timerIn(r.On, r.From) == nil {
			say("%s has a row in %s and does not live there", m.Event(r.On), m.State(r.From))
		}
	}
}

func (m *Machine) isTimer(e Event) bool {
	return slices.ContainsFunc(m.timers, func(t Timer) bool { return t.On == e })
}

func (m *Machine) checkTotal(say sayer) {
	for _, e := range m.alphabet() {
		for _, s := range m.states() {
			if s != m.Final && m.Row(s, e, 0) == nil {
				say("nothing is said of %s in %s", m.Event(e), m.State(s))
			}
		}
	}
}

// alphabet is the events that come to a machine at work from outside, in
// order.
func (m *Machine) alphabet() []Event {
	var all []Event
	for e := Event(1); int(e) < len(m.words.Events); e++ {
		if !m.isTimer(e) && slices.ContainsFunc(m.rows, func(r Row) bool { return r.On == e && r.From != 0 }) {
			all = append(all, e)
		}
	}
	return all
}
