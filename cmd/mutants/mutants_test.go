package main

import (
	"testing"

	"github.com/stretchr/testify/require"
)

// Each fault in a table is noticed, or listed with the reason why it is none.
func TestEachFaultInATableIsNoticed(t *testing.T) {
	list, err := machines()
	require.NoError(t, err)
	require.Greater(t, len(list), 150)
	left := map[string]bool{}
	for _, r := range list {
		if r.by == "" {
			left[r.fault] = true
			require.Contains(t, harmless, r.fault, "nobody notices it")
		}
	}
	for name := range harmless {
		require.True(t, left[name], "%s is noticed, or is no fault of this list", name)
	}
}

// Each fault in a source can be planted: its text stands where it says.
func TestEachFaultInASourceCanBePlanted(t *testing.T) {
	dir, err := root()
	require.NoError(t, err)
	all := sources()
	require.GreaterOrEqual(t, len(all), 40)
	for i := range all {
		text, err := all[i].planted(dir)
		require.NoError(t, err)
		require.Contains(t, text, all[i].with)
		require.NotEmpty(t, all[i].test)
	}
}
