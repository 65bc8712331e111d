package whole

import (
	"bytes"
	"os"
	"os/exec"
	"path/filepath"
	"testing"
	"time"

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
		require.ErrorContains(t, WriteFile(taken, []byte("x")), "write "+taken+":")
		missing := filepath.Join(folder, "none", "x")
		require.ErrorContains(t, WriteFile(missing, []byte("x")), "write "+missing+":")
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

// writes is the file that a test process writes again and again, until it is
// killed.
const writes = "SIPLAB_TEST_WRITES"

func TestMain(m *testing.M) {
	name := os.Getenv(writes)
	if name == "" {
		os.Exit(m.Run())
	}
	for b := byte('a'); ; b = 'a' + (b-'a'+1)%26 {
		if err := WriteFile(name, bytes.Repeat([]byte{b}, 1<<20)); err != nil {
			os.Exit(1)
		}
	}
}

func TestAProcessThatIsKilledAtAnyTimeLeavesTheOldFileOrTheNew(t *testing.T) {
	name := filepath.Join(t.TempDir(), "out.svg")
	require.NoError(t, WriteFile(name, bytes.Repeat([]byte{'z'}, 1<<20)))
	for n := range 20 {
		child := exec.Command(os.Args[0])
		child.Env = append(os.Environ(), writes+"="+name)
		require.NoError(t, child.Start())
		time.Sleep(time.Duration(5+3*n) * time.Millisecond)
		require.NoError(t, child.Process.Kill())
		require.Error(t, child.Wait(), "it writes until it is killed")
		text, err := os.ReadFile(name)
		require.NoError(t, err)
		require.Len(t, text, 1<<20)
		require.Equal(t, 1<<20, bytes.Count(text, text[:1]), "one of the files, whole")
	}
}
