package lessons

import (
	"os"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"
)

// The doc of the package and `siplab help lesson` are of one source.
func TestTheDocListsTheKindsOfBlocks(t *testing.T) {
	doc, err := os.ReadFile("doc.go")
	require.NoError(t, err)
	var table strings.Builder
	for l := range strings.Lines(kindTable()) {
		table.WriteString("//	" + strings.TrimPrefix(l, "  "))
	}
	require.Contains(t, string(doc), table.String())
}

func TestHelpNamesEachLineOfEachBlock(t *testing.T) {
	help := Help()
	for _, k := range kinds {
		require.Contains(t, help, "\n  "+k.name, k.name)
		require.NotEmpty(t, k.means, k.name)
	}
	for _, line := range []string{"drawn in", "answer", "holds without", "refuted by", "faults at most", "solution", "plays", "sends"} {
		require.Contains(t, help, "\n  "+line+" ", "the lines are those that are read")
	}
}
