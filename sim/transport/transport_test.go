package transport

import (
	"net/netip"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"

	"siplab/sim/sip"
)

func parse(t testing.TB, fields ...string) *sip.Message {
	m := new(sip.Message)
	var err error = m.Parse(strings.Join(fields, "\r\n") + "\r\n\r\n")
	require.NoError(t, err)
	return m
}

// came is a request with this Via, after its packet came from src.
func came(t testing.TB, via, src string) *sip.Message {
	m := parse(t, "OPTIONS sip:b@example.com SIP/2.0", "Via: "+via, "Via: SIP/2.0/UDP 203.0.113.9;branch=z9hG4bKbelow")
	Receive(m, netip.MustParseAddrPort(src))
	return m
}

// target is where the response goes, "" for nowhere.
func target(m *sip.Message) string {
	via, _ := m.Via()
	if a, ok := ResponseTarget(via); ok {
		return a.String()
	}
	return ""
}

func TestReceiveAndTheWayOfTheResponse(t *testing.T) {
	for _, c := range []struct{ claim, via, src, marked, target string }{
		{"TRN-01 rport asked for: received and rport added, the response goes there",
			"SIP/2.0/UDP 10.0.0.1:5060;rport;branch=z9hG4bK1", "1.2.3.4:4000",
			"SIP/2.0/UDP 10.0.0.1:5060;rport=4000;branch=z9hG4bK1;received=1.2.3.4", "1.2.3.4:4000"},
		{"TRN-02 no rport: received added, the response goes to the port of the sent-by",
			"SIP/2.0/UDP 10.0.0.1:5062;branch=z9hG4bK1", "1.2.3.4:4000",
			"SIP/2.0/UDP 10.0.0.1:5062;branch=z9hG4bK1;received=1.2.3.4", "1.2.3.4:5062"},
		{"TRN-03 maddr: the response goes there",
			"SIP/2.0/UDP 10.0.0.1:5062;maddr=192.0.2.77;branch=z9hG4bK1", "1.2.3.4:4000",
			"SIP/2.0/UDP 10.0.0.1:5062;maddr=192.0.2.77;branch=z9hG4bK1;received=1.2.3.4", "192.0.2.77:5062"},
		{"TRN-03 maddr goes before rport",
			"SIP/2.0/UDP 10.0.0.1;maddr=192.0.2.77;rport;branch=z9hG4bK1", "1.2.3.4:4000",
			"SIP/2.0/UDP 10.0.0.1;maddr=192.0.2.77;rport=4000;branch=z9hG4bK1;received=1.2.3.4", "192.0.2.77:5060"},
		{"TRN-04 sent-by equal to the source: nothing added",
			"SIP/2.0/UDP 1.2.3.4:5062;branch=z9hG4bK1", "1.2.3.4:4000",
			"SIP/2.0/UDP 1.2.3.4:5062;branch=z9hG4bK1", "1.2.3.4:5062"},
		{"18.2.1 a sent-by that is a domain name: received added",
			"SIP/2.0/UDP bobspc.biloxi.com:5060", "192.0.2.4:5060",
			"SIP/2.0/UDP bobspc.biloxi.com:5060;received=192.0.2.4", "192.0.2.4:5060"},
		{"18.2.2 without a port in the sent-by it is 5060",
			"SIP/2.0/UDP bobspc.biloxi.com", "192.0.2.4:4000",
			"SIP/2.0/UDP bobspc.biloxi.com;received=192.0.2.4", "192.0.2.4:5060"},
		{"3581 4 with rport, received is added though it is equal to the sent-by",
			"SIP/2.0/UDP 1.2.3.4:5060;rport", "1.2.3.4:5060",
			"SIP/2.0/UDP 1.2.3.4:5060;rport=5060;received=1.2.3.4", "1.2.3.4:5060"},
		{"a received that the client wrote is not believed",
			"SIP/2.0/UDP 1.2.3.4:5060;received=203.0.113.66;branch=z9hG4bK1", "1.2.3.4:5060",
			"SIP/2.0/UDP 1.2.3.4:5060;branch=z9hG4bK1", "1.2.3.4:5060"},
		{"an rport that the client wrote is not believed",
			"SIP/2.0/UDP 10.0.0.1;rport=7;received=203.0.113.66", "1.2.3.4:4000",
			"SIP/2.0/UDP 10.0.0.1;rport=4000;received=1.2.3.4", "1.2.3.4:4000"},
		{"5118 4.5 an IPv6 source stands without brackets",
			"SIP/2.0/UDP [2001:db8::9:1]:5070;branch=z9hG4bK1", "[2001:db8::9:255]:4000",
			"SIP/2.0/UDP [2001:db8::9:1]:5070;branch=z9hG4bK1;received=2001:db8::9:255", "[2001:db8::9:255]:5070"},
		{"an IPv6 sent-by is the source in whatever form it is written",
			"SIP/2.0/UDP [2001:DB8:0:0::1];branch=z9hG4bK1", "[2001:db8::1]:5060",
			"SIP/2.0/UDP [2001:DB8:0:0::1];branch=z9hG4bK1", "[2001:db8::1]:5060"},
		{"a maddr that is a name has to be resolved",
			"SIP/2.0/UDP 1.2.3.4;maddr=example.com", "1.2.3.4:5060",
			"SIP/2.0/UDP 1.2.3.4;maddr=example.com", ""},
	} {
		t.Run(c.claim, func(t *testing.T) {
			m := came(t, c.via, c.src)
			var vias []string
			for v := range m.Values(sip.NameVia) {
				vias = append(vias, v)
			}
			require.Equal(t, []string{c.marked, "SIP/2.0/UDP 203.0.113.9;branch=z9hG4bKbelow"}, vias)
			require.Equal(t, c.target, target(m))
		})
	}
}

