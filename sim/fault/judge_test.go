package fault

import (
	"fmt"
	"net/netip"
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"siplab/netem"
)

var hosts = []string{"alice", "proxy", "bob"}

// script is a small run: who sends what to whom at which second, under
// faults, over links of 10 ms. Its transcript has a line for each fate and
// each arrival.
type script struct {
	t      *testing.T
	net    *netem.Network
	judge  *Judge
	told   []string
	hostOf map[string]netip.AddrPort
}

func run(t *testing.T, faults string, sends ...string) []string {
	t.Helper()
	s := &script{t: t, net: netem.New(1), hostOf: map[string]netip.AddrPort{}}
	for i, name := range hosts {
		a := netip.AddrPortFrom(netip.AddrFrom4([4]byte{192, 0, 2, byte(i + 1)}), 5060)
		s.hostOf[name] = a
		s.net.Host(name, a.Addr())
	}
	s.net.Default(netem.Conditions{Delay: 10 * time.Millisecond})
	s.judge = compile(t, faults, s.net.HostName)
	s.net.Judge = s.judge.Verdict
	times := s.judge.Times()
	for i, x := range times {
		s.net.Wake(x.At, uint64(i))
	}
	for i, line := range sends {
		second, _, _ := strings.Cut(line, "s ")
		at, err := time.ParseDuration(second + "s")
		require.NoError(t, err)
		s.net.Wake(at, uint64(len(times)+i))
	}
	for {
		e, ok := s.net.Next()
		switch {
		case !ok:
			return s.told
		case e.Kind == netem.Arrival:
			s.tell("%v %d arrives", e.At, e.Packet.N)
			s.open(s.judge.Arrived(e.Packet))
		case e.Token < uint64(len(times)):
			s.timed(times[e.Token])
		default:
			_, line, _ := strings.Cut(sends[e.Token-uint64(len(times))], "s ")
			s.send(line)
		}
	}
}

func compile(t *testing.T, lines string, hostName func(netem.HostID) string) *Judge {
	t.Helper()
	var faults []Fault
	for line := range strings.SplitSeq(lines, "\n") {
		f, err := Parse(line)
		require.NoError(t, err)
		faults = append(faults, f)
	}
	return Compile(faults, hostName)
}

// send reads "alice INVITE proxy", "bob 200/INVITE proxy".
func (s *script) send(line string) {
	f := strings.Fields(line)
	payload := f[1] + " sip:bob@example.com SIP/2.0\r\nCSeq: 1 " + f[1] + "\r\n\r\n"
	if status, method, ok := strings.Cut(f[1], "/"); ok {
		payload = "SIP/2.0 " + status + " Text\r\nCSeq: 1 " + method + "\r\n\r\n"
	}
	if f[1] == "noise" {
		payload = "\x00\xff noise"
	}
	fates := s.net.Send(s.hostOf[f[0]], s.hostOf[f[2]], payload, nil)
	gates := s.judge.Sent(fates[0].Packet)
	s.fates(fates)
	s.open(gates)
}

func (s *script) timed(x Timed) {
	if x.Gate != 0 {
		s.fates(s.net.Open(x.Gate))
		return
	}
	s.net.Cut(s.net.Host(x.From), s.net.Host(x.To), x.Cut)
}

func (s *script) open(gates []uint32) {
	for _, g := range append([]uint32(nil), gates...) {
		s.fates(s.net.Open(g))
	}
}

func (s *script) fates(fates []netem.Fate) {
	for _, f := range fates {
		if f.Kind != netem.Delivers || f.Why != "" {
			s.tell("%v %d %v: %s", s.net.Now(), f.Packet.N, f.Kind, f.Why)
		}
	}
}

func (s *script) tell(format string, args ...any) {
	s.told = append(s.told, fmt.Sprintf(format, args...))
}

