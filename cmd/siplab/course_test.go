package main

import (
	"bytes"
	"os"
	"regexp"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"

	"siplab/lessons"
	"siplab/sim/words"
)

var typed = regexp.MustCompile("(?m)^siplab (.*)$")

// TestTheCommandsInTheCourseWork types what the lessons tell the learner to
// type, each lesson in a folder of its own. A check may fail; nothing may be
// bad usage.
func TestTheCommandsInTheCourseWork(t *testing.T) {
	all, err := lessons.All()
	require.NoError(t, err)
	for _, l := range all {
		t.Run(l.ID, func(t *testing.T) {
			t.Chdir(t.TempDir())
			t.Setenv("XDG_STATE_HOME", t.TempDir())
			for _, m := range typed.FindAllStringSubmatch(l.Source, -1) {
				line, err := words.Read(m[1])
				require.NoError(t, err, m[0])
				var args []string
				for _, w := range line.Words {
					args = append(args, w.Text)
				}
				var out, errs bytes.Buffer
				code := run(args, strings.NewReader(""), &out, &errs)
				require.NotEqual(t, exitBad, code, "%s: %s", m[0], errs.String())
			}
		})
	}
}

var fenced = regexp.MustCompile("(?s)```text\n(.*?)```")

// TestTheLastLessonLeadsToALessonOfYourOwn does what L40 says below "Make a
// lesson": its commands, and its texts put into the blocks that it names.
func TestTheLastLessonLeadsToALessonOfYourOwn(t *testing.T) {
	t.Chdir(t.TempDir())
	l, err := lessons.Find("L40")
	require.NoError(t, err)
	_, section, _ := strings.Cut(l.Source, "\n## Make a lesson\n")
	var text []string
	for _, m := range fenced.FindAllStringSubmatch(section, -1) {
		text = append(text, m[1])
	}
	require.Len(t, text, 5, "look, begin, expect, question, prove")
	do := func(command string) string {
		var out, errs bytes.Buffer
		code := run(strings.Fields(command)[1:], strings.NewReader(""), &out, &errs)
		require.Equal(t, exitDone, code, "%s: %s%s", command, out.String(), errs.String())
		return out.String()
	}
	require.Regexp(t, `(?m)^4 .*a ghost call$`, do(text[0]))
	begin, scenario, _ := strings.Cut(strings.TrimSpace(text[1]), "\n")
	do(begin)
	put(t, "my-ghost.md", "scenario", do(scenario))
	put(t, "my-ghost.md", "expect", text[2])
	put(t, "my-ghost.md", "question", text[3])
	check, _, _ := strings.Cut(text[4], "\n")
	require.Contains(t, do(check), "my-ghost.md: proved")
}

// put writes other lines into the one block of a kind.
func put(t *testing.T, name, kind, lines string) {
	page, err := os.ReadFile(name)
	require.NoError(t, err)
	before, rest, ok := strings.Cut(string(page), "```"+kind+"\n")
	require.True(t, ok, kind)
	_, after, _ := strings.Cut(rest, "```")
	require.NoError(t, os.WriteFile(name, []byte(before+"```"+kind+"\n"+lines+"```"+after), 0o644))
}
