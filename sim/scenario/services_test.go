package scenario

import (
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"github.com/rogpeppe/go-internal/txtar"
	"github.com/stretchr/testify/require"

	"siplab/sim"
	"siplab/sim/ask"
	"siplab/sim/law"
	"siplab/sim/trace"
)

// A service is a scenario in canonical form, and what holds of its run in lines
// that begin with a question mark. No law is broken but those that lines with an
// exclamation mark name.
func TestServices(t *testing.T) {
	files, err := filepath.Glob("testdata/services/*.txt")
	require.NoError(t, err)
	for _, name := range files {
		archive, err := txtar.ParseFile(name)
		require.NoError(t, err)
		for _, f := range archive.Files {
			t.Run(f.Name, func(t *testing.T) { service(t, string(f.Data)) })
		}
	}
}

func service(t *testing.T, section string) {
	var text string
	var expects, breaks []string
	for line := range strings.Lines(section) {
		if law, ok := strings.CutPrefix(line, "! "); ok {
			breaks = append(breaks, strings.TrimSpace(law))
		} else if expect, ok := strings.CutPrefix(line, "? "); ok {
			expects = append(expects, strings.TrimSpace(expect))
		} else {
			text += line
		}
	}
	s, err := Parse("", text)
	require.NoError(t, err)
	require.Equal(t, text, Print(s))
	var kept trace.Recorder
	watch := law.New()
	w, err := sim.New(s, &kept, watch)
	require.NoError(t, err)
	w.Run()
	tr := kept.Trace()
	require.Equal(t, breaks, broken(watch))
	require.NotEmpty(t, expects)
	for _, line := range expects {
		x, err := ask.ParseExpect(line)
		require.NoError(t, err, line)
		ok, got, err := x.Holds(tr)
		require.NoError(t, err, line)
		require.True(t, ok, "%s: it is %s", line, got)
	}
}

// broken are the laws that a run breaks, each once.
func broken(w *law.Watch) (names []string) {
	for _, b := range w.Broken() {
		if !slices.Contains(names, b.Law) {
			names = append(names, b.Law)
		}
	}
	return names
}
