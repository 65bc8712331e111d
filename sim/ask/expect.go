package ask

import (
	"fmt"
	"slices"
	"strings"

	"siplab/sim/trace"
	"siplab/sim/words"
)

// Relation is how an answer and a value should compare.
type Relation string

// The relations, as they are written.
const (
	Is       Relation = "is"
	IsNot    Relation = "is not"
	AtLeast  Relation = "at least"
	AtMost   Relation = "at most"
	Contains Relation = "contains"
)

// Expectation is a question and what its answer should be.
type Expectation struct {
	Question
	Relation Relation
	Value    Value
}

// String is the expectation in the words of the language; ParseExpect is its
// inverse.
func (x Expectation) String() string {
	v := x.Value.String()
	if x.Relation == Contains && x.Value.Kind == Text && x.form.Gives.Many {
		v = printText(x.Value.Text, words.Print)
	}
	return x.Question.String() + " " + string(x.Relation) + " " + v
}

// ParseExpect reads an expectation. The error is a *words.Error.
func ParseExpect(line string) (Expectation, error) {
	var x Expectation
	l, err := words.Read(line)
	if err != nil {
		return x, err
	}
	var m *match
	if x.Question, m, err = parse(l); err != nil {
		return x, err
	}
	could := x.form.relations()
	if x.Relation = relation(l); x.Relation == "" {
		return x, noRelation(l, m, could)
	}
	if !slices.Contains(could, string(x.Relation)) {
		w := l.Words[l.At-1]
		return x, &words.Error{Col: w.Col, Text: fmt.Sprintf("%s cannot be said of %s", words.Show(string(x.Relation)), x.form.Gives), Want: "say " + words.Either(could)}
	}
	t := x.form.Gives
	if x.Relation == Contains {
		t.Many = false
	}
	x.Value, err = readValue(l, t)
	return x, err
}

// relation reads a relation; "" and nothing read where there is none.
func relation(l *words.Line) Relation {
	at := l.At
	switch {
	case l.Accept("is"):
		if l.Accept("not") {
			return IsNot
		}
		return Is
	case l.Accept("contains"):
		return Contains
	case l.Accept("at") && l.Accept("least"):
		return AtLeast
	}
	if l.At > at && l.Accept("most") {
		return AtMost
	}
	l.At = at
	return ""
}

func noRelation(l *words.Line, m *match, could []string) error {
	if !l.More() {
		return l.Missing("what the answer should be: " + words.Either(could) + " and a value")
	}
	return m.leftOver(l, could)
}

// relations are those that make sense for what the form answers with.
func (f *Form) relations() []string {
	out := []string{string(Is), string(IsNot)}
	switch {
	case f.Gives.Many || f.Gives.Of == Text:
		out = append(out, string(Contains))
	case f.Gives.Of == Number || f.Gives.Of == Time:
		out = append(out, string(AtLeast), string(AtMost))
	}
	return out
}

// Holds asks the trace and compares. The error is that of Answer.
func (x Expectation) Holds(tr *trace.Trace) (ok bool, got Value, err error) {
	got, err = x.Answer(tr)
	if err != nil {
		return false, got, err
	}
	return compare(got, x.Relation, x.Value), got, nil
}

func compare(got Value, r Relation, want Value) bool {
	switch r {
	case IsNot:
		return !got.Equal(want)
	case AtLeast:
		return got.Kind == want.Kind && got.Kind != None && got.Number >= want.Number && got.Time >= want.Time
	case AtMost:
		return got.Kind == want.Kind && got.Kind != None && got.Number <= want.Number && got.Time <= want.Time
	case Contains:
		return contains(got, want)
	}
	return got.Equal(want)
}

func contains(got, want Value) bool {
	if got.Kind == List {
		return slices.ContainsFunc(got.List, want.Equal)
	}
	return got.Kind == Text && want.Kind == Text && strings.Contains(got.Text, want.Text)
}
