package explore

import (
	"context"
	"encoding/json"
	"fmt"
	"math"
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"siplab/sim"
	"siplab/sim/scenario"
)

func vary(t testing.TB, texts ...string) (all []Vary) {
	t.Helper()
	for _, text := range texts {
		v, err := ParseVary(text)
		require.NoError(t, err)
		all = append(all, v)
	}
	return all
}

func swept(t testing.TB, s *sim.Scenario, o SweepOptions) (all []Totals) {
	t.Helper()
	require.NoError(t, Sweep(context.Background(), s, o, func(_ int, t *Totals) error {
		all = append(all, *t)
		return nil
	}))
	return all
}

// RFC 6076 §4.3.1: the session request delay ends with the first provisional
// response that is no 100; §4.1: the challenge is part of a registration.
func TestTheMeasuresOfRFC6076(t *testing.T) {
	none := vary(t, "loss 0%..0% step 1%")
	call := swept(t, read(t, "call"), SweepOptions{Points: Points(none), Runs: 3})[0]
	require.Equal(t, Totals{Runs: 3, Packets: 18, Sessions: 3, Established: 3, Request: Delays{Sum: int64(120 * time.Millisecond), Bins: [][2]int64{{40, 3}}}}, call)
	register := swept(t, read(t, "register"), SweepOptions{Points: Points(none), Runs: 2})[0]
	require.Equal(t, int64(2), register.Registrations)
	require.Equal(t, int64(2), register.Registered)
	require.Equal(t, register.Packets, int64(8))
	require.Len(t, register.Registration.Bins, 1)
	all := swept(t, read(t, "call"), SweepOptions{Points: Points(vary(t, "loss 100%..100% step 1%")), Runs: 2})[0]
	require.Equal(t, int64(0), all.Established)
	require.Equal(t, int64(2), all.Sessions)
	require.Equal(t, int64(14), all.Packets) // RFC 3261 §17.1.1.2: seven INVITEs
}

// RFC 6076 §4.3: "SRD for session requests ending in a failure MUST NOT be
// combined in the same result with successful requests."
func TestFailuresHaveADelayOfTheirOwn(t *testing.T) {
	s := parse(t, "net delay 20ms\nphone alice sip:alice@atlanta.example.com\nphone bob sip:bob@biloxi.example.com busy\nat 0s alice calls bob")
	x := swept(t, s, SweepOptions{Points: [][]string{{}}, Runs: 1})[0]
	require.Equal(t, int64(1), x.Sessions)
	require.Zero(t, x.Established)
	require.Zero(t, x.Request.Count())
	require.Equal(t, [][2]int64{{40, 1}}, x.Failed.Bins)
}

// The parts of a sweep add up to the whole, number for number.
func TestPartsAddUp(t *testing.T) {
	points := Points(vary(t, "loss 0%..40% step 20%", "delay 10ms..20ms step 10ms"))
	require.Len(t, points, 6)
	s := read(t, "call")
	want, err := json.Marshal(swept(t, s, SweepOptions{Points: points, Runs: 100, Workers: 1}))
	require.NoError(t, err)
	const parts = 3
	var sum []Totals
	for i := range parts {
		part := swept(t, s, SweepOptions{Points: points, Runs: 100, Shard: i + 1, Shards: parts, Workers: 2})
		if sum == nil {
			sum = make([]Totals, len(part))
		}
		for k := range part {
			sum[k].Add(&part[k])
		}
	}
	got, err := json.Marshal(sum)
	require.NoError(t, err)
	require.Equal(t, string(want), string(got))
}

func TestASweepGoesOnFromAPoint(t *testing.T) {
	points := Points(vary(t, "loss 0%..40% step 10%"))
	s := read(t, "call")
	whole := swept(t, s, SweepOptions{Points: points, Runs: 20})
	require.Equal(t, whole[3:], swept(t, s, SweepOptions{Points: points, From: 3, Runs: 20}))
}

