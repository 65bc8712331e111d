package player

import (
	"cmp"
	"slices"
	"strings"

	"siplab/sim/trace"
)

// statesLines are the packets in flight, the machines, the timers that run and
// what was changed in the scenario.
func (p Player) statesLines(s *scene, width int) []line {
	out := section(nil, "In flight", p.flightLines(s, width), "no packet")
	out = section(out, "Machines", p.machineLines(s), "no transaction and no dialog")
	out = section(out, "Timers", p.timerLines(s), "none runs")
	if changes := p.changed(); len(changes) > 0 {
		var lines []line
		for _, c := range changes {
			lines = append(lines, text("  "+c))
		}
		out = section(out, "Changes, u takes the last one back", lines, "")
	}
	return out
}

func section(out []line, title string, lines []line, none string) []line {
	if len(lines) == 0 {
		return append(out, line{{title, strong}, {": " + none, dim}})
	}
	return append(append(out, styled(title, strong)), lines...)
}

// table makes lines of cells, each column as wide as its widest cell.
func table(rows [][]string) []line {
	var widest []int
	for _, r := range rows {
		for c, t := range r {
			if c == len(widest) {
				widest = append(widest, 0)
			}
			widest[c] = max(widest[c], cells(t))
		}
	}
	var out []line
	for _, r := range rows {
		l := " "
		for c, t := range r {
			l += " " + t + strings.Repeat(" ", widest[c]-cells(t)+1)
		}
		out = append(out, text(strings.TrimRight(l, " ")))
	}
	return out
}

func (p Player) machineLines(s *scene) []line {
	var rows [][]string
	for _, m := range s.machines {
		state := m.to
		if m.moved && m.from != "" {
			state = m.from + " → " + m.to
		}
		rows = append(rows, []string{p.run.HostName(m.host), p.about(m.about), m.name, state})
	}
	return table(rows)
}

// about names a machine by its first message.
func (p Player) about(k *trace.Packet) string {
	if k == nil {
		return ""
	}
	return p.run.labels[k.N] + " " + message(k)
}

func (p Player) timerLines(s *scene) []line {
	running := slices.Clone(s.timers)
	slices.SortStableFunc(running, func(a, b timer) int { return cmp.Compare(a.due, b.due) })
	type transaction struct {
		host trace.HostID
		id   int32
	}
	abouts := map[transaction]*trace.Packet{}
	for _, m := range s.machines {
		abouts[transaction{m.host, m.txn}] = m.about
	}
	var rows [][]string
	for _, t := range running {
		about := ""
		if t.id != 0 {
			about = p.about(abouts[transaction{t.host, t.id}])
		}
		rows = append(rows, []string{p.run.HostName(t.host), timerName(t.name), about, "fires in " + p.remaining(s, t.due)})
	}
	return table(rows)
}

// wayCells is how long the way of a packet is drawn.
const wayCells = 8

func (p Player) flightLines(s *scene, width int) []line {
	var rows [][]string
	var whys []string
	for _, f := range s.flights {
		to := p.run.destination(f.packet)
		rows = append(rows, []string{p.run.packetName(f.packet), p.run.HostName(f.packet.From) + " " + way(s, &f) + " " + to, p.arrival(s, &f)})
		whys = append(whys, f.why)
	}
	var out []line
	for i, l := range table(rows) {
		out = append(out, l)
		if whys[i] != "" {
			out = append(out, block("    "+whys[i], width, 4, dim)...)
		}
	}
	return out
}

func (p Player) arrival(s *scene, f *flight) string {
	switch {
	case f.held:
		return "held"
	case !f.decided && f.packet.Transport != "udp":
		return "in segments"
	case !f.decided:
		return "just sent"
	}
	return "arrives in " + p.remaining(s, f.due)
}

// way draws where a packet is between its hosts.
func way(s *scene, f *flight) string {
	at := 0
	if f.decided && !f.held && f.due > f.left {
		at = int((s.now - f.left) * (wayCells - 1) / (f.due - f.left))
	}
	at = max(0, min(at, wayCells-1))
	return strings.Repeat("─", at) + "●" + strings.Repeat("─", wayCells-1-at) + "▶"
}
