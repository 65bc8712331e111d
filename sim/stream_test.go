package sim_test

import (
	"fmt"
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"siplab/sim"
	"siplab/sim/law"
	"siplab/sim/proxy"
	"siplab/sim/trace"
	"siplab/sim/transport"
)

// calling is a call between two phones, with more lines.
const calling = `net delay 20ms
phone alice sip:alice@atlanta.example.com
phone bob sip:bob@biloxi.example.com
at 0s alice calls bob
at 1s bob answers
at 3s bob hangs up
`

// over is a scenario whose hosts use a transport.
func over(t testing.TB, by transport.Protocol, text string) *sim.Scenario {
	s := parse(t, text)
	for i := range s.Hosts {
		s.Hosts[i].Transport = by
	}
	return s
}

// segments are those of a run, in short: when, who, what and how many bytes.
func segments(tr *trace.Trace) []string {
	var list []string
	for i := range tr.Events {
		if e := &tr.Events[i]; e.Kind == trace.Segment && (e.Op == "send" || e.Op == "repeat") {
			list = append(list, fmt.Sprintf("%v %s %d %s %s+%d", e.At, tr.HostName(e.Host), e.ID, e.Op, e.Name, e.Code))
		}
	}
	return list
}

func many(list []string, part string) (n int) {
	for _, s := range list {
		if strings.Contains(s, part) {
			n++
		}
	}
	return n
}

func eachSent(tr *trace.Trace, f func(*trace.Packet)) {
	for i := range tr.Events {
		if e := &tr.Events[i]; e.Kind == trace.Send {
			f(e.Packet)
		}
	}
}

func TestARegistrationOverTCP(t *testing.T) {
	tr := lawful(t, over(t, transport.TCP, registration))
	require.Equal(t, []string{"0s bob REGISTER", "60ms biloxi 401", "80ms bob REGISTER", "100ms biloxi 200"}, sent(tr))
	require.Contains(t, told(tr, "bob"), "registered")
	all := segments(tr)
	require.Equal(t, []string{"0s bob 1 send SYN+0", "20ms biloxi 1 send SYN ACK+0"}, all[:2])
	require.Equal(t, 1, many(all, "send SYN+"), "18 the second REGISTER uses the connection again")
	eachSent(tr, func(p *trace.Packet) {
		require.Equal(t, "tcp", p.Transport)
		require.Contains(t, p.Raw, "Via: SIP/2.0/TCP 192.0.2.1:5060;branch=")
	})
	require.Contains(t, tr.Events[0].Text+sentBy(tr, "bob")[0].Packet.Raw, "Contact: <sip:bob@192.0.2.1:5060;transport=tcp>")
	for i := range tr.Events {
		if e := &tr.Events[i]; e.Kind == trace.Timer {
			require.NotEqual(t, "E", e.Name, "Table 4: it does not run over a reliable transport")
			require.Zero(t, e.After*time.Duration(strings.Count("J K", e.Name)), "Table 4: J and K are 0")
		}
	}
}

func TestALostSegmentIsRepeatedByTCPNotBySIP(t *testing.T) {
	s := over(t, transport.TCP, registration+"lose 1st REGISTER from bob\n")
	tr := lawful(t, s)
	require.Equal(t, []string{"0s bob REGISTER", "1.06s biloxi 401", "1.08s bob REGISTER", "1.1s biloxi 200"}, sent(tr))
	require.Equal(t, 1, many(segments(tr), "repeat PSH ACK"))
	require.Contains(t, told(tr, "bob"), "registered")
}

func TestACallOverTCP(t *testing.T) {
	s := over(t, transport.TCP, calling)
	tr := lawful(t, s)
	eachSent(tr, func(p *trace.Packet) { require.Equal(t, "tcp", p.Transport) })
	require.Equal(t, 2, many(segments(tr), "send SYN+"), "18 one for the requests of each")
	for i := range tr.Events {
		if e := &tr.Events[i]; e.Kind == trace.Timer {
			require.NotContains(t, []string{"A", "E"}, e.Name)
		}
	}
}

