package netem

import (
	"fmt"
	"net/netip"
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/require"
	"pgregory.net/rapid"
)

// wire is a network of two hosts that writes down what it sees.
type wire struct {
	*Network
	t        require.TestingT
	a, z     netip.AddrPort
	segments []string // each that is sent
	events   []string // what connections tell
	got      map[*Conn]string
	conns    []*Conn // opened
	onData   func(c *Conn)
}

func newWire(t require.TestingT, conditions string) *wire {
	w := &wire{Network: New(1), t: t, got: map[*Conn]string{}}
	w.a = netip.MustParseAddrPort("192.0.2.1:0")
	w.z = netip.MustParseAddrPort("192.0.2.2:5060")
	w.Host("a", w.a.Addr())
	w.Host("z", w.z.Addr())
	c, err := ParseConditions(conditions)
	require.NoError(t, err)
	w.Default(c)
	w.Listen(w.z, true)
	return w
}

func (w *wire) step() bool {
	e, ok := w.Next()
	if !ok {
		return false
	}
	who := ""
	if e.Conn != nil {
		who = w.HostName(e.Conn.Host)
	}
	switch e.Kind {
	case Sent:
		again := ""
		if e.Again {
			again = " again"
		}
		p := e.Packet
		w.segments = append(w.segments, fmt.Sprintf("%v %s %s %d+%d ack %d%s", e.At, who, p.Flags, p.Seq, len(p.Payload), p.Ack, again))
		require.NotEmpty(w.t, w.Fates(), "what becomes of a segment is known at once")
	case Opened:
		w.conns = append(w.conns, e.Conn)
		w.events = append(w.events, fmt.Sprintf("%v %s opened", e.At, who))
	case Data:
		w.got[e.Conn] += string(e.Conn.Read())
		if w.onData != nil {
			w.onData(e.Conn)
		}
	case Closed:
		w.events = append(w.events, fmt.Sprintf("%v %s closed", e.At, who))
		e.Conn.Close()
	case Failed:
		w.events = append(w.events, fmt.Sprintf("%v %s failed: %s", e.At, who, e.Why))
	}
	return true
}

func (w *wire) run() {
	for w.step() {
	}
}

// settle runs until no connection has anything to do.
func (w *wire) settle() {
	for w.Busy() || w.InFlight() > 0 {
		w.step()
	}
}

func (w *wire) dial() *Conn { return w.Dial(w.a, w.z, nil) }

// loseNth loses the nth segments of a host.
func (w *wire) loseNth(host HostID, nths ...int) {
	n := 0
	w.Judge = func(p *Packet) Verdict {
		if p.From == host {
			n++
			for _, nth := range nths {
				if n == nth {
					return Verdict{Do: Lose, Why: "by name"}
				}
			}
		}
		return Verdict{}
	}
}

func TestAConnectionIsOpenedUsedAndClosed(t *testing.T) {
	w := newWire(t, "delay 20ms")
	c := w.dial()
	c.Write("hello")
	w.onData = func(c *Conn) {
		if c.Accepted {
			c.Write("good day")
		}
	}
	w.settle()
	c.Close()
	w.settle()
	require.Equal(t, []string{
		"0s a SYN 0+0 ack 0",
		"20ms z SYN ACK 0+0 ack 1",
		"40ms a PSH ACK 1+5 ack 1",
		"60ms z PSH ACK 1+8 ack 6",
		"80ms a ACK 6+0 ack 9",
		"100ms a FIN ACK 6+0 ack 9",
		"120ms z FIN ACK 9+0 ack 7",
		"140ms a ACK 7+0 ack 10",
	}, w.segments, "the delay of the link in each")
	require.Equal(t, []string{"40ms a opened", "60ms z opened", "120ms z closed", "140ms a closed"}, w.events)
	require.Equal(t, map[*Conn]string{w.conns[0]: "good day", w.conns[1]: "hello"}, w.got)
	require.Equal(t, 1, w.Conns(), "the end that closed first waits")
	w.run()
	require.Zero(t, w.Conns())
	require.Equal(t, 140*time.Millisecond+TimeWait, w.Now().Round(time.Millisecond))
}

