package explore

import (
	"strconv"
	"strings"

	"siplab/sim/fault"
)

// Head are the titles of the columns of the table.
func (t *Table) Head() []string {
	came := "made up for by"
	if t.Do == fault.Duplicate {
		came = "what came of the copy"
	}
	return []string{"", t.Done(), "what users saw", came, "in the end"}
}

// Done is what was done to each packet, in one word.
func (t *Table) Done() string {
	switch t.Do {
	case fault.Duplicate:
		return "duplicated"
	case fault.Hold:
		return "held"
	}
	return "lost"
}

// Cells are the texts of all rows, the undisturbed run first.
func (t *Table) Cells() [][]string {
	all := [][]string{t.Undisturbed.Cells()}
	for i := range t.Rows {
		all = append(all, t.Rows[i].Cells())
	}
	return all
}

// Notes are what is to be said below the table: why packets have no row.
func (t *Table) Notes() []string {
	var out []string
	for i := range t.Spared {
		p := &t.Spared[i]
		out = append(out, p.Packet.String()+" from "+p.From+" has no row: "+p.Why+".")
	}
	return out
}

// Cells are the texts of the row under the titles of the table. Each may have
// several lines.
func (r *Row) Cells() []string {
	n := strconv.Itoa(r.N)
	if r.N == 0 {
		n = ""
	}
	return []string{n, r.lostCell(), r.usersCell(), r.cameCell(), r.endCell()}
}

func (r *Row) lostCell() string {
	if r.N == 0 {
		return "nothing"
	}
	lines := make([]string, len(r.Met))
	for i := range r.Met {
		p := &r.Met[i]
		lines[i] = p.String() + " from " + p.From + " to " + p.To
	}
	return strings.Join(lines, "\n")
}

func (r *Row) usersCell() string {
	var lines []string
	for i := range r.Users {
		u := &r.Users[i]
		var saw []string
		for k := range u.Told {
			saw = append(saw, u.Told[k].String())
		}
		for k := range u.Missed {
			saw = append(saw, "never "+u.Missed[k].What)
		}
		lines = append(lines, u.Host+": "+strings.Join(saw, ", "))
	}
	if lines == nil {
		return "nobody is told anything"
	}
	return strings.Join(lines, "\n")
}

// cameCell says what became of each message: who made up for it, and what came
// of it late, or twice.
func (r *Row) cameCell() string {
	var lines []string
	for i := range r.Met {
		line := ""
		if i < len(r.Repairs) {
			line = r.Repairs[i].String()
			if r.Repairs[i].Lacking() && len(r.WentWrong) == 0 {
				line += "; nothing is missing for it"
			}
		}
		if i < len(r.Effects) {
			line = joined(line, "when it comes: ", &r.Effects[i])
		}
		if len(r.Met) > 1 {
			line = r.Met[i].Label + ": " + line
		}
		lines = append(lines, line)
	}
	return strings.Join(lines, "\n")
}

func joined(before, between string, e *Effect) string {
	if before == "" {
		return e.String()
	}
	return before + "\n" + between + e.String()
}

func (r *Row) endCell() string {
	lines := r.WrongAtEnd()
	switch {
	case len(r.Ends) == 0:
	case r.Agree():
		lines = append([]string{"the ends agree"}, lines...)
	case r.N == 0 || len(lines) == 0:
		lines = append([]string{"the ends disagree"}, lines...)
	}
	return strings.Join(lines, "\n")
}
