package behaviour

import (
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"

	"siplab/sim/scenario"
)

// Each fault has a test that is there, or a reason; and what makes it can be
// said.
func TestEachFaultOfTheCatalogueIsHeldOrLeftOutForAReason(t *testing.T) {
	for i, f := range Faults() {
		require.Equal(t, fmt.Sprintf("F%02d", i+1), f.ID)
		require.NotEmpty(t, f.Name, f.ID)
		require.NotEqual(t, f.LeftOut == "", len(f.Held) == 0, "%s: held or left out", f.ID)
		for _, held := range f.Held {
			file, what, _ := strings.Cut(held, " ")
			require.True(t, strings.HasSuffix(file, "_test.go"), held)
			text, err := os.ReadFile(filepath.Join(root, filepath.FromSlash(file)))
			require.NoError(t, err, f.ID)
			require.NotEmpty(t, what, f.ID)
			require.Contains(t, string(text), what, f.ID)
		}
		for _, line := range f.Say {
			_, err := scenario.Parse(f.ID, "phone alice sip:alice@atlanta.example.com\nphone bob sip:bob@biloxi.example.com\n"+line+"\n")
			require.NoError(t, err, f.ID)
		}
	}
	require.Len(t, Faults(), 52)
}

var hostile = regexp.MustCompile(`SEC-?(\d\d)`)

// The cases of hostile input, by id, are each named by a test of what there is;
// those of a web server and a bridge wait for these.
func TestEachHostileCaseHasItsTest(t *testing.T) {
	named := map[string]bool{}
	err := fs.WalkDir(os.DirFS(root), ".", func(path string, d fs.DirEntry, err error) error {
		if err != nil || d.IsDir() || !strings.HasSuffix(path, "_test.go") || strings.HasPrefix(path, "sim/behaviour/") {
			return err
		}
		text, err := os.ReadFile(filepath.Join(root, filepath.FromSlash(path)))
		for _, m := range hostile.FindAllStringSubmatch(string(text), -1) {
			named[m[1]] = true
		}
		return err
	})
	require.NoError(t, err)
	for n := 1; n <= 64; n++ {
		if waits := n >= 27 && n <= 37 || n >= 57 && n <= 62; !waits {
			require.True(t, named[fmt.Sprintf("%02d", n)], "SEC-%02d has no test", n)
		}
	}
}