func TestVary(t *testing.T) {
	for text, points := range map[string]string{
		"loss 0%..50% step 25%":       "loss 0%, loss 25%, loss 50%",
		"loss 0.5%..1.25% step 0.5%":  "loss 0.5%, loss 1%",
		"delay 10ms..30ms step 10ms":  "delay 10ms, delay 20ms, delay 30ms",
		"T1 100ms..1s step 450ms":     "T1 100ms, T1 550ms, T1 1s",
		"corrupt 1%..1% step 0.0001%": "corrupt 1%",
	} {
		v, err := ParseVary(text)
		require.NoError(t, err)
		require.Equal(t, text, v.String())
		var all []string
		for _, p := range Points([]Vary{v}) {
			all = append(all, p...)
			_, err := at(read(t, "call"), p)
			require.NoError(t, err)
		}
		require.Equal(t, points, strings.Join(all, ", "))
	}
	for text, says := range map[string]string{
		"":                              "loss, duplicate, corrupt",
		"los 0%..50% step 5%":           "loss",
		"loss":                          "a range, such as loss 0%..50% step 5%",
		"loss 5%":                       "is no range",
		"loss 50%..0% step 5%":          "ends before it begins",
		"loss 0%..101% step 5%":         "is no range of loss",
		"loss 0%..5ms step 5%":          "is no range of loss",
		"loss 0..50 step 5":             "is no range of loss; two values, each with its unit",
		"loss 0%...50% step 5%":         "is no range of loss",
		"loss 0%..5.% step 5%":          "is no range of loss",
		"delay 0s...5s step 1s":         "is no range of delay",
		"loss -1%..5% step 5%":          "is no range of loss",
		"loss 0%..NaN% step 5%":         "is no range of loss",
		"loss 0%..50%":                  "step",
		"loss 0%..50% step 0%":          "is no step",
		"loss 0%..50% step":             "how far",
		"loss 0%..50% step 0.001%":      "makes too many points",
		"loss 0%..50% step 5% twice":    "says nothing here",
		"delay 10ms..1parsec step 10ms": "is no range of delay",
		"T1 0s..1s step 100ms":          "is no range of T1",
	} {
		_, err := ParseVary(text)
		require.ErrorContains(t, err, says, text)
	}
}

// The interval is that of Wilson, computed here in floating point.
func TestInterval(t *testing.T) {
	const z = 1.96
	for _, c := range [][2]int64{{0, 1}, {1, 1}, {0, 100}, {50, 100}, {99, 100}, {1234, 10_000}, {9_999_999, 10_000_000}} {
		n, all := float64(c[0]), float64(c[1])
		half := z * math.Sqrt(n*(all-n)/all+z*z/4) / (all + z*z)
		middle := (n + z*z/2) / (all + z*z)
		low, high := Interval(c[0], c[1])
		require.InDelta(t, max(0, 1e6*(middle-half)), low, 30, c)
		require.InDelta(t, min(1e6, 1e6*(middle+half)), high, 30, c)
	}
	low, high := Interval(0, 0)
	require.Zero(t, low+high)
}

func TestQuantile(t *testing.T) {
	var d Delays
	_, ok := d.Quantile(500)
	require.False(t, ok)
	for _, ms := range []int64{5, 1, 3, 3} {
		d.add(time.Duration(ms) * time.Millisecond)
	}
	for perMille, ms := range map[int64]time.Duration{1: 1, 250: 1, 251: 3, 750: 3, 751: 5, 1000: 5} {
		at, ok := d.Quantile(perMille)
		require.True(t, ok)
		require.Equal(t, ms*time.Millisecond, at)
	}
}

// RFC 9293 §3.10.4: a connection that is closed before it is open sends nothing
// of what was written. In one of these runs it once came out after all.
func TestWhatWasClosedBeforeItOpenedSendsNothing(t *testing.T) {
	s := parse(t, `net delay 20ms loss 40%
seed 40
phone bob sip:bob@biloxi.example.com password zanzibar transport tcp
registrar biloxi domain biloxi.example.com
at 0s bob registers`)
	x := swept(t, s, SweepOptions{Points: [][]string{{}}, Runs: 300})[0]
	require.Equal(t, int64(300), x.Runs)
}

