package sim_test

import (
	"math/rand/v2"
	"os"
	"path/filepath"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"siplab/sim"
	"siplab/sim/core"
	"siplab/sim/law"
	"siplab/sim/sip"
	"siplab/sim/trace"
)

// attacked is a call with hold and resume, into which a stranger sends bytes to
// both phones at a time.
func attacked(t testing.TB, at time.Duration, raw string) *sim.Scenario {
	s := parse(t, flow(calm, "", "at 1s bob answers\nat 2s alice holds\nat 4s alice resumes\nat 6s bob hangs up\n")+"script stranger\n")
	s.Messages = append(s.Messages, sim.Message{Name: "bytes", File: raw})
	for _, victim := range []string{"alice", "bob"} {
		s.Acts = append(s.Acts, sim.Act{At: at, Host: "stranger", Act: core.Act{Verb: "sends", Args: []string{"bytes", "to", victim}}})
	}
	return s
}

// survives runs a call into which a stranger sends bytes: nothing panics, the
// run ends by itself, each packet of the stranger is taken with a reaction that
// the trace gives a reason for, and what the phones do keeps the laws.
func survives(t testing.TB, at time.Duration, raw string) {
	var kept trace.Recorder
	watch := law.New()
	w, err := sim.New(attacked(t, at, raw), &kept, watch)
	require.NoError(t, err)
	end := w.Run()
	require.Equal(t, trace.Quiet, end.Why, end.Text)
	require.Empty(t, watch.Broken(), "%v %q", at, raw)
	require.Less(t, len(kept.Trace().Events), 2000, "a few bytes set off a storm")
}

// moments are times in each part of the call: before it, while it rings, as the
// answer is on its way, while people talk, in the middle of a re-INVITE, as the
// BYE is on its way, and when all is over.
var moments = []time.Duration{0, 30, 500, 1010, 1030, 1500, 2010, 2030, 3000, 4030, 6010, 6030, 10_000, 39_000}

// replayed are the packets of the call itself, and what RFC 4475 has.
func replayed(t testing.TB) []string {
	var list []string
	tr := run(t, attacked(t, time.Hour, ""))
	for i := range tr.Events {
		if e := &tr.Events[i]; e.Kind == trace.Send && tr.HostName(e.Host) != "stranger" {
			list = append(list, e.Packet.Raw)
		}
	}
	files, err := filepath.Glob("sip/testdata/torture/*.dat")
	require.NoError(t, err)
	for _, f := range files {
		raw, err := os.ReadFile(f)
		require.NoError(t, err)
		list = append(list, string(raw))
	}
	return append(list, "", "\r\n\r\n", "\x00", "SIP/2.0", "INVITE sip:bob@192.0.2.2 SIP/2.0\r\n\r\n")
}

func TestAnyPacketAtAnyTimeOfACall(t *testing.T) {
	list := replayed(t)
	require.Greater(t, len(list), 70)
	for _, raw := range list {
		for _, at := range moments {
			survives(t, at*time.Millisecond, raw)
		}
	}
}

// mutated turns bits of a packet, cuts it, or puts a part of another into it.
func mutated(r *rand.Rand, list []string) string {
	b := []byte(list[r.IntN(len(list))])
	for range 1 + r.IntN(4) {
		if len(b) == 0 {
			break
		}
		at := r.IntN(len(b))
		switch other := list[r.IntN(len(list))]; r.IntN(4) {
		case 0:
			b[at] ^= 1 << r.IntN(8)
		case 1:
			b[at] = '0' + byte(r.IntN(10))
		case 2:
			b = b[:at]
		default:
			from := r.IntN(len(other) + 1)
			b = append(b[:at:at], other[from:]...)
		}
	}
	return string(b)
}

// SEC-26: bits turned, texts spliced and repeated: the parser and its checks take
// all of it. Fuzzing goes on from here.
func TestSEC26MutatedMessages(t *testing.T) {
	list := replayed(t)
	r := rand.New(rand.NewPCG(26, 4475))
	var m sip.Message
	var problems []sip.Problem
	for range 100_000 {
		raw := mutated(r, list)
		m.Reset()
		if m.Parse(raw) == nil {
			problems = m.Check(problems[:0])
		}
	}
}

func TestMutatedPacketsInACall(t *testing.T) {
	list := replayed(t)
	for seed := range uint64(mutations) {
		r := rand.New(rand.NewPCG(seed, 4475))
		raw := mutated(r, list)
		survives(t, moments[r.IntN(len(moments))]*time.Millisecond, raw)
		require.False(t, t.Failed(), "seed %d", seed)
	}
}

const mutations = 1000

func FuzzAnyBytesAtAnyTimeOfACall(f *testing.F) {
	for i, raw := range replayed(f) {
		f.Add(uint16(moments[i%len(moments)]), raw)
	}
	f.Fuzz(func(t *testing.T, ms uint16, raw string) {
		survives(t, time.Duration(ms)*time.Millisecond, raw)
	})
}

// served are a proxy and a registrar at work, which a stranger talks to.
const served = "phone alice sip:alice@atlanta.example.com\nphone bob sip:bob@biloxi.example.com password zanzibar\n" +
	"proxy edge domain biloxi.example.com\nregistrar home domain biloxi.example.com\nredirect away domain c.example.com\nscript stranger\n" +
	"at 0s bob registers for 10m\nat 1s alice calls sip:bob@biloxi.example.com\nat 2s bob answers\nat 4s alice hangs up\n"

func FuzzAnyBytesAtAnyServer(f *testing.F) {
	for i, raw := range replayed(f) {
		f.Add(uint16(i*37%5000), raw)
	}
	f.Fuzz(func(t *testing.T, ms uint16, raw string) {
		s := parse(t, "net delay 20ms\n"+served)
		s.Messages = append(s.Messages, sim.Message{Name: "bytes", File: raw})
		for _, victim := range []string{"edge", "home", "away"} {
			s.Acts = append(s.Acts, sim.Act{
				At: time.Duration(ms%5000) * time.Millisecond, Host: "stranger",
				Act: core.Act{Verb: "sends", Args: []string{"bytes", "to", victim}},
			})
		}
		s.For = time.Minute
		var watch law.Watch
		w, err := sim.New(s, &watch)
		require.NoError(t, err)
		require.NotEqual(t, trace.Failed, w.Run().Why)
		require.Empty(t, watch.Broken())
	})
}
