package transaction

// Table4Row is a row of RFC 3261's Table 4 (Appendix A).
type Table4Row struct {
	Timer   string `json:"timer"`
	Value   string `json:"value"`
	Section string `json:"section"`
	Meaning string `json:"meaning"`
}

// Table4 is RFC 3261's Table 4, read off the machines, with the timers of RFC
// 6026 §8.11. Timer C is the proxy core's and not here.
func Table4() []Table4Row {
	rows := []Table4Row{
		{"T1", DefaultTiming.T1.String() + " by default", "RFC 3261 §17.1.1.1", "estimate of the round-trip time"},
		{"T2", DefaultTiming.T2.String() + " by default", "RFC 3261 §17.1.2.2", "longest interval between repeats of a non-INVITE request or an INVITE response"},
		{"T4", DefaultTiming.T4.String() + " by default", "RFC 3261 §17.1.2.2", "longest time that a message stays in the network"},
	}
	for t := Timer(1); t < Timer100; t++ {
		rows = append(rows, table4Row(t))
	}
	return rows
}

// table4Row joins what the machine says of a timer; where its length differs
// from state to state, each length but the first names its states.
func table4Row(t Timer) Table4Row {
	r := Table4Row{Timer: "Timer " + t.String()}
	for _, m := range machines {
		for _, d := range m.Timers() {
			switch {
			case d.Timer != r.Timer:
			case r.Value == "":
				r.Value, r.Section, r.Meaning = d.Length, d.Section, d.Meaning
			default:
				for _, s := range d.LivesIn {
					r.Value += " (in " + s + ": " + d.Length + ")"
				}
			}
		}
	}
	return r
}