func TestCounting(t *testing.T) {
	t.Run("1st counts what a host sends on a link, repeated ones too", func(t *testing.T) {
		require.Equal(t, []string{
			"0s 1 lose: lose 1st INVITE from alice",
			"1.01s 2 arrives",
		}, run(t, "lose 1st INVITE from alice", "0s alice INVITE proxy", "1s alice INVITE proxy"))
	})
	t.Run("each link has a first of its own", func(t *testing.T) {
		require.Equal(t, []string{
			"0s 1 lose: lose 1st INVITE",
			"1.01s 2 arrives",
			"2s 3 lose: lose 1st INVITE",
			"3.01s 4 arrives",
		}, run(t, "lose 1st INVITE", "0s alice INVITE proxy", "1s alice INVITE proxy", "2s proxy INVITE bob", "3s proxy INVITE bob"))
	})
	t.Run("other messages, hosts and directions do not count", func(t *testing.T) {
		require.Equal(t, []string{
			"10ms 1 arrives",
			"1.01s 2 arrives",
			"2.01s 3 arrives",
			"3.01s 4 arrives",
			"4s 5 lose: lose 2nd INVITE from alice to proxy",
		}, run(t, "lose 2nd INVITE from alice to proxy", "0s alice INVITE proxy", "1s alice BYE proxy", "2s proxy INVITE alice", "3s alice INVITE bob", "4s alice INVITE proxy"))
	})
	t.Run("no number is every one", func(t *testing.T) {
		require.Equal(t, []string{
			"0s 1 lose: lose 4xx for REGISTER",
			"1.01s 2 arrives",
			"2s 3 lose: lose 4xx for REGISTER",
		}, run(t, "lose every 4xx for REGISTER", "0s proxy 401/REGISTER bob", "1s proxy 401/INVITE bob", "2s proxy 403/REGISTER bob"))
	})
	t.Run("what is no message is a packet", func(t *testing.T) {
		require.Equal(t, []string{"10ms 1 arrives", "1s 2 lose: lose 2nd packet"}, run(t, "lose 2nd packet\nlose request\nlose response", "0s alice noise bob", "1s alice noise bob"))
	})
	t.Run("every fault counts, and the first that wants a packet has it", func(t *testing.T) {
		require.Equal(t, []string{
			"0s 1 lose: lose 1st INVITE",
			"1s 2 deliver: delay 2nd INVITE by 1s",
			"2.01s 2 arrives",
		}, run(t, "lose 1st INVITE\nduplicate 1st INVITE\ndelay 2nd INVITE by 1s", "0s alice INVITE bob", "1s alice INVITE bob"))
	})
}

func TestFaults(t *testing.T) {
	t.Run("delay", func(t *testing.T) {
		require.Equal(t, []string{"0s 1 deliver: delay INVITE by 33s", "33.01s 1 arrives"}, run(t, "delay INVITE by 33s", "0s alice INVITE bob"))
	})
	t.Run("duplicate at once", func(t *testing.T) {
		require.Equal(t, []string{"0s 2 duplicate: duplicate INVITE", "0s 2 deliver: duplicate INVITE", "10ms 1 arrives", "10ms 2 arrives"}, run(t, "duplicate INVITE", "0s alice INVITE bob"))
	})
	t.Run("duplicate after a time", func(t *testing.T) {
		require.Equal(t, []string{"0s 2 duplicate: duplicate INVITE after 40s", "0s 2 deliver: duplicate INVITE after 40s", "10ms 1 arrives", "40.01s 2 arrives"}, run(t, "duplicate INVITE after 40s", "0s alice INVITE bob"))
	})
	t.Run("corrupt", func(t *testing.T) {
		require.Equal(t, []string{"0s 1 corrupt: corrupt 1st INVITE", "10ms 1 arrives", "1.01s 2 arrives"}, run(t, "corrupt 1st INVITE", "0s alice INVITE bob", "1s alice INVITE bob"))
	})
}

