package netem

import (
	"cmp"
	"fmt"
	"net/netip"
	"strings"
	"testing"
	"time"
)

// BenchmarkQueue pops the earliest entry and pushes one, with so many waiting.
func BenchmarkQueue(b *testing.B) {
	for _, pending := range []int{100, 10_000, 100_000} {
		b.Run(fmt.Sprint(pending), func(b *testing.B) {
			var q Queue[entry]
			chance := NewChance(1, "queue")
			for range pending {
				q.Push(time.Duration(chance.N(1e9)), entry{})
			}
			b.ReportAllocs()
			b.ResetTimer()
			for range b.N {
				at, e, _ := q.Pop()
				q.Push(at+time.Duration(chance.Uint64()>>34), e)
			}
		})
	}
}

// BenchmarkTimer starts a timer and stops it again, with 10,000 waiting.
func BenchmarkTimer(b *testing.B) {
	var q Queue[entry]
	chance := NewChance(1, "queue")
	for range 10_000 {
		q.Push(time.Duration(chance.N(1e9)), entry{})
	}
	b.ReportAllocs()
	b.ResetTimer()
	for range b.N {
		q.Stop(q.Push(time.Duration(chance.N(1e9)), entry{}))
	}
}

// BenchmarkHop sends a packet of 500 bytes and takes its arrival, on a link
// as named.
func BenchmarkHop(b *testing.B) {
	for _, conditions := range []string{"", "delay 20ms", "delay 20ms 5ms distribution normal loss 5%"} {
		b.Run(cmp.Or(conditions, "perfect"), func(b *testing.B) {
			n, a, z := pair(b, conditions)
			payload := strings.Repeat("x", 500)
			b.ReportAllocs()
			for range b.N {
				n.Send(a, z, payload, nil)
				n.Next()
			}
		})
	}
}

// pair is a network of two hosts with conditions from the first to the second.
func pair(t testing.TB, conditions string) (n *Network, a, z netip.AddrPort) {
	t.Helper()
	c, err := ParseConditions(conditions)
	if err != nil {
		t.Fatal(err)
	}
	n = New(1)
	a, z = netip.MustParseAddrPort("192.0.2.1:5060"), netip.MustParseAddrPort("192.0.2.2:5060")
	n.Link(n.Host("alice", a.Addr()), n.Host("bob", z.Addr()), c)
	return n, a, z
}
