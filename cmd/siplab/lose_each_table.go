package main

import (
	"encoding/csv"
	"io"
	"strconv"
	"strings"

	"siplab/diagrams"
	"siplab/sim/explore"
)

var tableFormats = []string{"text", "markdown", "csv", "json"}

func writeTable(w io.Writer, t *explore.Table, format string) error {
	switch format {
	case "json":
		return writeJSON(w, tableJSON(t))
	case "csv":
		return writeCSV(w, t)
	case "markdown":
		return writeMarkdown(w, t)
	}
	g := diagrams.Grid{Title: t.Title, Head: t.Head(), Rows: t.Cells(), Notes: t.Notes()}
	_, err := io.WriteString(w, g.Text(widest))
	return err
}

func writeMarkdown(w io.Writer, t *explore.Table) error {
	var b strings.Builder
	row := func(texts []string) {
		for _, s := range texts {
			b.WriteString("| " + markdown(s) + " ")
		}
		b.WriteString("|\n")
	}
	row(t.Head())
	b.WriteString(strings.Repeat("| --- ", len(t.Head())) + "|\n")
	for _, texts := range t.Cells() {
		row(texts)
	}
	_, err := io.WriteString(w, b.String())
	return err
}

func writeCSV(w io.Writer, t *explore.Table) error {
	c := csv.NewWriter(w)
	record := func(texts ...string) {
		for i := range texts {
			texts[i] = diagrams.HarmlessCell(texts[i])
		}
		c.Write(texts) // an error comes back from Flush
	}
	record("row", t.Done(), "from", "to", "copy", "fault", "users", "later_ns", "came", "repaired_by", "timer", "rule", "agree", "wrong")
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
	cells := r.Cells()
	return []string{
		strconv.Itoa(r.N), lines(lost), lines(from), lines(to), lines(copies), lines(faults), cells[2],
		strconv.FormatInt(int64(r.Later()), 10), cells[3], lines(by), lines(timers), lines(rules),
		strconv.FormatBool(r.Agree()), lines(r.WentWrong),
	}
}
