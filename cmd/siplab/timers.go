package main

import (
	"fmt"
	"io"
	"text/tabwriter"

	"github.com/spf13/cobra"

	"siplab/sim/transaction"
)

func timersCommand(s *streams) *cobra.Command {
	var out output
	c := &cobra.Command{
		Use:   "timers",
		Short: "Print RFC 3261's Table 4, read off the machines",
		Args:  nothing,
		RunE: func(*cobra.Command, []string) error {
			if err := out.settle([]string{"text", "json"}); err != nil {
				return err
			}
			return out.write(s, func(w io.Writer) error {
				if out.format == "json" {
					return writeJSON(w, transaction.Table4())
				}
				return printTable4(w)
			})
		},
	}
	out.flags(c, "text or json")
	return c
}

func printTable4(w io.Writer) error {
	t := tabwriter.NewWriter(w, 0, 0, 2, ' ', 0)
	fmt.Fprintln(t, "Timer\tValue\tSection\tMeaning")
	for _, r := range transaction.Table4() {
		fmt.Fprintf(t, "%s\t%s\t%s\t%s\n", r.Timer, r.Value, r.Section, r.Meaning)
	}
	return t.Flush()
}

// nothing is for commands without arguments.
func nothing(c *cobra.Command, args []string) error {
	if len(args) == 0 {
		return nil
	}
	return &badInput{what: c.Name() + " takes no arguments", hint: "siplab " + c.Name() + " --help"}
}