func TestHold(t *testing.T) {
	t.Run("until after another is sent, on any link", func(t *testing.T) {
		require.Equal(t, []string{
			"0s 1 hold: hold 200 from bob until after CANCEL",
			"1.01s 2 arrives",
			"1.01s 1 arrives",
			"2.01s 3 arrives",
		}, run(t, "hold 200 from bob until after CANCEL", "0s bob 200/INVITE proxy", "1s alice CANCEL proxy", "2s bob 200/INVITE proxy"))
	})
	t.Run("sent is sent, though it be lost", func(t *testing.T) {
		require.Equal(t, []string{
			"0s 1 hold: hold 200 until after CANCEL",
			"1s 2 lose: lose CANCEL",
			"1.01s 1 arrives",
		}, run(t, "hold 200 until after CANCEL\nlose CANCEL", "0s bob 200/INVITE proxy", "1s alice CANCEL proxy"))
	})
	t.Run("until another arrives", func(t *testing.T) {
		require.Equal(t, []string{
			"0s 1 hold: hold 180 until 200 to alice arrives",
			"1.01s 2 arrives",
			"2.01s 3 arrives",
			"2.02s 1 arrives",
		}, run(t, "hold 180 until 200 to alice arrives", "0s proxy 180/INVITE alice", "1s bob 200/INVITE proxy", "2s proxy 200/INVITE alice"))
	})
	t.Run("until a time of the run", func(t *testing.T) {
		require.Equal(t, []string{
			"0s 1 hold: hold INVITE until 5s",
			"1s 2 hold: hold INVITE until 5s",
			"5.01s 1 arrives",
			"5.01s 2 arrives",
			"6.01s 3 arrives",
		}, run(t, "hold INVITE until 5s", "0s alice INVITE bob", "1s alice INVITE bob", "6s alice INVITE bob"))
	})
	t.Run("for ever where the other never comes", func(t *testing.T) {
		require.Equal(t, []string{"0s 1 hold: hold INVITE until INVITE arrives"}, run(t, "hold INVITE until INVITE arrives", "0s alice INVITE bob"))
	})
}

func TestCut(t *testing.T) {
	t.Run("both ways, from a time until a time", func(t *testing.T) {
		require.Equal(t, []string{
			"1.01s 1 arrives",
			"2s 2 lose: cut alice bob from 2s until 4s",
			"3s 3 lose: cut alice bob from 2s until 4s",
			"3.01s 4 arrives",
			"4.01s 5 arrives",
		}, run(t, "cut alice bob from 2s until 4s", "1s alice INVITE bob", "2s alice INVITE bob", "3s bob 200/INVITE alice", "3s alice INVITE proxy", "4s alice INVITE bob"))
	})
	t.Run("one way, for ever", func(t *testing.T) {
		require.Equal(t, []string{"1s 1 lose: cut alice to bob", "2.01s 2 arrives"}, run(t, "cut alice to bob", "1s alice INVITE bob", "2s bob 200/INVITE alice"))
	})
	t.Run("what was held before the cut is lost when it is let go", func(t *testing.T) {
		require.Equal(t, []string{
			"0s 1 hold: hold INVITE until after BYE",
			"2s 1 lose: link is cut",
			"2.01s 2 arrives",
		}, run(t, "hold INVITE until after BYE\ncut alice to bob from 1s", "0s alice INVITE bob", "2s bob BYE alice"))
	})
}

func TestTimes(t *testing.T) {
	s := time.Second
	for _, c := range []struct {
		name, faults string
		want         []Timed
	}{
		{"one way", "cut alice to bob from 1s until 2s", []Timed{{1 * s, 0, "alice", "bob", true}, {2 * s, 0, "alice", "bob", false}}},
		{"both ways, for ever", "cut alice bob", []Timed{{0, 0, "alice", "bob", true}, {0, 0, "bob", "alice", true}}},
		{"cuts that overlap are one", "cut alice to bob from 1s until 3s\ncut alice to bob from 2s until 5s", []Timed{{1 * s, 0, "alice", "bob", true}, {5 * s, 0, "alice", "bob", false}}},
		{"cuts that touch are one", "cut alice to bob from 2s until 3s\ncut alice to bob from 1s until 2s", []Timed{{1 * s, 0, "alice", "bob", true}, {3 * s, 0, "alice", "bob", false}}},
		{"a cut for ever ends no earlier", "cut alice to bob from 1s\ncut alice to bob from 2s until 3s", []Timed{{1 * s, 0, "alice", "bob", true}}},
		{"cuts apart are two", "cut alice to bob from 3s\ncut alice to bob from 1s until 2s", []Timed{{1 * s, 0, "alice", "bob", true}, {2 * s, 0, "alice", "bob", false}, {3 * s, 0, "alice", "bob", true}}},
		{"a hold until a time", "lose BYE\nhold INVITE until 5s", []Timed{{5 * s, 2, "", "", false}}},
		{"other faults have none", "lose BYE\nhold INVITE until after ACK", nil},
	} {
		t.Run(c.name, func(t *testing.T) {
			require.Equal(t, c.want, compile(t, c.faults, nil).Times())
		})
	}
}

