package lessons

import (
	"context"
	"fmt"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"

	"siplab/sim/explore"
)

// Each flow of RFC 3665 ends in the table of its losses, with a row for each of
// its packets; each row has the faults that run it.
func TestEachFlowOfRFC3665HasItsTableOfLosses(t *testing.T) {
	all, err := All()
	require.NoError(t, err)
	flows := 0
	for _, l := range all {
		if !strings.HasPrefix(l.ID, "rfc3665-") {
			continue
		}
		flows++
		last := l.Blocks[len(l.Blocks)-1]
		require.Equal(t, "lose-each", last.Kind, l.ID)
		require.Same(t, l.Flow.Run, last.Run, l.ID)
		table, err := last.Losses()
		require.NoError(t, err, l.ID)
		require.NotEmpty(t, table.Rows, l.ID)
		for i := range table.Rows {
			require.Len(t, table.Rows[i].Faults, 1, "%s row %d", l.ID, i+1)
		}
	}
	require.Equal(t, 16, flows)
}

func TestATableOfLossesIsDrawnForItsWidth(t *testing.T) {
	l, err := Find("rfc3665-3.1")
	require.NoError(t, err)
	b := l.Blocks[len(l.Blocks)-1]
	require.Equal(t, b.Text, b.In(200), "no wider than in the file")
	require.Greater(t, strings.Count(b.In(60), "\n"), strings.Count(b.Text, "\n"))
}

// A table that nobody would read is none, and is not waited for.
func TestATableOfLossesHasNotTooManyRows(t *testing.T) {
	var s strings.Builder
	s.WriteString("# x\n\n```lesson\npart A. Registration\n```\n\n```scenario\nphone bob sip:bob@biloxi.example.com\nregistrar biloxi domain biloxi.example.com open\n")
	for i := range mostLosses {
		fmt.Fprintf(&s, "at %ds bob queries\n", i)
	}
	s.WriteString("```\n\n```lose-each\n```\n")
	l, err := Read("x.md", []byte(s.String()))
	require.NoError(t, err)
	require.ErrorContains(t, l.Prove(), "more than the 500")
}

// Other blocks have no table.
func TestOnlyATableOfLossesHasLosses(t *testing.T) {
	l, err := Find("L01")
	require.NoError(t, err)
	for _, b := range l.Blocks {
		table, err := b.Losses()
		require.NoError(t, err)
		require.Nil(t, table)
	}
}

// The cells are those of siplab lose-each, whatever made the table.
func TestATableOfLossesIsThatOfExplore(t *testing.T) {
	l, err := Find("rfc3665-2.1")
	require.NoError(t, err)
	b := l.Blocks[len(l.Blocks)-1]
	got, err := b.Losses()
	require.NoError(t, err)
	want, err := explore.Each(context.Background(), l.Flow.Run.Scenario, explore.Options{Workers: 1})
	require.NoError(t, err)
	require.Equal(t, want.Cells(), got.Cells())
}
