package lessons

import (
	"testing"

	"github.com/stretchr/testify/require"
)

// TestTheCourseKeepsItsPromises counts what the course has for its learners to
// do: a question in each lesson, goals in ten of them and more, elements to play
// in six and more. The short course is eleven lessons.
func TestTheCourseKeepsItsPromises(t *testing.T) {
	const goals, plays, short = 10, 6, 11
	all, err := All()
	require.NoError(t, err)
	with, stars, parts := map[string]int{}, 0, []string{}
	for _, l := range all {
		if l.Flow != nil {
			continue
		}
		has := map[string]bool{}
		for _, b := range l.Tasks() {
			has[b.Kind] = true
		}
		require.True(t, has["question"], "%s asks nothing", l.ID)
		require.NotEmpty(t, l.Sections, "%s rests on no section", l.ID)
		for kind := range has {
			with[kind]++
		}
		if l.Short {
			stars++
		}
		if len(parts) == 0 || parts[len(parts)-1] != l.Part {
			require.NotContains(t, parts, l.Part, "%s: a part stands in one piece", l.ID)
			parts = append(parts, l.Part)
		}
	}
	require.GreaterOrEqual(t, with["goal"], goals)
	require.GreaterOrEqual(t, with["play"], plays)
	require.Equal(t, short, stars)
}
