package netem

import (
	"fmt"
	"hash/fnv"
	"net/netip"
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/require"
	"pgregory.net/rapid"
)

// world is a network with hosts of one address each, whose every packet is
// followed to its fate.
type world struct {
	*Network
	addrs []netip.AddrPort
	sent  map[int32]Packet // as it was sent
	ends  map[int32]int    // how often a packet arrived or was lost
}

func newWorld(seed uint64, hosts int) *world {
	w := &world{Network: New(seed), sent: map[int32]Packet{}, ends: map[int32]int{}}
	for i := range hosts {
		a := netip.AddrPortFrom(netip.AddrFrom4([4]byte{192, 0, 2, byte(i + 1)}), 5060)
		w.addrs = append(w.addrs, a)
		w.Host(fmt.Sprintf("host%d", i), a.Addr())
	}
	return w
}

func (w *world) note(fates []Fate) {
	for _, f := range fates {
		w.sent[f.Packet.N] = *f.Packet
		if f.Kind == Loses {
			w.ends[f.Packet.N]++
		}
	}
}

// step takes one event and holds the laws of a single packet.
func (w *world) step(t require.TestingT) bool {
	before := w.Now()
	e, ok := w.Next()
	if !ok {
		return false
	}
	require.GreaterOrEqual(t, e.At, before, "time never goes back")
	require.Equal(t, e.At, w.Now())
	if e.Kind == Wake {
		return true
	}
	s, ok := w.sent[e.Packet.N]
	require.True(t, ok, "what arrives was sent")
	require.Equal(t, []any{s.Payload, s.Src, s.Dst, s.From, s.To, s.Corrupted}, []any{e.Packet.Payload, e.Packet.Src, e.Packet.Dst, e.Packet.From, e.Packet.To, e.Packet.Corrupted})
	w.ends[e.Packet.N]++
	return true
}

// TestConservation holds laws I1 to I3 of a network over any run.
func TestConservation(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		const hosts = 4
		w := newWorld(rapid.Uint64().Draw(t, "seed"), hosts)
		host := rapid.Custom(func(t *rapid.T) HostID { return HostID(rapid.IntRange(0, hosts-1).Draw(t, "host")) })
		verdict := rapid.Custom(func(t *rapid.T) Verdict {
			return Verdict{Do: Action(rapid.IntRange(0, 5).Draw(t, "do")), Gate: uint32(rapid.IntRange(1, 3).Draw(t, "gate")), Delay: time.Duration(rapid.IntRange(0, 1e9).Draw(t, "delay"))}
		})
		w.Judge = func(*Packet) Verdict { return verdict.Draw(t, "verdict") }
		w.Default(Conditions{Delay: time.Millisecond, Jitter: time.Millisecond, Duplicate: Odds{Percent: Always / 3}, Loss: Loss{P: [5]Percent{Always / 5}}, Corrupt: Odds{Percent: Always / 7}, Limit: 20})
		t.Repeat(map[string]func(*rapid.T){
			"send": func(t *rapid.T) {
				from, to := host.Draw(t, "from"), host.Draw(t, "to")
				w.note(w.Send(w.addrs[from], w.addrs[to], "payload", nil))
			},
			"send to nobody": func(t *rapid.T) { w.note(w.Send(w.addrs[0], addr("203.0.113.1:5060"), "payload", nil)) },
			"open":           func(t *rapid.T) { w.note(w.Open(uint32(rapid.IntRange(1, 3).Draw(t, "gate")))) },
			"cut":            func(t *rapid.T) { w.Cut(host.Draw(t, "from"), host.Draw(t, "to"), rapid.Bool().Draw(t, "cut")) },
			"up":             func(t *rapid.T) { w.Up(host.Draw(t, "host"), rapid.Bool().Draw(t, "up")) },
			"link":           func(t *rapid.T) { w.Link(host.Draw(t, "from"), host.Draw(t, "to"), conditions().Draw(t, "conditions")) },
			"wake":           func(t *rapid.T) { w.Wake(w.Now()+time.Duration(rapid.IntRange(-9, 99).Draw(t, "in")), 1) },
			"next":           func(t *rapid.T) { w.step(t) },
			"": func(t *rapid.T) {
				c := w.Counts()
				require.Equal(t, c.Sent+c.Duplicated, c.Arrived+c.Lost+c.InFlight)
				require.Equal(t, c.Held, len(w.Held()))
				require.Equal(t, c.InFlight, w.InFlight())
			},
		})
		for gate := range uint32(4) {
			w.note(w.Open(gate))
		}
		for w.step(t) {
		}
		c := w.Counts()
		require.Zero(t, c.InFlight)
		require.Len(t, w.ends, c.Sent+c.Duplicated)
		for n, times := range w.ends {
			require.Equal(t, 1, times, "packet %d has one fate", n)
		}
	})
}

