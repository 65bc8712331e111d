package main

import (
	"fmt"
	"os"
	"runtime"

	"siplab/cmd/siplab/internal/progress"
	"siplab/lessons"
	"siplab/sim/sip"
	"siplab/sim/words"
)

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

// keep notes what was solved. A lesson of a teacher's own that has no id leaves
// no mark. That something cannot be kept is said, and stops nobody.
func keep(s *streams, l *lessons.Lesson, now ...progress.Solved) {
	if l.ID == "" {
		return
	}
	p := progress.New()
	for _, t := range now {
		p.Solve(t.Task, t.Faults)
	}
	if isOfCourse(l.ID) {
		p.At = l.ID
	}
	file, err := progress.File(runtime.GOOS, os.Getenv)
	if err == nil {
		_, err = loaded(s, file)
	}
	if err == nil {
		err = p.Save(file)
	}
	if err != nil {
		fmt.Fprintf(s.errs, "siplab: what you solved is not kept: %s\n", sip.Visible(err.Error()))
	}
}

// loaded is the progress in a file; one that is damaged is set aside, and that
// is said.
func loaded(s *streams, file string) (*progress.Progress, error) {
	p, aside, err := progress.Load(file)
	if aside != "" {
		fmt.Fprintf(s.errs, "siplab: %s was damaged; it is now %s, and what could be read of it was kept\n", sip.Visible(file), sip.Visible(aside))
	}
	return p, err
}

// marks is what the user has solved; nothing where that is not to be had.
func marks(s *streams) *progress.Progress {
	file, err := progress.File(runtime.GOOS, os.Getenv)
	if err != nil {
		return progress.New()
	}
	p, err := loaded(s, file)
	if err != nil {
		fmt.Fprintf(s.errs, "siplab: what you solved cannot be read: %s\n", sip.Visible(err.Error()))
	}
	return p
}
