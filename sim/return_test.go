package sim_test

import (
	"net/netip"
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"siplab/sim"
	"siplab/sim/resolve"
	"siplab/sim/trace"
	"siplab/sim/transport"
)

// opened are the connections that were asked for, by who asked whom.
func opened(tr *trace.Trace) (list []string) {
	for i := range tr.Events {
		if e := &tr.Events[i]; e.Kind == trace.Segment && e.Op == "send" && e.Name == "SYN" {
			list = append(list, tr.HostName(e.Host)+" "+tr.HostName(e.Packet.To))
		}
	}
	return list
}

func TestSection1822AStatelessProxyAnswersOverTheConnectionOfTheRequest(t *testing.T) {
	s := trapezoid(t, act(0, "alice calls bob"), act(2*time.Second, "bob answers"), act(3*time.Second, "alice hangs up"))
	for i := range s.Hosts {
		s.Hosts[i].Transport = transport.TCP
	}
	s.Hosts[2].Element.(*sim.Proxy).Stateless = true
	s.Hosts[2].Element.(*sim.Proxy).Routes[0].To = "sip:bob@192.0.2.4;transport=tcp"
	tr := lawful(t, s)
	require.Contains(t, ladder(tr), "proxy1 alice 200 BYE")
	require.Equal(t, []string{"alice proxy1", "proxy1 proxy2", "proxy2 bob"}, opened(tr), "none from a server to its client")
}

func TestAStatelessProxyRefusesOverTheConnectionOfTheRequest(t *testing.T) {
	s := parse(t, "net delay 20ms\nproxy edge domain biloxi.example.com stateless\nscript caller\n")
	s.Hosts[1].Transport = transport.TCP
	s.Messages = []sim.Message{{Name: "bad", File: crlf("OPTIONS sip:bob@biloxi.example.com SIP/2.0\nVia: SIP/2.0/TCP 192.0.2.2;branch=z9hG4bK1\nContent-Length: 0\n\n")}}
	s.Acts = []sim.Act{act(0, "caller sends bad to edge")}
	tr := run(t, s)
	require.Equal(t, []string{"caller edge OPTIONS", "edge caller 400 "}, ladder(tr))
	require.Equal(t, []string{"caller edge"}, opened(tr))
}

// crlf is text with the line ends of SIP.
func crlf(text string) string { return strings.ReplaceAll(text, "\n", "\r\n") }

// pool is a client of two hosts: the first sends a request whose sent-by is the
// name of both, and then takes no connection any more.
func pool(t testing.TB) *sim.Scenario {
	s := parse(t, `net delay 20ms
script one
phone bob sip:bob@biloxi.example.com answer-after 3s
script two
`)
	for i, name := range []string{"one", "two"} {
		s.Hosts[2*i].Transport = transport.TCP
		s.Records.SRV = append(s.Records.SRV, sim.SRV{
			Name: "_sip._tcp.pool.example.com", SRV: resolve.SRV{Priority: uint16(i), Port: 5060, Target: name + ".example.com"},
		})
		s.Records.A = append(s.Records.A, sim.A{Name: name + ".example.com", Addr: netip.AddrPortFrom(netip.AddrFrom4([4]byte{192, 0, 2, byte(2*i + 1)}), 0)})
	}
	s.Hosts[0].NoTCP = true
	s.Messages = []sim.Message{{Name: "call", File: crlf(`INVITE sip:bob@192.0.2.2 SIP/2.0
Via: SIP/2.0/TCP pool.example.com;branch=z9hG4bK1
Max-Forwards: 70
From: <sip:carol@chicago.example.com>;tag=c
To: <sip:bob@biloxi.example.com>
Call-ID: 1
CSeq: 1 INVITE
Contact: <sip:carol@192.0.2.1>
Content-Length: 0

`)}}
	s.Acts = []sim.Act{act(0, "one sends call to bob"), act(time.Second, "one comes back without its state"), act(50*time.Second, "bob hangs up")}
	return s
}

func TestRFC3263Section5AResponseFindsTheNextHostOfTheClient(t *testing.T) {
	tr := run(t, pool(t))
	var ways []string
	for _, e := range sentBy(tr, "bob") {
		if e.Packet.Status == 200 && e.Packet.Method == "INVITE" && len(ways) < 3 {
			ways = append(ways, e.Packet.Dst.String())
		}
	}
	require.Equal(t, []string{"192.0.2.1:49152", "192.0.2.1:5060", "192.0.2.3:5060"}, ways,
		"the connection, the received address with the port of the sent-by, the next address of the name")
	require.Contains(t, notedAt(tr, "bob"), "the response goes to 192.0.2.3:5060, another address of the sent-by")
}
