package transaction

import (
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"
)

// elsewhere are behaviours of the four machines that are not the
// transaction's to show, with the reason.
var elsewhere = map[string]string{
	"NIST-11": "a request whose transaction has ended is new: what is then answered (481) is the core's, RFC 3261 §12.2.2",
}

func TestEachBehaviourHasItsTest(t *testing.T) {
	var sources strings.Builder
	files, err := filepath.Glob("*_test.go")
	require.NoError(t, err)
	for _, f := range files {
		text, err := os.ReadFile(f)
		require.NoError(t, err)
		sources.Write(text)
	}
	for _, group := range []struct {
		name  string
		count int
	}{{"ICT", 23}, {"NICT", 13}, {"IST", 22}, {"NIST", 12}} {
		for n := 1; n <= group.count; n++ {
			id := fmt.Sprintf("%s-%02d", group.name, n)
			tested := strings.Contains(sources.String(), `t.Run("`+id+" ")
			require.NotEqual(t, elsewhere[id] != "", tested, id)
		}
	}
}
