package ask

import (
	"iter"

	"siplab/sim/trace"
	"siplab/sim/words"
)

// Question is one question, ready to be put to any trace.
type Question struct {
	form *Form
	args []arg
}

// Form is the form of the question.
func (q Question) Form() Form { return *q.form }

// String is the question in the words of the language; Parse is its inverse.
func (q Question) String() string { return q.form.pattern.print(q.args) }

// Answer is what the trace says. The error is a *words.Error with the column
// of the word that means nothing in this trace: a host that is not there, say.
func (q Question) Answer(tr *trace.Trace) (Value, error) {
	r := &run{Trace: tr}
	if err := r.check(q.args); err != nil {
		return Value{}, err
	}
	return q.form.answer(r, q.args)
}

// Parse reads a question. The error is a *words.Error.
func Parse(line string) (Question, error) {
	l, err := words.Read(line)
	if err != nil {
		return Question{}, err
	}
	q, m, err := parse(l)
	if err != nil {
		return q, err
	}
	switch {
	case !l.More():
		return q, nil
	case isRelation(l.Peek()):
		return q, notAlone(line, l.Peek())
	}
	return q, m.leftOver(l, nil)
}

// notAlone is the error for an expectation where a question is wanted: what is
// wrong with it, if anything.
func notAlone(line string, w words.Word) error {
	if _, err := ParseExpect(line); err != nil {
		return err
	}
	return w.Wrong("makes this an expectation", "the question alone")
}

// parse reads the longest question at the start of the line.
func parse(l *words.Line) (Question, *match, error) {
	m := &match{line: l}
	var q Question
	longest := 0
	for i := range forms {
		if m.try(forms[i].pattern) && l.At > longest {
			q, longest = Question{form: &forms[i], args: m.args}, l.At
		}
	}
	if q.form == nil {
		return q, m, m.failure()
	}
	l.At = longest
	return q, m, nil
}

// failure says why the line is no question.
func (m *match) failure() *words.Error {
	if m.err != nil && len(m.wants) == 0 {
		return m.err
	}
	if len(m.line.Words) == 0 {
		return &words.Error{Col: 1, Text: "a question is missing", Want: `one such as "count INVITE from alice"`}
	}
	if m.far == 0 {
		w := m.line.Words[0]
		e := w.Wrong("begins no question", "begin with one of: "+join(firstWords()))
		e.Near = words.Nearest(w.Text, firstWords())
		return e
	}
	if m.far == len(m.line.Words) {
		return m.line.Missing(words.Either(m.wants))
	}
	w := m.line.Words[m.far]
	return notUnderstood(w, "expected "+words.Either(m.wants), m.wants)
}

// leftOver is the error for a word after the end of a question, where one of
// next could have come.
func (m *match) leftOver(l *words.Line, next []string) *words.Error {
	w := l.Peek()
	if m.far == l.At+1 && m.err != nil {
		return m.err // the word begins an optional part, whose next word is wrong
	}
	could := next
	if m.far == l.At {
		could = append(could, m.wants...)
	}
	want := "the question could end before it"
	if len(could) > 0 {
		want = "expected " + words.Either(could)
	}
	return notUnderstood(w, want, append(could, "for", "from", "to"))
}

func notUnderstood(w words.Word, want string, near []string) *words.Error {
	e := w.Wrong("is not understood here", want)
	e.Near = words.Nearest(w.Text, near)
	return e
}

// run is a trace that is asked.
type run struct{ *trace.Trace }

// each gives the events of one kind, in order.
func (r *run) each(kind trace.Kind) iter.Seq[*trace.Event] {
	return func(yield func(*trace.Event) bool) {
		for i := range r.Events {
			if e := &r.Events[i]; e.Kind == kind && !yield(e) {
				return
			}
		}
	}
}
