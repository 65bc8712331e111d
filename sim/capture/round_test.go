package capture_test

import (
	"bytes"
	"net/netip"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"siplab/lessons"
	"siplab/sim"
	"siplab/sim/capture"
	"siplab/sim/internal/judged"
	"siplab/sim/scenario"
	"siplab/sim/sip"
	"siplab/sim/trace"
)

// play runs the lines of a scenario.
func play(t testing.TB, text string) *trace.Trace {
	s, err := scenario.Parse("", text)
	require.NoError(t, err)
	return runOf(t, s)
}

func runOf(t testing.TB, s *sim.Scenario) *trace.Trace {
	var kept trace.Recorder
	w, err := judged.New(t, s, nil, &kept)
	require.NoError(t, err)
	w.Run()
	return kept.Trace()
}

func written(t testing.TB, tr *trace.Trace, o capture.Options) []byte {
	var b bytes.Buffer
	require.NoError(t, capture.Write(&b, tr, o))
	return b.Bytes()
}

func read(t testing.TB, data []byte) *trace.Trace {
	tr, err := capture.Read(bytes.NewReader(data), capture.DefaultLimits)
	require.NoError(t, err)
	return tr
}

// message is what a capture keeps of one: a stream's begins when its first
// segment is sent.
type message struct {
	at       time.Duration
	src, dst netip.AddrPort
	raw      string
	stream   bool
}

// onTheWire are the messages of a run, in the order in which they were sent,
// with what the network made of them: copies, and changed bytes, as long as
// those still are SIP. What waited for a connection that was refused has never
// been there.
func onTheWire(tr *trace.Trace) (list []message) {
	changed, unsent := map[int32]string{}, unsent(tr)
	for _, e := range tr.Events {
		if e.Kind == trace.Corrupt {
			changed[e.Packet.N] = e.Text
		}
	}
	for _, e := range tr.Events {
		if e.Kind != trace.Send && e.Kind != trace.Duplicate || unsent[e.Packet.N] {
			continue
		}
		raw := e.Packet.Raw
		if text, ok := changed[e.Packet.N]; ok {
			raw = text
		}
		if _, _, _, ok := sip.Peek(raw); ok {
			list = append(list, message{e.At, e.Packet.Src, e.Packet.Dst, raw, !strings.EqualFold(e.Packet.Transport, "udp")})
		}
	}
	return list
}

// unsent are the messages of streams that were lost, and of whose connection no
// segment had any bytes.
func unsent(tr *trace.Trace) map[int32]bool {
	type way struct{ src, dst netip.AddrPort }
	lost, carried := map[int32]way{}, map[way]bool{}
	for _, e := range tr.Events {
		switch {
		case e.Kind == trace.Lose && !strings.EqualFold(e.Packet.Transport, "udp"):
			lost[e.Packet.N] = way{e.Packet.Src, e.Packet.Dst}
		case e.Kind == trace.Segment && e.Packet.Raw != "":
			carried[way{e.Packet.Src, e.Packet.Dst}] = true
		}
	}
	never := map[int32]bool{}
	for n, w := range lost {
		never[n] = !carried[w]
	}
	return never
}

func TestEachLessonWrittenAndReadBackHasTheSameMessages(t *testing.T) {
	course, err := lessons.All()
	require.NoError(t, err)
	for _, lesson := range course {
		name := lesson.ID
		for _, run := range lesson.Runs {
			tr, err := run.Trace()
			require.NoError(t, err)
			data := written(t, tr, capture.Options{})
			require.Equal(t, data, written(t, tr, capture.Options{}), "%s: the same trace, the same bytes", name)
			want, got := onTheWire(tr), onTheWire(read(t, data))
			waitForConnections(want, got)
			require.ElementsMatch(t, want, got, name)
		}
	}
}

// waitForConnections has each message of a stream begin when its first segment
// was sent: one that had to wait for its connection began later than the core
// that sent it thought.
func waitForConnections(want, got []message) {
	taken := map[int]bool{}
	for i := range want {
		for j := range got {
			w, g := &want[i], &got[j]
			if !taken[j] && w.src == g.src && w.dst == g.dst && w.raw == g.raw && w.stream && g.at >= w.at {
				taken[j], w.at = true, g.at
				break
			}
		}
	}
}

