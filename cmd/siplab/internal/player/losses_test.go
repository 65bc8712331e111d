package player

import (
	"testing"

	"github.com/stretchr/testify/require"

	"siplab/lessons"
	"siplab/sim/explore"
)

// Each row of the tables of RFC 3665 opens: the run is that of the row's fault.
func TestEachRowOfLossesOpensAsItsRun(t *testing.T) {
	rows := 0
	for _, id := range []string{"rfc3665-2.1", "rfc3665-3.1", "rfc3665-3.9"} {
		l, err := lessons.Find(id)
		require.NoError(t, err)
		for _, b := range l.Blocks {
			table, err := b.Losses()
			require.NoError(t, err)
			if table == nil {
				continue
			}
			p := lastPage(t, sized(lesson(t, id), 100, 30))
			for i := range table.Rows {
				rows++
				q := press(t, p, "o")
				for range i {
					q = press(t, q, "down")
				}
				q = press(t, q, "enter")
				want, err := explore.Play(b.Run.Scenario, table.Rows[i].Faults...)
				require.NoError(t, err)
				require.Equal(t, len(want.Trace.Events), len(q.run.Events), "%s row %d", id, i+1)
				require.Equal(t, want.Trace.End, q.run.End)
				require.Len(t, q.undo, 1)
				require.True(t, press(t, q, "esc").reading)
			}
		}
	}
	require.NotZero(t, rows)
}

// lastPage goes to the last page before the end.
func lastPage(t *testing.T, p Player) Player {
	for p.learn.page+1 < len(p.learn.book.pages) {
		p = press(t, p, "right")
	}
	return p
}

func TestAPageWithoutATableOpensNone(t *testing.T) {
	p := press(t, sized(lesson(t, "L05"), 80, 24), "o")
	require.Contains(t, p.notice, "no table")
	require.Nil(t, p.menu)
}
