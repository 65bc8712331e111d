package main

import (
	"fmt"
	"os"
	"path/filepath"
	"runtime"

	"siplab/cmd/siplab/internal/progress"
	"siplab/lessons"
	"siplab/sim/sip"
	"siplab/sim/words"
)

// called is the word by which a command finds a lesson.
func called(l *lessons.Lesson) string {
	if l.OfCourse() {
		return l.ID
	}
	return quoted(l.File())
}

// openLessonOf opens what must be a lesson.
func openLessonOf(s *streams, name string) (*lessons.Lesson, error) {
	src, err := open(s, name)
	if err != nil {
		return nil, err
	}
	if src.lesson == nil {
		return nil, &badInput{what: src.name + " is a scenario and no lesson", hint: "siplab run " + src.name + " runs it"}
	}
	return src.lesson, nil
}

// oneTask is a task of one kind in a lesson, by its number.
func oneTask(s *streams, name, kind string, number int) (*lessons.Lesson, *lessons.Block, error) {
	l, err := openLessonOf(s, name)
	if err != nil {
		return nil, nil, err
	}
	count := 0
	for _, b := range l.Tasks() {
		if b.Kind != kind {
			continue
		}
		if count++; b.Number == number {
			return l, b, nil
		}
	}
	if count == 0 {
		return nil, nil, &badInput{what: name + " has no " + kind, hint: "siplab quiz " + name + " asks its questions"}
	}
	return nil, nil, &badInput{what: fmt.Sprintf("--number %d: %s has %s", number, name, words.Count(count, kind))}
}

// marked is what a lesson is called in the progress: one of the course by its
// id, and one of somebody's own by where its file lies, so that no two of them
// share their marks.
func marked(s *streams, l *lessons.Lesson) string {
	if l.OfCourse() {
		return l.ID
	}
	file := s.path(l.File())
	if whole, err := filepath.Abs(file); err == nil {
		file = whole
	}
	return file
}

// solved is a task of a lesson that was solved, a goal with so many faults.
func solved(s *streams, l *lessons.Lesson, b *lessons.Block, faults int) progress.Solved {
	return progress.Solved{Task: progress.TaskOf(marked(s, l), b), Faults: faults}
}

// keep notes what was solved, and that the learner is at this lesson of the
// course, on a page from 1; 0: on none that is known. That something cannot be
// kept is said, and stops nobody.
func keep(s *streams, l *lessons.Lesson, page int, now ...progress.Solved) {
	p := progress.New()
	for _, t := range now {
		p.Solve(t.Task, t.Faults)
	}
	if l.OfCourse() {
		p.At, p.Page = l.ID, page
	}
	file, err := progress.File(runtime.GOOS, os.Getenv)
	if err == nil {
		var aside string
		aside, err = p.Save(file)
		s.damaged(file, aside)
	}
	if err != nil {
		fmt.Fprintf(s.errs, "siplab: what you solved is not kept: %s\n", sip.Visible(err.Error()))
	}
}

// damaged says where a damaged progress was set aside; "": it was not damaged.
func (s *streams) damaged(file, aside string) {
	if aside != "" {
		fmt.Fprintf(s.errs, "siplab: %s was damaged; it is now %s, and what could be read of it was kept\n", sip.Visible(file), sip.Visible(aside))
	}
}

// marks is what the user has solved; nothing where that is not to be had.
func marks(s *streams) *progress.Progress {
	file, err := progress.File(runtime.GOOS, os.Getenv)
	if err != nil {
		return progress.New()
	}
	p, aside, err := progress.Load(file)
	s.damaged(file, aside)
	if err != nil {
		fmt.Fprintf(s.errs, "siplab: what you solved cannot be read: %s\n", sip.Visible(err.Error()))
	}
	return p
}
