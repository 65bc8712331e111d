package exam

import (
	"fmt"
	"slices"
	"strings"

	"siplab/sim/explore"
)

// Question is one question about a paper.
type Question struct {
	Ask     string
	Options []string // in the order of the alphabet
	Right   int      // index in Options
}

// mostWrong is how many wrong options a question has at most.
const mostWrong = 4

// The options that are no packet, way or host.
const (
	nothing  = "nothing is missing"
	captured = "nowhere: it arrived, and the tap did not capture it"
	nobody   = "nobody"
)

// truth is what there is to say about a run.
type truth struct{ which, where, who string }

// truth of a run in which a packet was lost.
func lost(r *explore.Row) truth {
	m := &r.Met[0]
	return truth{message(m), way(m), repairer(&r.Repairs[0])}
}

// truth is what there is to say about the paper's run.
func (d *draft) truth() truth {
	switch {
	case d.clean:
		return truth{nothing, nothing, nobody}
	case d.unseen:
		return truth{message(&d.gap), captured, nobody}
	}
	return lost(d.row)
}

// questions are what is asked of the run. The wrong options are true of others.
func (d *draft) questions() []*Question {
	is := d.truth()
	which, where, who := []string{nothing}, []string{nothing, captured}, []string{nobody}
	for i := range d.table.Rows {
		other := lost(&d.table.Rows[i])
		which, where, who = append(which, other.which), append(where, other.where), append(who, other.who)
	}
	first := ""
	if d.sheet.lost > 1 {
		first = " first"
	}
	qs := []*Question{
		d.question("Which packet is missing"+first+"?", is.which, which),
		d.question("Where was it lost?", is.where, where),
		d.question("Who made up for it?", is.who, who),
	}
	for _, host := range d.sheet.users {
		var others []string
		for i := range d.rows {
			others = append(others, told(&d.rows[i], host))
		}
		others = append(others, told(&d.table.Undisturbed, host))
		others = append(others, sooner(d.row, host)...)
		qs = append(qs, d.question("What was "+host+" told, from the beginning to the end?", told(d.row, host), others))
	}
	return qs
}

// question has the right option among wrong ones, drawn by chance.
func (d *draft) question(ask, right string, others []string) *Question {
	slices.Sort(others)
	others = slices.DeleteFunc(slices.Compact(others), func(o string) bool { return o == right })
	for len(others) > mostWrong {
		i := int(d.chance.N(uint64(len(others))))
		others = slices.Delete(others, i, i+1)
	}
	options := append(others, right)
	slices.Sort(options)
	return &Question{ask, options, slices.Index(options, right)}
}

func message(m *explore.Packet) string {
	return fmt.Sprintf("%s from %s to %s", m.Message, m.From, m.To)
}

func way(m *explore.Packet) string { return fmt.Sprintf("on the way from %s to %s", m.From, m.To) }

// repairer is who made up for a packet, and by what.
func repairer(r *explore.Repair) string {
	if !r.Made() {
		return nobody
	}
	s := &r.Steps[0]
	if s.Timer == "" {
		return s.Host + ", asked again"
	}
	return s.Host + ", by " + s.Timer
}

// sooner is what the user of a host had been told at earlier moments.
func sooner(r *explore.Row, host string) (out []string) {
	words := strings.Split(told(r, host), ", ")
	for n := 1; n < len(words); n++ {
		out = append(out, strings.Join(words[:n], ", "))
	}
	return append(out, "nothing")
}

// told is what the user of a host was told.
func told(r *explore.Row, host string) string {
	var what []string
	for _, u := range r.Users {
		if u.Host == host {
			for _, t := range u.Told {
				what = append(what, t.What)
			}
		}
	}
	return strings.Join(what, ", ")
}
