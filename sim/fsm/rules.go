package fsm

// Rules are the lines of the machine's table, in its order: rows and drops,
// timers, waits.
func (m *Machine) Rules() []Rule {
	all := make([]Rule, 0, len(m.rows)+len(m.timers)+len(m.waits))
	for _, r := range m.rows {
		r.Stops, r.Starts = nil, nil // New works them out afresh
		all = append(all, r)
	}
	for _, t := range m.timers {
		all = append(all, t)
	}
	for _, w := range m.waits {
		all = append(all, w)
	}
	return all
}

// With is a machine like m, of other rules: a faulty one, to see who notices.
func (m *Machine) With(rules ...Rule) *Machine { return New(m.Name, m.Ref, m.words, m.Final, rules...) }
