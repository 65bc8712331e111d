package main

import (
	"fmt"
	"io"
	"text/tabwriter"

	"github.com/spf13/cobra"

	"siplab/sim/core"
	"siplab/sim/scenario"
	"siplab/sim/transaction"
)

func timersCommand(s *streams) *cobra.Command {
	var out output
	c := &cobra.Command{
		Use:   "timers",
		Short: "Print all timers: RFC 3261's Table 4, read off the machines, and those of each element",
		Args:  nothing,
		RunE: func(*cobra.Command, []string) error {
			if err := out.settle([]string{"text", "json"}); err != nil {
				return err
			}
			return out.write(s, func(w io.Writer) error {
				if out.format == "json" {
					return writeJSON(w, timers())
				}
				return printTimers(w)
			})
		},
	}
	out.flags(c, "text or json")
	return c
}

// timer is a row of the table: of a transaction, or of a kind of element.
type timer struct {
	Of string `json:"of"`
	transaction.Table4Row
}

func timers() []timer {
	var all []timer
	for _, r := range transaction.Table4() {
		all = append(all, timer{"transaction", r})
	}
	for _, e := range scenario.Elements() {
		for _, t := range e.Timers() {
			all = append(all, timer{e.Kind(), transaction.Table4Row{Timer: timerName(&t), Value: t.Value, Section: t.Section, Meaning: t.Meaning}})
		}
	}
	return all
}

// timerName is a timer's name as the standard writes it where that names it by
// a letter: Timer C; else as the trace has it.
func timerName(t *core.Timer) string {
	if len(t.Name) == 1 {
		return "Timer " + t.Name
	}
	return t.Name
}

func printTimers(w io.Writer) error {
	t := tabwriter.NewWriter(w, 0, 0, 2, ' ', 0)
	fmt.Fprintln(t, "Of\tTimer\tValue\tSection\tMeaning")
	for _, r := range timers() {
		fmt.Fprintf(t, "%s\t%s\t%s\t%s\t%s\n", r.Of, r.Timer, r.Value, r.Section, r.Meaning)
	}
	return t.Flush()
}
