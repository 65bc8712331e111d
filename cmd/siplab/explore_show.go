package main

import (
	"cmp"
	"fmt"
	"io"
	"strconv"
	"strings"

	"siplab/diagrams"
	"siplab/sim/explore"
	"siplab/sim/fault"
	"siplab/sim/words"
)

// writeFound prints the outcomes and the situations for a terminal: all
// situations, or those alone that RFC 5407 treats.
func writeFound(w io.Writer, f *explore.Found, all bool) error {
	outcomes := diagrams.Grid{Title: f.Title, Head: []string{"", "runs", "smallest set of faults", "what users saw", "in the end"}}
	for i := range f.Outcomes {
		o := &f.Outcomes[i]
		outcomes.Rows = append(outcomes.Rows, []string{strconv.Itoa(o.N), grouped(o.Runs), faultLines(&o.Smallest), o.Saw(), o.AtEnd()})
	}
	fmt.Fprint(w, outcomes.Text(widest))
	situations, more := diagrams.Grid{Title: "Situations that the undisturbed run has not", Head: []string{"", "runs", "smallest set of faults", "situation", ""}}, 0
	for i := range f.Situations {
		x := &f.Situations[i]
		if x.Section == "" && !all {
			more++
			continue
		}
		situations.Rows = append(situations.Rows, []string{strconv.Itoa(i + 1), grouped(x.Runs), faultLines(&x.Witness), x.Meeting.String(), x.Section})
	}
	if len(situations.Rows) > 0 {
		fmt.Fprint(w, "\n"+situations.Text(widest))
	}
	fmt.Fprintf(w, "\n%s runs (%s): %s.\n", grouped(f.Runs), f.Of, words.Count(len(f.Outcomes), "outcome"))
	if more > 0 {
		fmt.Fprintf(w, "%s that RFC 5407 does not treat: --situations lists them.\n", words.Count(more, "situation"))
	}
	return nil
}

// writeLaw prints the first broken law and what leads to it.
func writeLaw(w io.Writer, f *explore.Found) error {
	if !f.Stopped {
		_, err := fmt.Fprintf(w, "%s runs (%s): no law is broken. %d of %d were put to the test.\n",
			grouped(f.Runs), f.Of, f.Tested(), len(f.Met))
		return err
	}
	o := &f.Outcomes[0]
	printBroken(w, o.Broken[:1])
	_, err := fmt.Fprintf(w, "\n%s", noted(&o.Smallest, "the law "+o.Broken[0].Law+" is broken"))
	return err
}

// faultLines are the faults of a witness, one a line.
func faultLines(w *explore.Witness) string {
	return cmp.Or(strings.ReplaceAll(w.String(), "; ", "\n"), "none")
}

// foundPage draws the ladder of each outcome, and of each situation that RFC
// 5407 treats.
func foundPage(f *explore.Found) (string, error) {
	var sections []diagrams.Section
	add := func(head, note string, runs int, w *explore.Witness, lines ...string) error {
		run, err := explore.Play(w.Scenario)
		if err == nil {
			sections = append(sections, diagrams.Section{Head: head + ": " + cmp.Or(w.String(), "no fault"), Lines: append([]string{words.Count(runs, "run") + "."}, lines...), Words: noted(w, note), Trace: run.Trace})
		}
		return err
	}
	for i := range f.Outcomes {
		o := &f.Outcomes[i]
		if err := add(outcomeHead(o), outcomeNote(o), o.Runs, &o.Smallest, append(strings.Split(o.Saw()+"\n"+o.AtEnd(), "\n"), outcomeEnds(o))...); err != nil {
			return "", err
		}
	}
	for i := range f.Situations {
		if x := &f.Situations[i]; x.Section != "" {
			if err := add(x.Section, x.Meeting.String(), x.Runs, &x.Witness, x.Meeting.String()); err != nil {
				return "", err
			}
		}
	}
	text := words.Count(f.Runs, "run") + ": " + f.Of + "."
	return diagrams.SectionsPage(cmp.Or(f.Title, "Outcomes"), text, sections, diagrams.Options{}), nil
}

// outcomeHead tells an outcome from the others at a glance.
func outcomeHead(o *explore.Outcome) string {
	head := fmt.Sprintf("outcome %d", o.N)
	switch {
	case len(o.Broken) > 0:
		head += ", the law " + o.Broken[0].Law + " is broken"
	case o.Ghost():
		head += ", a ghost call"
	case !o.Agree():
		head += ", the ends disagree"
	}
	return head
}

// The outcomes as JSON. Times are nanoseconds of virtual time, as in a trace.
type foundData struct {
	Title      string          `json:"title"`
	Of         string          `json:"of"`
	Runs       int             `json:"runs"`
	Outcomes   []outcomeData   `json:"outcomes"`
	Situations []situationData `json:"situations"`
}

type outcomeData struct {
	N        int          `json:"outcome"`
	Runs     int          `json:"runs"`
	Faults   []string     `json:"faults"`
	Seeded   bool         `json:"seeded"` // the seed of the scenario leads there, and no named faults do
	Ghost    bool         `json:"ghost"`
	Agree    bool         `json:"agree"`
	Users    any          `json:"users"`
	Ends     any          `json:"ends"`
	Broken   []brokenData `json:"broken"`
	End      endData      `json:"end"`
	Scenario string       `json:"scenario"`
}

type situationData struct {
	explore.Situation
	Faults   []string `json:"faults"`
	Scenario string   `json:"scenario"`
}

func foundJSON(f *explore.Found) foundData {
	d := foundData{Title: f.Title, Of: f.Of, Runs: f.Runs, Outcomes: []outcomeData{}, Situations: []situationData{}}
	for i := range f.Outcomes {
		o := &f.Outcomes[i]
		x := outcomeData{
			N: o.N, Runs: o.Runs, Faults: faultWords(o.Smallest.Faults), Seeded: o.Smallest.Seeded, Ghost: o.Ghost(), Agree: o.Agree(), Users: o.Users, Ends: o.Ends,
			Broken: []brokenData{}, End: endJSON(&o.End), Scenario: noted(&o.Smallest, outcomeNote(o)),
		}
		for _, b := range o.Broken {
			x.Broken = append(x.Broken, brokenData(b))
		}
		d.Outcomes = append(d.Outcomes, x)
	}
	for i := range f.Situations {
		x := &f.Situations[i]
		d.Situations = append(d.Situations, situationData{*x, faultWords(x.Faults), noted(&x.Witness, x.Meeting.String())})
	}
	return d
}

func faultWords(faults []fault.Fault) []string {
	list := []string{}
	for _, f := range faults {
		list = append(list, f.String())
	}
	return list
}
