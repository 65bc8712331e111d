package lessons

import (
	"flag"
	"os"
	"testing"

	"github.com/stretchr/testify/require"
)

var update = flag.Bool("update", false, "rewrite the ladder, states and message blocks of the course, and the golden files")

// TestCourse proves every lesson. With -update the blocks that show runs are
// drawn first.
func TestCourse(t *testing.T) {
	for _, name := range fileNames() {
		t.Run(name, func(t *testing.T) {
			text, err := os.ReadFile(name)
			require.NoError(t, err)
			l, err := Read(name, text)
			require.NoError(t, err)
			l.course = true
			drawn, err := l.Update()
			require.NoError(t, err)
			if *update && string(drawn) != string(text) {
				require.NoError(t, os.WriteFile(name, drawn, 0o644))
				l, err = Read(name, drawn)
				require.NoError(t, err)
			}
			require.NoError(t, l.Prove())
		})
	}
}
