package main

import (
	"errors"
	"fmt"
	"io"

	"github.com/spf13/cobra"

	"siplab/lessons"
	"siplab/sim/sip"
	"siplab/sim/words"
)

func goalCommand(s *streams) *cobra.Command {
	var out output
	var faults []string
	var number int
	var hints bool
	c := &cobra.Command{
		Use:   "goal LESSON|FILE",
		Short: "Reach a lesson's goal by faults of your own",
		Long: `Reach the goal of a lesson by faults of your own. Without a fault the goal is
printed. With faults the scenario runs with them; exit 1 where the goal is not
reached. As in golf, fewer are better.`,
		Example: `  siplab goal L05
  siplab goal L05 --fault "lose 1st 401 from biloxi"`,
		ValidArgsFunction: completeSource,
		Args:              oneName,
		RunE: func(_ *cobra.Command, args []string) error {
			if err := out.settle([]string{"text", "json"}); err != nil {
				return err
			}
			g, err := findGoal(s, args[0], number)
			if err != nil {
				return err
			}
			g.hints = hints
			if err := g.try(faults); err != nil {
				return err
			}
			if err := out.write(s, func(w io.Writer) error { return g.print(w, out.format) }); err != nil {
				return err
			}
			return g.verdict(s)
		},
	}
	f := c.Flags()
	f.StringArrayVar(&faults, "fault", nil, `a named fault, as in "lose 1st REGISTER from bob"; may be given again`)
	f.IntVar(&number, "number", 1, "which goal of the lesson")
	f.BoolVar(&hints, "hints", false, "print the hints too")
	out.flags(c, "text or json")
	return c
}

// goal is a goal of a lesson, and a try at it.
type goal struct {
	lesson  *lessons.Lesson
	goal    *lessons.Goal
	attempt *lessons.Attempt // nil: none was made
	hints   bool
}

func findGoal(s *streams, name string, number int) (*goal, error) {
	l, b, err := oneTask(s, name, "goal", number)
	if err != nil {
		return nil, err
	}
	return &goal{lesson: l, goal: b.Goal}, nil
}

// try runs the scenario with the faults. All that are none are named.
func (g *goal) try(faults []string) (err error) {
	if faults == nil {
		return nil
	}
	g.attempt, err = g.goal.Try(faults)
	var wrong words.Errors
	if !errors.As(err, &wrong) {
		return err
	}
	var all []error
	for _, e := range wrong {
		text := ""
		if e.Line > 0 && e.Line <= len(faults) {
			text = faults[e.Line-1]
		}
		all = append(all, flagError("--fault", text, e))
	}
	return errors.Join(all...)
}

func (g *goal) print(w io.Writer, format string) error {
	if format == "json" {
		return writeJSON(w, g.listed())
	}
	fmt.Fprintf(w, "%s %s\n\n%s\n", g.lesson.ID, sip.Visible(g.lesson.Title), sip.Visible(g.goal.Ask))
	for _, x := range g.goal.Reach {
		fmt.Fprintf(w, "  %s\n", sip.Visible(x.String()))
	}
	if g.hints {
		for _, h := range g.goal.Hints {
			fmt.Fprintf(w, "  hint: %s\n", sip.Visible(h))
		}
	}
	if g.attempt == nil {
		fmt.Fprintf(w, "\nIt can be done with %s. Try: siplab goal %s --fault \"lose 1st …\"\n", words.Count(g.goal.Par(), "fault"), called(g.lesson))
		return nil
	}
	fmt.Fprintln(w)
	for _, line := range g.says() {
		fmt.Fprintln(w, sip.Visible(line))
	}
	return nil
}

// says is what to tell who tried.
func (g *goal) says() (out []string) {
	a := g.attempt
	for _, f := range a.Missed {
		out = append(out, "No packet met this: "+f.String())
	}
	for _, u := range a.Unmet {
		out = append(out, "Not yet: "+u.Expect+"; it is "+u.Got)
	}
	if a.TooMany {
		out = append(out, fmt.Sprintf("These are %s; at most %d may be used.", words.Count(len(a.Faults), "fault"), g.goal.AtMost))
	}
	if a.Reached() {
		out = append(out, fmt.Sprintf("Reached with %s; the lesson's own solution has %d.", words.Count(len(a.Faults), "fault"), g.goal.Par()))
		out = append(out, g.goal.Learned...)
	}
	return out
}

func (g *goal) listed() any {
	type listed struct {
		Lesson  string   `json:"lesson"`
		Number  int      `json:"number"`
		Ask     string   `json:"ask"`
		Reach   []string `json:"reach"`
		Par     int      `json:"par"`
		Faults  *int     `json:"faults,omitempty"`
		Reached *bool    `json:"reached,omitempty"`
		Says    []string `json:"says,omitempty"`
	}
	out := listed{Lesson: g.lesson.ID, Number: g.goal.Block.Number, Ask: g.goal.Ask, Par: g.goal.Par()}
	for _, x := range g.goal.Reach {
		out.Reach = append(out.Reach, x.String())
	}
	if a := g.attempt; a != nil {
		faults, reached := len(a.Faults), a.Reached()
		out.Faults, out.Reached, out.Says = &faults, &reached, g.says()
	}
	return out
}

// verdict keeps a goal that was reached, and fails where it was not.
func (g *goal) verdict(s *streams) error {
	switch {
	case g.attempt == nil:
		return nil
	case !g.attempt.Reached():
		return errFailed
	}
	keep(s, g.lesson, 0, solved(s, g.lesson, g.goal.Block, len(g.attempt.Faults)))
	return nil
}
