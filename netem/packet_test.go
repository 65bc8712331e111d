package netem

import (
	"fmt"
	"math/bits"
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/require"
)

// early says of each of n packets whether it was sent at once, without the
// delay.
func early(t *testing.T, conditions string, n int) []bool {
	t.Helper()
	is := make([]bool, n)
	for i, f := range fatesOf(t, conditions, n) {
		is[i] = f.Delay == 0
	}
	return is
}

func TestReorder(t *testing.T) {
	const n = 100_000
	t.Run("sends a part of the packets at once", func(t *testing.T) {
		proportion(t, count(early(t, "delay 10ms reorder 25%", n)), n, .25, "early")
	})
	t.Run("with a gap delays the first gap-1 and then waits for chance", func(t *testing.T) {
		var waits []int
		wait := 0
		for _, e := range early(t, "delay 10ms reorder 25% gap 5", n) {
			wait++
			if e {
				if wait < 5 {
					t.Fatalf("a packet overtook others within a gap, %d after the last", wait)
				}
				waits = append(waits, wait-4)
				wait = 0
			}
		}
		fits(t, lengths(waits, 12), geometric(.25, 12), "packets beyond the gap")
	})
	t.Run("100% with gap 5 sends every fifth at once", func(t *testing.T) {
		for i, e := range early(t, "delay 10ms reorder 100% gap 5", 100) {
			require.Equal(t, i%5 == 4, e)
		}
	})
	t.Run("with a correlation is as often as tc's", func(t *testing.T) {
		batches(t, numbers(early(t, "delay 10ms reorder 25% 50%", n)), below(.25, .5), "early")
	})
	t.Run("lets a packet overtake those before it", func(t *testing.T) {
		require.Equal(t, []int32{4, 1, 2, 3, 5}, order(t, "delay 10ms reorder 100% gap 4", 5))
	})
}

func TestDuplicate(t *testing.T) {
	t.Run("copies a part of the packets, and no copy", func(t *testing.T) {
		net, a, z := pair(t, "duplicate 30%")
		const n = 100_000
		for range n {
			net.Send(a, z, "payload", "note")
			pass(net, time.Second)
		}
		proportion(t, net.Counts().Duplicated, n, .3, "copies")
		require.Equal(t, n+net.Counts().Duplicated, net.Counts().Arrived)
	})
	t.Run("gives a copy its own number, its original's, and its note", func(t *testing.T) {
		net, a, z := pair(t, "duplicate 100% delay 10ms")
		fates := net.Send(a, z, "payload", "note")
		require.Len(t, fates, 3)
		require.Equal(t, Delivers, fates[0].Kind)
		require.Equal(t, Duplicates, fates[1].Kind)
		require.Equal(t, "duplicate 100%", fates[1].Why)
		require.Equal(t, Delivers, fates[2].Kind)
		c := fates[2].Packet
		require.Equal(t, []any{int32(2), int32(1), "payload", "note"}, []any{c.N, c.CopyOf, c.Payload, c.Note})
	})
	t.Run("and loss of the same packet leave one, as in tc", func(t *testing.T) {
		net, a, z := pair(t, "duplicate 100% loss 100%")
		net.Send(a, z, "payload", nil)
		require.Equal(t, Counts{Sent: 1, Duplicated: 1, Lost: 1, InFlight: 1}, net.Counts())
	})
	t.Run("and loss: a copy is lost like any packet", func(t *testing.T) {
		net, a, z := pair(t, "duplicate 50% loss 30%")
		const n = 100_000
		for range n {
			net.Send(a, z, "payload", nil)
			pass(net, time.Second)
		}
		// Of both .15, one goes on; of the copied .35, the copy is lost in .3.
		proportion(t, net.Counts().Lost, n, .5*.3+.15+.35*.3, "lost")
	})
}

func TestCorrupt(t *testing.T) {
	t.Run("turns one bit of a part of the packets", func(t *testing.T) {
		net, a, z := pair(t, "corrupt 10%")
		const n = 100_000
		payload := strings.Repeat("x", 20)
		at := make([]int, 20)
		for range n {
			net.Send(a, z, payload, nil)
			e, _ := net.Next()
			turned := 0
			for i := range payload {
				if d := bits.OnesCount8(payload[i] ^ e.Packet.Payload[i]); d > 0 {
					turned += d
					at[i]++
				}
			}
			if turned > 1 || e.Packet.Corrupted != (turned == 1) {
				t.Fatalf("%d bits of packet %d are turned", turned, e.Packet.N)
			}
		}
		total := 0
		each := make([]float64, len(at))
		for i, c := range at {
			total += c
			each[i] = 1. / float64(len(at))
		}
		proportion(t, total, n, .1, "corrupted")
		fits(t, at, each, "place of the bit")
	})
	t.Run("turns no bit of the copy that goes beside the packet", func(t *testing.T) {
		net, a, z := pair(t, "corrupt 100% duplicate 100%")
		for range 100 {
			corrupted := map[int32]int{}
			for _, f := range net.Send(a, z, "payload", nil) {
				if f.Kind == Corrupts {
					corrupted[f.Packet.N]++
				}
			}
			for range 2 {
				e, _ := net.Next()
				turned := 0
				for i := range e.Packet.Payload {
					turned += bits.OnesCount8(e.Packet.Payload[i] ^ "payload"[i])
				}
				require.Equal(t, corrupted[e.Packet.N], turned, "of packet %d, copy of %d", e.Packet.N, e.Packet.CopyOf)
			}
		}
	})
	t.Run("says so before the packet's last fate", func(t *testing.T) {
		net, a, z := pair(t, "corrupt 100%")
		fates := net.Send(a, z, "payload", nil)
		require.Equal(t, []FateKind{Corrupts, Delivers}, kinds(fates))
		require.Equal(t, "corrupt 100%", fates[0].Why)
	})
	t.Run("leaves an empty packet as it is", func(t *testing.T) {
		net, a, z := pair(t, "corrupt 100%")
		require.Equal(t, []FateKind{Delivers}, kinds(net.Send(a, z, "", nil)))
	})
}