func BenchmarkSweepOfCalls(b *testing.B) {
	s, points := read(b, "call"), Points(vary(b, "loss 20%..20% step 1%"))
	b.ReportAllocs()
	for b.Loop() {
		swept(b, s, SweepOptions{Points: points, Runs: 1000})
	}
}

// BenchmarkLossPatterns searches the plain call up to so many losses that there
// are some thousands of patterns.
func BenchmarkLossPatterns(b *testing.B) {
	s := read(b, "call")
	b.ReportAllocs()
	runs := 0
	for b.Loop() {
		runs = searched(b, s, Bounds{Losses: 7}).Runs
	}
	b.ReportMetric(float64(runs), "patterns")
}

// RFC 6076 §4.3.2: the delay of a failed setup is that "until the last bit of the
// first provisional response or a failure indication response".
func TestTheDelayOfAFailureEndsWithWhatIsHeardFirst(t *testing.T) {
	s := parse(t, "net delay 20ms\nphone alice sip:alice@atlanta.example.com\nphone bob sip:bob@biloxi.example.com\nat 0s alice calls bob\nat 2s bob rejects with 603")
	x := swept(t, s, SweepOptions{Points: [][]string{{}}, Runs: 1})[0]
	require.Zero(t, x.Established)
	require.Equal(t, [][2]int64{{40, 1}}, x.Failed.Bins)
}

// RFC 6076 §4.6: an INVITE that got a 3xx is none of those of which so many were
// established; the one that followed it is.
func TestAnAttemptThatWasRedirectedAndThenHeardNothingCounts(t *testing.T) {
	s := parse(t, `net delay 20ms
redirect away domain biloxi.example.com
phone alice sip:alice@atlanta.example.com
phone bob sip:bob@biloxi.example.com address 192.0.2.9
route at away for sip:bob@biloxi.example.com to sip:bob@192.0.2.9
at 0s alice calls bob
at 2s bob answers`)
	x := swept(t, s, SweepOptions{Points: [][]string{{}}, Runs: 1})[0]
	require.Equal(t, int64(1), x.Established)
	require.Zero(t, x.Redirected)
	require.Equal(t, [][2]int64{{80, 1}}, x.Request.Bins, "§4.3.1: the delay goes on over the redirect")
	lost := parse(t, scenario.Print(s)+"\nlose every packet to bob\n")
	x = swept(t, lost, SweepOptions{Points: [][]string{{}}, Runs: 1})[0]
	require.Equal(t, int64(1), x.Sessions)
	require.Zero(t, x.Established+x.Redirected)
}

// A delay that is longer since something was lost names the timer that made up
// for it.
func TestADelayKnowsTheTimerBeforeIt(t *testing.T) {
	const phones = "net delay 20ms\nphone alice sip:alice@atlanta.example.com%s\nphone bob sip:bob@biloxi.example.com%[1]s\nat 0s alice calls bob\nat 9s bob answers\n"
	for _, c := range []struct {
		transport, fault string
		wait             Wait
		ms               int64
	}{
		{"", "lose 1st INVITE from alice", Wait{"A", "alice", 500, 1}, 540},
		{"", "lose 1st INVITE from alice\nlose 2nd INVITE from alice", Wait{"A", "alice", 1500, 1}, 1540},
		{"", "lose 1st 180 from bob", Wait{"A", "alice", 500, 1}, 540},
		{" transport tcp", "lose 1st INVITE from alice", Wait{"RTO", "alice", 1040, 1}, 1080},
	} {
		s := parse(t, fmt.Sprintf(phones, c.transport)+c.fault)
		x := swept(t, s, SweepOptions{Points: [][]string{{}}, Runs: 1})[0]
		require.Equal(t, [][2]int64{{c.ms, 1}}, x.Request.Bins, c.fault)
		require.Equal(t, []Wait{c.wait}, x.Request.Waits, c.fault)
	}
}
