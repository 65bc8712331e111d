package lessons

// Task is what all blocks have that the learner does something with:
//
//	ask TEXT        what is asked, or to be done
//	hint TEXT       step by step
//	learned TEXT    what to know afterwards
type Task struct {
	Ask     string
	Hints   []string
	Learned []string
	Block   *Block
}

// clauses are the lines that each task has.
func (t *Task) clauses(r *reader) []clause {
	return []clause{
		{"ask", "what the learner is asked", func(rest line) { r.says(rest); r.once(&t.Ask, rest, "ask") }},
		{"hint", "a step on the way", func(rest line) { r.says(rest); t.Hints = append(t.Hints, rest.text) }},
		{"learned", "what to know afterwards", func(rest line) { r.says(rest); t.Learned = append(t.Learned, rest.text) }},
	}
}

// whole wants a task to have all its parts.
func (t *Task) whole(r *reader) {
	no, what := t.Block.Line, "the "+t.Block.Kind
	if t.Ask == "" {
		r.errs.say(no, 1, what+" asks nothing", "a line: ask How many transactions?")
	}
	if t.Hints == nil {
		r.errs.say(no, 1, what+" has no hint", "a line for each step on the way: hint Look at the branch")
	}
	if t.Learned == nil {
		r.errs.say(no, 1, what+" does not say what it taught", "a line: learned Each request begins a transaction")
	}
}
