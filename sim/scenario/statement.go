package scenario

import (
	"cmp"
	"slices"
	"strings"

	"siplab/sim"
	"siplab/sim/words"
)

// Statement is one sort of line.
type Statement struct {
	Keyword string
	Usage   string // slots in capitals, what may be left out in brackets
	Means   string // one sentence
	Example string
	About   string // the section of the help
	Options []Option

	read  func(*parser, *words.Line) error
	print func(*sim.Scenario) []printed
}

// Option is what may follow the fixed words of a statement, in any order.
type Option struct {
	Usage string
	Means string
}

// printed is a line of the canonical form, with its place among the lines of
// its section.
type printed struct {
	place int
	text  string
}

// The sections, in the order of the canonical form.
const (
	aboutRun      = "The run"
	aboutHosts    = "Hosts"
	aboutRoutes   = "Routes"
	aboutRecords  = "Records"
	aboutLinks    = "Links"
	aboutFaults   = "Faults"
	aboutMessages = "Messages"
	aboutActs     = "Acts"
	aboutEnd      = "The end"
)

var sections = []string{aboutRun, aboutHosts, aboutRoutes, aboutRecords, aboutLinks, aboutFaults, aboutMessages, aboutActs, aboutEnd}

// Statements are all statements, in the order of the canonical form.
func Statements() []Statement { return slices.Clone(all) }

// all is filled by init, since the readers in it look through it.
var all []Statement

func init() {
	all = slices.Concat(runStatements, hostStatements(), routeStatements, screenStatements, recordStatements, linkStatements, faultStatements(), messageStatements, actStatements, endStatements)
}

func find(w words.Word) *Statement {
	for i := range all {
		if w.Is(all[i].Keyword) {
			return &all[i]
		}
	}
	return nil
}

func keywords() []string {
	var out []string
	for _, st := range all {
		out = append(out, st.Keyword)
	}
	return out
}

// Print is the scenario in canonical form.
func Print(s *sim.Scenario) string {
	var b strings.Builder
	for _, section := range sections {
		for _, l := range printSection(s, section) {
			b.WriteString(l.text + "\n")
		}
	}
	return b.String()
}

func printSection(s *sim.Scenario, section string) []printed {
	var lines []printed
	for _, st := range all {
		if st.About == section {
			lines = append(lines, st.print(s)...)
		}
	}
	slices.SortStableFunc(lines, func(a, b printed) int { return cmp.Compare(a.place, b.place) })
	return lines
}

// one is what a statement prints that a text has at most once.
func one(say bool, text string) []printed {
	if !say {
		return nil
	}
	return []printed{{text: text}}
}
