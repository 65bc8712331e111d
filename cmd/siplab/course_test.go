package main

import (
	"bytes"
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
