package player

import (
	"context"
	"strings"

	tea "charm.land/bubbletea/v2"

	"siplab/sim/explore"
)

// mostEach is how many runs are made to lose each packet once. A run of more
// packets is for siplab lose-each, which can be waited for.
const mostEach = 200

// eachDone is the message with what comes of losing each packet of a run.
type eachDone struct {
	of    *run
	table *explore.Table
	err   error
}

// eachLost asks what comes of losing each packet, one by one.
func (p Player) eachLost() Player {
	if p.goal() != nil {
		p.notice = "That would give the goal away."
		return p
	}
	r := p.run
	p.notice = "Each packet is lost once …"
	p.todo = append(p.todo, func() tea.Msg {
		table, err := explore.Each(context.Background(), r.scenario, explore.Options{Packets: 1, Most: mostEach})
		return eachDone{r, table, err}
	})
	return p
}

// lostEach is the menu of the losses: each opens its run, beside the one without.
func (p Player) lostEach(m eachDone) Player {
	switch {
	case m.of != p.run:
		return p // it has changed meanwhile
	case m.err != nil:
		return p.refused(m.err)
	case len(m.table.Rows) == 0:
		p.notice = "No packet is sent here that could be lost."
		return p
	}
	var rows [][]string
	for i := range m.table.Rows {
		r := &m.table.Rows[i]
		lost := &r.Met[0]
		ends := "they agree"
		if wrong := r.WrongAtEnd(); len(wrong) > 0 {
			ends = strings.Join(wrong, "; ")
		}
		rows = append(rows, []string{lost.String() + " from " + lost.From, ends, r.Repairs[0].String()})
	}
	list := &menu{title: "Each packet lost: what is so in the end, and who made up for it"}
	for i, l := range table(rows) {
		fault := m.table.Rows[i].Faults[0].String()
		list.items = append(list.items, item{strings.TrimLeft(l[0].text, " "), func(p Player) Player {
			q, err := p.statement(fault)
			if err != nil {
				return p.refused(err)
			}
			return q.bothFutures()
		}})
	}
	p.notice = ""
	return p.offered(list)
}
