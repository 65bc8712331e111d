package netem

import (
	"fmt"
	"hash/fnv"
	"math/rand/v2"
	"testing"

	"github.com/stretchr/testify/require"
)

func TestChance(t *testing.T) {
	t.Run("equal seed and name give equal numbers on every machine", func(t *testing.T) {
		c := NewChance(1, "alice")
		require.Equal(t, []uint64{0xddaae17a5580773e, 0x6705044560083b27, 0x5719b6ec419bd0b4}, []uint64{c.Uint64(), c.Uint64(), c.Uint64()})
	})
	t.Run("is a PCG seeded by FNV-1a of the seed and the name", func(t *testing.T) {
		h := fnv.New64a()
		h.Write([]byte("\x02\x01\x00\x00\x00\x00\x00\x00alice"))
		first := h.Sum64()
		h.Write([]byte{0})
		require.Equal(t, rand.NewPCG(first, h.Sum64()).Uint64(), NewChance(0x102, "alice").Uint64())
	})
	t.Run("another seed or name gives others", func(t *testing.T) {
		c := NewChance(1, "alice").Uint64()
		require.NotEqual(t, c, NewChance(2, "alice").Uint64())
		require.NotEqual(t, c, NewChance(1, "alicf").Uint64())
	})
	t.Run("neighbouring names have nothing to do with each other", func(t *testing.T) {
		const n, side = 10_000, 8
		first, pairs := make([]int, side), make([]int, side*side)
		even, each := make([]float64, side), make([]float64, side*side)
		last := uint64(0)
		for i := range n {
			v := NewChance(1, fmt.Sprintf("host%d", i)).N(side)
			first[v]++
			pairs[last*side+v]++
			last = v
		}
		for i := range even {
			even[i] = 1. / side
		}
		for i := range each {
			each[i] = 1. / side / side
		}
		fits(t, first, even, "first number")
		fits(t, pairs, each, "numbers of two names")
	})
	t.Run("neighbouring seeds have nothing to do with each other", func(t *testing.T) {
		counts, p := make([]int, 64), make([]float64, 64)
		for i := range 20_000 {
			counts[NewChance(uint64(i), "alice").N(8)*8+NewChance(uint64(i+1), "alice").N(8)]++
		}
		for i := range p {
			p[i] = 1. / 64
		}
		fits(t, counts, p, "numbers of two seeds")
	})
	t.Run("N is even", func(t *testing.T) {
		c := NewChance(1, "N")
		counts, p := make([]int, 7), make([]float64, 7)
		for range 70_000 {
			counts[c.N(7)]++
		}
		for i := range p {
			p[i] = 1. / 7
		}
		fits(t, counts, p, "numbers below 7")
	})
	t.Run("N of a number near the largest stays below it", func(t *testing.T) {
		c := NewChance(1, "N")
		for range 1000 {
			require.Less(t, c.N(1<<63+1), uint64(1<<63+1))
		}
		require.Zero(t, c.N(0))
		require.Zero(t, c.N(1))
	})
	t.Run("0 never happens and draws nothing", func(t *testing.T) {
		c, d := NewChance(1, "never"), NewChance(1, "never")
		require.False(t, c.Percent(0))
		require.Equal(t, d.Uint64(), c.Uint64())
	})
	t.Run("2^32-1 always happens", func(t *testing.T) {
		c := NewChance(1, "always")
		for range 1000 {
			require.True(t, c.Percent(uint32(Always)))
		}
	})
}
