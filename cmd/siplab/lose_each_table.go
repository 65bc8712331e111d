package main

import (
	"encoding/csv"
	"fmt"
	"io"
	"strconv"
	"strings"

	"siplab/diagrams"
	"siplab/sim/explore"
	"siplab/sim/fault"
	"siplab/sim/sip"
)

var tableFormats = []string{"text", "markdown", "csv", "json"}

// widest is how many columns of a terminal a table takes.
const widest = 100

func writeTable(w io.Writer, t *explore.Table, format string) error {
	switch format {
	case "json":
		return writeJSON(w, tableJSON(t))
	case "csv":
		return writeCSV(w, t)
	case "markdown":
		return writeMarkdown(w, t)
	}
	return writeText(w, t)
}

// done is what was done to each packet, in one word.
func done(t *explore.Table) string {
	switch t.Do {
	case fault.Duplicate:
		return "duplicated"
	case fault.Hold:
		return "held"
	}
	return "lost"
}

// head are the titles of the columns, and cells the texts of a row: a cell may
// have several lines.
func head(t *explore.Table) []string {
	came := "made up for by"
	if t.Do == fault.Duplicate {
		came = "what came of the copy"
	}
	return []string{"", done(t), "what users saw", came, "in the end"}
}

func cells(r *explore.Row) []string {
	n := strconv.Itoa(r.N)
	if r.N == 0 {
		n = ""
	}
	return []string{n, lostCell(r), usersCell(r), cameCell(r), endCell(r)}
}

func lostCell(r *explore.Row) string {
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

func usersCell(r *explore.Row) string {
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
	return orElse(strings.Join(lines, "\n"), "nobody is told anything")
}

// cameCell says what became of each message: who made up for it, and what came
// of it late, or twice.
func cameCell(r *explore.Row) string {
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

func joined(before, between string, e *explore.Effect) string {
	if before == "" {
		return e.String()
	}
	return before + "\n" + between + e.String()
}

func endCell(r *explore.Row) string {
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

func writeText(w io.Writer, t *explore.Table) error {
	g := grid{head: head(t)}
	g.add(cells(&t.Undisturbed)...)
	for i := range t.Rows {
		g.add(cells(&t.Rows[i])...)
	}
	if t.Title != "" {
		fmt.Fprintf(w, "%s\n\n", sip.Visible(t.Title))
	}
	for _, line := range g.lines(widest) {
		fmt.Fprintln(w, line)
	}
	for i := range t.Spared {
		p := &t.Spared[i]
		if i == 0 {
			fmt.Fprintln(w)
		}
		fmt.Fprintf(w, "%s from %s has no row: %s.\n", sip.Visible(p.Packet.String()), sip.Visible(p.From), sip.Visible(p.Why))
	}
	return nil
}

func writeMarkdown(w io.Writer, t *explore.Table) error {
	var b strings.Builder
	row := func(texts []string) {
		for _, s := range texts {
			b.WriteString("| " + markdown(s) + " ")
		}
		b.WriteString("|\n")
	}
	row(head(t))
	b.WriteString(strings.Repeat("| --- ", len(head(t))) + "|\n")
	row(cells(&t.Undisturbed))
	for i := range t.Rows {
		row(cells(&t.Rows[i]))
	}
	_, err := io.WriteString(w, b.String())
	return err
}

// markdown is a text as a cell of a table that shows it as it is: nothing in it
// is a link, code, HTML or the end of the cell.
func markdown(s string) string {
	var b strings.Builder
	for i, line := range strings.Split(s, "\n") {
		if i > 0 {
			b.WriteString("<br>")
		}
		for _, r := range sip.Visible(line) {
			switch r {
			case '<':
				b.WriteString("&lt;")
			case '&':
				b.WriteString("&amp;")
			case '\\', '`', '*', '_', '[', ']', '|', '~', '>', '#', '!':
				b.WriteByte('\\')
				fallthrough
			default:
				b.WriteRune(r)
			}
		}
	}
	return b.String()
}

func writeCSV(w io.Writer, t *explore.Table) error {
	c := csv.NewWriter(w)
	record := func(texts ...string) {
		for i := range texts {
			texts[i] = diagrams.HarmlessCell(texts[i])
		}
		c.Write(texts) // an error comes back from Flush
	}
	record("row", done(t), "from", "to", "copy", "fault", "users", "later_ns", "came", "repaired_by", "timer", "rule", "agree", "wrong")
	record(recordCSV(&t.Undisturbed)...)
	for i := range t.Rows {
		record(recordCSV(&t.Rows[i])...)
	}
	c.Flush()
	return c.Error()
}

// recordCSV is a row for a spreadsheet. Where a row has two packets, a cell has
// a line for each.
func recordCSV(r *explore.Row) []string {
	var lost, from, to, copies, faults, by, timers, rules []string
	for i := range r.Met {
		p := &r.Met[i]
		lost, from, to = append(lost, p.Label+" "+p.Message), append(from, p.From), append(to, p.To)
		copies, faults = append(copies, strconv.Itoa(p.Copy)), append(faults, r.Faults[i].String())
	}
	for i := range r.Repairs {
		first := explore.Step{Host: "nobody"}
		if r.Repairs[i].Made() {
			first = r.Repairs[i].Steps[0]
		}
		by, timers, rules = append(by, first.Host), append(timers, first.Timer), append(rules, first.Ref)
	}
	lines := func(list []string) string { return strings.Join(list, "\n") }
	return []string{
		strconv.Itoa(r.N), lines(lost), lines(from), lines(to), lines(copies), lines(faults), usersCell(r),
		strconv.FormatInt(int64(r.Later()), 10), cameCell(r), lines(by), lines(timers), lines(rules),
		strconv.FormatBool(r.Agree()), lines(r.WentWrong),
	}
}
