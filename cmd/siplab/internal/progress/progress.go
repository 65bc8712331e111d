// Package progress keeps what a learner has solved: a text file in the user's
// state directory.
//
// Each line is "solved L05 question 1", with "with faults: 2" after it for
// a goal, or "at L07 page 3", where the learner stopped. A lesson that is none
// of the course is named by where its file lies, in quotes. What is solved stays
// solved: a file is joined with what another process wrote meanwhile.
package progress

import (
	"bytes"
	"errors"
	"fmt"
	"io/fs"
	"maps"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strconv"
	"strings"

	"siplab/cmd/siplab/internal/whole"
	"siplab/lessons"
)

// Task names what a learner can solve: the Number-th block of that kind, from
// 1, in a lesson.
type Task struct {
	Lesson string // id; of somebody's own lesson, where its file lies
	Kind   string // question, goal, play
	Number int
}

// Solved is a task that was solved, a goal with so many faults.
type Solved struct {
	Task   Task
	Faults int
}

// TaskOf is the task that a block of a lesson is.
func TaskOf(lesson string, b *lessons.Block) Task { return Task{lesson, b.Kind, b.Number} }

// Progress is what a learner has solved.
type Progress struct {
	At     string       // the lesson where the learner stopped; "" for none
	Page   int          // of it, from 1; 0: not known
	solved map[Task]int // how many faults it took, of a goal
}

// New is the progress of who begins.
func New() *Progress { return &Progress{solved: map[Task]int{}} }

// Solve notes a task as solved. Of a goal that was reached before, the fewest
// faults stay.
func (p *Progress) Solve(t Task, faults int) {
	if before, ok := p.solved[t]; !ok || faults < before {
		p.solved[t] = faults
	}
}

// Solved says whether a task is, and with how many faults.
func (p *Progress) Solved(t Task) (faults int, ok bool) {
	faults, ok = p.solved[t]
	return faults, ok
}

// In is how many tasks of a lesson are solved.
func (p *Progress) In(lesson string) (n int) {
	for t := range p.solved {
		if t.Lesson == lesson {
			n++
		}
	}
	return n
}

// File is where the progress of a user lies: under XDG_STATE_HOME where that is
// set, else where each system keeps such files.
func File(system string, getenv func(string) string) (string, error) {
	under := []string{getenv("HOME"), ".local", "state"}
	switch {
	case filepath.IsAbs(getenv("XDG_STATE_HOME")):
		under = []string{getenv("XDG_STATE_HOME")}
	case system == "windows":
		under = []string{getenv("LocalAppData")}
	case system == "darwin" || system == "ios":
		under = []string{getenv("HOME"), "Library", "Application Support"}
	}
	if under[0] == "" {
		return "", errors.New("there is no home directory")
	}
	return filepath.Join(append(under, "siplab", "progress.txt")...), nil
}

// Load reads a file; none is the progress of who begins. A file with lines that
// are not understood is damaged: it is renamed to aside, and what is understood
// of it is kept.
func Load(file string) (p *Progress, aside string, err error) {
	p = New()
	text, err := os.ReadFile(file)
	if errors.Is(err, fs.ErrNotExist) {
		return p, "", nil
	}
	if err != nil {
		return p, "", err
	}
	if p.read(text) {
		return p, "", nil
	}
	aside, err = setAside(file)
	if err == nil {
		err = p.write(file)
	}
	return p, aside, err
}

// setAside renames a file to a name that is free.
func setAside(file string) (string, error) {
	for n := 1; ; n++ {
		aside := fmt.Sprintf("%s.damaged-%d", file, n)
		if _, err := os.Lstat(aside); errors.Is(err, fs.ErrNotExist) {
			return aside, os.Rename(file, aside)
		} else if err != nil {
			return "", err
		}
	}
}

// Save writes the file, joined with what is in it. A damaged one is set aside,
// as by Load.
func (p *Progress) Save(file string) (aside string, err error) {
	if err := os.MkdirAll(filepath.Dir(file), 0o700); err != nil {
		return "", err
	}
	now, aside, err := Load(file)
	if err != nil {
		return aside, err
	}
	for t, faults := range now.solved {
		p.Solve(t, faults)
	}
	if p.At == "" {
		p.At = now.At
	}
	if p.At == now.At && p.Page == 0 {
		p.Page = now.Page
	}
	return aside, p.write(file)
}

func (p *Progress) write(file string) error { return whole.WriteFile(file, p.text()) }

const heading = "# What you have solved in siplab. Delete a line, and it is not.\n"

// text is the file, in the order of the course.
func (p *Progress) text() []byte {
	var b bytes.Buffer
	b.WriteString(heading)
	switch {
	case p.At != "" && p.Page > 0:
		fmt.Fprintf(&b, "at %s page %d\n", p.At, p.Page)
	case p.At != "":
		fmt.Fprintf(&b, "at %s\n", p.At)
	}
	lines := make([]string, 0, len(p.solved))
	for t, faults := range maps.All(p.solved) {
		line := fmt.Sprintf("solved %s %s %d", lessonText(t.Lesson), t.Kind, t.Number)
		if t.Kind == "goal" {
			line += fmt.Sprintf(" with faults: %d", faults)
		}
		lines = append(lines, line)
	}
	slices.Sort(lines)
	for _, line := range lines {
		b.WriteString(line + "\n")
	}
	return b.Bytes()
}

// lessonText is an id as it is, and what is none in quotes.
func lessonText(lesson string) string {
	if id.MatchString(lesson) {
		return lesson
	}
	return strconv.Quote(lesson)
}

var (
	id         = regexp.MustCompile(`^[A-Za-z0-9.-]{1,64}$`)
	atLine     = regexp.MustCompile(`^at ([A-Za-z0-9.-]{1,64})(?: page (\d{1,4}))?$`)
	solvedLine = regexp.MustCompile(`^solved ([A-Za-z0-9.-]{1,64}|"(?:[^"\\]|\\.)+") (question|goal|play) (\d{1,4})(?: with faults: (\d{1,6}))?$`)
)

// read reads a file; false: there are lines that are not understood.
func (p *Progress) read(text []byte) bool {
	whole := true
	for _, line := range strings.Split(string(text), "\n") {
		line = strings.TrimRight(line, "\r ")
		if at := atLine.FindStringSubmatch(line); at != nil {
			p.At = at[1]
			p.Page, _ = strconv.Atoi(at[2])
		} else if t, faults, ok := solved(line); ok {
			p.Solve(t, faults)
		} else if line != "" && line[0] != '#' {
			whole = false
		}
	}
	return whole
}

// solved reads a line that says so.
func solved(line string) (t Task, faults int, ok bool) {
	s := solvedLine.FindStringSubmatch(line)
	if s == nil {
		return t, 0, false
	}
	lesson, err := s[1], error(nil)
	if lesson[0] == '"' {
		lesson, err = strconv.Unquote(lesson)
	}
	n, _ := strconv.Atoi(s[3])
	faults, _ = strconv.Atoi(s[4])
	return Task{lesson, s[2], n}, faults, err == nil
}
