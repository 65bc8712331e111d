package progress

import (
	"os"
	"path/filepath"
	"testing"

	"github.com/stretchr/testify/require"
)

func TestWhereItLies(t *testing.T) {
	for _, c := range []struct{ system, home, xdg, local, want string }{
		{"linux", "/home/u", "", "", "/home/u/.local/state/siplab/progress.txt"},
		{"linux", "/home/u", "/s", "", "/s/siplab/progress.txt"},
		{"linux", "/home/u", "relative", "", "/home/u/.local/state/siplab/progress.txt"},
		{"darwin", "/Users/u", "", "", "/Users/u/Library/Application Support/siplab/progress.txt"},
		{"windows", "", "", "/local", "/local/siplab/progress.txt"},
	} {
		got, err := File(c.system, func(name string) string {
			return map[string]string{"HOME": c.home, "XDG_STATE_HOME": c.xdg, "LocalAppData": c.local}[name]
		})
		require.NoError(t, err)
		require.Equal(t, filepath.FromSlash(c.want), got)
	}
	_, err := File("linux", func(string) string { return "" })
	require.EqualError(t, err, "there is no home directory")
}

func TestWhatIsSolvedStaysSolved(t *testing.T) {
	file := filepath.Join(t.TempDir(), "new", "progress.txt")
	first, aside, err := Load(file)
	require.NoError(t, err)
	require.Empty(t, aside)
	first.At, first.Page = "L07", 3
	first.Solve(Task{"L05", "question", 1}, 0)
	first.Solve(Task{"L12", "goal", 1}, 3)
	save(t, first, file)
	quiz := New() // a task of that lesson was solved by a plain command
	quiz.At = "L07"
	save(t, quiz, file)
	require.Equal(t, 3, quiz.Page, "the learner stays on his page")
	text, err := os.ReadFile(file)
	require.NoError(t, err)
	require.Contains(t, string(text), "at L07 page 3\n")

	other := New() // a process that began before the first one wrote
	other.At = "L09"
	other.Solve(Task{"L12", "goal", 1}, 1)
	other.Solve(Task{"L12", "goal", 1}, 2)
	save(t, other, file)

	text, err = os.ReadFile(file)
	require.NoError(t, err)
	require.Equal(t, heading+"at L09\nsolved L05 question 1\nsolved L12 goal 1 with faults: 1\n", string(text))
	again, _, err := Load(file)
	require.NoError(t, err)
	require.Equal(t, 1, again.In("L05"))
	faults, ok := again.Solved(Task{"L12", "goal", 1})
	require.True(t, ok)
	require.Equal(t, 1, faults)
}

// save keeps progress in a file that is whole.
func save(t *testing.T, p *Progress, file string) {
	aside, err := p.Save(file)
	require.NoError(t, err)
	require.Empty(t, aside)
}

// A lesson of somebody's own has the marks of no other, whatever it is called.
func TestALessonOfOnesOwnIsNamedByItsFile(t *testing.T) {
	file := filepath.Join(t.TempDir(), "progress.txt")
	own := []string{"/home/u/L05-mine.md", `C:\my "course"\L05.md`, "/tmp/ä\n\x00.md"}
	p := New()
	for i, name := range own {
		p.Solve(Task{name, "question", i + 1}, 0)
	}
	save(t, p, file)
	again, aside, err := Load(file)
	require.NoError(t, err)
	require.Empty(t, aside)
	require.Equal(t, p.solved, again.solved)
	require.Zero(t, again.In("L05"))
}

func TestADamagedFileIsSetAside(t *testing.T) {
	file := filepath.Join(t.TempDir(), "progress.txt")
	for n, damaged := range []string{"at L07\nsolved L05 question 1\nsolved L0", "\x00\xff"} {
		require.NoError(t, os.WriteFile(file, []byte(damaged), 0o600))
		p, aside, err := Load(file)
		require.NoError(t, err)
		require.Equal(t, file+[]string{".damaged-1", ".damaged-2"}[n], aside)
		kept, err := os.ReadFile(aside)
		require.NoError(t, err)
		require.Equal(t, damaged, string(kept))
		require.Equal(t, []string{"L07", ""}[n], p.At)
		_, aside, err = Load(file)
		require.NoError(t, err)
		require.Empty(t, aside, "what was written in its place is whole")
	}
}
