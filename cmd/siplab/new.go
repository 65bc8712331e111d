package main

import (
	_ "embed"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"regexp"
	"strings"

	"github.com/spf13/cobra"

	"siplab/cmd/siplab/internal/whole"
	"siplab/lessons"
)

func newCommand(s *streams) *cobra.Command {
	c := &cobra.Command{
		Use:   "new",
		Short: "Begin a lesson of your own",
		Args:  noSuchCommand,
		RunE:  func(c *cobra.Command, _ []string) error { return c.Help() },
	}
	c.AddCommand(&cobra.Command{
		Use:   "lesson NAME",
		Short: "Write a lesson that is true, to be changed into your own",
		Long: `Write a lesson into the file NAME.md of this folder: a run, its ladder, a
question, what is expected, and a goal. siplab check proves it; change it, let
siplab check --update draw its pictures anew, and check it again. siplab help
lesson says what a lesson may hold.`,
		Example: `  siplab new lesson lost-invite
  siplab check lost-invite.md
  siplab learn lost-invite.md`,
		Args: oneLessonName,
		RunE: func(_ *cobra.Command, args []string) error { return newLesson(s, args[0]) },
	})
	return c
}

func oneLessonName(_ *cobra.Command, args []string) error {
	if len(args) != 1 {
		return &badInput{what: "new lesson takes the name of the lesson", hint: "siplab new lesson lost-invite"}
	}
	return nil
}

// newLessonText is a lesson without its picture and title.
//
//go:embed new_lesson.md
var newLessonText string

var lessonName = regexp.MustCompile(`^(?:[A-Z]\d\d-)?[a-z0-9]+(?:-[a-z0-9]+)*$`)

// newLesson writes a lesson, with its picture, into a new file.
func newLesson(s *streams, name string) error {
	name = strings.TrimSuffix(name, ".md")
	if !lessonName.MatchString(name) {
		return &badInput{what: fmt.Sprintf("%q is no name of a lesson", name), hint: "small letters, digits and hyphens: lost-invite; with an id before them: M01-lost-invite"}
	}
	file := name + ".md"
	if _, err := os.Lstat(s.path(file)); !errors.Is(err, fs.ErrNotExist) {
		return &badInput{what: file + " is there already", hint: "choose another name"}
	}
	text, err := drawnAnew(file, []byte(strings.ReplaceAll(newLessonText, "TITLE", titleOf(name))))
	if err != nil {
		return err
	}
	if err := whole.WriteFile(s.path(file), text); err != nil {
		return err
	}
	fmt.Fprintf(s.out, "%s is there: siplab check %s proves it, siplab learn %s goes through it\n", file, file, file)
	return nil
}

// titleOf makes a title of a name: M01-lost-invite is about a Lost invite.
func titleOf(name string) string {
	if name[0] >= 'A' && name[0] <= 'Z' {
		name = name[len("M01-"):]
	}
	title := strings.ReplaceAll(name, "-", " ")
	return strings.ToUpper(title[:1]) + title[1:]
}

// drawnAnew is a lesson with its pictures as its runs give them.
func drawnAnew(name string, text []byte) ([]byte, error) {
	l, err := lessons.Read(name, text)
	if err != nil {
		return nil, err
	}
	return l.Update()
}
