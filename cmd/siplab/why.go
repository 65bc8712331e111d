package main

import (
	"cmp"
	"fmt"
	"io"

	"github.com/spf13/cobra"

	"siplab/diagrams"
)

func whyCommand(s *streams) *cobra.Command {
	r := running{streams: s}
	c := &cobra.Command{
		Use:     "why LESSON|FILE|- LABEL",
		Short:   "Say why a message was sent: the chain of causes down to a timer or a human's act",
		Example: "  siplab why register F3",
		Args: func(_ *cobra.Command, args []string) error {
			if len(args) != 2 {
				return &badInput{what: "why needs a lesson or file, and the label of a message", hint: "siplab why register F3"}
			}
			return nil
		},
		RunE: func(_ *cobra.Command, args []string) error {
			tr, err := r.run(args[0])
			if err != nil {
				return err
			}
			if tr.ByLabel(args[1]) == nil {
				labels := tr.Labels()
				return &badInput{
					what: fmt.Sprintf("no message of this run has the label %q", args[1]),
					hint: cmp.Or(didYouMean(args[1], labels), rangeOf(labels)),
				}
			}
			_, err = io.WriteString(s.out, diagrams.Why(tr, args[1]))
			return err
		},
	}
	r.flags(c)
	return c
}

func rangeOf(labels []string) string {
	if len(labels) == 0 {
		return "no message was sent"
	}
	return fmt.Sprintf("they go from %s to %s", labels[0], labels[len(labels)-1])
}
