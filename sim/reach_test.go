package sim_test

import (
	"fmt"
	"hash/fnv"
	"runtime"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"siplab/sim"
	"siplab/sim/law"
	"siplab/sim/trace"
)

// exchange are phones that register through the proxy of their domain, and then
// call each other through it, two and two, round after round. Something happens
// every few milliseconds.
func exchange(t testing.TB, phones, rounds int) *sim.Scenario {
	s := parse(t, fmt.Sprintf(`net delay 20ms
proxy edge domain biloxi.example.com
registrar home domain biloxi.example.com open
phones p 1..%d sip:p*@biloxi.example.com answer-after 2s
`, phones))
	s.Bounds = sim.Bounds{Events: 1 << 30, Hosts: phones + 2, Time: 1000 * time.Hour}
	const pause = 5 * time.Millisecond
	round := max(time.Minute, time.Duration(phones)*pause)
	for i := 1; i <= phones; i++ {
		s.Acts = append(s.Acts, act(time.Duration(i)*pause, fmt.Sprintf("p%d registers for 10h", i)))
	}
	for r := range rounds {
		for i := 1; i < phones; i += 2 {
			at := time.Duration(r+1)*round + time.Duration(i)*pause
			s.Acts = append(s.Acts,
				act(at, fmt.Sprintf("p%d calls sip:p%d@biloxi.example.com", i, i+1)),
				act(at+10*time.Second, fmt.Sprintf("p%d hangs up", i+r%2)))
		}
	}
	return s
}

// perRegistration and perCall count the messages through the one proxy.
const perRegistration, perCall = 4, 13

// digest is an Observer that sums up a run: of each message, when and what.
type digest struct {
	sends
	told map[string]int
	sum  uint64
}

func (d *digest) Event(e *trace.Event) {
	d.sends.Event(e)
	switch e.Kind {
	case trace.Send:
		h := fnv.New64a()
		_, _ = fmt.Fprintf(h, "%d %d %s", d.sum, e.At, e.Packet.Raw)
		d.sum = h.Sum64()
	case trace.Tell:
		d.told[e.Name]++
	}
}

func TestFiveHundredPhonesThroughOneProxy(t *testing.T) {
	const phones, rounds = 500, 2
	s := exchange(t, phones, rounds)
	once := func() *digest {
		d := &digest{told: map[string]int{}}
		watch := law.New()
		w, err := sim.New(s, d, watch)
		require.NoError(t, err)
		require.Equal(t, trace.Quiet, w.Run().Why)
		require.Empty(t, watch.Broken())
		return d
	}
	d := once()
	const calls = phones / 2 * rounds
	require.Equal(t, phones*perRegistration+calls*perCall, d.messages)
	require.Equal(t, phones, d.told["registered"])
	require.Equal(t, calls, d.told["answered"]/2)
	require.Equal(t, 2*calls, d.told["ended"])
	require.Equal(t, d.sum, once().sum, "each byte of each message at its time, again")
}

// BenchmarkTenThousandPhones is 10,000 phones in one World: messages a second,
// and what the heap holds after a collection at half of the run and at its end.
func BenchmarkTenThousandPhones(b *testing.B) {
	const phones, rounds = 10_000, 4
	s := exchange(b, phones, rounds)
	messages, half, end := 0, uint64(0), uint64(0)
	var spent time.Duration
	for b.Loop() {
		var count sends
		w, err := sim.New(s, &count)
		require.NoError(b, err)
		due := phones*perRegistration + phones/2*rounds*perCall
		from := time.Now()
		for w.Step() {
			if half == 0 && count.messages >= due/2 {
				spent -= pausing(func() { half = heap() })
			}
		}
		spent += time.Since(from)
		end = heap()
		messages += count.messages
		require.Equal(b, due, count.messages)
		runtime.KeepAlive(w)
	}
	b.ReportMetric(float64(messages)/spent.Seconds(), "messages/s")
	b.ReportMetric(float64(half)/(1<<20), "MiB-at-half")
	b.ReportMetric(float64(end)/(1<<20), "MiB-at-end")
}

// heap is what is reachable after a collection, in bytes.
func heap() uint64 {
	runtime.GC()
	var m runtime.MemStats
	runtime.ReadMemStats(&m)
	return m.HeapAlloc
}

func pausing(f func()) time.Duration {
	from := time.Now()
	f()
	return time.Since(from)
}