// flow sends packets from alice to bob, and says what becomes of each and of
// its copies.
func flow(n *Network, judge func(*Packet) Verdict) []string {
	a, z := addr("192.0.2.1:5060"), addr("192.0.2.2:5060")
	c, err := ParseConditions("delay 50ms 20ms 30% distribution paretonormal loss gemodel 5% 30% duplicate 10% reorder 10% gap 3 corrupt 5%")
	if err != nil {
		panic(err)
	}
	n.Link(n.Host("alice", a.Addr()), n.Host("bob", z.Addr()), c)
	n.Judge = judge
	var told []string
	for range 500 {
		var b strings.Builder
		for _, f := range n.Send(a, z, "a payload of some bytes", nil) {
			fmt.Fprintf(&b, "%s %s %s %s, ", f.Kind, f.Delay, f.Why, f.Packet.Payload)
		}
		told = append(told, b.String())
		pass(n, 10*time.Millisecond)
	}
	return told
}

func TestDeterminism(t *testing.T) {
	want := flow(New(7), nil)
	t.Run("the same seed gives the same fates", func(t *testing.T) {
		require.Equal(t, want, flow(New(7), nil))
	})
	t.Run("another seed gives others", func(t *testing.T) {
		require.NotEqual(t, want, flow(New(8), nil))
	})
	t.Run("on every machine", func(t *testing.T) {
		h := fnv.New64a()
		h.Write([]byte(strings.Join(want, "\n")))
		require.Equal(t, uint64(0x67b3353252c1fdd3), h.Sum64())
	})
	t.Run("more hosts and links shift nothing", func(t *testing.T) {
		n := New(7)
		c, _ := ParseConditions("loss 50% delay 1s 1s")
		aaron, zoe := addr("198.51.100.1:5060"), addr("198.51.100.2:5060")
		n.Link(n.Host("aaron", aaron.Addr()), n.Host("zoe", zoe.Addr()), c)
		n.Host("alice", addr("192.0.2.1:5060").Addr())
		n.Host("bob", addr("192.0.2.2:5060").Addr())
		n.Link(0, 2, c)
		for range 10 {
			n.Send(aaron, zoe, "payload", nil)
			n.Send(aaron, addr("192.0.2.1:5060"), "payload", nil)
		}
		require.Equal(t, want, flow(n, nil))
	})
	for _, do := range []Action{Lose, Delay, Duplicate, Corrupt, Hold} {
		t.Run("a named fault draws no chance: "+do.String(), func(t *testing.T) {
			const every = 5
			sent := 0
			got := flow(New(7), func(*Packet) Verdict {
				if sent++; sent%every != 0 {
					return Verdict{}
				}
				return Verdict{Do: do, Delay: time.Millisecond, Gate: 1, Why: "named"}
			})
			for i := range want {
				if named := i%every == every-1; !named {
					require.Equal(t, want[i], got[i], "packet %d", i+1)
				}
			}
		})
	}
}

// judged is a network whose first packet gets a verdict.
func judged(t *testing.T, conditions string, v Verdict) (n *Network, a, z netip.AddrPort) {
	t.Helper()
	n, a, z = pair(t, conditions)
	v.Why = "named"
	n.Judge = func(p *Packet) Verdict {
		if p.N == 1 {
			return v
		}
		return Verdict{}
	}
	return n, a, z
}

