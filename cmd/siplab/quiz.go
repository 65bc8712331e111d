package main

import (
	"cmp"
	"errors"
	"fmt"
	"io"
	"strings"

	"github.com/spf13/cobra"

	"siplab/cmd/siplab/internal/progress"
	"siplab/lessons"
	"siplab/sim/sip"
)

func quizCommand(s *streams) *cobra.Command {
	var out output
	var hints bool
	c := &cobra.Command{
		Use:   "quiz LESSON|FILE [ANSWER...]",
		Short: "Ask a lesson's questions, and say what is wrong with an answer",
		Long: `Ask the questions of a lesson, and what its elements should do where the
learner plays them. Without answers the questions are printed with their
options. An answer is the letter of an option or its words; - leaves a question
out. Each answer is judged by the run itself; exit 1 where one is wrong or left
out.`,
		Example: `  siplab quiz L05
  siplab quiz L05 b a c
  siplab quiz L05 500ms - 2`,
		ValidArgsFunction: completeSource,
		Args:              atLeastOneName,
		RunE: func(_ *cobra.Command, args []string) error {
			if err := out.settle([]string{"text", "json"}); err != nil {
				return err
			}
			q, err := newQuiz(s, args[0])
			if err != nil {
				return err
			}
			if err := q.answer(args[1:]); err != nil {
				return err
			}
			q.hints = hints
			if err := out.write(s, func(w io.Writer) error { return q.print(w, out.format) }); err != nil {
				return err
			}
			return q.verdict(s)
		},
	}
	c.Flags().BoolVar(&hints, "hints", false, "print the hints too")
	out.flags(c, "text or json")
	return c
}

// quiz is the questions and plays of a lesson, with answers.
type quiz struct {
	lesson *lessons.Lesson
	asked  []asked
	hints  bool
}

// asked is one question or play.
type asked struct {
	block   *lessons.Block
	options []lessons.Option
	given   int // index of the option that was chosen; -1: none
}

const none = -1

func newQuiz(s *streams, name string) (*quiz, error) {
	l, err := openLessonOf(s, name)
	if err != nil {
		return nil, err
	}
	q := &quiz{lesson: l}
	for _, b := range l.Tasks() {
		options, err := b.Choose()
		if err != nil {
			return nil, &badInput{what: name + ": " + err.Error()}
		}
		if options != nil {
			q.asked = append(q.asked, asked{b, options, none})
		}
	}
	if q.asked == nil {
		return nil, &badInput{what: name + " asks nothing", hint: "siplab run " + name + " runs it"}
	}
	return q, nil
}

// answer takes the answers in the order of the questions. All that are none
// are named.
func (q *quiz) answer(given []string) error {
	if len(given) > len(q.asked) {
		return &badInput{what: fmt.Sprintf("%d answers to %d questions", len(given), len(q.asked)), hint: "siplab quiz " + called(q.lesson) + " prints the questions"}
	}
	var all []error
	for i, text := range given {
		a := &q.asked[i]
		if text == "-" {
			continue
		}
		if a.given = a.find(text); a.given == none {
			all = append(all, &badInput{what: fmt.Sprintf("answer %d: %q is none of the options", i+1, text), hint: cmp.Or(didYouMean(text, a.texts()), "they are a to "+lessons.Letter(len(a.options)-1))})
		}
	}
	return errors.Join(all...)
}

// find is the option of that letter, or with those words.
func (a *asked) find(text string) int {
	unquoted := strings.Trim(text, `"`)
	for i, o := range a.options {
		if strings.EqualFold(text, lessons.Letter(i)) || strings.EqualFold(unquoted, strings.Trim(o.Text, `"`)) {
			return i
		}
	}
	return none
}

func (a *asked) texts() []string {
	out := make([]string, len(a.options))
	for i, o := range a.options {
		out[i] = o.Text
	}
	return out
}

func (a *asked) right() bool { return a.given != none && a.options[a.given].Right }

// answered says whether any answer was given.
func (q *quiz) answered() bool {
	for _, a := range q.asked {
		if a.given != none {
			return true
		}
	}
	return false
}

func (q *quiz) print(w io.Writer, format string) error {
	if format == "json" {
		return writeJSON(w, q.listed())
	}
	fmt.Fprintf(w, "%s %s\n", q.lesson.ID, sip.Visible(q.lesson.Title))
	for i, a := range q.asked {
		fmt.Fprintf(w, "\n%d. %s\n", i+1, sip.Visible(a.block.Task().Ask))
		for n, o := range a.options {
			mark := " "
			if n == a.given {
				mark = ">"
			}
			fmt.Fprintf(w, " %s %s  %s\n", mark, lessons.Letter(n), sip.Visible(o.Text))
		}
		if q.hints {
			for _, h := range a.block.Task().Hints {
				fmt.Fprintf(w, "     hint: %s\n", sip.Visible(h))
			}
		}
		a.judge(w)
	}
	return nil
}

// judge says what is to be said about the answer.
func (a *asked) judge(w io.Writer) {
	if a.given == none {
		return
	}
	o := a.options[a.given]
	verdict := "Wrong."
	if o.Right {
		verdict = "Right."
	}
	fmt.Fprintf(w, "   %s\n", verdict)
	for _, line := range o.Says {
		fmt.Fprintf(w, "   %s\n", sip.Visible(line))
	}
}

// listedQuestion is a question in JSON. What is right is said of an answer
// only.
type listedQuestion struct {
	Kind    string   `json:"kind"`
	Number  int      `json:"number"`
	Ask     string   `json:"ask"`
	Options []string `json:"options"`
	Given   string   `json:"given,omitempty"`
	Right   *bool    `json:"right,omitempty"`
	Says    []string `json:"says,omitempty"`
}

func (q *quiz) listed() any {
	list := make([]listedQuestion, len(q.asked))
	for i, a := range q.asked {
		list[i] = listedQuestion{Kind: a.block.Kind, Number: a.block.Number, Ask: a.block.Task().Ask, Options: a.texts()}
		if a.given != none {
			o, right := a.options[a.given], a.right()
			list[i].Given, list[i].Right, list[i].Says = o.Text, &right, o.Says
		}
	}
	return struct {
		Lesson    string           `json:"lesson"`
		Questions []listedQuestion `json:"questions"`
	}{q.lesson.ID, list}
}

// verdict keeps what was solved, and fails where answers were given and not all
// are right.
func (q *quiz) verdict(s *streams) error {
	if !q.answered() {
		return nil
	}
	var right []progress.Solved
	for _, a := range q.asked {
		if a.right() {
			right = append(right, solved(s, q.lesson, a.block, 0))
		}
	}
	keep(s, q.lesson, 0, right...)
	if len(right) < len(q.asked) {
		fmt.Fprintf(s.errs, "siplab: %d of %d are right\n", len(right), len(q.asked))
		return errFailed
	}
	return nil
}
