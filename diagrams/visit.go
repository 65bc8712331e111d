package diagrams

import (
	"slices"
	"strconv"
	"strings"

	"siplab/sim/trace"
)

// Visit is a way that a machine took in a run: its moves in their order.
type Visit struct {
	Host  string
	ID    int32 // of the transaction or dialog at that host
	Moves []trace.Event
}

// Visits are the ways that the machines of that name took at a host, in the
// order in which they began.
func Visits(tr *trace.Trace, machine, host string) []Visit {
	var all []Visit
	for i := range tr.Events {
		e := &tr.Events[i]
		if e.Kind != trace.State || e.Name != machine || tr.HostName(e.Host) != host {
			continue
		}
		at := slices.IndexFunc(all, func(v Visit) bool { return v.ID == e.ID })
		if at < 0 {
			at = len(all)
			all = append(all, Visit{Host: host, ID: e.ID})
		}
		all[at].Moves = append(all[at].Moves, *e)
	}
	return all
}

// Visited gives the picture the way that a run took, numbered.
func (d *StateDiagram) Visited(v *Visit) *StateDiagram {
	d.visit = v
	return d
}

// numbers are the numbers of the moves from a state to another, or of those
// that stayed in one: 1, 4-6.
func (d *StateDiagram) numbers(from, to string) string {
	if d.visit == nil {
		return ""
	}
	var parts []string
	begin := 0
	moves := d.visit.Moves
	goes := func(i int) bool { return i < len(moves) && moves[i].From == from && moves[i].To == to }
	for i := 0; i <= len(moves); i++ {
		switch {
		case goes(i) && begin == 0:
			begin = i + 1
		case !goes(i) && begin > 0:
			part := strconv.Itoa(begin)
			if i > begin {
				part += "-" + strconv.Itoa(i)
			}
			parts = append(parts, part)
			begin = 0
		}
	}
	return strings.Join(parts, ",")
}

// wasIn says whether the way went through a state.
func (d *StateDiagram) wasIn(state string) bool {
	return d.visit != nil && slices.ContainsFunc(d.visit.Moves, func(e trace.Event) bool { return e.To == state })
}

// visitLines tell the way, a move a line.
func (d *StateDiagram) visitLines() []string {
	if d.visit == nil {
		return nil
	}
	of := "The way of " + d.m.Name + " " + strconv.Itoa(int(d.visit.ID)) + " at " + d.visit.Host + ":"
	all := []string{visible(of)}
	moves := d.visit.Moves
	n := momentDecimals(moves)
	wide := len(stamp(moves[len(moves)-1].At, n))
	for i := range moves {
		e := &moves[i]
		at, where := stamp(e.At, n), "→ "+e.To
		if e.From == e.To {
			where = "in " + e.To
		}
		line := strconv.Itoa(i+1) + strings.Repeat(" ", len(strconv.Itoa(len(moves)))-len(strconv.Itoa(i+1))+2) +
			strings.Repeat(" ", wide-len(at)) + at + "  " + joined(e.On, where, inBrackets(e.Ref))
		all = append(all, visible(line))
	}
	return all
}
