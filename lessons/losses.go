package lessons

import (
	"context"

	"siplab/diagrams"
	"siplab/sim/explore"
	"siplab/sim/law"
	"siplab/sim/trace"
)

const (
	lossesWidth = 100 // cells of a table of losses in a lesson's file, as siplab lose-each has it
	mostLosses  = 500 // rows that such a table may have: nobody reads more
)

// loseEach reads `lose-each`: the table of the run with each packet lost in
// turn, as siplab lose-each prints it.
func (r *reader) loseEach(b *Block, col int) {
	r.noOptions(b, col)
	b.draw = func(_ *trace.Trace, width int) (string, error) {
		t, err := b.Losses()
		if err != nil {
			return "", err
		}
		if width == 0 {
			width = lossesWidth
		}
		g := diagrams.Grid{Title: t.Title, Head: t.Head(), Rows: t.Cells(), Notes: t.Notes()}
		return g.Text(min(width, lossesWidth)), nil
	}
}

// Losses is the table that a block of kind lose-each shows; nil for a block of
// another kind. It is made once.
func (b *Block) Losses() (*explore.Table, error) {
	if b.Kind != "lose-each" || b.losses != nil {
		return b.losses, nil
	}
	t, err := explore.Each(context.Background(), b.Run.Scenario, explore.Options{Most: mostLosses})
	b.losses = t
	return t, err
}

// loseEach proves that the table is what the runs give, and that none of them
// breaks a law but those that the lesson names.
func (p *proof) loseEach(b *Block) {
	p.drawing(b)
	t, err := b.Losses()
	if err != nil {
		return // said already
	}
	var broken []law.Breach
	for i := range t.Rows {
		broken = append(broken, t.Rows[i].Broken...)
	}
	p.laws(broken, b.Run.Breaks, b.Line)
}
