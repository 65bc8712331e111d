package main

import (
	"errors"
	"fmt"
	"strings"

	"github.com/spf13/cobra"

	"siplab/lessons"
	"siplab/sim/sip"
)

func checkCommand(s *streams) *cobra.Command {
	return &cobra.Command{
		Use:   "check [LESSON|FILE...]",
		Short: "Prove lessons and scenarios; without a name, the whole course",
		Long: `Prove that lessons are true and that scenarios run: each block of a lesson is
what the run gives, each expectation holds, each question has its answer in the
run, no law is broken. All errors are printed at once; exit 1 where there is
one.`,
		Example: `  siplab check
  siplab check register my.siplab`,
		ValidArgsFunction: completeSource,
		RunE: func(_ *cobra.Command, args []string) error {
			if len(args) == 0 {
				args = lessons.IDs()
			}
			return check(s, args)
		},
	}
}

// check proves each thing named. What cannot be read is bad input, and goes
// before a check that failed.
func check(s *streams, names []string) error {
	var unread []error
	failed := 0
	for _, name := range names {
		wrong, err := prove(s, name)
		if err != nil {
			unread = append(unread, err)
			continue
		}
		if wrong == nil {
			fmt.Fprintf(s.out, "%s: proved\n", sip.Visible(name))
			continue
		}
		failed++
		for _, line := range strings.Split(wrong.Error(), "\n") {
			fmt.Fprintln(s.out, sip.Visible(line))
		}
	}
	switch {
	case len(unread) > 0:
		return errors.Join(unread...)
	case failed > 0:
		fmt.Fprintf(s.errs, "siplab: %d of %d are not proved\n", failed, len(names))
		return errFailed
	}
	return nil
}

// prove says what is wrong with one lesson or scenario, nil for nothing; err
// where there is none of that name.
func prove(s *streams, name string) (wrong, err error) {
	src, err := open(s, name)
	if err != nil {
		return nil, err
	}
	if src.lesson != nil {
		return src.lesson.Prove(), nil
	}
	return lessons.ProveScenario(src.scenario, src.name, src.text), nil
}