const overTCP = `net delay 20ms
phone alice sip:alice@atlanta.example.com transport tcp
phone bob sip:bob@biloxi.example.com
lose 2nd packet from bob
at 0s alice calls bob
at 1s bob answers
at 5s alice hangs up`

func TestStreamsWrittenAndReadBackHaveTheSameMessages(t *testing.T) {
	tr := play(t, overTCP)
	want, got := onTheWire(tr), onTheWire(read(t, written(t, tr, capture.Options{})))
	require.Equal(t, want[0].at+2*20*time.Millisecond, got[0].at, "the first message waits for the connection")
	want[0].at = got[0].at
	require.Equal(t, want, got)

	t.Run("a trace without segments gets some", func(t *testing.T) {
		again := read(t, written(t, tr, capture.Options{}))
		require.False(t, slices.ContainsFunc(again.Events, func(e trace.Event) bool { return e.Kind == trace.Segment }))
		require.Equal(t, onTheWire(again), onTheWire(read(t, written(t, again, capture.Options{}))))
	})
}

func TestAStreamInSmallSegmentsIsPutTogether(t *testing.T) {
	s, err := scenario.Parse("", overTCP)
	require.NoError(t, err)
	s.Faults = nil
	var kept trace.Recorder
	w, err := judged.New(t, s, nil, &kept)
	require.NoError(t, err)
	w.Run()
	tr := kept.Trace()
	small := *tr
	small.Events = nil
	for _, e := range tr.Events {
		if e.Kind != trace.Segment || e.Packet.Raw == "" || e.Op != "send" {
			small.Events = append(small.Events, e)
			continue
		}
		for i := range len(e.Packet.Raw) {
			one, p := e, *e.Packet
			p.Raw, one.Packet, one.Seq = e.Packet.Raw[i:i+1], &p, e.Seq+uint32(i)
			small.Events = append(small.Events, one)
		}
	}
	require.Equal(t, onTheWire(read(t, written(t, tr, capture.Options{}))), onTheWire(read(t, written(t, &small, capture.Options{}))))
}

func TestLargeDatagramsGoInFragments(t *testing.T) {
	for _, addrs := range [][2]string{{"192.0.2.1:5060", "192.0.2.2:5060"}, {"[2001:db8::1]:5060", "[2001:db8::2]:5060"}} {
		for _, body := range []int{0, 1200, 1480, 2960, 8000, 60000} {
			tr := oneMessage(addrs[0], addrs[1], options(body))
			data := written(t, tr, capture.Options{})
			require.Equal(t, onTheWire(tr), onTheWire(read(t, data)), "%d", body)
			require.Equal(t, body > 1200, len(frames(t, data)) > 1)
			for _, f := range frames(t, data) {
				require.LessOrEqual(t, len(f.data), 14+1500)
			}
		}
	}
	t.Run("and one that no UDP can hold is refused", func(t *testing.T) {
		err := capture.Write(new(bytes.Buffer), oneMessage("192.0.2.1:5060", "192.0.2.2:5060", options(65500)), capture.Options{})
		require.ErrorContains(t, err, "packet 1 (F1) has 65619 bytes; a UDP datagram holds at most 65507")
	})
}

// options is a request with a body of n bytes.
func options(n int) string {
	return "OPTIONS sip:bob@biloxi.example.com SIP/2.0\r\nVia: SIP/2.0/UDP 192.0.2.1;branch=z9hG4bKa\r\nCall-ID: a\r\nCSeq: 1 OPTIONS\r\n\r\n" +
		string(bytes.Repeat([]byte("a"), n))
}

// oneMessage is a trace of one datagram.
func oneMessage(src, dst, raw string) *trace.Trace {
	p := &trace.Packet{
		N: 1, Label: "F1", From: 0, To: 1, Transport: "udp", Raw: raw, Method: "OPTIONS",
		Src: netip.MustParseAddrPort(src), Dst: netip.MustParseAddrPort(dst),
	}
	return &trace.Trace{
		Header: trace.Header{Hosts: []trace.Host{{Name: "alice"}, {Name: "bob"}}},
		Events: []trace.Event{{Kind: trace.Send, Cause: -1, Packet: p}},
	}
}
