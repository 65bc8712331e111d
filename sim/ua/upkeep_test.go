package ua

import (
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"siplab/netem"
	"siplab/sim/core"
	"siplab/sim/sip"
)

func TestRefreshAfter(t *testing.T) {
	const before = 32 * time.Second
	for granted, want := range map[time.Duration]time.Duration{
		time.Hour:           time.Hour - before,
		120 * time.Second:   88 * time.Second,
		64 * time.Second:    32 * time.Second,
		60 * time.Second:    30 * time.Second,
		time.Second:         500 * time.Millisecond,
		longestExpires:      longestExpires - before,
		1000*before - 1:     999*before - 1,
		2*before + 1:        before + 1,
		2 * time.Nanosecond: 1,
	} {
		require.Equal(t, want, refreshAfter(granted, before), granted)
		require.Less(t, refreshAfter(granted, before), granted, "REG-20")
	}
}

func TestBackOff(t *testing.T) {
	env := &core.Env{Chance: netem.NewChance(1, "bob")}
	t.Run("RFC 5626 4.5 a random half to whole of 30 s doubled at each failure, 1800 s at most", func(t *testing.T) {
		for failures, most := range map[int]time.Duration{
			1: 60 * time.Second, 2: 120 * time.Second, 3: 240 * time.Second, 4: 480 * time.Second,
			5: 960 * time.Second, 6: 1800 * time.Second, 7: 1800 * time.Second, 1000: 1800 * time.Second,
		} {
			low, high := most, time.Duration(0)
			for range 2000 {
				d := backOff(failures, env)
				require.GreaterOrEqual(t, d, most/2)
				require.LessOrEqual(t, d, most)
				low, high = min(low, d), max(high, d)
			}
			require.Less(t, low, most*51/100, "the lower end is reached")
			require.Greater(t, high, most*99/100, "the upper end is reached")
		}
	})
}

func TestParseExpires(t *testing.T) {
	for value, want := range map[string]time.Duration{
		"0": 0, "7": 7 * time.Second, "0007": 7 * time.Second, "4294967295": longestExpires,
		"4294967296": longestExpires, "99999999999999999999999": longestExpires,
		"": time.Hour, "-1": time.Hour, "+5": time.Hour, "1e3": time.Hour, "7 ": time.Hour, "١": time.Hour,
	} {
		require.Equal(t, want, parseExpires(value), value)
	}
}

func TestRetryAfter(t *testing.T) {
	for value, want := range map[string]time.Duration{
		"18000;duration=3600": 18000 * time.Second, "120 (I'm in a meeting)": 120 * time.Second, "5": 5 * time.Second,
		"": 0, "soon": 0, "-5": 0, "99999999999": longestExpires,
	} {
		m := new(sip.Message)
		m.Response(503, "")
		m.Add(sip.NameRetryAfter, value, sip.Origin{})
		require.Equal(t, want, retryAfter(m), value)
	}
}
