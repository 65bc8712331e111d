package diagrams

import (
	"compress/gzip"
	"errors"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"

	"siplab/sim/trace"
)

// kept is a run of two proxies, or of twenty hosts, as `siplab run --format
// json` printed it.
func kept(t testing.TB, name string) *trace.Trace {
	t.Helper()
	f, err := os.Open(filepath.Join("testdata", "traces", name+".json.gz"))
	require.NoError(t, err)
	defer f.Close()
	z, err := gzip.NewReader(f)
	require.NoError(t, err)
	tr, err := trace.Read(z)
	require.NoError(t, err)
	return tr
}

func TestLargeRunsAreDrawnWithEveryLabelAndNoneOverAnother(t *testing.T) {
	for name, messages := range map[string]int{"two-proxies": 21, "twenty-hosts": 200} {
		tr := kept(t, name)
		l := NewLadder(tr, Options{})
		requireClear(t, l)
		requireTrue(t, l)
		s := l.layout(l.width(drawWidth), false, true)
		require.GreaterOrEqual(t, len(s.ways), messages)
		for i := range s.ways {
			require.Contains(t, l.flights[i].labels, s.ways[i].label, "%s: a label is cut short", name)
		}
	}
}

func TestFourHostsFit72Columns(t *testing.T) {
	l := NewLadder(kept(t, "two-proxies"), Options{})
	for _, text := range []string{l.Text(), l.ASCII()} {
		for line := range strings.SplitSeq(text, "\n") {
			require.LessOrEqual(t, cells(line), 72, line)
		}
	}
	require.Contains(t, l.Text(), "media ═", "a text without room is said in one word")
}

func TestWhereHostsAreManyTheEndsOfMachinesAreLeftOut(t *testing.T) {
	svg := NewLadder(kept(t, "twenty-hosts"), Options{}).SVG()
	require.NotContains(t, svg, "Timer K")
	require.NotContains(t, svg, "Terminated")
	require.Contains(t, svg, "Timer E")
	require.Contains(t, NewLadder(kept(t, "two-proxies"), Options{}).SVG(), "Timer K")
}

func BenchmarkTwentyHostsAsSVG(b *testing.B) {
	tr := kept(b, "twenty-hosts")
	for b.Loop() {
		NewLadder(tr, Options{}).SVG()
	}
}

func TestWhatIsWrittenInPiecesIsTheWholeDrawing(t *testing.T) {
	l := NewLadder(kept(t, "twenty-hosts"), Options{})
	svg := l.SVG()
	require.Greater(t, len(svg), 2*flushAt, "or there is one piece")
	var b strings.Builder
	require.NoError(t, l.WriteSVG(&b))
	require.Equal(t, svg, b.String())

	full := errors.New("disk full")
	w := &fullAfter{room: 2 * flushAt, err: full}
	require.ErrorIs(t, l.WriteSVG(w), full)
	require.Equal(t, 2, w.calls, "nothing is written after the error")
}

// fullAfter takes some bytes, and then no more.
type fullAfter struct {
	room, calls int
	err         error
}

func (w *fullAfter) Write(b []byte) (int, error) {
	w.calls++
	if w.room < len(b) {
		return 0, w.err
	}
	w.room = 0
	return len(b), nil
}