func TestRate(t *testing.T) {
	// 972 bytes and the 28 of UDP and IPv4 are 8,000 bits.
	payload := strings.Repeat("x", 972)
	for _, c := range []struct {
		conditions string
		arrive     []time.Duration // of packets sent together
	}{
		{"rate 1mbit", []time.Duration{8 * time.Millisecond, 16 * time.Millisecond, 24 * time.Millisecond}},
		{"rate 1mbps", []time.Duration{time.Millisecond, 2 * time.Millisecond}},
		{"rate 1mbit 125", []time.Duration{9 * time.Millisecond, 18 * time.Millisecond}},
		{"rate 1mbit -500", []time.Duration{4 * time.Millisecond}},
		// 1,000 bytes are 21 cells of 48, each sent as 53.
		{"rate 1mbit 0 48 5", []time.Duration{21 * 53 * 8 * time.Microsecond}},
		// The wait behind the packet before is part of the delay.
		{"rate 1mbit delay 10ms", []time.Duration{18 * time.Millisecond, 26 * time.Millisecond}},
	} {
		t.Run(c.conditions, func(t *testing.T) {
			net, a, z := pair(t, c.conditions)
			for i, want := range c.arrive {
				require.Equal(t, want, net.Send(a, z, payload, nil)[0].Delay, "packet %d", i+1)
			}
		})
	}
	t.Run("an idle link sends at once", func(t *testing.T) {
		net, a, z := pair(t, "rate 1mbit")
		net.Send(a, z, payload, nil)
		pass(net, time.Second)
		require.Equal(t, 8*time.Millisecond, net.Send(a, z, payload, nil)[0].Delay)
	})
	t.Run("the headers of IPv6 are longer", func(t *testing.T) {
		net := New(1)
		a, z := addr("[2001:db8::1]:5060"), addr("[2001:db8::2]:5060")
		c, _ := ParseConditions("rate 8kbit")
		net.Link(net.Host("alice", a.Addr()), net.Host("bob", z.Addr()), c)
		require.Equal(t, 148*time.Millisecond, net.Send(a, z, strings.Repeat("x", 100), nil)[0].Delay)
	})
}

// TestFarFuture: the slowest link and the longest wait neither overflow nor
// turn time back.
func TestFarFuture(t *testing.T) {
	net, a, z := pair(t, "rate 1bit 65536 1 65536 delay 86400s")
	net.Judge = func(*Packet) Verdict { return Verdict{Do: Delay, Delay: 1<<63 - 1} }
	for range 3 {
		require.Positive(t, net.Send(a, z, strings.Repeat("x", 1<<16), nil)[0].Delay)
	}
	net.Wake(1<<63-1, 1)
	for range 4 {
		e, _ := net.Next()
		require.Positive(t, e.At)
		require.Zero(t, net.Send(a, z, "payload", nil)[0].Delay)
	}
}

func TestLimit(t *testing.T) {
	t.Run("loses what comes while so many are on the way", func(t *testing.T) {
		net, a, z := pair(t, "delay 10ms limit 2")
		require.Equal(t, Delivers, net.Send(a, z, "1", nil)[0].Kind)
		require.Equal(t, Delivers, net.Send(a, z, "2", nil)[0].Kind)
		f := net.Send(a, z, "3", nil)[0]
		require.Equal(t, Loses, f.Kind)
		require.Equal(t, "limit 2", f.Why)
		net.Next()
		require.Equal(t, Delivers, net.Send(a, z, "4", nil)[0].Kind)
	})
	t.Run("is 1000 where conditions name none, as in tc", func(t *testing.T) {
		net, a, z := pair(t, "delay 10ms")
		for range 1005 {
			net.Send(a, z, "payload", nil)
		}
		require.Equal(t, 5, net.Counts().Lost)
	})
	t.Run("is not on a perfect link", func(t *testing.T) {
		net, a, z := pair(t, "")
		for range 1005 {
			net.Send(a, z, "payload", nil)
		}
		require.Zero(t, net.Counts().Lost)
	})
	t.Run("of the whole network bounds a flood", func(t *testing.T) {
		net, a, z := pair(t, "")
		net.MostInFlight = 3
		for range 5 {
			net.Send(a, z, "payload", nil)
		}
		require.Equal(t, Counts{Sent: 5, Lost: 2, InFlight: 3}, net.Counts())
	})
	t.Run("of the whole network bounds what is held", func(t *testing.T) {
		net, a, z := pair(t, "")
		net.MostInFlight = 3
		net.Judge = func(*Packet) Verdict { return Verdict{Do: Hold, Gate: 1} }
		for range 5 {
			net.Send(a, z, "payload", nil)
		}
		require.Equal(t, Counts{Sent: 5, Lost: 2, InFlight: 3, Held: 3}, net.Counts())
	})
}

func kinds(fates []Fate) []FateKind {
	var k []FateKind
	for _, f := range fates {
		k = append(k, f.Kind)
	}
	return k
}

// told writes what became of packets, one word a fate.
func told(fates []Fate) string {
	var b strings.Builder
	for _, f := range fates {
		fmt.Fprintf(&b, "%d %s %s %s\n", f.Packet.N, f.Kind, f.Delay, f.Why)
	}
	return b.String()
}
