package lessons

import (
	"regexp"
	"slices"

	"siplab/sim/words"
)

var lessonID = regexp.MustCompile(`^[A-Z]\d\d$`)

// head reads the block that gives the lesson its place in the course.
func (r *reader) head(b *Block, col int) {
	r.noOptions(b, col)
	if b.Number > 1 {
		r.errs.say(b.Line, 1, "a second lesson block", "one says it all")
		return
	}
	r.clauses(b.lines(), "line of a lesson block", r.headClauses())
	if r.lesson.Part == "" {
		r.errs.say(b.Line, 1, "the part of the course is missing", "a line: part A. Registration")
	}
}

// headClauses are the lines of a lesson block.
func (r *reader) headClauses() []clause {
	return []clause{
		{"part", "the part of the course: A. Registration", func(rest line) { r.lesson.Part = rest.text }},
		{"short course", "", func(line) { r.lesson.Short = true }},
		{"next", "the id of the lesson to read next: L02", func(rest line) {
			if r.lesson.Next = rest.text; !lessonID.MatchString(r.lesson.Next) {
				r.errs.say(rest.no, rest.col, words.Show(r.lesson.Next)+" is no id of a lesson", "a capital letter and two digits: L02")
			}
		}},
	}
}

// head proves that the next lesson is there. A teacher's own may be anywhere.
func (p *proof) head(b *Block) {
	l := p.lesson
	if !l.course || l.Next == "" || slices.Contains(IDs(), l.Next) {
		return
	}
	at := b.line("next")
	p.errs.add(at.no, at.col, &words.Error{Text: "there is no lesson " + l.Next, Near: words.Nearest(l.Next, IDs())})
}

// line is what follows a keyword in a block.
func (b *Block) line(keyword string) line {
	for _, l := range b.lines() {
		if rest, ok := l.after(keyword); ok {
			return rest
		}
	}
	return line{no: b.Line, col: 1}
}
