package auth

import (
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"
)

// TestEveryBehaviour holds that each of DIG-01 to DIG-24 has a test here that
// names it, or a reason why not.
func TestEveryBehaviour(t *testing.T) {
	elsewhere := map[string]string{
		"DIG-16": "the credentials of an ACK are those of its INVITE: a phone that calls copies them",
		"DIG-17": "who does not challenge a CANCEL is the core that receives it",
	}
	files, err := filepath.Glob("*_test.go")
	require.NoError(t, err)
	var all strings.Builder
	for _, name := range files {
		text, err := os.ReadFile(name)
		require.NoError(t, err)
		all.Write(text)
	}
	for i := 1; i <= 24; i++ {
		id := fmt.Sprintf("DIG-%02d", i)
		named := strings.Contains(all.String(), `t.Run("`+id+" ")
		require.NotEqual(t, named, elsewhere[id] != "", "%s has a test or a reason, one of the two", id)
	}
}
