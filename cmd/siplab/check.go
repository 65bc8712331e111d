package main

import (
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"strings"

	"github.com/spf13/cobra"

	"siplab/cmd/siplab/internal/whole"
	"siplab/lessons"
	"siplab/sim/sip"
)

func checkCommand(s *streams) *cobra.Command {
	update := false
	c := &cobra.Command{
		Use:   "check [LESSON|FILE|FOLDER...]",
		Short: "Prove lessons and scenarios; without a name, the whole course",
		Long: `Prove that lessons are true and that scenarios run: each block of a lesson is
what the run gives, each expectation holds, each question has its answer in the
run, no law is broken. All errors are printed at once; exit 1 where there is
one. Of a folder, all lessons (.md) and scenarios (.siplab) in it are proved.

With --update the ladder, states and message blocks of lesson files are drawn
anew before; where any of the files is no lesson, none is touched.`,
		Example: `  siplab check
  siplab check register my.siplab
  siplab check ./my-course
  siplab check --update ./my-course/*.md`,
		ValidArgsFunction: completeSource,
		RunE: func(_ *cobra.Command, args []string) error {
			if len(args) == 0 && !update {
				args = lessons.IDs()
			}
			names, err := unfolded(s, args)
			if err != nil {
				return err
			}
			if update {
				if err := redraw(s, names); err != nil {
					return err
				}
			}
			return check(s, names)
		},
	}
	c.Flags().BoolVar(&update, "update", false, "draw the pictures of lesson files anew before")
	return c
}

// unfolded puts the lessons and scenarios of a folder in its place.
func unfolded(s *streams, names []string) (out []string, err error) {
	for _, name := range names {
		if !isFolder(s, name) {
			out = append(out, name)
			continue
		}
		before := len(out)
		entries, err := os.ReadDir(s.path(name))
		if err != nil {
			return nil, missing(name, err)
		}
		for _, e := range entries {
			if ending := filepath.Ext(e.Name()); !e.IsDir() && (ending == ".md" || ending == ".siplab") {
				out = append(out, filepath.Join(name, e.Name()))
			}
		}
		if len(out) == before {
			return nil, &badInput{what: name + " has no lesson and no scenario", hint: "files in it end in .md or .siplab"}
		}
	}
	return out, nil
}

// redraw draws the pictures of lesson files anew: all that is wrong is said, and
// then none is touched.
func redraw(s *streams, names []string) error {
	if len(names) == 0 {
		return &badInput{what: "--update needs files", hint: "the lessons of the course are part of siplab; name your own: siplab check --update my.md"}
	}
	var all []error
	texts := map[string][]byte{}
	for _, name := range names {
		if isLesson(name) || filepath.Ext(name) != ".md" {
			all = append(all, &badInput{what: name + " is no lesson file: --update draws the pictures of files that end in .md"})
			continue
		}
		text, err := readSource(s, name)
		if err == nil {
			texts[name], err = drawnAnew(name, text)
		}
		all = append(all, err)
	}
	if err := errors.Join(all...); err != nil {
		return err
	}
	for _, name := range names {
		if err := whole.WriteFile(s.path(name), texts[name]); err != nil {
			return err
		}
	}
	return nil
}

// check proves each thing named. What cannot be read is bad input, and goes
// before a check that failed.
func check(s *streams, names []string) error {
	var unread []error
	failed := 0
	for _, name := range names {
		wrong, err := prove(s, name)
		if err != nil {
			unread = append(unread, err)
			continue
		}
		if wrong == nil {
			fmt.Fprintf(s.out, "%s: proved\n", sip.Visible(name))
			continue
		}
		failed++
		for _, line := range strings.Split(wrong.Error(), "\n") {
			fmt.Fprintln(s.out, sip.Visible(line))
		}
	}
	switch {
	case len(unread) > 0:
		return errors.Join(unread...)
	case failed > 0:
		fmt.Fprintf(s.errs, "siplab: %d of %d are not proved\n", failed, len(names))
		return errFailed
	}
	return nil
}

// prove says what is wrong with one lesson or scenario, nil for nothing; err
// where there is none of that name.
func prove(s *streams, name string) (wrong, err error) {
	src, err := open(s, name)
	if err != nil {
		return nil, err
	}
	if src.lesson != nil {
		return src.lesson.Prove(), nil
	}
	return lessons.ProveScenario(src.scenario, src.name, src.text), nil
}
