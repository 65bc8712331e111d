package lessons

import (
	"bytes"
	"regexp"
	"strings"

	"siplab/sim"
	"siplab/sim/explore"
)

// Lesson is one file of a course.
type Lesson struct {
	ID       string // L01, rfc5407-3.1.2; "" where the file's name has none
	Slug     string // register; "" for a flow of an RFC
	Title    string
	Part     string        // of the course: A. Registration
	Short    bool          // belongs to the short course
	Sections []string      // that the lesson cites, each once, in their order: RFC 3261 §17.1.2.2
	Next     string        // id of the lesson to read after it; "" for none
	Scenario *sim.Scenario // of its first run
	Runs     []*Run
	Flow     *Flow // that the lesson is; nil: it is none
	Blocks   []*Block
	Source   string // the Markdown; its lines end in \n

	file   string // as errors call it
	course bool   // embedded here
	crlf   bool   // the file's lines end in \r\n
	starts []int  // offset of each line in Source
	said   []byte // Source with a space for each byte that is not said in plain words
}

// Run is a scenario of a lesson, and what happened in it.
type Run struct {
	Scenario *sim.Scenario
	Block    *Block // of kind scenario
	Expect   []Expect
	Breaks   []Breaks
	played   *played
}

// Block is one fenced block.
type Block struct {
	Kind     string
	Number   int    // among the lesson's blocks of its kind, from 1
	Options  string // what stands after the kind
	Line     int    // of its opening fence, from 1
	Text     string
	Run      *Run      // what it speaks of; nil before the first scenario
	Question *Question // of kind question
	Goal     *Goal     // of kind goal
	Play     *Play     // of kind play

	start, end int            // of Text in Source
	draw       drawer         // of kinds that show the run
	losses     *explore.Table // of kind lose-each, once it was made
}

// OfCourse says whether the lesson is one of those that are embedded here, and
// not somebody's own.
func (l *Lesson) OfCourse() bool { return l.course }

// File is the name of the lesson's file, in the folder of the course.
func (l *Lesson) File() string { return l.file }

// MaxBytes is how long a lesson may be.
const MaxBytes = 1 << 20

// Read reads a lesson. Its name is that of its file, and stands in errors. The
// error is words.Errors: all that is wrong, each with line and column.
func Read(name string, text []byte) (*Lesson, error) {
	l := &Lesson{file: name, crlf: bytes.Contains(text, []byte("\r\n"))}
	l.ID, l.Slug = nameParts(name)
	r := &reader{lesson: l, blocks: map[string]int{}}
	if r.bytes(text); r.errs.none() {
		l.Source = strings.ReplaceAll(strings.TrimPrefix(string(text), "\uFEFF"), "\r\n", "\n")
		r.markdown()
	}
	if err := r.errs.list(name); err != nil {
		return nil, err
	}
	return l, nil
}

// Questions are the questions of the lesson, in their order.
func (l *Lesson) Questions() (out []*Question) {
	for _, b := range l.Blocks {
		if b.Question != nil {
			out = append(out, b.Question)
		}
	}
	return out
}

// Tasks are the blocks of the lesson that the learner does something with: its
// questions, goals and plays, in their order.
func (l *Lesson) Tasks() (out []*Block) {
	for _, b := range l.Blocks {
		if b.Task() != nil {
			out = append(out, b)
		}
	}
	return out
}

// Task is what the block has the learner do; nil for nothing.
func (b *Block) Task() *Task {
	switch {
	case b.Question != nil:
		return &b.Question.Task
	case b.Goal != nil:
		return &b.Goal.Task
	case b.Play != nil:
		return &b.Play.Task
	}
	return nil
}

var fileName = regexp.MustCompile(`^([A-Z]\d\d)-([a-z0-9]+(?:-[a-z0-9]+)*)$`)

// flowName is the name of a file whose lesson is a flow of an RFC: its id is all
// the name it has.
var flowName = regexp.MustCompile(`^rfc\d+-[A-Z0-9][A-Za-z0-9]*(?:[-.][A-Za-z0-9]+)*$`)

// nameParts are the id and slug in the name of a lesson's file. A name of
// another form is a slug.
func nameParts(name string) (id, slug string) {
	base := strings.TrimSuffix(name[strings.LastIndexAny(name, `/\`)+1:], ".md")
	if m := fileName.FindStringSubmatch(base); m != nil {
		return m[1], m[2]
	}
	if flowName.MatchString(base) {
		return base, ""
	}
	return "", base
}