func TestWritesAreJoinedAndCut(t *testing.T) {
	t.Run("joined to one segment", func(t *testing.T) {
		w := newWire(t, "delay 20ms")
		c := w.dial()
		c.Write("one")
		c.Write("two")
		w.settle()
		require.Contains(t, w.segments, "40ms a PSH ACK 1+6 ack 1")
	})
	t.Run("cut at the MSS", func(t *testing.T) {
		w := newWire(t, "delay 20ms")
		w.Streams.MSS = 4
		c := w.dial()
		c.Write("123456789")
		w.settle()
		require.Equal(t, "123456789", w.got[w.conns[1]])
		require.Equal(t, []string{"40ms a ACK 1+4 ack 1", "40ms a ACK 5+4 ack 1", "40ms a PSH ACK 9+1 ack 1"}, w.segments[2:5])
	})
	t.Run("no more than a window on the way", func(t *testing.T) {
		w := newWire(t, "delay 20ms")
		text := strings.Repeat("0123456789", 20_000)
		w.dial().Write(text)
		w.settle()
		require.Equal(t, text, w.got[w.conns[1]])
		require.Equal(t, 200*time.Millisecond, w.Now(), "four windows, a round trip each, and the opening")
	})
}

func TestALostSegmentDelaysWhatFollows(t *testing.T) {
	w := newWire(t, "delay 20ms")
	w.Streams.MSS = 4
	w.loseNth(0, 2, 4)
	c := w.dial()
	c.Write("123456789")
	seen := ""
	w.onData = func(c *Conn) { seen += fmt.Sprintf("%v %s;", w.Now(), w.got[c]) }
	w.settle()
	require.Equal(t, "1.06s 12345678;1.1s 123456789;", seen, "RFC 6298 §2 (2.4): not before a second, then each hole in a round trip")
	require.Contains(t, w.segments, "1.04s a ACK 1+4 ack 1 again")
	require.Equal(t, uint64(9), c.Acked())
}

func TestRFC6298TheTimerDoubles(t *testing.T) {
	w := newWire(t, "delay 20ms")
	w.Streams.GiveUp = 20 * time.Second
	c := w.dial()
	w.settle()
	w.Cut(0, 1, true)
	w.segments, w.events = nil, nil
	c.Write("x")
	w.settle()
	require.Equal(t, []string{
		"60ms a PSH ACK 1+1 ack 1",
		"1.06s a PSH ACK 1+1 ack 1 again",
		"3.06s a PSH ACK 1+1 ack 1 again",
		"7.06s a PSH ACK 1+1 ack 1 again",
		"15.06s a PSH ACK 1+1 ack 1 again",
	}, w.segments)
	require.Equal(t, []string{"20.06s a failed: no acknowledgement for 20s"}, w.events, "a dead peer")
	require.Zero(t, c.Acked())
	require.Equal(t, 1, w.Conns(), "the other end knows nothing of it")
}

func TestRFC6298ALongRoundTripIsWaitedFor(t *testing.T) {
	w := newWire(t, "delay 900ms")
	c := w.dial()
	w.settle()
	w.segments = nil
	for range 20 {
		c.Write("x")
		w.settle()
	}
	require.Len(t, w.segments, 40, "nothing is repeated: 20 segments and their acknowledgements")
}

func TestADialThatNobodyAnswers(t *testing.T) {
	t.Run("refused at once where nobody listens", func(t *testing.T) {
		w := newWire(t, "delay 20ms")
		w.Listen(w.z, false)
		c := w.dial()
		c.Write("lost")
		w.run()
		require.Equal(t, []string{"40ms a failed: connection refused"}, w.events)
		require.Zero(t, w.Conns())
		require.Zero(t, c.Write("too late"))
	})
	t.Run("RFC 1122 4.2.3.5 a SYN is repeated for three minutes", func(t *testing.T) {
		w := newWire(t, "delay 20ms")
		w.Up(1, false)
		w.dial()
		w.run()
		require.Equal(t, []string{"3m0s a failed: no acknowledgement for 3m0s"}, w.events)
		require.Len(t, w.segments, 8, "at 0, 1, 3, 7, 15, 31, 63, 123 s")
	})
	t.Run("an address that nobody has", func(t *testing.T) {
		w := newWire(t, "")
		w.Dial(w.a, netip.MustParseAddrPort("203.0.113.1:5060"), nil)
		w.run()
		require.Equal(t, []string{"3m0s a failed: no acknowledgement for 3m0s"}, w.events)
	})
	t.Run("no more connections than the bound", func(t *testing.T) {
		w := newWire(t, "")
		w.Streams.MostConns = 3
		w.dial()
		w.dial()
		w.settle()
		require.Equal(t, 2, w.Conns(), "the ends of the first; the third end had no room for its peer")
		require.Contains(t, w.events, "0s a failed: connection refused")
	})
	t.Run("from an address that nobody has", func(t *testing.T) {
		w := newWire(t, "")
		require.Nil(t, w.Dial(netip.MustParseAddrPort("203.0.113.1:0"), w.z, nil))
	})
}

