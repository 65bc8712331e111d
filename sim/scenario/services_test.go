package scenario

import (
	"path/filepath"
	"strings"
	"testing"

	"github.com/rogpeppe/go-internal/txtar"
	"github.com/stretchr/testify/require"

	"siplab/sim/ask"
)

// A service is a scenario in canonical form, and what holds of its run in lines
// that begin with a question mark.
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
	var expects []string
	for line := range strings.Lines(section) {
		if expect, ok := strings.CutPrefix(line, "? "); ok {
			expects = append(expects, strings.TrimSpace(expect))
		} else {
			text += line
		}
	}
	s, err := Parse("", text)
	require.NoError(t, err)
	require.Equal(t, text, Print(s))
	tr := ran(t, s)
	require.NotEmpty(t, expects)
	for _, line := range expects {
		x, err := ask.ParseExpect(line)
		require.NoError(t, err, line)
		ok, got, err := x.Holds(tr)
		require.NoError(t, err, line)
		require.True(t, ok, "%s: it is %s", line, got)
	}
}
