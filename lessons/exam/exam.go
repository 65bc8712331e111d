package exam

import (
	"context"
	"fmt"

	"siplab/netem"
	"siplab/sim"
	"siplab/sim/explore"
	"siplab/sim/trace"
)

// Exam is one examination.
type Exam struct {
	Seed   uint64
	Papers []*Paper
}

// Paper is one run to be judged.
type Paper struct {
	Number    int // from 1
	Title     string
	Tap       string // where the candidate looks
	Second    string // where another look costs a point
	Questions []*Question
	Scenario  *sim.Scenario // with the faults, for when it is over

	run    *trace.Trace
	unseen int32 // the packet that the tap did not capture; 0: none
}

// Points are what a right answer gives, and what the second tap costs.
const Points = 1

// New makes the examination of a seed.
func New(ctx context.Context, seed uint64) (*Exam, error) {
	e := &Exam{Seed: seed}
	chance := netem.NewChance(seed, "examination")
	clean := int(chance.N(uint64(len(sheets))))
	unseen := int(chance.N(uint64(len(sheets) - 1))) // of those that are not clean
	if unseen >= clean {
		unseen++
	}
	for i := range sheets {
		d := &draft{sheet: &sheets[i], chance: netem.NewChance(seed, fmt.Sprintf("paper %d", i+1)), clean: i == clean, unseen: i == unseen}
		p, err := d.paper(ctx)
		if err != nil {
			return nil, fmt.Errorf("paper %d: %w", i+1, err)
		}
		p.Number = i + 1
		e.Papers = append(e.Papers, p)
	}
	return e, nil
}

// draft is a paper half made.
type draft struct {
	sheet  *sheet
	chance *netem.Chance
	clean  bool // nothing is missing
	unseen bool // nothing is lost, and the tap missed a packet
	table  *explore.Table
	rows   []explore.Row  // with as many packets lost as the sheet says
	row    *explore.Row   // the run
	gap    explore.Packet // that the tap missed
}

func (d *draft) paper(ctx context.Context) (*Paper, error) {
	s, err := d.sheet.scenario(d.chance, d.clean)
	if err != nil {
		return nil, err
	}
	if d.table, err = explore.Each(ctx, s, explore.Options{}); err != nil {
		return nil, err
	}
	d.rows = d.table.Rows
	if d.sheet.lost > 1 {
		pairs, err := explore.Each(ctx, s, explore.Options{Packets: d.sheet.lost})
		if err != nil {
			return nil, err
		}
		d.rows = pairs.Rows
	}
	return d.make(s)
}
