package main

import (
	"fmt"
	"strings"

	"github.com/spf13/cobra"

	"siplab/sim/ask"
	"siplab/sim/sip"
)

func askCommand(s *streams) *cobra.Command {
	r := running{streams: s}
	c := &cobra.Command{
		Use:   "ask LESSON|FILE|- QUESTION...",
		Short: "Put a question to a run",
		Long: `Put a question to a run. A question with an expected answer ("… is 2") is a
check: exit 1 where it does not hold. "siplab help ask" prints the grammar.`,
		Example: `  siplab ask register "count REGISTER from bob"
  siplab ask register "count REGISTER from bob is 2"`,
		Args: func(_ *cobra.Command, args []string) error {
			if len(args) < 2 {
				return &badInput{what: "ask needs a lesson or file, and a question", hint: "siplab help ask prints the questions"}
			}
			return nil
		},
		RunE: func(_ *cobra.Command, args []string) error {
			return answer(s, &r, args[0], strings.Join(args[1:], " "))
		},
	}
	r.flags(c)
	c.SetHelpFunc(askHelp)
	return c
}

// answer prints the answer to a question, or whether an expectation holds.
func answer(s *streams, r *running, name, line string) error {
	expected, expectErr := ask.ParseExpect(line)
	question, err := ask.Parse(line)
	if err != nil && expectErr != nil {
		return flagError("the question", line, err)
	}
	tr, err2 := r.run(name)
	if err2 != nil {
		return err2
	}
	if err == nil {
		value, err := question.Answer(tr)
		if err != nil {
			return flagError("the question", line, err)
		}
		fmt.Fprintln(s.out, sip.Visible(value.String()))
		return nil
	}
	ok, got, err := expected.Holds(tr)
	if err != nil {
		return flagError("the question", line, err)
	}
	if !ok {
		fmt.Fprintf(s.out, "no: it is %s\n", sip.Visible(got.String()))
		return errFailed
	}
	fmt.Fprintln(s.out, "yes")
	return nil
}
