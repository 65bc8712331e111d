package main

import (
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"path/filepath"
	"slices"
	"strings"

	"siplab/lessons"
	"siplab/sim"
	"siplab/sim/scenario"
	"siplab/sim/words"
)

// mostSource is how long a scenario or lesson may be, in bytes.
const mostSource = 1 << 20

// source is what a name on the command line means: a lesson of the course, a
// lesson file, or a scenario file.
type source struct {
	name     string // as messages call it
	text     string // of a scenario file
	lesson   *lessons.Lesson
	scenario *sim.Scenario
}

// open finds what a name means: "-" is standard input, then comes a lesson by
// id or slug, then a file.
func open(s *streams, name string) (*source, error) {
	if name != "-" && isLesson(name) {
		return openLesson(name)
	}
	switch in, err := openCapture(s, name); {
	case err != nil:
		return nil, err
	case in != nil:
		in.Close()
		return nil, &badInput{what: name + " is a capture; here only what still runs will do", hint: "siplab run " + name + " draws it"}
	}
	text, err := readSource(s, name)
	if err != nil {
		return nil, err
	}
	shown := name
	if name == "-" {
		shown = "standard input"
	}
	if strings.HasSuffix(name, ".md") {
		l, err := lessons.Read(shown, text)
		if err != nil {
			return nil, err
		}
		return &source{name: shown, lesson: l, scenario: l.Scenario}, nil
	}
	folder, err := folderOf(s, name)
	if err != nil {
		return nil, missing(name, err)
	}
	if folder != nil {
		defer folder.Close()
	}
	sc, err := scenario.ParseIn(within(folder), shown, string(text))
	if err != nil {
		return nil, err
	}
	return &source{name: shown, text: string(text), scenario: sc}, nil
}

// isLesson says whether a name means a lesson: what has a dot or a slash is a
// file, unless a lesson is called so.
func isLesson(name string) bool {
	return !strings.ContainsAny(name, `./\`) || isOfCourse(name)
}

// isOfCourse says whether a lesson of the course has that name.
func isOfCourse(name string) bool {
	return slices.ContainsFunc(lessons.Names(), func(known string) bool { return strings.EqualFold(known, name) })
}

// isFolder says whether a name means a folder.
func isFolder(s *streams, name string) bool {
	info, err := os.Stat(s.path(name))
	return err == nil && info.IsDir() && !isOfCourse(name)
}

// folderOf is where a scenario lies, from which nothing leads out; nil for one
// that lies nowhere.
func folderOf(s *streams, name string) (*os.Root, error) {
	if name == "-" {
		return nil, nil
	}
	return os.OpenRoot(filepath.Dir(s.path(name)))
}

func within(folder *os.Root) fs.FS {
	if folder == nil {
		return nil
	}
	return folder.FS()
}

func openLesson(name string) (*source, error) {
	l, err := lessons.Find(name)
	if err != nil {
		return nil, &badInput{
			what: err.Error(),
			hint: "siplab lessons lists them; a file's name has an ending: my.siplab",
		}
	}
	return &source{name: l.ID, lesson: l, scenario: l.Scenario}, nil
}

// readSource reads a file or standard input, within bounds.
func readSource(s *streams, name string) ([]byte, error) {
	if name == "-" {
		return readAll(s.in, "standard input")
	}
	f, err := os.Open(s.path(name))
	if err != nil {
		return nil, missing(name, err)
	}
	defer f.Close()
	return readAll(f, name)
}

func readAll(r io.Reader, name string) ([]byte, error) {
	text, err := io.ReadAll(io.LimitReader(r, mostSource+1))
	if err != nil {
		return nil, missing(name, err)
	}
	if len(text) > mostSource {
		return nil, &badInput{what: fmt.Sprintf("%s: longer than %d bytes", name, mostSource)}
	}
	return text, nil
}

func missing(name string, err error) error {
	var pathErr *fs.PathError
	if errors.As(err, &pathErr) {
		err = pathErr.Err
	}
	return &badInput{what: name + ": " + err.Error()}
}

// changes are what flags do to a scenario before it runs.
type changes struct {
	faults []string
	net    string
	seed   uint64
	seeded bool
}

// changed says whether any flag changes the scenario.
func (c *changes) changed() bool { return len(c.faults) > 0 || c.net != "" || c.seeded }

// apply changes the scenario; every flag that is wrong is named.
func (c *changes) apply(sc *sim.Scenario) error {
	var all []error
	for _, line := range c.faults {
		if err := scenario.AddFault(sc, line); err != nil {
			all = append(all, flagError("--fault", line, err))
		}
	}
	if c.net != "" {
		if err := scenario.SetNet(sc, c.net); err != nil {
			all = append(all, flagError("--net", c.net, err))
		}
	}
	if c.seeded {
		sc.Seed = c.seed
	}
	return errors.Join(all...)
}

// flagError names the flag as the place of what is wrong in its words.
func flagError(flag, text string, err error) error {
	var e *words.Error
	if errors.As(err, &e) {
		return fmt.Errorf("%s %q, column %d: %w", flag, text, e.Col, &words.Error{Text: e.Text, Want: e.Want, Near: e.Near})
	}
	return fmt.Errorf("%s %q: %w", flag, text, err)
}