func TestAResetIsHeardAtOnce(t *testing.T) {
	w := newWire(t, "delay 20ms")
	c := w.dial()
	w.settle()
	w.conns[1].Reset()
	w.run()
	require.Equal(t, "80ms a failed: connection reset by the other end", w.events[len(w.events)-1])
	require.False(t, c.Open())
	require.Zero(t, w.Conns())
}

func TestAHostThatForgetsLeavesItsPeerHalfOpen(t *testing.T) {
	w := newWire(t, "delay 20ms")
	c := w.dial()
	w.settle()
	w.Forget(1)
	w.events = nil
	w.run()
	require.Empty(t, w.events, "nobody is told")
	require.True(t, c.Open())
	c.Write("hello?")
	w.run()
	require.Equal(t, []string{"100ms a failed: connection reset by the other end"}, w.events, "the first segment finds out")
}

func TestASegmentWithATurnedBitIsLost(t *testing.T) {
	w := newWire(t, "delay 20ms")
	n := 0
	w.Judge = func(p *Packet) Verdict {
		if p.Payload != "" {
			if n++; n == 1 {
				return Verdict{Do: Corrupt, Why: "by name"}
			}
		}
		return Verdict{}
	}
	w.dial().Write("hello")
	w.settle()
	require.Equal(t, "hello", w.got[w.conns[1]])
	require.Contains(t, w.segments, "1.04s a PSH ACK 1+5 ack 1 again")
}

func TestTheLastAcknowledgementMayBeLost(t *testing.T) {
	w := newWire(t, "delay 20ms")
	c := w.dial()
	w.settle()
	c.Close()
	sent := 0
	w.Judge = func(p *Packet) Verdict {
		if p.From == 0 {
			if sent++; sent == 2 {
				return Verdict{Do: Lose, Why: "by name"}
			}
		}
		return Verdict{}
	}
	w.run()
	require.Zero(t, w.Conns())
	for _, e := range w.events {
		require.NotContains(t, e, "failed", "the end that closed first still answers the repeated FIN")
	}
}

func TestOldSegmentsDisturbNobody(t *testing.T) {
	w := newWire(t, "delay 20ms")
	c := w.dial()
	w.settle()
	inject := func(s Segment, payload string) {
		w.post(0, c.Local, c.Remote, payload, nil, s) // of an older connection
		s.life, s.peer = c.life, c.peer
		w.post(0, c.Local, c.Remote, payload, nil, s)
	}
	for _, s := range []Segment{
		{Flags: SYN}, {Flags: ACK, Seq: 1, Ack: 1 << 30}, {Flags: ACK, Seq: 1 << 30, Ack: 1},
		{Flags: RST, Seq: 1 << 30}, {Flags: FIN | ACK, Seq: 1 << 20, Ack: 1},
	} {
		inject(s, "")
		inject(s, "other bytes")
		w.settle()
	}
	require.Len(t, w.events, 2, "opened, twice")
	c.Write("x")
	w.settle()
	require.Equal(t, "x", w.got[w.conns[1]])
}

// conditions are any link that still lets something through.
var anyLink = rapid.Custom(func(t *rapid.T) string {
	s := fmt.Sprintf("delay %dms %dms", rapid.IntRange(1, 300).Draw(t, "delay"), rapid.IntRange(0, 300).Draw(t, "jitter"))
	s += fmt.Sprintf(" loss %d%%", rapid.IntRange(0, 50).Draw(t, "loss"))
	s += fmt.Sprintf(" duplicate %d%%", rapid.IntRange(0, 50).Draw(t, "duplicate"))
	return s + fmt.Sprintf(" corrupt %d%% reorder %d%%", rapid.IntRange(0, 20).Draw(t, "corrupt"), rapid.IntRange(0, 50).Draw(t, "reorder"))
})

