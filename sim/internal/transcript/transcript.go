// Package transcript is the loader of the transcripts by which elements are
// tested. Tests alone import it.
//
// A file of transcripts is an archive of sections, each with a title in a line
// -- title --. A section is what is done to an element, line by line, and below
// each line, set in, what the element wants done about it. A test plays it
// again and has to get the same; with -update what it gets is written.
package transcript

import (
	"flag"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/rogpeppe/go-internal/txtar"
	"github.com/stretchr/testify/require"
)

var update = flag.Bool("update", false, "write what the elements did into the transcripts")

// Test plays each section of the files that match the pattern, under its title.
// play gives a section back with what was done now.
func Test(t *testing.T, pattern string, play func(t *testing.T, section string) string) {
	files, err := filepath.Glob(pattern)
	require.NoError(t, err)
	require.NotEmpty(t, files)
	for _, name := range files {
		archive, err := txtar.ParseFile(name)
		require.NoError(t, err)
		for i := range archive.Files {
			f := &archive.Files[i]
			t.Run(f.Name, func(t *testing.T) {
				got := play(t, string(f.Data))
				if *update {
					f.Data = []byte(got)
				}
				require.Equal(t, string(f.Data), got)
			})
		}
		if *update {
			require.NoError(t, os.WriteFile(name, txtar.Format(archive), 0o644))
		}
	}
}

const setIn = "    "

// Play goes through a section, without what is set in: each line is written to
// out, and then done, with its words and with the lines after it that begin
// with "+ " or "- ". A line whose first word is # is a remark.
func Play(section string, out *strings.Builder, do func(words, more []string)) {
	var lines []string
	for line := range strings.Lines(section) {
		if line = strings.TrimRight(line, "\n"); !strings.HasPrefix(line, setIn) {
			lines = append(lines, line)
		}
	}
	for len(lines) > 0 {
		n := 1
		for n < len(lines) && (strings.HasPrefix(lines[n], "+ ") || strings.HasPrefix(lines[n], "- ")) {
			n++
		}
		for _, line := range lines[:n] {
			out.WriteString(line + "\n")
		}
		if words := strings.Fields(lines[0]); len(words) > 0 && words[0] != "#" {
			do(words, lines[1:n])
		}
		lines = lines[n:]
	}
}
