package lessons

import (
	"strings"

	"siplab/sim/ask"
	"siplab/sim/trace"
)

// proof is a lesson half proved.
type proof struct {
	lesson *Lesson
	errs   wrongs
}

// Prove runs the lesson and finds what in it is not true. The error is
// words.Errors: all of it, each with file, line and column; nil where the
// lesson is true.
func (l *Lesson) Prove() error {
	p := &proof{lesson: l}
	p.complete()
	for _, b := range l.Blocks {
		findKind(b.Kind).prove(p, b)
	}
	p.claims()
	return p.errs.list(l.file)
}

// complete proves that the lesson has what makes it one.
func (p *proof) complete() {
	have := map[string]bool{}
	for _, b := range p.lesson.Blocks {
		have[b.Kind] = true
	}
	for _, need := range []struct{ kind, want string }{
		{"ladder", "the learner sees at least one run"},
		{"expect", "what the lesson says is held against the run"},
		{"question", "the learner is asked at least once"},
	} {
		if !have[need.kind] && (need.kind != "question" || p.lesson.Flow == nil) {
			p.errs.say(1, 1, "there is no "+need.kind+" block", need.want)
		}
	}
}

// holds says whether an expectation is true of a trace. One that cannot be put
// to it is not.
func holds(x ask.Expectation, tr *trace.Trace) bool {
	ok, _, err := x.Holds(tr)
	return err == nil && ok
}

// difference is the first place where two texts differ, as line and column from
// 1, with the rest of that line in each; line 0 where they are the same.
func difference(is, should string) (line, col int, isRest, shouldRest string) {
	if is == should {
		return 0, 0, "", ""
	}
	a, b := strings.SplitAfter(is, "\n"), strings.SplitAfter(should, "\n")
	for line < len(a) && line < len(b) && a[line] == b[line] {
		line++
	}
	if line < len(a) {
		isRest = strings.TrimSuffix(a[line], "\n")
	}
	if line < len(b) {
		shouldRest = strings.TrimSuffix(b[line], "\n")
	}
	x, y := []rune(isRest), []rune(shouldRest)
	for col < len(x) && col < len(y) && x[col] == y[col] {
		col++
	}
	return line + 1, col + 1, string(x[col:]), string(y[col:])
}
