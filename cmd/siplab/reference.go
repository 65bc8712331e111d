package main

import (
	"cmp"
	"fmt"
	"io"
	"slices"
	"strings"

	"github.com/spf13/cobra"

	"siplab/diagrams"
	"siplab/sim/ask"
	"siplab/sim/behaviour"
	"siplab/sim/fsm"
	"siplab/sim/law"
	"siplab/sim/scenario"
	"siplab/sim/sip"
)

// parts are the chapters of the reference, each read off the registry that the
// program itself goes by.
var parts = []struct {
	name  string
	print func() string
}{
	{"scenario", scenario.Reference},
	{"questions", ask.Reference},
	{"laws", lawsReference},
	{"machines", machinesReference},
	{"timers", timersReference},
	{"headers", headersReference},
	{"behaviours", behavioursReference},
}

func partNames() []string {
	var names []string
	for _, p := range parts {
		names = append(names, p.name)
	}
	return names
}

func referenceCommand(s *streams) *cobra.Command {
	var out output
	c := &cobra.Command{
		Use:   "reference [PART]",
		Short: "Print the reference in Markdown: language, questions, laws, machines, timers, headers, behaviours",
		Long: `Print the reference in Markdown, whole or one part: ` + list(partNames()) + `.
It is made from what the program itself goes by, so nothing is missing in it:
statements with their options, acts and bugs; questions; laws; the rows of the
state machines; timers; header fields; the ledger of behaviours.`,
		Example: `  siplab reference -o reference.md
  siplab reference headers
  <!-- siplab: reference timers -->      # in a manual that siplab docs fills`,
		ValidArgs: partNames(),
		Args: func(_ *cobra.Command, args []string) error {
			if len(args) < 2 {
				return nil
			}
			return &badInput{what: "reference takes one part", hint: "one of " + list(partNames())}
		},
		RunE: func(_ *cobra.Command, args []string) error {
			if err := out.settle([]string{"markdown"}); err != nil {
				return err
			}
			text, err := reference(args)
			if err != nil {
				return err
			}
			return out.write(s, func(w io.Writer) error {
				_, err := io.WriteString(w, text)
				return err
			})
		},
	}
	out.flags(c, "markdown")
	return c
}

// reference is the part that is named, or all of them.
func reference(args []string) (string, error) {
	var pages []string
	for _, p := range parts {
		if len(args) == 0 || args[0] == p.name {
			pages = append(pages, p.print())
		}
	}
	if pages == nil {
		return "", &badInput{what: fmt.Sprintf("the reference has no part %q", args[0]), hint: cmp.Or(didYouMean(args[0], partNames()), "one of "+list(partNames()))}
	}
	return strings.Join(pages, "\n"), nil
}

// table writes rows as a table in Markdown; the first is its head.
func table(b *strings.Builder, rows ...[]string) {
	rows = slices.Insert(rows, 1, slices.Repeat([]string{"---"}, len(rows[0])))
	for _, r := range rows {
		for _, cell := range r {
			b.WriteString("| " + strings.ReplaceAll(cell, "|", `\|`) + " ")
		}
		b.WriteString("|\n")
	}
}

func code(s string) string { return "`" + s + "`" }

func lawsReference() string {
	var b strings.Builder
	b.WriteString("# Laws\n\nWhat must hold in every run, whatever the network does.\n\n")
	rows := [][]string{{"law", "of", "what must hold", "section"}}
	for _, l := range law.All() {
		rows = append(rows, []string{code(l.ID), l.About, l.Text, l.Section})
	}
	table(&b, rows...)
	return b.String()
}

func machinesReference() string {
	var b strings.Builder
	b.WriteString("# State machines\n\nEach row is one move. What has no row in a state changes nothing there.\n")
	for _, m := range diagrams.Machines() {
		fmt.Fprintf(&b, "\n## %s (%s)\n\n", m.Name, m.Ref)
		rows := [][]string{{"state", "event", "action", "next", "timers", "section"}}
		for _, r := range m.Rows() {
			rows = append(rows, []string{stateOf(&r), eventOf(&r), strings.Join(r.Action, ", "), r.Next, strings.Join(r.Timers, ", "), r.Section})
		}
		table(&b, rows...)
	}
	return b.String()
}

// stateOf is the state of a row; the row by which a machine comes to be has none.
func stateOf(r *fsm.RowData) string {
	if r.State == nil {
		return ""
	}
	return *r.State
}

func eventOf(r *fsm.RowData) string {
	if r.Condition == nil || *r.Condition == "" {
		return r.Event
	}
	return r.Event + ", " + *r.Condition
}

func timersReference() string {
	var b strings.Builder
	b.WriteString("# Timers\n\nThose of transactions are RFC 3261's Table 4, read off the machines.\n\n")
	rows := [][]string{{"of", "timer", "value", "section", "meaning"}}
	for _, r := range timers() {
		rows = append(rows, []string{r.Of, r.Timer, r.Value, r.Section, r.Meaning})
	}
	table(&b, rows...)
	return b.String()
}

func headersReference() string {
	var b strings.Builder
	b.WriteString("# Header fields\n\n")
	rows := [][]string{{"name", "compact", "who writes it", "who reads it", "without it", "section"}}
	for _, e := range sip.Dictionary() {
		rows = append(rows, []string{code(e.Name), e.Compact, e.Writes, e.Reads, e.Without, e.Section})
	}
	table(&b, rows...)
	return b.String()
}

func behavioursReference() string {
	var b strings.Builder
	b.WriteString("# Behaviours\n\nWhat siplab accounts for, and the test files that hold it.\n")
	for _, g := range behaviour.Groups() {
		fmt.Fprintf(&b, "\n## %s: %s\n\n", g.Prefix, g.Name)
		rows := [][]string{{"id", "level", "section", "given", "when", "expected", "held by, or why not"}}
		for _, x := range g.Behaviours {
			rows = append(rows, []string{x.ID, x.Level, x.Section, x.Given, x.Event, x.Expect, cmp.Or(strings.Join(x.Held, ", "), x.LeftOut)})
		}
		table(&b, rows...)
	}
	return b.String()
}
