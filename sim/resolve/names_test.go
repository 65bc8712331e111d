package resolve

import (
	"net/netip"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"

	"siplab/netem"
	"siplab/sim/sip"
)

// records are those of the example of RFC 3263 §4.1, and more.
func records() *Names {
	n := new(Names)
	for _, r := range []NAPTR{
		{100, 50, "SIP+D2U", "_sip._udp.example.com."}, {50, 50, "SIPS+D2T", "_sips._tcp.example.com."}, {90, 50, "SIP+D2T", "_sip._tcp.example.com"},
		{10, 10, "SIP+D2S", "_sip._sctp.example.com"},
	} {
		n.AddNAPTR("example.com", r)
	}
	n.AddSRV("_sip._tcp.example.com", SRV{0, 1, 5060, "server1.example.com"})
	n.AddSRV("_sip._tcp.example.com", SRV{0, 2, 5060, "server2.example.com"})
	n.AddSRV("_sip._udp.example.com", SRV{2, 0, 5060, "server1.example.com"})
	n.AddSRV("_sip._udp.example.com", SRV{1, 0, 5070, "SERVER2.example.com."})
	n.AddSRV("_sips._tcp.example.com", SRV{0, 0, 0, "server1.example.com"})
	n.AddSRV("_sip._udp.srv.example.com", SRV{0, 0, 5080, "server1.example.com"})
	n.AddA("server1.example.com", netip.MustParseAddrPort("192.0.2.1:0"))
	n.AddA("server2.example.com", netip.MustParseAddrPort("192.0.2.2:0"))
	n.AddA("both.example.com", netip.MustParseAddrPort("192.0.2.1:0"))
	n.AddA("both.example.com", netip.MustParseAddrPort("192.0.2.2:0"))
	n.Add("host.example.com", netip.MustParseAddrPort("192.0.2.3:5090"))
	n.Add("HOST.example.com.", netip.MustParseAddrPort("192.0.2.4:5090"))
	return n
}

func hops(t *testing.T, n *Names, uri string, transports []string, chance *netem.Chance) string {
	u, err := sip.ParseURI(uri)
	require.NoError(t, err)
	var list []string
	for _, h := range n.Hops(&u, transports, chance, nil) {
		list = append(list, h.Transport+" "+h.Addr.String())
	}
	return strings.Join(list, ", ")
}

func TestRFC3263(t *testing.T) {
	plain := []string{UDP, TCP}
	for _, c := range []struct {
		claim, uri string
		transports []string
		want       string
	}{
		{"4.1 NAPTR chooses the transport by order, of those that the client has", "sip:user@example.com", plain,
			"TCP 192.0.2.2:5060, TCP 192.0.2.1:5060, UDP 192.0.2.2:5070, UDP 192.0.2.1:5060"},
		{"4.1 a SIPS URI discards services without SIPS; 5061 is TLS's port", "sips:user@example.com", All, "TLS 192.0.2.1:5061"},
		{"4.1 a client without TLS reaches no SIPS URI", "sips:user@example.com", plain, ""},
		{"4.1 the transport parameter is used; then SRV of it", "sip:user@example.com;transport=udp", plain,
			"UDP 192.0.2.2:5070, UDP 192.0.2.1:5060"},
		{"4.1 no NAPTR: SRV of each transport", "sip:srv.example.com", plain, "UDP 192.0.2.1:5080"},
		{"4.2 a port: address records, and no SRV", "sip:server1.example.com:5062", plain, "UDP 192.0.2.1:5062"},
		{"4.2 each address is tried", "sip:both.example.com:5060", plain, "UDP 192.0.2.1:5060, UDP 192.0.2.2:5060"},
		{"4.2 neither NAPTR nor SRV: address records at the default port", "sip:server2.example.com", plain, "UDP 192.0.2.2:5060"},
		{"4.2 an address needs no record", "sip:192.0.2.7", plain, "UDP 192.0.2.7:5060"},
		{"4.2 an address with a port", "sip:[2001:db8::1]:5062", plain, "UDP [2001:db8::1]:5062"},
		{"4.1 an address and a SIPS URI: TLS", "sips:192.0.2.7", All, "TLS 192.0.2.7:5061"},
		{"4 the target is maddr where there is one", "sip:example.com;maddr=192.0.2.8", plain, "UDP 192.0.2.8:5060"},
		{"a transport that the client has not", "sip:192.0.2.7;transport=sctp", plain, ""},
		{"a name that a host has, at the host's port", "sip:host.example.com", plain, "UDP 192.0.2.3:5090"},
		{"the same over TLS: the port after", "sips:host.example.com", All, "TLS 192.0.2.3:5091"},
		{"a client that likes TCP best", "sip:host.example.com", []string{TCP, UDP}, "TCP 192.0.2.3:5090"},
		{"a name that nobody has", "sip:nowhere.example.com", plain, ""},
	} {
		t.Run(c.claim, func(t *testing.T) {
			require.Equal(t, c.want, hops(t, records(), c.uri, c.transports, nil))
		})
	}
}

func TestWeightsAreTheShareOfTheFirstTries(t *testing.T) {
	n := new(Names)
	n.AddSRV("_sip._udp.example.com", SRV{0, 1, 5060, "light.example.com"})
	n.AddSRV("_sip._udp.example.com", SRV{0, 3, 5060, "heavy.example.com"})
	n.AddSRV("_sip._udp.example.com", SRV{1, 100, 5060, "last.example.com"})
	n.AddA("light.example.com", netip.MustParseAddrPort("192.0.2.1:0"))
	n.AddA("heavy.example.com", netip.MustParseAddrPort("192.0.2.3:0"))
	n.AddA("last.example.com", netip.MustParseAddrPort("192.0.2.9:0"))
	chance := netem.NewChance(1, "srv")
	heavy := 0
	for range 4000 {
		got := hops(t, n, "sip:example.com", All, chance)
		require.True(t, strings.HasSuffix(got, ", UDP 192.0.2.9:5060"), "a higher priority goes last, whatever its weight")
		if strings.HasPrefix(got, "UDP 192.0.2.3") {
			heavy++
		}
	}
	require.InDelta(t, 3000, heavy, 120)
	require.Equal(t, "UDP 192.0.2.3:5060, UDP 192.0.2.1:5060, UDP 192.0.2.9:5060", hops(t, n, "sip:example.com", All, nil), "4.4 without chance a fixed order")
}