func TestThe200ToAnINVITEIsRepeatedOverTCPToo(t *testing.T) {
	// Alice's segments stop coming: Bob's 200 gets no ACK.
	tr := lawful(t, over(t, transport.TCP, calling+"cut alice bob from 900ms until 4s\n"))
	repeated := 0
	for _, e := range sentBy(tr, "bob") {
		if e.Packet.Status == 200 && e.Packet.CSeq == 1 && e.Packet.Again != "" {
			repeated++
		}
	}
	require.Positive(t, repeated, "RFC 3261 §13.3.1.4: retransmitted until the ACK arrives, over reliable transports too")
}

func TestBytesAreCutAnywhereAndJoined(t *testing.T) {
	want := sent(lawful(t, over(t, transport.TCP, calling)))
	for _, mss := range []int{1, 2, 3, 7, 50, 536} {
		s := over(t, transport.TCP, calling)
		s.TCP.MSS = mss
		require.Equal(t, want, sent(lawful(t, s)), "cut every %d bytes", mss)
	}
}

func TestTCPOnABadNetwork(t *testing.T) {
	for seed := range uint64(20) {
		s := over(t, transport.TCP, strings.Replace(calling, "delay 20ms", "delay 40ms 30ms loss 20% duplicate 20% corrupt 10% reorder 20%", 1))
		s.Seed, s.TCP.MSS = seed, 100
		tr := lawful(t, s)
		require.Equal(t, trace.Quiet, tr.End.Why)
	}
}

func TestEachLostSegmentOfACallOverTCP(t *testing.T) {
	const calling = `net delay 20ms
phone alice sip:alice@atlanta.example.com
phone bob sip:bob@biloxi.example.com
at 0s alice calls bob
at 20s bob answers
at 40s bob hangs up
`
	for _, host := range []string{"alice", "bob"} {
		for n := 1; n <= 16; n++ {
			fault := fmt.Sprintf("lose %s packet from %s\n", ordinal(n), host)
			tr := lawful(t, over(t, transport.TCP, calling+fault))
			for _, user := range []string{"alice", "bob"} {
				require.Contains(t, told(tr, user), "answered", fault)
				require.Contains(t, told(tr, user), "ended", fault)
			}
		}
	}
}

func TestSection1822AResponseGoesOverANewConnectionWhereTheOldOneIsGone(t *testing.T) {
	tr := lawful(t, over(t, transport.TCP, `net delay 20ms
phone alice sip:alice@atlanta.example.com
phone bob sip:bob@biloxi.example.com
at 0s alice calls bob
at 1s alice comes back without its state
at 2s bob answers
`))
	require.Contains(t, notedAt(tr, "bob"), "the TCP connection with 192.0.2.1:49152 failed: connection reset by the other end")
	var ways []string
	for _, e := range sentBy(tr, "bob") {
		if e.Packet.Status == 200 {
			ways = append(ways, e.Packet.Dst.String())
		}
	}
	require.Equal(t, []string{"192.0.2.1:49152", "192.0.2.1:5060"}, ways[:2], "the address it came from, the port of the sent-by")
	require.Contains(t, notedAt(tr, "alice"), "no client transaction matches")
}

func TestAConnectionThatIsRefusedIsATransportError(t *testing.T) {
	s := over(t, transport.TCP, calling)
	s.Hosts[1].NoTCP = true
	tr := lawful(t, s)
	require.Equal(t, []string{"0s alice INVITE"}, sent(tr))
	require.Contains(t, notedAt(tr, "alice"), "the TCP connection with 192.0.2.2:5060 failed: connection refused")
	require.Contains(t, told(tr, "alice"), "failed")
	require.Less(t, tr.End.At, time.Minute)
}

func TestADeadPeerIsATransportErrorAfterTCPsOwnTime(t *testing.T) {
	t.Run("which is shorter than Timer F here", func(t *testing.T) {
		s := over(t, transport.TCP, registration+"at 10s biloxi goes dark\nat 11s bob registers\n")
		s.TCP.GiveUp = 5 * time.Second
		tr := lawful(t, s)
		require.Contains(t, notedAt(tr, "bob"), "failed: no acknowledgement for 5s")
		require.Equal(t, 2, many(segments(tr), "repeat PSH ACK"), "at 1 and 3 s")
	})
	t.Run("and longer by default", func(t *testing.T) {
		s := over(t, transport.TCP, registration+"at 10s biloxi goes dark\nat 11s bob registers\n")
		tr := lawful(t, s)
		require.Contains(t, notedAt(tr, "bob"), "failed: no acknowledgement for 1m40s")
		require.Contains(t, told(tr, "bob"), "43s registration failed", "Timer F is first")
	})
}

