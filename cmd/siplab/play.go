package main

import (
	"fmt"
	"io"

	"github.com/spf13/cobra"

	"siplab/diagrams"
	"siplab/lessons"
	"siplab/sim/sip"
)

func playCommand(s *streams) *cobra.Command {
	var out output
	var number int
	c := &cobra.Command{
		Use:   "play LESSON|FILE [CHOICE]",
		Short: "Act for a phone, a proxy or a registrar, and see what comes of it",
		Long: `Run a lesson up to the point where one of its elements must act, and choose what
it does: by the letter of a choice or its words. The rest of the network reacts
for real, and the ladder of that run is drawn. Exit 1 where the choice is not
what the element does by itself.`,
		Example: `  siplab play L02
  siplab play L02 b`,
		ValidArgsFunction: completeSource,
		Args:              nameAndChoice,
		RunE: func(_ *cobra.Command, args []string) error {
			if err := out.settle([]string{"text", "ascii", "svg"}); err != nil {
				return err
			}
			p, err := findPlay(s, args[0], number)
			if err != nil {
				return err
			}
			if len(args) == 1 {
				return out.write(s, p.stopped(out.format))
			}
			if p.given = p.find(args[1]); p.given == none {
				return &badInput{what: fmt.Sprintf("%q is none of the choices", args[1]), hint: didYouMean(args[1], p.texts())}
			}
			if err := out.write(s, p.acted(out.format)); err != nil {
				return err
			}
			if !p.right() {
				return errFailed
			}
			keep(s, p.lesson, 0, solved(s, p.lesson, p.block, 0))
			return nil
		},
	}
	c.Flags().IntVar(&number, "number", 1, "which play of the lesson")
	out.flags(c, "text, ascii or svg")
	return c
}

func nameAndChoice(c *cobra.Command, args []string) error {
	if len(args) > 2 {
		return &badInput{what: "play takes a lesson and one choice", hint: "put quotes around its words, or give its letter: siplab play L02 b"}
	}
	return atLeastOneName(c, args)
}

// playing is a play of a lesson, and the choice of who plays it.
type playing struct {
	asked
	lesson *lessons.Lesson
}

func findPlay(s *streams, name string, number int) (*playing, error) {
	l, b, err := oneTask(s, name, "play", number)
	if err != nil {
		return nil, err
	}
	options, err := b.Choose()
	return &playing{asked{b, options, none}, l}, err
}

// stopped shows the run up to where it stops, and the choices.
func (p *playing) stopped(format string) func(io.Writer) error {
	return func(w io.Writer) error {
		tr, err := p.block.Play.Run(nil)
		if err != nil {
			return err
		}
		cut := *tr
		cut.Events = tr.Events[:max(p.block.Play.Stop(), 0)]
		if err := draw(w, &cut, format, diagrams.Options{}); err != nil || format == "svg" {
			return err
		}
		fmt.Fprintf(w, "\nYou are %s. %s\n", p.block.Play.Host, sip.Visible(p.block.Task().Ask))
		for i, o := range p.options {
			fmt.Fprintf(w, "   %s  %s\n", lessons.Letter(i), sip.Visible(o.Text))
		}
		return nil
	}
}

// acted shows the run with the choice, and what is to be said about it.
func (p *playing) acted(format string) func(io.Writer) error {
	return func(w io.Writer) error {
		o := p.options[p.given]
		tr, err := p.block.Play.Run(o.Play)
		if err != nil {
			return err
		}
		if err := draw(w, tr, format, diagrams.Options{}); err != nil || format == "svg" {
			return err
		}
		fmt.Fprintf(w, "\n%s\n", sip.Visible(o.Text))
		p.judge(w)
		return nil
	}
}
