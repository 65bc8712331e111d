package ua

import (
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"siplab/netem"
	"siplab/sim/core"
)

// band draws so often that each value of a band has come.
func band(t *testing.T, owner bool) (low, high time.Duration) {
	env := &core.Env{Chance: netem.NewChance(1, "bob")}
	low = time.Hour
	for range 20000 {
		d := new(Phone).glareWait(owner, env)
		require.Zero(t, d%(10*time.Millisecond), "in units of 10 ms")
		low, high = min(low, d), max(high, d)
	}
	return low, high
}

func TestGlare(t *testing.T) {
	t.Run("REI-02 the owner of the Call-ID waits 2.1 to 4 s", func(t *testing.T) {
		low, high := band(t, true)
		require.Equal(t, 2100*time.Millisecond, low)
		require.Equal(t, 4*time.Second, high)
	})
	t.Run("REI-03 the other side waits 0 to 2 s", func(t *testing.T) {
		low, high := band(t, false)
		require.Zero(t, low)
		require.Equal(t, 2*time.Second, high)
	})
	t.Run("REI-04 REI-12 a Retry-After of 0 to 10 s", func(t *testing.T) {
		env := &core.Env{Chance: netem.NewChance(1, "bob")}
		seen := map[uint64]bool{}
		for range 1000 {
			seen[retryAfterSeconds(env)] = true
		}
		require.Len(t, seen, 11)
		require.True(t, seen[0] && seen[10])
	})
}
