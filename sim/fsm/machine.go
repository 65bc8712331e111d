package fsm

// State, Event, Action and Condition are numbers that the owner of a machine
// names in its Words. State 0 is the time before the machine begins;
// Condition 0 always holds; Event 0 and Action 0 are none.
type (
	State     uint8
	Event     uint8
	Action    uint8
	Condition uint8
)

// Conditions is a set of conditions that hold at the moment.
type Conditions uint8

// With is the set and c.
func (s Conditions) With(c Condition) Conditions { return s | 1<<c }

func (s Conditions) has(c Condition) bool { return c == 0 || s&(1<<c) != 0 }

// Words are the names of a machine's numbers, by number.
type Words struct {
	States, Events, Actions, Conditions, Bases []string
}

// Row says what an event does in a state: where the machine goes and what it
// does there, in order. A row with Why drops the event.
type Row struct {
	From   State
	On     Event
	When   Condition
	To     State
	Do     []Action
	Ref    string  // the section of the standard
	Why    string  // why the event is dropped; "" for a row that is not a drop
	Stops  []Clock // the timers that the row stops, in the order of the table
	Starts []Clock // the timers that the row starts
}

// Clock is one timer that a row starts or stops. Again says that its own
// firing took the row.
type Clock struct {
	Timer  Event
	Length Length
	Again  bool
}

// Timer is one timer of a machine: its firing is the event On.
type Timer struct {
	On      Event
	Length  Length
	Ref     string
	Meaning string
	In      []State // where it lives
}

func (t *Timer) lives(s State) bool {
	for _, in := range t.In {
		if in == s {
			return true
		}
	}
	return false
}

// Wait names a state that time alone does not end, and who ends it.
type Wait struct {
	State State
	For   string
	Ref   string
}

// Rule is one line of a machine's table: a Row, a Timer or a Wait.
type Rule interface{ addTo(m *Machine) }

// On is a row: in state from, the event on leads to state to, and the machine
// does what do lists.
func On(from State, on Event, to State, ref string, do ...Action) Row {
	return Row{From: from, On: on, To: to, Do: do, Ref: ref}
}

// If limits the row to when the condition holds.
func (r Row) If(c Condition) Row { r.When = c; return r }

// Begin is the row by which a machine comes to be.
func Begin(on Event, to State, ref string, do ...Action) Row { return On(0, on, to, ref, do...) }

// Drop says that the standard gives the event no transition in that state, or
// forbids it, and why.
func Drop(in State, on Event, ref, why string) Row {
	return Row{From: in, On: on, To: in, Ref: ref, Why: why}
}

// Live is a timer and the states in which it lives. A timer whose length
// differs from state to state has a Live for each.
func Live(timer Event, length Length, ref, meaning string, in ...State) Timer {
	return Timer{On: timer, Length: length, Ref: ref, Meaning: meaning, In: in}
}

// Waits lists a state that ends only by what somebody else does.
func Waits(in State, who, ref string) Wait { return Wait{State: in, For: who, Ref: ref} }

func (r Row) addTo(m *Machine)   { m.rows = append(m.rows, r) }
func (t Timer) addTo(m *Machine) { m.timers = append(m.timers, t) }
func (w Wait) addTo(m *Machine)  { m.waits = append(m.waits, w) }

// Machine is a table of rules, made ready to run. It is never changed after
// New, and any number of Runs share it.
type Machine struct {
	Name  string
	Ref   string // where the standard draws it
	Final State  // entering it ends the machine

	words  *Words
	rows   []Row
	timers []Timer
	waits  []Wait
	first  []uint16 // by state and event: index+1 of the first row
	next   []uint16 // by row: index+1 of the next row of the same state and event
	leave  []Row    // by state: what ending the run from outside stops
}

// New makes a machine of its rules. It judges nothing: see Check.
func New(name, ref string, words *Words, final State, rules ...Rule) *Machine {
	m := &Machine{Name: name, Ref: ref, Final: final, words: words}
	for _, r := range rules {
		r.addTo(m)
	}
	m.first = make([]uint16, len(words.States)*len(words.Events))
	m.next = make([]uint16, len(m.rows))
	for i := range m.rows {
		m.timing(&m.rows[i])
		m.index(i)
	}
	m.leave = make([]Row, len(words.States))
	for s := range m.leave {
		m.leave[s] = Row{From: State(s), To: final}
		m.timing(&m.leave[s])
	}
	return m
}

// timing works out which timers the row starts and stops.
func (m *Machine) timing(r *Row) {
	for i := range m.timers {
		t := &m.timers[i]
		before, after := m.timerIn(t.On, r.From), m.timerIn(t.On, r.To)
		switch {
		case t != after && t != before:
		case t == after && before == nil:
			r.Starts = append(r.Starts, Clock{Timer: t.On, Length: t.Length})
		case t == after && t.On == r.On:
			r.Starts = append(r.Starts, Clock{Timer: t.On, Length: t.Length, Again: true})
		case t == before && after == nil && t.On != r.On:
			r.Stops = append(r.Stops, Clock{Timer: t.On, Length: t.Length})
		}
	}
}

// timerIn is the timer as it lives in the state, or nil.
func (m *Machine) timerIn(on Event, s State) *Timer {
	for i := range m.timers {
		if t := &m.timers[i]; t.On == on && t.lives(s) {
			return t
		}
	}
	return nil
}

// index puts row i behind the rows of the same state and event; a row without
// a condition stays last, so that it speaks where no condition holds.
func (m *Machine) index(i int) {
	at := &m.first[m.cell(m.rows[i].From, m.rows[i].On)]
	for *at != 0 && (m.rows[i].When == 0 || m.rows[*at-1].When != 0) {
		at = &m.next[*at-1]
	}
	m.next[i] = *at
	*at = uint16(i + 1)
}

func (m *Machine) cell(s State, e Event) int { return int(s)*len(m.words.Events) + int(e) }

// State is the name of a state; "" for the time before the machine begins.
func (m *Machine) State(s State) string { return m.words.States[s] }

// Event is the name of an event.
func (m *Machine) Event(e Event) string { return m.words.Events[e] }

// Action is the name of an action.
func (m *Machine) Action(a Action) string { return m.words.Actions[a] }

// Row finds what the event does in the state under the conditions that hold:
// nil where the table says nothing.
func (m *Machine) Row(s State, e Event, hold Conditions) *Row {
	if int(s) >= len(m.words.States) || int(e) >= len(m.words.Events) {
		return nil
	}
	for i := m.first[m.cell(s, e)]; i != 0; i = m.next[i-1] {
		if r := &m.rows[i-1]; hold.has(r.When) {
			return r
		}
	}
	return nil
}
