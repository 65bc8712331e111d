package player

import (
	"strings"

	"siplab/lessons"
	"siplab/sim/explore"
)

// losses is the menu of the rows of the tables on the page.
func (p Player) losses() Player {
	m := &menu{title: "Open a row as a ladder"}
	for _, n := range p.sheet().nodes {
		b := p.learn.book.blockOf(n)
		if b == nil || b.Kind != "lose-each" {
			continue
		}
		t, err := b.Losses()
		if err != nil {
			return p.refused(err)
		}
		for i := range t.Rows {
			m.items = append(m.items, item{rowName(&t.Rows[i]), func(p Player) Player { return p.opened(b.Run, &t.Rows[i]) }})
		}
	}
	if m.items == nil {
		p.notice = "There is no table of losses on this page."
		return p
	}
	return p.offered(m)
}

// rowName is a row in a line: its number and its packet.
func rowName(r *explore.Row) string {
	cells := r.Cells()
	return cells[0] + "  " + strings.ReplaceAll(cells[1], "\n", ", ")
}

// opened goes to the run of a row, where it leaves the way of the undisturbed
// one.
func (p Player) opened(of *lessons.Run, row *explore.Row) Player {
	whole, err := newRun(of.Scenario)
	if err != nil {
		return p.refused(err)
	}
	whole.of = of
	q := p
	q.run, q.at, q.undo, q.reading = whole, len(whole.Events), nil, false
	for _, f := range row.Faults {
		if q, err = q.statement(f.String()); err != nil {
			return p.refused(err)
		}
	}
	return q
}
