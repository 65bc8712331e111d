package sim_test

import (
	"fmt"
	"math"
	"math/big"
	"testing"

	"github.com/stretchr/testify/require"

	"siplab/sim"
	"siplab/sim/trace"
)

// What a lossy network does to requests can be computed. Each direction loses
// one packet in so many on its own, and the round trip is shorter than T1, so
// that a request that is sent n times, and answered each time, hears nothing with
// probability (1-(1-p)²)ⁿ: n is 11 for a request that is no INVITE, by Timers E
// and F, and 7 for an INVITE, by Timers A and B (RFC 3261 §17.1.2.2, §17.1.1.2).
var oracle = []struct {
	name, lines string
	method      string
	sends       int
}{
	{"OPTIONS that is answered at once", "phone bob sip:bob@biloxi.example.com\nat 0s alice asks options of bob\n", "OPTIONS", 11},
	{"INVITE that is answered by a 180 a copy", "phone bob sip:bob@biloxi.example.com\nat 0s alice calls bob\n", "INVITE", 7},
}

const (
	oracleSeeds = 10_000
	oracleAlpha = 1e-4
	leastInBin  = 10 // what chi-square needs
	leastFailed = 50 // expected, where the rate of failures is held
)

func TestTheNetworkAgainstWhatIsComputed(t *testing.T) {
	for _, o := range oracle {
		for _, percent := range []int64{10, 30, 50, 70} {
			t.Run(fmt.Sprintf("%s, loss %d%%", o.name, percent), func(t *testing.T) {
				s := parse(t, fmt.Sprintf("net delay 20ms loss %d%%\nphone alice sip:alice@atlanta.example.com\n%s", percent, o.lines))
				counts := make([]int, o.sends+1) // the last: never heard of
				for seed := range uint64(oracleSeeds) {
					n, heard := sendsUntilHeard(t, s, seed, o.method)
					require.LessOrEqual(t, n, o.sends)
					if !heard {
						require.Equal(t, o.sends, n)
						n++
					}
					counts[n-1]++
				}
				hears := math.Pow(1-float64(percent)/100, 2)
				fitsChiSquare(t, counts, hears)
				fails := failing(percent, o.sends)
				if rate, _ := fails.Float64(); rate*oracleSeeds >= leastFailed {
					require.Greater(t, binomialTail(oracleSeeds, counts[o.sends], fails), oracleAlpha/2, "%d of %d failed, and %.4g were expected", counts[o.sends], oracleSeeds, rate*oracleSeeds)
				}
			})
		}
	}
}

// firstAnswer counts how often alice sends her request until she hears of it.
type firstAnswer struct {
	method string
	sends  int
	heard  bool
}

func (f *firstAnswer) Begin(*trace.Header) {}
func (f *firstAnswer) Finish(*trace.End)   {}

func (f *firstAnswer) Event(e *trace.Event) {
	switch {
	case f.heard || e.Host != 0 || e.Packet == nil || e.Packet.Method != f.method:
	case e.Kind == trace.Send:
		f.sends++
	case e.Kind == trace.Arrive:
		f.heard = true
	}
}

func sendsUntilHeard(t *testing.T, s *sim.Scenario, seed uint64, method string) (int, bool) {
	with := *s
	with.Seed = seed
	f := firstAnswer{method: method}
	w, err := sim.New(&with, &f)
	require.NoError(t, err)
	for !f.heard && w.Step() {
	}
	return f.sends, f.heard
}

// fitsChiSquare holds how many sends it took against the geometric distribution.
// Bins at the end are merged until each expects enough.
func fitsChiSquare(t *testing.T, counts []int, hears float64) {
	t.Helper()
	want, rest := make([]float64, len(counts)), float64(oracleSeeds)
	for i := range want {
		want[i] = rest * hears
		if i == len(want)-1 {
			want[i] = rest
		}
		rest -= want[i]
	}
	for n := len(want) - 1; n > 0 && want[n] < leastInBin; n-- {
		want[n-1] += want[n]
		counts = append(counts[:n-1:n-1], counts[n-1]+counts[n])
		want = want[:n]
	}
	sum := 0.0
	for i := range want {
		sum += (float64(counts[i]) - want[i]) * (float64(counts[i]) - want[i]) / want[i]
	}
	// Wilson and Hilferty's bound; 3.719 deviations are alpha, on one side.
	k := float64(len(want) - 1)
	v := 2 / (9 * k)
	require.Less(t, sum, k*math.Pow(1-v+3.719*math.Sqrt(v), 3), "chi-square of %v, expected %.1f", counts, want)
}

// failing is (1-(1-p)²)ⁿ exactly.
func failing(percent int64, n int) *big.Rat {
	arrives := big.NewRat(100-percent, 100)
	lost := new(big.Rat).Sub(big.NewRat(1, 1), new(big.Rat).Mul(arrives, arrives))
	all := big.NewRat(1, 1)
	for range n {
		all.Mul(all, lost)
	}
	return all
}

// binomialTail is how probable so few of n are, or so many, whichever is less:
// summed term by term, each C(n,i) pⁱ(1-p)ⁿ⁻ⁱ to 200 bits.
func binomialTail(n, k int, p *big.Rat) float64 {
	const bits = 200
	float := func(r *big.Rat) *big.Float { return new(big.Float).SetPrec(bits).SetRat(r) }
	q := new(big.Rat).Sub(big.NewRat(1, 1), p)
	term := big.NewFloat(1).SetPrec(bits)
	for range n {
		term.Mul(term, float(q))
	}
	odds := float(new(big.Rat).Quo(p, q))
	low, all := new(big.Float).SetPrec(bits), new(big.Float).SetPrec(bits)
	var at big.Float
	for i := range n + 1 {
		all.Add(all, term)
		if i <= k {
			low.Add(low, term)
		}
		if i == k {
			at.Copy(term)
		}
		term.Mul(term, odds)
		term.Mul(term, float(big.NewRat(int64(n-i), int64(i+1))))
	}
	high := new(big.Float).Sub(all, low)
	high.Add(high, &at)
	a, _ := low.Float64()
	b, _ := high.Float64()
	return min(a, b)
}

// The probabilities that the oracle names, to its three digits.
func TestWhatIsComputed(t *testing.T) {
	for _, c := range []struct {
		percent int64
		sends   int
		want    float64
	}{{50, 11, 4.22e-2}, {70, 11, .354}, {30, 7, 8.97e-3}, {50, 7, .133}, {70, 7, .517}} {
		got, _ := failing(c.percent, c.sends).Float64()
		require.InEpsilon(t, c.want, got, .005)
	}
	half := big.NewRat(1, 2)
	require.InDelta(t, 11.0/1024, binomialTail(10, 1, half), 1e-12)
	require.InDelta(t, 11.0/1024, binomialTail(10, 9, half), 1e-12)
}