func TestVerdict(t *testing.T) {
	t.Run("pass: the packet is delivered", func(t *testing.T) {
		n, a, z := judged(t, "delay 10ms", Verdict{})
		require.Equal(t, "1 deliver 10ms \n", told(n.Send(a, z, "payload", nil)))
	})
	t.Run("lose: it is lost, copies and all", func(t *testing.T) {
		n, a, z := judged(t, "delay 10ms duplicate 100%", Verdict{Do: Lose})
		require.Equal(t, "1 lose 0s named\n", told(n.Send(a, z, "payload", nil)))
	})
	t.Run("lose goes before loss by chance", func(t *testing.T) {
		n, a, z := judged(t, "loss 100%", Verdict{Do: Lose})
		require.Equal(t, "1 lose 0s named\n", told(n.Send(a, z, "payload", nil)))
		require.Equal(t, "2 lose 0s loss 100%\n", told(n.Send(a, z, "payload", nil)))
	})
	t.Run("delay comes on top of the link's", func(t *testing.T) {
		n, a, z := judged(t, "delay 10ms", Verdict{Do: Delay, Delay: time.Second})
		require.Equal(t, "1 deliver 1.01s named\n", told(n.Send(a, z, "payload", nil)))
	})
	t.Run("delay brings nothing back that chance lost", func(t *testing.T) {
		n, a, z := judged(t, "loss 100%", Verdict{Do: Delay, Delay: time.Second})
		require.Equal(t, "1 lose 0s loss 100%\n", told(n.Send(a, z, "payload", nil)))
	})
	t.Run("duplicate: the copy comes after the original", func(t *testing.T) {
		n, a, z := judged(t, "delay 10ms", Verdict{Do: Duplicate, Delay: time.Second})
		require.Equal(t, "2 duplicate 0s named\n1 deliver 10ms \n2 deliver 1.01s named\n", told(n.Send(a, z, "payload", nil)))
	})
	t.Run("duplicate: chance does not touch the copy", func(t *testing.T) {
		n, a, z := judged(t, "loss 100% delay 10ms", Verdict{Do: Duplicate})
		require.Equal(t, "2 duplicate 0s named\n1 lose 0s loss 100%\n2 deliver 0s named\n", told(n.Send(a, z, "payload", nil)))
	})
	t.Run("corrupt: always the same bit of the same packet", func(t *testing.T) {
		turned := map[string]bool{}
		for range 3 {
			n, a, z := judged(t, "delay 10ms", Verdict{Do: Corrupt})
			require.Equal(t, "1 corrupt 0s named\n1 deliver 10ms \n", told(n.Send(a, z, "payload", nil)))
			e, _ := n.Next()
			require.True(t, e.Packet.Corrupted)
			turned[e.Packet.Payload] = true
		}
		require.Len(t, turned, 1)
		require.False(t, turned["payload"])
	})
	t.Run("hold: it waits until its gate is opened, and then takes its delay", func(t *testing.T) {
		n, a, z := judged(t, "delay 10ms", Verdict{Do: Hold, Gate: 3})
		require.Equal(t, "1 hold 0s named\n", told(n.Send(a, z, "payload", nil)))
		require.Equal(t, Counts{Sent: 1, InFlight: 1, Held: 1}, n.Counts())
		pass(n, time.Second)
		require.Empty(t, n.Open(2))
		require.Equal(t, int32(1), n.Held()[0].N)
		require.Equal(t, "1 deliver 10ms \n", told(n.Open(3)))
		require.Empty(t, n.Open(3))
		e, _ := n.Next()
		require.Equal(t, time.Second+10*time.Millisecond, e.At)
		require.Equal(t, time.Duration(0), e.Packet.Sent)
	})
	t.Run("is asked about each packet that a host sends, and about no copy", func(t *testing.T) {
		n, a, z := pair(t, "duplicate 100% loss 100%")
		var asked []int32
		n.Judge = func(p *Packet) Verdict {
			asked = append(asked, p.N)
			return Verdict{}
		}
		n.Send(a, z, "payload", nil)
		n.Send(a, z, "payload", nil)
		require.Equal(t, []int32{1, 3}, asked)
	})
}

func TestCut(t *testing.T) {
	n, a, z := pair(t, "delay 10ms")
	n.Send(a, z, "on the way", nil)
	n.Cut(0, 1, true)
	t.Run("a link loses what enters it", func(t *testing.T) {
		require.Equal(t, "2 lose 0s link is cut\n", told(n.Send(a, z, "payload", nil)))
	})
	t.Run("the other direction is whole", func(t *testing.T) {
		require.Equal(t, Delivers, n.Send(z, a, "payload", nil)[0].Kind)
	})
	t.Run("what was on the way arrives", func(t *testing.T) {
		n.Next()
		e, _ := n.Next()
		require.Equal(t, "on the way", e.Packet.Payload)
	})
	t.Run("a mended link carries again", func(t *testing.T) {
		n.Cut(0, 1, false)
		require.Equal(t, Delivers, n.Send(a, z, "payload", nil)[0].Kind)
	})
}

func TestUp(t *testing.T) {
	n, a, z := pair(t, "delay 10ms")
	n.Send(a, z, "payload", nil)
	n.Up(1, false)
	t.Run("a host that is down loses what arrives", func(t *testing.T) {
		e, _ := n.Next()
		require.Equal(t, Lost, e.Kind)
		require.Equal(t, "bob is down", e.Why)
		require.Equal(t, Counts{Sent: 1, Lost: 1}, n.Counts())
	})
	t.Run("and what it would send", func(t *testing.T) {
		require.Equal(t, "2 lose 0s bob is down\n", told(n.Send(z, a, "payload", nil)))
	})
	t.Run("a host that is up again gets what arrives", func(t *testing.T) {
		n.Send(a, z, "payload", nil)
		n.Up(1, true)
		e, _ := n.Next()
		require.Equal(t, Arrival, e.Kind)
	})
}

