package main

import (
	"bytes"
	"cmp"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"sync"

	"github.com/spf13/cobra"

	"siplab/cmd/siplab/internal/player"
	"siplab/cmd/siplab/internal/progress"
	"siplab/diagrams"
	"siplab/lessons"
	"siplab/sim/sip"
	"siplab/sim/trace"
	"siplab/sim/words"
)

func learnCommand(s *streams) *cobra.Command {
	r := running{streams: s}
	mouse := false
	c := &cobra.Command{
		Use:   "learn [LESSON|FILE|FOLDER]",
		Short: "Go through the course: read, answer, step through runs, lose packets",
		Long: `Go through the lessons of the course in the terminal; without a name, from where
you stopped. Each page has its text, its run, and at times a question, a goal or
an element to play. A run is stepped through forward and back: the ladder so
far, the message under the cursor with each header explained, state machines,
timers and packets in flight. Any packet can be lost, delayed, duplicated or
held; the run then goes another way, and back again. The key ? shows all keys.

A folder is a course of your own: each file in it that ends in .md is a lesson.
With --fault, --net or --seed the lesson's first run is stepped through alone,
as that of a scenario file is.`,
		Example: `  siplab learn
  siplab learn L05
  siplab learn ./my-course
  siplab learn my.siplab --fault "lose 1st REGISTER from bob"`,
		Args: atMostOneName,
		RunE: func(c *cobra.Command, args []string) error { return learn(c, &r, strings.Join(args, ""), mouse) },
	}
	r.flags(c)
	c.Flags().BoolVar(&mouse, "mouse", false, "hear the mouse too: a click goes to a message or picks an option, the wheel goes on")
	return c
}

func atMostOneName(_ *cobra.Command, args []string) error {
	if len(args) > 1 {
		return &badInput{what: "learn takes one lesson, file or folder", hint: "siplab learn L05"}
	}
	return nil
}

func learn(c *cobra.Command, r *running, name string, mouse bool) error {
	if name == "-" {
		return &badInput{what: "learn reads keys from standard input, so the scenario comes from a file", hint: "siplab learn my.siplab"}
	}
	p, err := r.player(name)
	if err != nil {
		return err
	}
	if err := player.Terminal(r.in, c.OutOrStdout()); err != nil {
		return &badInput{what: "learn needs a terminal: " + err.Error(), hint: "siplab run " + cmp.Or(name, "L01") + " prints the whole run"}
	}
	if mouse {
		p = p.WithMouse()
	}
	left, err := player.Play(p.Saving(r.saver()), r.in, r.out)
	if lost := left.KeepAll(); lost != nil {
		fmt.Fprintf(r.errs, "siplab: %s\n", sip.Visible(lost.Error()))
	}
	return err
}

// player is the player of what a name means.
func (r *running) player(name string) (player.Player, error) {
	if name == "" {
		return r.course("")
	}
	if isFolder(r.streams, name) {
		return r.folderCourse(name)
	}
	src, err := open(r.streams, name)
	switch {
	case err != nil:
		return player.Player{}, err
	case src.lesson == nil || r.changed():
		return r.alone(src)
	case isLesson(name):
		return r.course(src.lesson.ID)
	}
	return newLearner(r.streams, []player.Entry{entryOf(src.lesson)}, 0, 1)
}

// alone is the player of one run.
func (r *running) alone(src *source) (player.Player, error) {
	if err := r.apply(src.scenario); err != nil {
		return player.Player{}, err
	}
	p, err := player.New(src.scenario)
	if err != nil {
		return p, &badInput{what: src.name + ": " + err.Error()}
	}
	return p, nil
}

// course is the player of the course, at a lesson, or where the learner
// stopped.
func (r *running) course(id string) (player.Player, error) {
	ids := lessons.IDs()
	var entries []player.Entry
	for _, id := range ids {
		entries = append(entries, player.Entry{ID: id, Open: sync.OnceValues(func() (*lessons.Lesson, error) { return lessons.Find(id) })})
	}
	page := 1
	if id == "" {
		if r.changed() {
			return player.Player{}, &badInput{what: "--fault, --net and --seed change the run of one lesson", hint: "siplab learn L05 --fault \"lose 1st REGISTER from bob\""}
		}
		before := marks(r.streams)
		id, page = before.At, before.Page
	}
	return newLearner(r.streams, entries, max(0, slices.Index(ids, id)), page)
}

func entryOf(l *lessons.Lesson) player.Entry {
	return player.Entry{ID: cmp.Or(l.ID, l.Slug), Open: func() (*lessons.Lesson, error) { return l, nil }}
}

// folderCourse is the player of the lessons in a folder. Those that are broken
// are named, and the others still run.
func (r *running) folderCourse(name string) (player.Player, error) {
	names, err := filepath.Glob(filepath.Join(r.path(name), "*.md"))
	if err != nil {
		return player.Player{}, err
	}
	var entries []player.Entry
	var broken []error
	first := -1
	for i, file := range names {
		l, err := readLesson(r.streams, file)
		switch {
		case err != nil:
			broken = append(broken, err)
			entries = append(entries, player.Entry{ID: filepath.Base(file), Open: func() (*lessons.Lesson, error) { return nil, err }})
			continue
		case first < 0:
			first = i
		}
		entries = append(entries, entryOf(l))
	}
	all := errors.Join(broken...)
	if first < 0 {
		return player.Player{}, errors.Join(&badInput{what: name + " has no lesson", hint: "a lesson is a file that ends in .md: siplab help lesson"}, all)
	}
	if all != nil {
		report(r.errs, all)
		fmt.Fprintf(r.errs, "siplab: %s of %d cannot be read; the others are there\n", words.Count(len(broken), "lesson"), len(names))
	}
	return newLearner(r.streams, entries, first, 1)
}

func readLesson(s *streams, name string) (*lessons.Lesson, error) {
	text, err := readSource(s, name)
	if err != nil {
		return nil, err
	}
	return lessons.Read(name, text)
}

// newLearner is the player of a course whose marks are kept.
func newLearner(s *streams, entries []player.Entry, at, page int) (player.Player, error) {
	before := marks(s)
	var one sync.Mutex // the file is read, joined and written by one at a time
	c := &player.Course{Lessons: entries, Name: func(l *lessons.Lesson) string { return marked(s, l) }, Solved: before.Solved, Keep: func(l *lessons.Lesson, page int, now []progress.Solved) error {
		one.Lock()
		defer one.Unlock()
		var said bytes.Buffer // nothing may be written beside the screen
		quiet := *s
		quiet.errs = &said
		keep(&quiet, l, page, now...)
		if said.Len() > 0 {
			return errors.New(strings.TrimPrefix(strings.TrimSpace(said.String()), "siplab: "))
		}
		return nil
	}}
	return player.NewLearner(c, at, page)
}

// saver writes a run as the commands do, into a new file.
func (r *running) saver() player.Saver {
	return func(name string, tr *trace.Trace, opt diagrams.Options) error {
		out := output{file: r.path(name)}
		if err := out.settle(runFormats); err != nil {
			return err
		}
		if _, err := os.Lstat(out.file); !errors.Is(err, fs.ErrNotExist) {
			return &badInput{what: name + " is there already; choose another name"}
		}
		return out.write(r.streams, func(w io.Writer) error { return writeRun(w, tr, out.format, opt, false) })
	}
}