func TestBytesArriveOnceAndInOrderOrTheConnectionFails(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		w := newWire(t, anyLink.Draw(t, "conditions"))
		w.Network.seed = rapid.Uint64().Draw(t, "seed")
		w.Streams.MSS = rapid.SampledFrom([]int{1, 7, 100, 1460}).Draw(t, "mss")
		w.Streams.GiveUp = 100 * time.Second
		texts := rapid.SliceOfN(rapid.StringN(0, 200, 400), 1, 6).Draw(t, "texts")
		c := w.dial()
		var to, fro string
		w.onData = func(c *Conn) {
			if c.Accepted && c.Write("ok") > 0 {
				fro += "ok"
			}
		}
		for _, text := range texts {
			c.Write(text)
			to += text
			for range rapid.IntRange(0, 20).Draw(t, "steps") {
				w.step()
			}
		}
		c.Close()
		w.settle()
		failed := strings.Contains(strings.Join(w.events, "\n"), "failed")
		for end, got := range w.got {
			want := fro
			if end.Accepted {
				want = to
			}
			require.True(t, strings.HasPrefix(want, got), "each byte once and in order")
			if !failed {
				require.Equal(t, want, got)
			}
		}
		if !failed && to != "" {
			require.Equal(t, uint64(len(to)), c.Acked())
		}
		w.run()
		if !failed {
			require.Zero(t, w.Conns())
		}
		require.False(t, w.Busy())
		k := w.Counts()
		require.Equal(t, k.Sent+k.Duplicated, k.Arrived+k.Lost+k.InFlight)
	})
}

func TestAConnectionFailsWithinItsBound(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		w := newWire(t, anyLink.Draw(t, "conditions"))
		w.Streams.GiveUp = time.Duration(rapid.IntRange(1, 200).Draw(t, "give up")) * time.Second
		c := w.dial()
		for range rapid.IntRange(0, 60).Draw(t, "steps") {
			w.step()
		}
		w.Cut(0, 1, true)
		w.Cut(1, 0, true)
		at := w.Now()
		c.Write("x")
		w.settle()
		// What was on the way when the link was cut may still be progress.
		const late = time.Second
		for _, e := range w.events {
			if strings.Contains(e, "a failed") {
				require.LessOrEqual(t, w.Now()-at, max(w.Streams.GiveUp, DefaultStreams.DialGiveUp)+late)
				return
			}
		}
		require.Fail(t, "it never failed")
	})
}

func TestManySYNsHoldNoMoreThanTheBound(t *testing.T) {
	w := newWire(t, "")
	w.Streams.MostConns = 100
	for i := range 10_000 {
		src := netip.AddrPortFrom(w.a.Addr(), uint16(1000+i))
		w.post(0, src, w.z, "", nil, Segment{Flags: SYN, Conn: int32(i), life: int32(i) + 1})
		w.Judge = func(p *Packet) Verdict {
			if p.From == 1 {
				return Verdict{Do: Lose, Why: "nobody is there"}
			}
			return Verdict{}
		}
		w.step()
	}
	w.settle()
	require.Zero(t, w.Conns(), "a connection that nobody finishes opening is given up")
}

func FuzzSegments(f *testing.F) {
	f.Add([]byte{2, 0, 0, 0, 0, 1, 1, 16, 1, 0, 1, 0, 3, 1})
	f.Fuzz(func(t *testing.T, b []byte) {
		w := newWire(t, "delay 1ms")
		c := w.dial()
		w.settle()
		for ; len(b) >= 7; b = b[7:] {
			s := Segment{
				Flags: Flags(b[0] & 31), Conn: c.ID,
				Seq: uint32(b[1])<<24 | uint32(b[2]), Ack: uint32(b[3])<<24 | uint32(b[4]),
				life: c.life, peer: c.peer,
			}
			from, to := c.Local, c.Remote
			if b[5]&1 != 0 {
				from, to = to, from
				s.life, s.peer = s.peer, s.life
			}
			if b[5]&2 != 0 {
				s.peer = 0
			}
			w.post(w.HostOf(from.Addr()), from, to, strings.Repeat("x", int(b[6])), nil, s)
			for range b[5] >> 4 {
				w.step()
			}
		}
		w.run()
		require.LessOrEqual(t, w.Conns(), 2)
	})
}