func TestAPeerThatLostItsStateResets(t *testing.T) {
	s := over(t, transport.TCP, registration+"at 10s biloxi comes back without its state\nat 11s bob registers\nat 12s bob registers\n")
	tr := lawful(t, s)
	require.Contains(t, notedAt(tr, "bob"), "failed: connection reset by the other end")
	require.Equal(t, 2, many(segments(tr), "send SYN+"), "what comes next opens another connection")
	require.Contains(t, told(tr, "bob"), "registered")
}

func TestWhoeverLosesItsStateAtAnyTimeTheRunIsLawful(t *testing.T) {
	for _, host := range []string{"alice", "bob"} {
		for ms := 0; ms < 200; ms += 10 {
			lines := fmt.Sprintf("at %dms %s comes back without its state\n", ms, host)
			lawful(t, over(t, transport.TCP, calling+lines+"run for 5m\n"))
			lawful(t, over(t, transport.TCP, calling+lines))
		}
	}
}

func TestWhatACrashedHostHadSentIsLostThoughTheOtherEndNeverOpened(t *testing.T) {
	s := over(t, transport.TCP, "net delay 100ms\nphone alice sip:alice@atlanta.example.com\nphone bob sip:bob@biloxi.example.com\nat 0s alice calls bob\nlose 2nd packet from alice\nat 250ms alice comes back without its state\n")
	tr := lawful(t, s)
	require.NotContains(t, told(tr, "bob"), "incoming")
	require.Equal(t, "0s calling", told(tr, "alice"), "who has lost its state is told nothing more of it")
}

func TestSection1721AProvisionalResponseIsNotSentElsewhereAfterAFinalOne(t *testing.T) {
	tr := lawful(t, over(t, transport.TCP, `net delay 100ms
phone alice sip:alice@atlanta.example.com
phone bob sip:bob@biloxi.example.com
at 0s alice calls bob
at 350ms alice comes back without its state
at 350ms bob rejects
`))
	var again []int
	for _, e := range sentBy(tr, "bob") {
		if e.Packet.Again != "" {
			again = append(again, e.Packet.Status)
		}
	}
	require.NotEmpty(t, again)
	require.NotContains(t, again, 180)
}

// large is a scenario in which the first request is over 1300 bytes.
func large(t *testing.T) *sim.Scenario {
	s := parse(t, calling)
	phoneOf(s, "alice").Display = strings.Repeat("Alice ", 180)
	return s
}

func TestSection1811ARequestOver1300BytesGoesOverTCP(t *testing.T) {
	t.Run("UAC-25 and its Via says so", func(t *testing.T) {
		tr := lawful(t, large(t))
		invite := sentBy(tr, "alice")[0].Packet
		require.Greater(t, len(invite.Raw), 1300)
		require.Equal(t, "tcp", invite.Transport)
		require.Contains(t, invite.Raw, "Via: SIP/2.0/TCP 192.0.2.1:5060")
		eachSent(tr, func(p *trace.Packet) {
			if p.Status == 0 {
				require.Equal(t, len(p.Raw) > 1300, p.Transport == "tcp", p.Raw)
			}
		})
	})
	t.Run("over UDP where TCP is refused", func(t *testing.T) {
		s := large(t)
		s.Hosts[1].NoTCP = true
		tr := lawful(t, s)
		out := sentBy(tr, "alice")
		require.Equal(t, "tcp", out[0].Packet.Transport)
		require.Equal(t, "udp", out[1].Packet.Transport)
		require.Contains(t, out[1].Packet.Raw, "Via: SIP/2.0/UDP 192.0.2.1:5060")
		require.Contains(t, told(tr, "alice"), "answered")
	})
}