func TestHost(t *testing.T) {
	t.Run("a packet to an address that nobody has is lost", func(t *testing.T) {
		n, a, _ := pair(t, "")
		fates := n.Send(a, addr("203.0.113.9:5060"), "payload", nil)
		require.Equal(t, "1 lose 0s no host has the address 203.0.113.9\n", told(fates))
		require.Equal(t, NoHost, fates[0].Packet.To)
	})
	t.Run("a packet from an address that nobody has is lost", func(t *testing.T) {
		n, _, z := pair(t, "")
		require.Equal(t, "1 lose 0s no host has the address 203.0.113.9\n", told(n.Send(addr("203.0.113.9:5060"), z, "payload", nil)))
	})
	t.Run("a host may write another source address", func(t *testing.T) {
		n, _, z := pair(t, "delay 10ms")
		f := n.SendFrom(0, addr("203.0.113.9:5060"), z, "payload", nil)[0]
		require.Equal(t, Delivers, f.Kind)
		require.Equal(t, addr("203.0.113.9:5060"), f.Packet.Src)
		require.Equal(t, HostID(0), f.Packet.From)
	})
	t.Run("the same name is the same host, with one address more", func(t *testing.T) {
		n, a, _ := pair(t, "")
		more := addr("[2001:db8::2]:5060")
		require.Equal(t, HostID(1), n.Host("bob", more.Addr()))
		require.Equal(t, HostID(1), n.Send(a, more, "payload", nil)[0].Packet.To)
		require.Equal(t, "bob", n.HostName(1))
		require.Equal(t, "", n.HostName(NoHost))
	})
	t.Run("an address moves to the host that got it last", func(t *testing.T) {
		n, a, z := pair(t, "")
		carol := n.Host("carol", z.Addr())
		require.Equal(t, carol, n.Send(a, z, "payload", nil)[0].Packet.To)
	})
	t.Run("a host reaches itself at once", func(t *testing.T) {
		n, a, _ := pair(t, "")
		n.Default(Conditions{Delay: time.Second})
		require.Equal(t, "1 deliver 0s \n", told(n.Send(a, a, "payload", nil)))
	})
}

func TestDefault(t *testing.T) {
	t.Run("is for links that have no conditions of their own", func(t *testing.T) {
		n, a, z := pair(t, "delay 10ms")
		n.Send(z, a, "payload", nil)
		n.Default(Conditions{Delay: time.Second})
		require.Equal(t, time.Second, n.Send(z, a, "payload", nil)[0].Delay)
		require.Equal(t, 10*time.Millisecond, n.Send(a, z, "payload", nil)[0].Delay)
	})
	t.Run("costs nothing for pairs of hosts that never talk", func(t *testing.T) {
		n := New(1)
		for i := range 10_000 {
			n.Host(fmt.Sprint(i), netip.AddrFrom4([4]byte{10, 0, byte(i >> 8), byte(i)}))
		}
		n.Default(Conditions{Delay: time.Second})
		n.Send(addr("10.0.0.1:5060"), addr("10.0.0.2:5060"), "payload", nil)
		require.Len(t, n.links, 1)
	})
}

func TestWake(t *testing.T) {
	t.Run("comes at its time, with its token", func(t *testing.T) {
		n := New(1)
		n.Wake(2*time.Second, 2)
		n.Wake(time.Second, 1)
		at, ok := n.Pending()
		require.True(t, ok)
		require.Equal(t, time.Second, at)
		e, _ := n.Next()
		require.Equal(t, Event{Kind: Wake, At: time.Second, Token: 1}, e)
		require.Equal(t, time.Second, n.Now())
	})
	t.Run("of one time come in the order in which they were asked for", func(t *testing.T) {
		n := New(1)
		for token := range uint64(100) {
			n.Wake(time.Second, token)
		}
		for token := range uint64(100) {
			e, _ := n.Next()
			require.Equal(t, token, e.Token)
		}
	})
	t.Run("that was taken back does not come", func(t *testing.T) {
		n := New(1)
		h := n.Wake(time.Second, 1)
		require.True(t, n.Stop(h))
		require.False(t, n.Stop(h))
		_, ok := n.Next()
		require.False(t, ok)
		_, ok = n.Pending()
		require.False(t, ok)
	})
	t.Run("for a time that is past comes now", func(t *testing.T) {
		n := New(1)
		n.Wake(time.Second, 1)
		n.Next()
		n.Wake(0, 2)
		e, _ := n.Next()
		require.Equal(t, time.Second, e.At)
	})
}

func TestHopAllocatesNothing(t *testing.T) {
	for _, conditions := range []string{"", "delay 20ms 5ms 25% distribution normal loss 20% 10% duplicate 10% reorder 10% limit 10"} {
		t.Run(conditions, func(t *testing.T) {
			n, a, z := pair(t, conditions)
			payload := strings.Repeat("x", 500)
			hop := func() {
				n.Send(a, z, payload, n)
				for n.InFlight() > 3 {
					n.Next()
				}
			}
			for range 1000 {
				hop()
			}
			require.Zero(t, testing.AllocsPerRun(10_000, hop))
		})
	}
}
