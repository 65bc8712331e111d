package fsm

// RowData is a row as others read it: names in the place of numbers. State is
// nil for the row by which the machine comes to be; Condition is nil where
// there is none.
type RowData struct {
	Machine   string   `json:"machine"`
	State     *string  `json:"state"`
	Event     string   `json:"event"`
	Condition *string  `json:"condition"`
	Action    []string `json:"action"`
	Next      string   `json:"next"`
	Section   string   `json:"section"`
	Timers    []string `json:"timers,omitempty"` // what the move starts and stops
	Dropped   string   `json:"dropped,omitempty"`
}

// TimerData is a timer as others read it.
type TimerData struct {
	Machine string   `json:"machine"`
	Timer   string   `json:"timer"`
	Length  string   `json:"length"`
	LivesIn []string `json:"lives_in"`
	Section string   `json:"section"`
	Meaning string   `json:"meaning"`
}

// Rows are the transitions of the machine, in the order of its table, without
// the drops.
func (m *Machine) Rows() []RowData { return m.data(false) }

// Drops are the pairs of state and event for which the standard has no
// transition, with the reason of each.
func (m *Machine) Drops() []RowData { return m.data(true) }

func (m *Machine) data(drops bool) []RowData {
	var all []RowData
	for i := range m.rows {
		if r := &m.rows[i]; (r.Why != "") == drops {
			all = append(all, m.rowData(r))
		}
	}
	return all
}

func (m *Machine) rowData(r *Row) RowData {
	d := RowData{Machine: m.Name, Event: m.Event(r.On), Action: []string{}, Next: m.State(r.To), Section: r.Ref, Dropped: r.Why}
	if r.From != 0 {
		from := m.State(r.From)
		d.State = &from
	}
	if c := m.condition(r); c != "" {
		d.Condition = &c
	}
	for _, a := range r.Do {
		d.Action = append(d.Action, m.Action(a))
	}
	for _, e := range r.Stops {
		d.Timers = append(d.Timers, "stop "+m.Event(e.Timer))
	}
	for _, s := range r.Starts {
		d.Timers = append(d.Timers, "start "+m.Event(s.Timer)+" = "+m.starts(s))
	}
	return d
}

// condition says when the row holds; a timer that only unreliable channels
// have is a condition too.
func (m *Machine) condition(r *Row) string {
	if t := m.timerIn(r.On, r.From); t != nil && t.Length.Reliable == Never {
		return "unreliable transport"
	}
	return m.words.Conditions[r.When]
}

// starts says how long a timer runs from this start on.
func (m *Machine) starts(s Clock) string {
	l := s.Length
	if !l.Doubles {
		return l.text(m.words.Bases)
	}
	limit := l.Cap
	l.Doubles, l.Cap = false, 0
	switch {
	case !s.Again:
		return l.text(m.words.Bases)
	case limit == 0:
		return "twice the last"
	}
	return "twice the last, up to " + m.words.Bases[limit]
}

// Timers are the machine's timers, in the order of its table.
func (m *Machine) Timers() []TimerData {
	all := make([]TimerData, 0, len(m.timers))
	for i := range m.timers {
		t := &m.timers[i]
		d := TimerData{Machine: m.Name, Timer: m.Event(t.On), Length: t.Length.text(m.words.Bases), Section: t.Ref, Meaning: t.Meaning}
		for _, s := range t.In {
			d.LivesIn = append(d.LivesIn, m.State(s))
		}
		all = append(all, d)
	}
	return all
}

// States are the names of the machine's states, in order.
func (m *Machine) States() []string {
	var all []string
	for _, s := range m.states() {
		all = append(all, m.State(s))
	}
	return all
}

// Waits are the states that somebody else must end: who, and where the
// standard says so.
func (m *Machine) Waits() []Wait { return m.waits }
