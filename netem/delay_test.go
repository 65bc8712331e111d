package netem

import (
	"fmt"
	"math"
	"slices"
	"testing"
	"time"

	"github.com/stretchr/testify/require"
)

// The distributions as they are defined: how many jitters from the mean a part
// u of all delays lies at most.
var quantiles = []func(u float64) float64{
	Uniform: func(u float64) float64 { return 2*u - 1 },
	Normal:  func(u float64) float64 { return math.Sqrt2 * math.Erfinv(2*u-1) },
	Pareto:  func(u float64) float64 { return (math.Pow(1-u, -1./3) - 1.5) * 4 / 3 },
	ParetoNormal: func(u float64) float64 {
		return .25*math.Sqrt2*math.Erfinv(2*u-1) + .75*(math.Pow(1-u, -1./3)-1.5)*4/3
	},
}

func TestDelay(t *testing.T) {
	t.Run("without jitter is the same for all", func(t *testing.T) {
		for _, d := range delays(t, "delay 20ms", 100) {
			require.Equal(t, .02, d)
		}
	})
	for d, quantile := range quantiles {
		name := Distribution(d).String()
		t.Run(name+" has the mean, the spread and the shape of its definition", func(t *testing.T) {
			const n, mean, jitter = 60_000, .5, .1
			got := delays(t, "delay 500ms 100ms distribution "+name, n)
			spread(t, got, mean, jitter, quantile)
			shape(t, got, mean, jitter, quantile)
		})
	}
	t.Run("is never less than nothing", func(t *testing.T) {
		const n = 100_000
		got := delays(t, "delay 5ms 10ms", n)
		require.Zero(t, slices.Min(got))
		none := 0
		for _, d := range got {
			if d == 0 {
				none++
			}
		}
		proportion(t, none, n, .25, "at once")
	})
	t.Run("reaches from the mean less the jitter to the mean and the jitter", func(t *testing.T) {
		got := delays(t, "delay 20ms 10ms", 100_000)
		require.InDelta(t, .01, slices.Min(got), 1e-5)
		require.InDelta(t, .03, slices.Max(got), 1e-5)
	})
	for _, rho := range []float64{25, 50, 90} {
		t.Run(fmt.Sprintf("hangs on the one before with correlation %g%%", rho), func(t *testing.T) {
			correlated(t, rho/100, fmt.Sprintf("delay 500ms 100ms %g%%", rho))
		})
	}
	t.Run("with a table hangs on the one before", func(t *testing.T) {
		got := delays(t, "delay 500ms 100ms 50% distribution normal", 100_000)
		require.Greater(t, autocorrelation(got), .45)
	})
}

// spread holds mean and variance. What the tables cannot hold, four jitters or
// more from the mean, they hold as four jitters.
func spread(t *testing.T, got []float64, mean, jitter float64, quantile func(float64) float64) {
	t.Helper()
	const steps = 200_000
	var m [5]float64
	for i := range steps {
		x := max(-4, min(4, quantile((float64(i)+.5)/steps)))
		for k := 1; k < len(m); k++ {
			m[k] += math.Pow(x, float64(k)) / steps
		}
	}
	variance := m[2] - m[1]*m[1]
	fourth := m[4] - 4*m[3]*m[1] + 6*m[2]*m[1]*m[1] - 3*math.Pow(m[1], 4)
	n := float64(len(got))
	gotMean, gotDeviation := moments(got)
	agrees(t, (gotMean-mean)/jitter, m[1], math.Sqrt(variance/n), "mean in jitters")
	agrees(t, math.Pow(gotDeviation/jitter, 2), variance, math.Sqrt((fourth-variance*variance)/n), "variance in jitters squared")
}

// shape holds how many lie in each of 32 parts that should hold equally many.
func shape(t *testing.T, got []float64, mean, jitter float64, quantile func(float64) float64) {
	t.Helper()
	const parts = 32
	counts, p := make([]int, parts), make([]float64, parts)
	for i := range p {
		p[i] = 1. / parts
	}
	for _, d := range got {
		i := 0
		for i < parts-1 && (d-mean)/jitter >= quantile(float64(i+1)/parts) {
			i++
		}
		counts[i]++
	}
	fits(t, counts, p, "delays")
}

// correlated holds a uniform delay against what follows from tc's rule, new =
// (1-rho)*fresh + rho*last: neighbours correlate by rho, and the variance
// shrinks by (1-rho)/(1+rho).
func correlated(t *testing.T, rho float64, conditions string) {
	t.Helper()
	const n = 100_000
	got := delays(t, conditions, n)
	batches(t, got, .5, "mean")
	squares := make([]float64, n)
	for i, d := range got {
		squares[i] = (d - .5) * (d - .5)
	}
	batches(t, squares, .1*.1/3*(1-rho)/(1+rho), "variance")
	agrees(t, autocorrelation(got), rho, math.Sqrt((1-rho*rho)/n), "correlation")
}

func autocorrelation(v []float64) float64 {
	mean, deviation := moments(v)
	sum := 0.0
	for i := 1; i < len(v); i++ {
		sum += (v[i] - mean) * (v[i-1] - mean)
	}
	return sum / float64(len(v)-1) / deviation / deviation
}

// order is the order in which packets arrive that were sent a millisecond
// apart.
func order(t *testing.T, conditions string, n int) []int32 {
	t.Helper()
	net, a, z := pair(t, conditions)
	var numbers []int32
	for i := range n {
		net.Wake(time.Duration(i)*time.Millisecond, 1)
	}
	for {
		switch e, ok := net.Next(); {
		case !ok:
			return numbers
		case e.Kind == Wake:
			net.Send(a, z, "payload", nil)
		default:
			numbers = append(numbers, e.Packet.N)
		}
	}
}

func TestJitter(t *testing.T) {
	t.Run("lets packets overtake each other", func(t *testing.T) {
		require.False(t, slices.IsSorted(order(t, "delay 20ms 5ms", 1000)))
	})
	t.Run("keeps them in order where there is a rate", func(t *testing.T) {
		require.True(t, slices.IsSorted(order(t, "delay 20ms 5ms rate 1gbit", 1000)))
	})
	t.Run("no jitter keeps them in order", func(t *testing.T) {
		require.True(t, slices.IsSorted(order(t, "delay 20ms", 1000)))
	})
}
