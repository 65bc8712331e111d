package whole

import (
	"os"
	"path/filepath"
	"testing"

	"github.com/stretchr/testify/require"
)

func TestAFileIsWrittenWholeOrNotAtAll(t *testing.T) {
	folder := t.TempDir()
	name := filepath.Join(folder, "progress.txt")
	require.NoError(t, WriteFile(name, []byte("old")))
	require.NoError(t, WriteFile(name, []byte("new")))
	text, err := os.ReadFile(name)
	require.NoError(t, err)
	require.Equal(t, "new", string(text))

	t.Run("what cannot be put in place leaves nothing behind", func(t *testing.T) {
		taken := filepath.Join(folder, "taken")
		require.NoError(t, os.MkdirAll(filepath.Join(taken, "full"), 0o700))
		require.Error(t, WriteFile(taken, []byte("x")))
		require.Error(t, WriteFile(filepath.Join(folder, "none", "x"), []byte("x")))
		entries, err := os.ReadDir(folder)
		require.NoError(t, err)
		require.Len(t, entries, 2, "the file and the folder")
	})
}

// A process that is killed while it writes has the old file beside what it had
// written so far.
func TestWhatAKilledProcessLeftHarmsNobody(t *testing.T) {
	folder := t.TempDir()
	name := filepath.Join(folder, "progress.txt")
	require.NoError(t, WriteFile(name, []byte("old")))
	require.NoError(t, os.WriteFile(filepath.Join(folder, ".siplab-123"), []byte("ha"), 0o600))
	text, err := os.ReadFile(name)
	require.NoError(t, err)
	require.Equal(t, "old", string(text))
	require.NoError(t, WriteFile(name, []byte("new")))
}
