package main

import (
	"os"
	"slices"
	"testing"

	"github.com/stretchr/testify/require"
)

func TestTables(t *testing.T) {
	t.Run("the file of the network is what this program writes", func(t *testing.T) {
		have, err := os.ReadFile("../../tables.go")
		require.NoError(t, err)
		require.Equal(t, string(file()), string(have), "run go generate in netem")
	})
	t.Run("entries grow, as those of an inverse distribution function do", func(t *testing.T) {
		for _, f := range []quantile{normal, pareto, paretoNormal} {
			require.True(t, slices.IsSorted(entries(f)))
		}
	})
	t.Run("normal has its mean at 0 and one of six beyond one jitter", func(t *testing.T) {
		e := entries(normal)
		for i := range e {
			require.Equal(t, e[i], -e[size-1-i])
		}
		beyond := 0
		for _, v := range e {
			if v > scale {
				beyond++
			}
		}
		require.Equal(t, 650, beyond) // 15.87 % of 4096
	})
	t.Run("pareto has shape 3: its median is the cube root of 2", func(t *testing.T) {
		require.InDelta(t, (1.259921-1.5)*4/3*scale, float64(entries(pareto)[size/2]), 2)
	})
}
