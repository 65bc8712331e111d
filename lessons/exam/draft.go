package exam

import (
	"slices"

	"siplab/sim"
	"siplab/sim/explore"
)

// make chooses what happens in the run, and asks about it.
func (d *draft) make(s *sim.Scenario) (*Paper, error) {
	p := &Paper{Title: d.sheet.title}
	p.Tap, p.Second = d.sheet.taps[0], d.sheet.taps[1]
	if d.chance.N(2) == 1 {
		p.Tap, p.Second = p.Second, p.Tap
	}
	d.row = &d.table.Undisturbed
	run := *s
	switch {
	case d.unseen:
		d.gap = d.missed(p.Tap)
		p.unseen = d.gap.N
	case !d.clean:
		d.row = d.unlucky()
		run.Faults = slices.Concat(run.Faults, d.row.Faults)
	}
	played, err := explore.Play(&run)
	if err != nil {
		return nil, err
	}
	p.Scenario, p.run = &run, played.Trace
	p.Questions = d.questions()
	return p, nil
}

// unlucky is a run in which the losses make a difference that somebody can see:
// a single one may be seen by what a user is told, of several each was made up
// for.
func (d *draft) unlucky() *explore.Row {
	var worth []*explore.Row
	for i := range d.rows {
		r := &d.rows[i]
		made := len(r.Met) == d.sheet.lost
		for _, x := range r.Repairs {
			made = made && x.Made() && x.Before == ""
		}
		if made || d.sheet.lost == 1 && r.Later() > 0 {
			worth = append(worth, r)
		}
	}
	return worth[d.chance.N(uint64(len(worth)))]
}

// missed is a packet that passed the tap in the undisturbed run.
func (d *draft) missed(tap string) explore.Packet {
	var passed []explore.Packet
	for i := range d.table.Rows {
		for _, m := range d.table.Rows[i].Met {
			if m.From == tap || m.To == tap {
				passed = append(passed, m)
			}
		}
	}
	return passed[d.chance.N(uint64(len(passed)))]
}