func TestTLSHasItsNamesAndPorts(t *testing.T) {
	tr := lawful(t, over(t, transport.TLS, registration))
	require.Contains(t, told(tr, "bob"), "registered")
	out := sentBy(tr, "bob")[0].Packet
	require.Equal(t, "tls", out.Transport)
	require.Equal(t, "192.0.2.2:5061", out.Dst.String())
	require.Contains(t, out.Raw, "Via: SIP/2.0/TLS 192.0.2.1:5061")
	require.Contains(t, out.Raw, "Contact: <sip:bob@192.0.2.1:5061;transport=tls>")
	require.Equal(t, "tls", sentBy(tr, "biloxi")[0].Packet.Transport)
}

func TestAnIdleConnectionIsClosed(t *testing.T) {
	s := over(t, transport.TCP, registration+"run for 100s\n")
	tr := lawful(t, s)
	require.Contains(t, notes(tr), "is closed: nobody has used it for 32s")
	require.Equal(t, 2, many(segments(tr), "send FIN ACK"))
}

// raw is a script host that sends bytes to bob's registrar over TCP.
func raw(t *testing.T, bytes string) *sim.Scenario {
	s := over(t, transport.TCP, `net delay 20ms
script far domain atlanta.example.com
registrar biloxi domain biloxi.example.com
message bytes | x
at 0s far sends bytes to biloxi
`)
	s.Messages[0] = sim.Message{Name: "bytes", File: bytes}
	return s
}

func options(length string) string {
	head := "OPTIONS sip:biloxi.example.com SIP/2.0\r\nVia: SIP/2.0/TCP 192.0.2.1:5060;branch=z9hG4bK1\r\n" +
		"From: <sip:far@atlanta.example.com>;tag=1\r\nTo: <sip:biloxi.example.com>\r\nCall-ID: 1\r\nCSeq: 1 OPTIONS\r\nMax-Forwards: 70\r\n"
	if length != "" {
		head += "Content-Length: " + length + "\r\n"
	}
	return head + "\r\n"
}

func answers(tr *trace.Trace) (list []int) {
	for _, e := range sentBy(tr, "biloxi") {
		list = append(list, e.Packet.Status)
	}
	return list
}

// manyInOne are the laws that take a script's bytes for one message: where there
// are two in them, they see the first twice.
var manyInOne = []string{"branch", "copied"}

func TestStreamsOfBytes(t *testing.T) {
	two := options("0") + "\r\n\r\n" + strings.Replace(options("0"), "bK1", "bK2", 1)
	for mss := 1; mss < 20; mss++ {
		s := raw(t, two)
		s.TCP.MSS = mss
		require.Len(t, answers(run(t, s, manyInOne...)), 2, "TRN-05 two messages with CRLFs between, cut every %d bytes", mss)
	}
	t.Run("TRN-06 a message without Content-Length is answered with 400, and the connection is closed", func(t *testing.T) {
		tr := lawful(t, raw(t, options("")))
		require.Equal(t, []int{400}, answers(tr))
		require.Contains(t, notes(tr), "a message of a stream has no Content-Length")
		require.Equal(t, 2, many(segments(tr), "FIN"))
	})
	t.Run("TRN-07 a double CRLF is answered with a CRLF", func(t *testing.T) {
		for _, mss := range []int{1, 2, 3, 4} {
			s := raw(t, "\r\n\r\n")
			s.TCP.MSS = mss
			tr := lawful(t, s)
			require.Equal(t, 1, strings.Count(notes(tr), "a keep-alive"))
			require.Empty(t, answers(tr))
		}
	})
	t.Run("TRN-07 over UDP a keep-alive is ignored", func(t *testing.T) {
		for _, ping := range []string{"\r\n\r\n", "\x00"} {
			s := raw(t, ping)
			s.Hosts[0].Transport = transport.UDP
			require.Empty(t, answers(run(t, s)))
		}
	})
	t.Run("TRN-09 CRLFs before the start line are ignored", func(t *testing.T) {
		for _, by := range []transport.Protocol{transport.UDP, transport.TCP} {
			s := raw(t, "\r\n\r\n\r\n"+options("0"))
			s.Hosts[0].Transport = by
			require.Len(t, answers(run(t, s)), 1)
		}
	})
	t.Run("F45 a message that never ends is ended", func(t *testing.T) {
		s := raw(t, options("1000"))
		s.TCP.Idle = time.Hour
		tr := lawful(t, s)
		require.Empty(t, answers(tr))
		require.Contains(t, notes(tr), "no end of it within 32s")
		require.Equal(t, 1, many(segments(tr), "RST"))
	})
	t.Run("a Content-Length that is too large takes the next message for a body", func(t *testing.T) {
		next := strings.Replace(options("0"), "bK1", "bK2", 1)
		tr := lawful(t, raw(t, options(fmt.Sprint(len(next)))+next))
		require.Len(t, answers(tr), 1, "the second is the first's body")
	})
	t.Run("a Content-Length that is too small leaves what is no message", func(t *testing.T) {
		tr := lawful(t, raw(t, options("2")+"four, and no message at all\r\n\r\n"))
		require.Len(t, answers(tr), 1)
		require.Contains(t, notes(tr), "nobody can tell where a message begins")
	})
	t.Run("a message over the limit is refused as soon as that is known", func(t *testing.T) {
		require.Equal(t, []int{513}, answers(lawful(t, raw(t, options("100000000")))))
	})
}

