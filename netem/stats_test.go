package netem

import (
	"math"
	"net/netip"
	"testing"
	"time"

	"github.com/stretchr/testify/require"
)

// The tests of chance ask whether what was counted is what the definition
// says, with alpha = 1e-6: one right program in a million would fail. The seeds
// are fixed, so that a test that passes passes always.
const (
	twoSided = 4.8916 // standard deviations
	oneSided = 4.7534
)

// agrees holds a counted value against its mean and standard deviation.
func agrees(t *testing.T, got, mean, deviation float64, what string) {
	t.Helper()
	z := (got - mean) / deviation
	require.Less(t, math.Abs(z), twoSided, "%s: got %g, want %g ± %g (z = %.2f)", what, got, mean, deviation, z)
}

// proportion holds how many of n had probability p.
func proportion(t *testing.T, count, n int, p float64, what string) {
	t.Helper()
	require.NotZero(t, n, what)
	agrees(t, float64(count), float64(n)*p, math.Sqrt(float64(n)*p*(1-p)), what)
}

// fits holds counts against the probabilities of their bins by chi-square.
// Each bin expects at least ten.
func fits(t *testing.T, counts []int, p []float64, what string) {
	t.Helper()
	require.Equal(t, len(p), len(counts))
	n, sum := 0, 0.0
	for _, c := range counts {
		n += c
	}
	for i, c := range counts {
		want := float64(n) * p[i]
		require.GreaterOrEqual(t, want, 10.0, "%s: bin %d is too small", what, i)
		sum += (float64(c) - want) * (float64(c) - want) / want
	}
	require.Less(t, sum, chiSquare(len(p)-1), "%s: chi-square of %v", what, counts)
}

// chiSquare is the bound for so many degrees of freedom (Wilson, Hilferty).
func chiSquare(k int) float64 {
	v := 2 / (9 * float64(k))
	return float64(k) * math.Pow(1-v+oneSided*math.Sqrt(v), 3)
}

// batches holds the mean of dependent values by the means of 200 batches,
// which are nearly independent.
func batches(t *testing.T, values []float64, mean float64, what string) {
	t.Helper()
	const n = 200
	size := len(values) / n
	means := make([]float64, n)
	for i := range means {
		means[i], _ = moments(values[i*size : (i+1)*size])
	}
	m, sd := moments(means)
	agrees(t, m, mean, sd/math.Sqrt(n), what)
}

func moments(values []float64) (mean, deviation float64) {
	for _, v := range values {
		mean += v
	}
	mean /= float64(len(values))
	for _, v := range values {
		deviation += (v - mean) * (v - mean)
	}
	return mean, math.Sqrt(deviation / float64(len(values)))
}

// geometric are the probabilities of 1, 2, … n-1, and n or more tries until
// something of probability p happens.
func geometric(p float64, n int) []float64 {
	bins := make([]float64, n)
	rest := 1.0
	for i := range n - 1 {
		bins[i] = rest * p
		rest -= bins[i]
	}
	bins[n-1] = rest
	return bins
}

// lengths counts how many values are 1, 2, … n-1, and n or more.
func lengths(values []int, n int) []int {
	bins := make([]int, n)
	for _, v := range values {
		bins[min(v, n)-1]++
	}
	return bins
}

// below is how often a correlated draw is at most p: tc's draw is a mean of a
// new number and the last draw, so its distribution is the one that this step
// leaves as it is. It is found by taking the step until nothing changes.
func below(p, rho float64) float64 {
	const n = 1000
	f := make([]float64, n+1) // distribution function at i/n
	for i := range f {
		f[i] = float64(i) / n
	}
	at := func(x float64) float64 {
		x *= n
		switch i := int(math.Floor(x)); {
		case x <= 0:
			return 0
		case i >= n:
			return 1
		default:
			return f[i] + (x-float64(i))*(f[i+1]-f[i])
		}
	}
	for range 40 {
		next := make([]float64, n+1)
		for i := range next {
			const steps = 100
			for k := range steps {
				u := (float64(k) + .5) / steps
				next[i] += at((float64(i)/n - (1-rho)*u) / rho)
			}
			next[i] /= steps
		}
		f = next
	}
	return at(p)
}

// fatesOf sends n packets over a link, one a second, and gives the last fate
// of each original.
func fatesOf(t *testing.T, conditions string, n int) []Fate {
	t.Helper()
	net, a, z := pair(t, conditions)
	fates := make([]Fate, n)
	for i := range fates {
		for _, f := range net.Send(a, z, "payload", nil) {
			if f.Packet.CopyOf == 0 {
				fates[i] = f
			}
		}
		pass(net, time.Second)
	}
	return fates
}

// pass lets some time go by.
func pass(n *Network, d time.Duration) {
	until := n.Now() + d
	n.Wake(until, 0)
	for {
		if e, ok := n.Next(); !ok || e.Kind == Wake && e.At == until {
			return
		}
	}
}

// lost says of each of n packets whether it was lost.
func lost(t *testing.T, conditions string, n int) []bool {
	t.Helper()
	is := make([]bool, n)
	for i, f := range fatesOf(t, conditions, n) {
		is[i] = f.Kind == Loses
	}
	return is
}

// delays are the delays of n packets in seconds.
func delays(t *testing.T, conditions string, n int) []float64 {
	t.Helper()
	d := make([]float64, n)
	for i, f := range fatesOf(t, conditions, n) {
		d[i] = f.Delay.Seconds()
	}
	return d
}

func numbers(is []bool) []float64 {
	n := make([]float64, len(is))
	for i := range is {
		if is[i] {
			n[i] = 1
		}
	}
	return n
}

func count(is []bool) int {
	n := 0
	for i := range is {
		if is[i] {
			n++
		}
	}
	return n
}

// runs are the lengths of the runs of true that have begun and ended.
func runs(is []bool) []int {
	var all []int
	n := 0
	for i, v := range is {
		switch {
		case v && (n > 0 || i > 0):
			n++
		case n > 0:
			all = append(all, n)
			n = 0
		}
	}
	return all
}

func addr(s string) netip.AddrPort { return netip.MustParseAddrPort(s) }
