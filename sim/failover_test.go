package sim_test

import (
	"net/netip"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"siplab/sim"
	"siplab/sim/proxy"
	"siplab/sim/resolve"
	"siplab/sim/sip"
	"siplab/sim/trace"
	"siplab/sim/transport"
	"siplab/sim/ua"
)

// twoProxies is alice, whose outbound proxy is a name of two hosts, and bob. Bob
// is of the domain of both.
func twoProxies(t testing.TB, acts ...sim.Act) *sim.Scenario {
	s := &sim.Scenario{
		Net:   conditions(t, "delay 20ms"),
		Hosts: []sim.Host{phone("alice", "sip:alice@atlanta.example.com", ua.Settings{Outbound: "sip:atlanta.example.com;lr", Password: "zanzibar"})},
		Acts:  acts,
	}
	for i, name := range []string{"proxy1", "proxy2"} {
		full := name + ".atlanta.example.com"
		s.Hosts = append(s.Hosts, sim.Host{Name: name, Element: &sim.Proxy{Settings: proxy.Settings{
			Domains: []string{"atlanta.example.com"}, Name: full, Realm: "atlanta.example.com", OwnOnly: true,
			Routes: []proxy.Route{{For: "sip:bob@atlanta.example.com", To: "sip:bob@192.0.2.4"}},
		}}})
		for _, service := range []string{"_sip._udp.", "_sip._tcp."} {
			s.Records.SRV = append(s.Records.SRV, sim.SRV{
				Name: service + "atlanta.example.com", SRV: resolve.SRV{Priority: uint16(i), Port: 5060, Target: full},
			})
		}
	}
	s.Hosts = append(s.Hosts, phone("bob", "sip:bob@atlanta.example.com", ua.Settings{}))
	return s
}

func TestRFC3665Section34(t *testing.T) {
	s := twoProxies(t, act(0, "proxy1 goes dark"), act(0, "alice calls bob"), act(34*time.Second, "bob answers"), act(35*time.Second, "bob hangs up"))
	tr := lawful(t, s)
	list := ladder(tr)
	require.Equal(t, []string{
		"alice proxy1 INVITE", "alice proxy2 INVITE", "proxy2 alice 407 INVITE", "alice proxy2 ACK", "alice proxy2 INVITE",
		"proxy2 alice 100 INVITE", "proxy2 bob INVITE", "bob proxy2 180 INVITE", "proxy2 alice 180 INVITE",
		"bob proxy2 200 INVITE", "proxy2 alice 200 INVITE", "alice proxy2 ACK", "proxy2 bob ACK",
		"bob proxy2 BYE", "proxy2 alice BYE", "alice proxy2 200 BYE", "proxy2 bob 200 BYE",
	}, list)
	require.Equal(t, 7, copies(tr, "alice", "proxy1"), "the INVITE and six times again, Timer A")
	one, two := message(t, tr, "alice", "INVITE", 1), message(t, tr, "alice", "INVITE", 8)
	require.NotEqual(t, one.Branch(), two.Branch(), "RFC 3263 4.3 a branch of its own")
	two.SetTop(sip.NameVia, one.Get(sip.NameVia))
	require.Equal(t, one.String(), two.String(), "RFC 3263 4.3 identical but for that")
}

// copies counts what one host sent to another, each time that it did.
func copies(tr *trace.Trace, from, to string) (n int) {
	eachSent(tr, func(p *trace.Packet) {
		if tr.HostName(p.From) == from && tr.HostName(p.To) == to {
			n++
		}
	})
	return n
}

func TestARefusedConnectionHasThePhoneTryTheNextAddress(t *testing.T) {
	s := twoProxies(t, act(0, "alice calls bob"), act(2*time.Second, "bob answers"), act(3*time.Second, "alice hangs up"))
	s.Hosts[0].Transport = transport.TCP
	s.Hosts[1].NoTCP = true
	tr := lawful(t, s)
	require.Contains(t, ladder(tr), "proxy2 alice 200 INVITE")
	require.Contains(t, notes(tr), "192.0.2.2:5060 cannot be reached: the next address is tried, 192.0.2.3:5060")
	require.Less(t, tr.Events[len(tr.Events)-1].At, 2*time.Minute)
}

// A registrar of two hosts, of which the first has died: the binding is at the
// second.
func TestAREGISTERGoesToTheNextAddress(t *testing.T) {
	s := parse(t, "net delay 20ms\nphone bob sip:bob@biloxi.example.com password zanzibar\nregistrar one domain one.example.com\nregistrar biloxi domain biloxi.example.com\nat 0s one goes dark\nat 0s bob registers\n")
	for i, target := range []string{"one.example.com", "two.example.com"} {
		s.Records.SRV = append(s.Records.SRV, sim.SRV{Name: "_sip._udp.biloxi.example.com", SRV: resolve.SRV{Priority: uint16(i), Port: 5060, Target: target}})
	}
	s.Records.A = []sim.A{{Name: "two.example.com", Addr: netip.MustParseAddrPort("192.0.2.3:5060")}}
	require.Equal(t, []string{"bob one REGISTER", "bob biloxi REGISTER", "biloxi bob 401 REGISTER", "bob biloxi REGISTER", "biloxi bob 200 REGISTER"}, ladder(lawful(t, s)))
}