func TestUnused(t *testing.T) {
	unused := func(faults string, sends ...string) []string {
		j := compile(t, faults, func(h netem.HostID) string { return hosts[h] })
		for i, method := range sends {
			j.Verdict(&netem.Packet{From: 0, To: 2, Sent: time.Duration(i) * time.Second, Payload: method + " sip:bob SIP/2.0\r\nCSeq: 1 " + method + "\r\n\r\n"})
		}
		var lines []string
		for _, f := range j.Unused() {
			lines = append(lines, f.String())
		}
		return lines
	}
	t.Run("are the faults that no packet met", func(t *testing.T) {
		require.Equal(t, []string{"lose 5th INVITE", "lose BYE", "cut proxy bob", "hold ACK until 9s"},
			unused("lose 2nd INVITE\nlose 5th INVITE\nlose BYE\ncut alice bob from 1s\ncut proxy bob\nhold ACK until 9s", "INVITE", "INVITE", "INVITE"))
	})
	t.Run("are none where each did something", func(t *testing.T) {
		require.Empty(t, unused("lose 1st INVITE\ndelay 2nd INVITE by 1s", "INVITE", "INVITE"))
	})
	t.Run("are those too whose packets another fault had", func(t *testing.T) {
		require.Equal(t, []string{"delay 1st INVITE by 1s"}, unused("lose INVITE\ndelay 1st INVITE by 1s", "INVITE", "INVITE"))
	})
}

// TestChance: a fault changes nothing of what chance does to others.
func TestChance(t *testing.T) {
	fates := func(judge func(*netem.Packet) netem.Verdict) []netem.FateKind {
		n := netem.New(1)
		a, b := netip.MustParseAddrPort("192.0.2.1:5060"), netip.MustParseAddrPort("192.0.2.3:5060")
		n.Host("alice", a.Addr())
		n.Host("bob", b.Addr())
		n.Default(netem.Conditions{Delay: time.Millisecond, Loss: netem.Loss{P: [5]netem.Percent{netem.Always / 2}}})
		n.Judge = judge
		var kinds []netem.FateKind
		for range 100 {
			for _, f := range n.Send(a, b, "INVITE sip:bob SIP/2.0\r\nCSeq: 1 INVITE\r\n\r\n", nil) {
				if f.Packet.CopyOf == 0 {
					kinds = append(kinds, f.Kind)
				}
			}
		}
		return kinds
	}
	j := compile(t, "lose 3rd INVITE\nhold 5th INVITE until 1s\nduplicate 7th INVITE", func(h netem.HostID) string { return []string{"alice", "bob"}[h] })
	want, got := fates(nil), fates(j.Verdict)
	for i := range want {
		if i != 2 && i != 4 {
			require.Equal(t, want[i], got[i])
		}
	}
	require.Equal(t, netem.Loses, got[2])
	require.Equal(t, netem.Holds, got[4])
}

func BenchmarkVerdict(b *testing.B) {
	var faults []Fault
	for _, line := range []string{"lose 2nd INVITE from alice", "hold 200 from bob until after CANCEL", "cut alice proxy from 1h"} {
		f, _ := Parse(line)
		faults = append(faults, f)
	}
	j := Compile(faults, func(h netem.HostID) string { return hosts[h] })
	p := &netem.Packet{From: 0, To: 2, Payload: "INVITE sip:bob@example.com SIP/2.0\r\nVia: SIP/2.0/UDP 192.0.2.1\r\nFrom: sip:alice@example.com;tag=1\r\nTo: sip:bob@example.com\r\nCSeq: 1 INVITE\r\n\r\n"}
	b.ReportAllocs()
	for range b.N {
		j.Verdict(p)
		j.Sent(p)
	}
}