func TestWithoutReceivedTheResponseGoesToTheSentBy(t *testing.T) {
	via, err := sip.ParseVia("SIP/2.0/UDP 10.0.0.1:5070")
	require.NoError(t, err)
	got, ok := ResponseTarget(via)
	require.True(t, ok)
	require.Equal(t, "10.0.0.1:5070", got.String())

	via, err = sip.ParseVia("SIP/2.0/UDP example.com")
	require.NoError(t, err)
	_, ok = ResponseTarget(via)
	require.False(t, ok, "a name has to be resolved")

	via, err = sip.ParseVia("SIP/2.0/UDP 10.0.0.1;received=[2001:db8::1]")
	require.NoError(t, err)
	got, _ = ResponseTarget(via)
	require.Equal(t, "[2001:db8::1]:5060", got.String(), "5118 4.5: with brackets too")
}

func TestReceiveWithoutVia(t *testing.T) {
	m := parse(t, "OPTIONS sip:b@example.com SIP/2.0", "Call-ID: c")
	before := m.String()
	Receive(m, netip.MustParseAddrPort("192.0.2.1:5060"))
	require.Equal(t, before, m.String())
}

func TestTRN08AResponseOfAnotherElementIsNotAccepted(t *testing.T) {
	for _, c := range []struct {
		via, sentBy string
		want        bool
	}{
		{"192.0.2.1:5060", "192.0.2.1:5060", true},
		{"192.0.2.1", "192.0.2.1:5060", true},
		{"192.0.2.1:5060", "192.0.2.1", true},
		{"PC33.Atlanta.com", "pc33.atlanta.com", true},
		{"[2001:DB8::1]:5060", "[2001:db8::1]", true},
		{"192.0.2.2:5060", "192.0.2.1:5060", false},
		{"192.0.2.1:5061", "192.0.2.1:5060", false},
		{"192.0.2.1:5070", "192.0.2.1", false},
	} {
		m := parse(t, "SIP/2.0 200 OK", "Via: SIP/2.0/UDP "+c.via+";branch=z9hG4bK1")
		require.Equal(t, c.want, AcceptResponse(m, c.sentBy), "%s at %s", c.via, c.sentBy)
	}
	require.False(t, AcceptResponse(parse(t, "SIP/2.0 200 OK", "Call-ID: c"), "192.0.2.1"), "no Via")
}

