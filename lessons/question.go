package lessons

import (
	"slices"
	"unicode/utf8"

	"siplab/sim/ask"
	"siplab/sim/words"
)

// Question is one question to the learner. Besides the lines of a [Task]:
//
//	answer QUERY           a question to the run, as package ask reads it: its answer is the right one
//	wrong VALUE            an answer that somebody gives who
//	  believes TEXT        has this misconception, and
//	  holds with LINE      a line of the scenario with which VALUE would be right
//	  holds without LINE   a line of the scenario that is taken out for it
//	  refuted by F3: EXPECTATION   or the message of this run that refutes it
//
// Several lines with holds are one change. A host that is there already is
// replaced, so that a bug can be switched on in it.
type Question struct {
	Task
	Answer ask.Question
	Wrong  []*Wrong

	answer line
}

// Wrong is a wrong answer with the misconception that leads to it, and with
// one proof at least that it is one.
type Wrong struct {
	Value    ask.Value
	Believes string
	Change   []Change // the run in which Value is right; nil for none
	Refuted  *Refuted // what refutes it in the lesson's own run; nil for none

	at     line
	option ask.Expectation // the answer is Value
}

// Refuted names a message of the run, and what holds from then on and did not
// before.
type Refuted struct {
	Label string
	By    ask.Expectation
	at    line
}

// Right is the right answer.
func (q *Question) Right() (ask.Value, error) {
	tr, err := q.Block.Run.Trace()
	if err != nil {
		return ask.Value{}, err
	}
	return q.Answer.Answer(tr)
}

// question reads a question.
func (r *reader) question(b *Block, col int) {
	r.noOptions(b, col)
	q := &Question{Task: Task{Block: b}}
	b.Question = q
	r.clauses(b.lines(), "line of a question", r.questionClauses(q))
	r.questionWhole(q)
}

// questionClauses are the lines of a question.
func (r *reader) questionClauses(q *Question) []clause {
	return slices.Concat(q.clauses(r), []clause{
		{"answer", "a question to the run", func(rest line) { r.answer(q, rest) }},
		{"wrong", "a wrong answer", func(rest line) { q.Wrong = append(q.Wrong, &Wrong{at: rest}) }},
	}, r.wrongClauses(q))
}

// wrongClauses are the lines that belong to the wrong answer before them.
func (r *reader) wrongClauses(q *Question) []clause {
	of := func(read func(w *Wrong, rest line)) func(line) {
		return func(rest line) {
			if len(q.Wrong) == 0 {
				r.errs.say(rest.no, 1, "there is no wrong answer yet", "this line goes below one: wrong 3")
				return
			}
			read(q.Wrong[len(q.Wrong)-1], rest)
		}
	}
	return []clause{
		{"believes", "the misconception", of(func(w *Wrong, rest line) { r.once(&w.Believes, rest, "believes") })},
		{"holds without", "a line of the scenario", of(func(w *Wrong, rest line) { w.Change = append(w.Change, Change{Out: true, at: rest, Line: rest.text}) })},
		{"holds with", "a line of a scenario", of(func(w *Wrong, rest line) { w.Change = append(w.Change, Change{at: rest, Line: rest.text}) })},
		{"refuted by", "a message and what holds from then on: F3: count REGISTER is 2", of(r.refuted)},
	}
}

// once reads what is said once.
func (r *reader) once(to *string, rest line, keyword string) {
	if *to != "" {
		r.errs.say(rest.no, rest.col, keyword+" is said twice", "say it once")
	}
	*to = rest.text
}

// answer reads the query whose answer is the right one.
func (r *reader) answer(q *Question, rest line) {
	if q.answer.no > 0 {
		r.errs.say(rest.no, rest.col, "answer is said twice", "say it once")
	}
	var err error
	q.answer = rest
	q.Answer, err = ask.Parse(rest.text)
	r.errs.add(rest.no, rest.col, err)
	if err != nil {
		q.answer.text = "" // so that no wrong answer is held against it
	}
}

// refuted reads a label and an expectation.
func (r *reader) refuted(w *Wrong, rest line) {
	i := 0
	for i < len(rest.text) && rest.text[i] != ':' && rest.text[i] != ' ' {
		i++
	}
	f := &Refuted{Label: rest.text[:i], at: rest}
	by, ok := rest.skip(i).after(":")
	if !ok || by.text == "" {
		r.errs.say(rest.no, rest.col, "expected a message, a colon and what holds from then on", "as in: refuted by F3: count REGISTER is 2")
		return
	}
	var err error
	f.By, err = ask.ParseExpect(by.text)
	r.errs.add(by.no, by.col, err)
	w.Refuted = f
}

// questionWhole wants a question to have all its parts.
func (r *reader) questionWhole(q *Question) {
	no := q.Block.Line
	q.whole(r)
	if q.answer.no == 0 {
		r.errs.say(no, 1, "the question has no right answer", "a line: answer transactions at bob")
	}
	if len(q.Wrong) < 2 {
		r.errs.say(no, 1, "the question has "+words.Count(len(q.Wrong), "wrong answer"), "at least two, each with what somebody believes who gives it")
	}
	for _, w := range q.Wrong {
		r.wrong(q, w)
	}
}

// wrong reads the value of a wrong answer as one of the question's.
func (r *reader) wrong(q *Question, w *Wrong) {
	if w.Believes == "" {
		r.errs.say(w.at.no, w.at.col, "nobody believes this", "a line: believes one registration is one request")
	}
	if w.Change == nil && w.Refuted == nil {
		r.errs.say(w.at.no, w.at.col, "nothing shows that this is wrong", "a line: holds with a line of a scenario, or: refuted by F3: an expectation")
	}
	if q.answer.text == "" {
		return
	}
	before := q.answer.text + " is "
	x, err := ask.ParseExpect(before + w.at.text)
	if e, ok := err.(*words.Error); ok {
		e.Col = max(e.Col-utf8.RuneCountInString(before), 1)
		r.errs.add(w.at.no, w.at.col, e)
	}
	w.Value, w.option = x.Value, x
}
