package netem

import (
	"fmt"
	"testing"

	"github.com/stretchr/testify/require"
)

func TestLossRandom(t *testing.T) {
	for _, p := range []float64{.1, 1, 5, 30, 50, 70} {
		t.Run(fmt.Sprintf("loses %g%% of the packets", p), func(t *testing.T) {
			const n = 50_000
			proportion(t, count(lost(t, fmt.Sprintf("loss %g%%", p), n)), n, p/100, "lost")
		})
	}
	t.Run("loses each packet on its own", func(t *testing.T) {
		is := lost(t, "loss 30%", 100_000)
		fits(t, lengths(runs(is), 7), geometric(.7, 7), "length of a burst")
	})
	t.Run("0% loses nothing and 100% everything", func(t *testing.T) {
		require.Zero(t, count(lost(t, "loss 0%", 1000)))
		require.Equal(t, 1000, count(lost(t, "loss 100%", 1000)))
	})
	for _, c := range []struct{ p, rho float64 }{{30, 25}, {30, 50}, {50, 50}, {10, 50}} {
		t.Run(fmt.Sprintf("%g%% with correlation %g%% loses what tc loses", c.p, c.rho), func(t *testing.T) {
			is := lost(t, fmt.Sprintf("loss %g%% %g%%", c.p, c.rho), 100_000)
			batches(t, numbers(is), below(c.p/100, c.rho/100), "lost")
		})
	}
	t.Run("correlation makes longer bursts", func(t *testing.T) {
		const n = 50_000
		alone, _ := moments(ints(runs(lost(t, "loss 50%", n))))
		together, _ := moments(ints(runs(lost(t, "loss 50% 80%", n))))
		require.Greater(t, together, 1.5*alone)
	})
}

func TestLossGEModel(t *testing.T) {
	const n = 120_000
	t.Run("two values: bad is entered with P and left with R, and loses all", func(t *testing.T) {
		is := lost(t, "loss gemodel 1% 25%", n)
		batches(t, numbers(is), .01/(.01+.25), "lost")
		fits(t, lengths(runs(is), 9), geometric(.25, 9), "length of a burst")
		for i := range is {
			is[i] = !is[i]
		}
		fits(t, lengths(runs(is), 3), geometric(.01, 3), "length of a gap")
	})
	t.Run("one value: R is 1-P, so packets are lost each on its own", func(t *testing.T) {
		is := lost(t, "loss gemodel 20%", n)
		proportion(t, count(is), n, .2, "lost")
		fits(t, lengths(runs(is), 5), geometric(.8, 5), "length of a burst")
	})
	t.Run("four values: bad loses 1-H and good 1-K (fault F03)", func(t *testing.T) {
		const p, r, bad, good = .01, .25, .8, .001
		is := lost(t, "loss gemodel 1% 25% 80% 0.1%", n)
		batches(t, numbers(is), (p*bad+r*good)/(p+r), "lost")

		// Bad lasts with 1-r, and a burst goes on if the next one is lost too.
		both := make([]float64, n-1)
		for i := range both {
			if is[i] && is[i+1] {
				both[i] = 1
			}
		}
		toBad := p / (p + r)
		batches(t, both, toBad*bad*((1-r)*bad+r*good)+(1-toBad)*good*(p*bad+(1-p)*good), "two lost in a row")
	})
}

func TestLossState(t *testing.T) {
	const n = 100_000
	t.Run("one value: P31 is 1-P13, so packets are lost each on its own", func(t *testing.T) {
		is := lost(t, "loss state 20%", n)
		proportion(t, count(is), n, .2, "lost")
		fits(t, lengths(runs(is), 5), geometric(.8, 5), "length of a burst")
	})
	t.Run("two values: bursts begin with P13 and end with P31", func(t *testing.T) {
		is := lost(t, "loss state 2% 40%", n)
		batches(t, numbers(is), .02/.42, "lost")
		fits(t, lengths(runs(is), 8), geometric(.4, 8), "length of a burst")
	})
	t.Run("P14 loses packets alone in a gap", func(t *testing.T) {
		is := lost(t, "loss state 0% 100% 0% 100% 10%", n)
		for _, length := range runs(is) {
			require.Equal(t, 1, length)
		}
		batches(t, numbers(is), .1/1.1, "lost")
	})
	t.Run("all five values give the chain's own share of losses", func(t *testing.T) {
		// Rows from, columns to: states 1 to 4 of tc-netem(8).
		chain := [4][4]float64{
			{1 - .05 - .02, 0, .05, .02},
			{0, 1 - .6, .6, 0},
			{.3, .2, 1 - .3 - .2, 0},
			{1, 0, 0, 0},
		}
		share := [4]float64{1}
		for range 10_000 {
			var next [4]float64
			for from, p := range share {
				for to := range next {
					next[to] += p * chain[from][to]
				}
			}
			share = next
		}
		is := lost(t, "loss state 5% 30% 20% 60% 2%", n)
		batches(t, numbers(is), share[2]+share[3], "lost")

		// A burst that began with P13 and a lone loss both begin in state 1;
		// after state 2 a burst begins too. Two in a row are lost only in 3.
		both := make([]float64, n-1)
		for i := range both {
			if is[i] && is[i+1] {
				both[i] = 1
			}
		}
		batches(t, both, share[2]*chain[2][2], "two lost in a row")
	})
}

// TestSendsUntilAnswered is the oracle of a request that is sent up to eleven
// times over a link that loses p each way, and answered at once: each try
// succeeds with (1-p)², on each of 10,000 networks of another seed.
func TestSendsUntilAnswered(t *testing.T) {
	const tries, networks = 11, 10_000
	for _, percent := range []int{10, 30, 50, 70} {
		t.Run(fmt.Sprintf("%d%% loss", percent), func(t *testing.T) {
			p := 1 - float64(percent)/100
			// The last bins are merged so that each expects ten.
			bins := tries + 1
			for bins > 2 && networks*geometric(p*p, bins)[bins-1] < 10 {
				bins--
			}
			counts := make([]int, bins)
			for seed := range uint64(networks) {
				counts[min(sends(t, seed, percent, tries), bins)-1]++
			}
			fits(t, counts, geometric(p*p, bins), "sends")
		})
	}
}

// sends is how many packets alice sends until she has an answer; one more than
// tries if she has none.
func sends(t *testing.T, seed uint64, percent, tries int) int {
	net := New(seed)
	a, z := addr("192.0.2.1:5060"), addr("192.0.2.2:5060")
	net.Host("alice", a.Addr())
	net.Host("bob", z.Addr())
	c, err := ParseConditions(fmt.Sprintf("loss %d%%", percent))
	require.NoError(t, err)
	net.Default(c)
	for n := range tries {
		if net.Send(a, z, "ask", nil)[0].Kind == Delivers && net.Send(z, a, "answer", nil)[0].Kind == Delivers {
			return n + 1
		}
	}
	return tries + 1
}

func ints(v []int) []float64 {
	f := make([]float64, len(v))
	for i := range v {
		f[i] = float64(v[i])
	}
	return f
}