func TestTheClientsVia(t *testing.T) {
	m := parse(t, "OPTIONS sip:b@example.com SIP/2.0", "Via: SIP/2.0/UDP 192.0.2.9;branch=z9hG4bKbelow")
	PushVia(m, "UDP", "192.0.2.1:5060", "z9hG4bKtop", true)
	require.Equal(t, "OPTIONS sip:b@example.com SIP/2.0\r\n"+
		"Via: SIP/2.0/UDP 192.0.2.1:5060;branch=z9hG4bKtop;rport\r\n"+
		"Via: SIP/2.0/UDP 192.0.2.9;branch=z9hG4bKbelow\r\n"+
		"\r\n", m.String())
}

func nextHop(t *testing.T, m *sip.Message) string {
	uri, ok := NextHop(m)
	require.True(t, ok)
	return uri
}

func TestNextHop(t *testing.T) {
	const start = "OPTIONS sip:user@remoteua SIP/2.0"
	t.Run("8.1.2 without a Route it is the Request-URI", func(t *testing.T) {
		m := parse(t, start)
		require.Equal(t, "sip:user@remoteua", nextHop(t, m))
		require.False(t, StrictRoute(m))
	})
	t.Run("8.1.2 with a Route it is the topmost", func(t *testing.T) {
		m := parse(t, start, "Route: <sip:proxy1;lr>, <sip:proxy2;lr>")
		require.Equal(t, "sip:proxy1;lr", nextHop(t, m))
		require.False(t, StrictRoute(m), "a loose router")
		require.Equal(t, "sip:user@remoteua", m.URI)
	})
	t.Run("12.2.1.1 a strict router's URI goes into the Request-URI, the target to the end", func(t *testing.T) {
		m := parse(t, start, "Route: <sip:proxy1>,<sip:proxy2>,<sip:proxy3;lr>,<sip:proxy4>")
		require.Equal(t, "sip:proxy1", nextHop(t, m))
		require.True(t, StrictRoute(m))
		require.Equal(t, "sip:proxy1", m.URI)
		var routes []string
		for r := range m.Values(sip.NameRoute) {
			routes = append(routes, r)
		}
		require.Equal(t, []string{"<sip:proxy2>", "<sip:proxy3;lr>", "<sip:proxy4>", "<sip:user@remoteua>"}, routes)
		require.Contains(t, m.String(), "OPTIONS sip:proxy1 SIP/2.0\r\n")
	})
	t.Run("Table 1 what a Request-URI may not have is stripped", func(t *testing.T) {
		m := parse(t, start, "Route: <sip:proxy1;method=INVITE;transport=udp?Subject=x>")
		require.True(t, StrictRoute(m))
		require.Equal(t, "sip:proxy1;transport=udp", m.URI)
	})
	t.Run("a Route that cannot be read leads nowhere", func(t *testing.T) {
		m := parse(t, start, "Route: <sip:proxy1")
		_, ok := NextHop(m)
		require.False(t, ok)
		require.False(t, StrictRoute(m))
	})
}

func TestTooLargeForUDP(t *testing.T) {
	require.False(t, TooLargeForUDP(1300, 0))
	require.True(t, TooLargeForUDP(1301, 0))
	require.False(t, TooLargeForUDP(1299, 1500), "more than 200 bytes below the MTU")
	require.True(t, TooLargeForUDP(1300, 1500), "within 200 bytes of it")
}

func BenchmarkReceive(b *testing.B) {
	m := new(sip.Message)
	text := "OPTIONS sip:b@example.com SIP/2.0\r\nVia: SIP/2.0/UDP pc33.example.com:5060;branch=z9hG4bK776\r\n\r\n"
	src := netip.MustParseAddrPort("192.0.2.1:5060")
	b.ReportAllocs()
	for b.Loop() {
		_ = m.Parse(text)
		Receive(m, src)
	}
}