func TestTRN08AResponseOfAnotherElementIsDroppedOverTCPToo(t *testing.T) {
	s := raw(t, "SIP/2.0 200 OK\r\nVia: SIP/2.0/TCP 203.0.113.9;branch=z9hG4bK1\r\nContent-Length: 0\r\n\r\n")
	require.Contains(t, notes(run(t, s)), "the topmost Via is not of this element")
}

// FuzzStream sends any bytes to a registrar over TCP, cut into small segments.
func FuzzStream(f *testing.F) {
	f.Add(options("0")+"\r\n\r\n"+options("3")+"abc"+options(""), uint8(7))
	f.Add(options("300")+options("0")+options("-1"), uint8(1))
	f.Add(options("2")+"SIP/2.0 200 OK\nContent-Length: 0\n\n\n\r\n", uint8(200))
	f.Fuzz(func(t *testing.T, bytes string, mss uint8) {
		s := raw(t, bytes)
		s.TCP.MSS = int(mss)
		s.Acts = append(s.Acts, s.Acts[0], s.Acts[0])
		s.Acts[1].At, s.Acts[2].At = 50*time.Millisecond, 10*time.Second
		laws := law.New()
		w, err := sim.New(s, laws)
		require.NoError(t, err)
		require.NotEqual(t, trace.Bound, w.Run().Why)
		for _, b := range laws.Broken() {
			require.NotContains(t, []string{"fates", "sources", "clock"}, b.Law, b.Text)
		}
	})
}

func BenchmarkCallOverTCP(b *testing.B) {
	s := over(b, transport.TCP, calling)
	b.ReportAllocs()
	for b.Loop() {
		w, err := sim.New(s)
		require.NoError(b, err)
		w.Run()
	}
}

// Without a proxy on the path the ACK to a 2xx has a connection of its own. It
// fails here: with each copy of the 2xx the ACK goes again, over a new one.
func TestSection13224AnACKWhoseConnectionFailsGoesAgainWithTheNext2xx(t *testing.T) {
	s := trapezoid(t, act(0, "alice calls bob"), act(2*time.Second, "bob answers"), act(20*time.Second, "alice hangs up"))
	for i := range s.Hosts {
		s.Hosts[i].Transport = transport.TCP
		if p, ok := s.Hosts[i].Element.(*sim.Proxy); ok {
			p.RecordRoute = proxy.RecordRouteOff
		}
	}
	s.Hosts[2].Element.(*sim.Proxy).Routes[0].To = "sip:bob@192.0.2.4;transport=tcp"
	s.TCP.DialGiveUp = time.Second
	s.Faults = faults(t, "cut alice bob from 2s until 6s")
	tr := lawful(t, s)
	require.Contains(t, notedAt(tr, "alice"), "an ACK goes again when its 2xx comes again")
	require.Greater(t, many(opened(tr), "alice bob"), 1)
	require.Contains(t, told(tr, "bob"), "ended")
	require.NotContains(t, notedAt(tr, "bob"), "no ACK")
}
