package main

import (
	"errors"
	"fmt"
	"io"
	"slices"
	"strings"

	"github.com/spf13/cobra"

	"siplab/diagrams"
	"siplab/lessons"
	"siplab/lessons/exam"
	"siplab/sim/scenario"
)

func examCommand(s *streams) *cobra.Command {
	var out output
	var seed uint64
	var papers, second []int
	var solutions bool
	c := &cobra.Command{
		Use:   "exam [ANSWERS...]",
		Short: "Five captures with hidden faults: say what is missing, where, and who repaired it",
		Long: `Five papers, made from a seed, the harder the later. Each is what a tap at one
host captured. One of them has nothing missing, and in one the packet was not
lost: the tap missed it. The second tap of a paper costs a point.

The answers are five words, one a paper: a letter for each question, . for one
left out. Exit 1 where less than --pass of 100 is reached.`,
		Example: `  siplab exam --seed 7
  siplab exam --seed 7 --paper 3 --second 3
  siplab exam --seed 7 --second 3 dabb acbcc dde.b b.... b`,
		Args: func(_ *cobra.Command, args []string) error {
			if len(args) > 5 {
				return &badInput{what: fmt.Sprintf("%d answers to 5 papers", len(args)), hint: "one word a paper, a letter for each of its questions"}
			}
			return nil
		},
	}
	f := c.Flags()
	f.Uint64Var(&seed, "seed", 1, "which examination")
	f.IntSliceVar(&papers, "paper", nil, "only these papers")
	f.IntSliceVar(&second, "second", nil, "the second tap of these papers too, for a point each")
	f.BoolVar(&solutions, "solutions", false, "for who corrects: the right answers, and the scenario of each paper")
	pass := f.Int("pass", 80, "how many points of 100 are enough")
	out.flags(c, "text or json")
	c.RunE = func(c *cobra.Command, args []string) error {
		if err := out.settle([]string{"text", "json"}); err != nil {
			return err
		}
		e, err := exam.New(c.Context(), seed)
		if err != nil {
			return err
		}
		sitting := &sitting{exam: e, papers: papers, second: second, solutions: solutions, pass: *pass}
		if err := errors.Join(sitting.check(), sitting.answer(args)); err != nil {
			return err
		}
		if err := out.write(s, func(w io.Writer) error { return sitting.print(w, out.format) }); err != nil {
			return err
		}
		return sitting.verdict(s)
	}
	return c
}

// sitting is one candidate at one examination.
type sitting struct {
	exam           *exam.Exam
	papers, second []int // numbers; no papers: all
	solutions      bool
	pass           int
	given          [][]int // by paper and question; nil: no answers were given
}

// check wants the numbers of papers to be there.
func (s *sitting) check() error {
	for _, n := range slices.Concat(s.papers, s.second) {
		if n < 1 || n > len(s.exam.Papers) {
			return &badInput{what: fmt.Sprintf("there is no paper %d", n), hint: fmt.Sprintf("they are 1 to %d", len(s.exam.Papers))}
		}
	}
	return nil
}

// answer reads the words of the candidate. All that are none are named.
func (s *sitting) answer(words []string) error {
	if len(words) == 0 {
		return nil
	}
	var all []error
	s.given = make([][]int, len(s.exam.Papers))
	for i, p := range s.exam.Papers {
		s.given[i] = slices.Repeat([]int{none}, len(p.Questions))
		if i >= len(words) {
			continue
		}
		if len(words[i]) > len(p.Questions) {
			all = append(all, &badInput{what: fmt.Sprintf("paper %d: %q has %d letters for %d questions", p.Number, words[i], len(words[i]), len(p.Questions))})
			continue
		}
		for n, c := range []byte(strings.ToLower(words[i])) {
			if c == '.' {
				continue
			}
			if c < 'a' || int(c-'a') >= len(p.Questions[n].Options) {
				all = append(all, &badInput{what: fmt.Sprintf("paper %d, question %d: %q is no option; they are a to %s", p.Number, n+1, string(rune(c)), lessons.Letter(len(p.Questions[n].Options)-1))})
				continue
			}
			s.given[i][n] = int(c - 'a')
		}
	}
	return errors.Join(all...)
}

// points are those reached, and those that there are.
func (s *sitting) points() (got, of int) {
	for i, p := range s.exam.Papers {
		for n, q := range p.Questions {
			of += exam.Points
			if s.given != nil && s.given[i][n] == q.Right {
				got += exam.Points
			}
		}
	}
	return max(got-exam.Points*len(s.second), 0), of
}

func (s *sitting) shows(p *exam.Paper) bool {
	return s.papers == nil || slices.Contains(s.papers, p.Number)
}

func (s *sitting) print(w io.Writer, format string) error {
	if format == "json" {
		return s.json(w)
	}
	for i, p := range s.exam.Papers {
		if !s.shows(p) {
			continue
		}
		if err := s.paper(w, i, p); err != nil {
			return err
		}
	}
	if got, of := s.points(); s.given != nil {
		fmt.Fprintf(w, "%d of %d points\n", got, of)
	}
	return nil
}

func (s *sitting) paper(w io.Writer, i int, p *exam.Paper) error {
	taps := []string{p.Tap}
	if slices.Contains(s.second, p.Number) {
		taps = append(taps, p.Second)
	}
	fmt.Fprintf(w, "PAPER %d. %s\n", p.Number, p.Title)
	for _, tap := range taps {
		tr, err := p.View(tap)
		if err != nil {
			return err
		}
		fmt.Fprintf(w, "\nCaptured at %s:\n\n%s", tap, diagrams.NewLadder(tr, diagrams.Options{}).Text())
	}
	for n, q := range p.Questions {
		fmt.Fprintf(w, "\n%d. %s\n", n+1, q.Ask)
		for o, text := range q.Options {
			fmt.Fprintf(w, " %s %s  %s\n", s.mark(i, n, o), lessons.Letter(o), text)
		}
	}
	if s.solutions {
		fmt.Fprintf(w, "\nWhat happened:\n\n%s", scenario.Print(p.Scenario))
	}
	_, err := fmt.Fprintln(w)
	return err
}

// mark stands before an option: what was answered, and, for who corrects or
// where it was answered, what is right.
func (s *sitting) mark(paper, question, option int) string {
	right := s.exam.Papers[paper].Questions[question].Right == option
	chosen := s.given != nil && s.given[paper][question] == option
	switch {
	case chosen && right:
		return "✓"
	case chosen:
		return "✗"
	case right && s.solutions:
		return "▸"
	}
	return " "
}

func (s *sitting) json(w io.Writer) error {
	type question struct {
		Ask     string   `json:"ask"`
		Options []string `json:"options"`
		Given   *int     `json:"given,omitempty"`
		Right   *bool    `json:"right,omitempty"`
	}
	type paper struct {
		Number    int        `json:"number"`
		Title     string     `json:"title"`
		Tap       string     `json:"tap"`
		Questions []question `json:"questions"`
	}
	type result struct {
		Seed   uint64  `json:"seed"`
		Papers []paper `json:"papers"`
		Points *int    `json:"points,omitempty"`
		Of     int     `json:"of"`
		Passed *bool   `json:"passed,omitempty"`
	}
	out := result{Seed: s.exam.Seed}
	for i, p := range s.exam.Papers {
		listed := paper{Number: p.Number, Title: p.Title, Tap: p.Tap}
		for n, q := range p.Questions {
			x := question{Ask: q.Ask, Options: q.Options}
			if s.given != nil && s.given[i][n] != none {
				right := s.given[i][n] == q.Right
				x.Given, x.Right = &s.given[i][n], &right
			}
			listed.Questions = append(listed.Questions, x)
		}
		if s.shows(p) {
			out.Papers = append(out.Papers, listed)
		}
	}
	got, of := s.points()
	if out.Of = of; s.given != nil {
		passed := s.passed()
		out.Points, out.Passed = &got, &passed
	}
	return writeJSON(w, out)
}

func (s *sitting) passed() bool {
	got, of := s.points()
	return 100*got >= s.pass*of
}

// verdict fails a candidate who has not enough points.
func (s *sitting) verdict(to *streams) error {
	if s.given == nil || s.passed() {
		return nil
	}
	got, of := s.points()
	fmt.Fprintf(to.errs, "siplab: %d of %d points; %d of 100 are enough\n", got, of, s.pass)
	return errFailed
}
