package sim_test

import (
	"fmt"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"siplab/netem"
	"siplab/sim"
	"siplab/sim/core"
	"siplab/sim/fault"
	"siplab/sim/proxy"
	"siplab/sim/registrar"
	"siplab/sim/resolve"
	"siplab/sim/sip"
	"siplab/sim/trace"
	"siplab/sim/transport"
	"siplab/sim/ua"
	"siplab/sim/words"
)

// trapezoid are alice behind her outbound proxy and bob behind the proxy of
// his domain (RFC 3665 §3.2).
func trapezoid(t testing.TB, acts ...sim.Act) *sim.Scenario {
	return &sim.Scenario{
		Net: conditions(t, "delay 20ms"),
		Hosts: []sim.Host{
			phone("alice", "sip:alice@atlanta.example.com", ua.Settings{Outbound: "sip:ss1.atlanta.example.com;lr", Password: "zanzibar"}),
			{Name: "proxy1", Element: &sim.Proxy{Settings: proxy.Settings{
				Domains: []string{"atlanta.example.com"}, Name: "ss1.atlanta.example.com", Realm: "atlanta.example.com", OwnOnly: true,
			}}},
			{Name: "proxy2", Element: &sim.Proxy{Settings: proxy.Settings{
				Domains: []string{"biloxi.example.com"}, Name: "ss2.biloxi.example.com",
				Routes: []proxy.Route{{For: "sip:bob@biloxi.example.com", To: "sip:bob@192.0.2.4"}},
			}}},
			phone("bob", "sip:bob@biloxi.example.com", ua.Settings{}),
		},
		Acts: acts,
	}
}

func phone(name, aor string, s ua.Settings) sim.Host {
	s.AOR = aor
	return sim.Host{Name: name, Element: &sim.Phone{Settings: s}}
}

func conditions(t testing.TB, text string) netem.Conditions {
	c, err := netem.ParseConditions(text)
	require.NoError(t, err)
	return c
}

// act is HOST VERB ARGS at a time.
func act(at time.Duration, text string) sim.Act {
	words := strings.Fields(text)
	return sim.Act{At: at, Host: words[0], Act: core.Act{Verb: words[1], Args: words[2:]}}
}

func faults(t testing.TB, lines ...string) (list []fault.Fault) {
	for _, line := range lines {
		f, err := fault.Parse(line)
		require.NoError(t, err)
		list = append(list, f)
	}
	return list
}

// ladder are the messages of a run: who to whom, and what. Those that are
// repeated are left out.
func ladder(tr *trace.Trace) []string {
	var list []string
	for i := range tr.Events {
		if e := &tr.Events[i]; e.Kind == trace.Send && e.Packet.Again == "" {
			list = append(list, fmt.Sprintf("%s %s %s", tr.HostName(e.Host), tr.HostName(e.Packet.To), what(e.Packet)))
		}
	}
	return list
}

// what is a request's method, or a response's status and method.
func what(p *trace.Packet) string {
	if p.Status == 0 {
		return p.Method
	}
	return fmt.Sprintf("%d %s", p.Status, p.Method)
}

// message is the n-th message of that kind that a host sent, read.
func message(t testing.TB, tr *trace.Trace, host, kind string, n int) *sip.Message {
	for i := range tr.Events {
		e := &tr.Events[i]
		if e.Kind == trace.Send && tr.HostName(e.Host) == host && what(e.Packet) == kind {
			if n--; n == 0 {
				m := new(sip.Message)
				require.NoError(t, m.Parse(e.Packet.Raw))
				return m
			}
		}
	}
	require.Fail(t, "no such message")
	return nil
}

func values(m *sip.Message, n sip.Name) []string { return slices.Collect(m.Values(n)) }

func TestRFC3665Section32(t *testing.T) {
	tr := lawful(t, trapezoid(t, act(0, "alice calls bob"), act(2*time.Second, "bob answers"), act(3*time.Second, "bob hangs up")))
	want := strings.Split(strings.TrimSpace(`
alice proxy1 INVITE
proxy1 alice 407 INVITE
alice proxy1 ACK
alice proxy1 INVITE
proxy1 alice 100 INVITE
proxy1 proxy2 INVITE
proxy2 proxy1 100 INVITE
proxy2 bob INVITE
bob proxy2 180 INVITE
proxy2 proxy1 180 INVITE
proxy1 alice 180 INVITE
bob proxy2 200 INVITE
proxy2 proxy1 200 INVITE
proxy1 alice 200 INVITE
alice proxy1 ACK
proxy1 proxy2 ACK
proxy2 bob ACK
bob proxy2 BYE
proxy2 proxy1 BYE
proxy1 alice BYE
alice proxy1 200 BYE
proxy1 proxy2 200 BYE
proxy2 bob 200 BYE`), "\n")
	require.Len(t, want, 23)
	require.Equal(t, want, ladder(tr))

	t.Run("what each hop adds and takes away", func(t *testing.T) {
		f1, f5, f7 := message(t, tr, "alice", "INVITE", 1), message(t, tr, "proxy1", "INVITE", 1), message(t, tr, "proxy2", "INVITE", 1)
		require.Equal(t, []string{"<sip:ss1.atlanta.example.com;lr>"}, values(f1, sip.NameRoute))
		require.Equal(t, []int{1, 2, 3}, []int{f1.Count(sip.NameVia), f5.Count(sip.NameVia), f7.Count(sip.NameVia)})
		require.Equal(t, []string{"<sip:ss2.biloxi.example.com;lr>", "<sip:ss1.atlanta.example.com;lr>"}, values(f7, sip.NameRecordRoute))
		require.Empty(t, values(f5, sip.NameRoute))
		require.False(t, f5.Has(sip.NameProxyAuthorization), "used up at the first proxy")
		require.Equal(t, []string{"68", "sip:bob@192.0.2.4", "60"}, []string{f7.Get(sip.NameMaxForwards), f7.URI, f7.Get(sip.NameMaxBreadth)})
	})
	t.Run("the ACK and the BYE follow the route set, and get no Record-Route", func(t *testing.T) {
		ack, bye := message(t, tr, "alice", "ACK", 2), message(t, tr, "bob", "BYE", 1)
		require.Equal(t, []string{"<sip:ss1.atlanta.example.com;lr>", "<sip:ss2.biloxi.example.com;lr>"}, values(ack, sip.NameRoute))
		require.Equal(t, []string{"<sip:ss2.biloxi.example.com;lr>", "<sip:ss1.atlanta.example.com;lr>"}, values(bye, sip.NameRoute))
		require.False(t, message(t, tr, "proxy1", "BYE", 1).Has(sip.NameRecordRoute))
		require.Empty(t, values(message(t, tr, "proxy2", "ACK", 1), sip.NameRoute))
	})
}

func TestRFC3665Section32OverEachTransport(t *testing.T) {
	var first []string
	for by := transport.UDP; by <= transport.TLS; by++ {
		s := trapezoid(t, act(0, "alice calls bob"), act(2*time.Second, "bob answers"), act(3*time.Second, "bob hangs up"))
		for i := range s.Hosts {
			s.Hosts[i].Transport = by
		}
		tr := lawful(t, s)
		if first == nil {
			first = ladder(tr)
		}
		require.Equal(t, first, ladder(tr), "%v", by)
		via, _ := message(t, tr, "proxy1", "INVITE", 1).Via()
		require.Equal(t, by.Via(), via.Transport)
	}
}

func TestEachSingleLossInACallThroughTwoProxies(t *testing.T) {
	for _, host := range []string{"alice", "proxy1", "proxy2", "bob"} {
		for n := 1; n <= 14; n++ {
			line := fmt.Sprintf("lose %s packet from %s", words.FormatOrdinal(n), host)
			s := trapezoid(t, act(0, "alice calls bob"), act(2*time.Second, "bob answers"), act(3*time.Second, "bob hangs up"))
			s.Faults = faults(t, line)
			list := ladder(lawful(t, s))
			require.Contains(t, list, "proxy1 alice 200 INVITE", line)
			require.Contains(t, list, "proxy2 bob 200 BYE", line)
		}
	}
}

func TestEachSingleLossInACallThatForks(t *testing.T) {
	for _, host := range []string{"alice", "proxy", "desk", "home"} {
		for n := 1; n <= 16; n++ {
			line := fmt.Sprintf("lose %s packet from %s", words.FormatOrdinal(n), host)
			s := branchOffice(t, proxy.Settings{}, []sim.Host{desk("desk"), desk("home")},
				act(0, "desk registers"), act(0, "home registers"),
				act(10*time.Second, "alice calls sip:bob@biloxi.example.com"), act(13*time.Second, "home answers"), act(20*time.Second, "alice hangs up"))
			s.Faults = faults(t, line)
			list := ladder(lawful(t, s))
			require.Contains(t, list, "proxy alice 200 INVITE", line)
			require.Contains(t, list, "proxy home BYE", line)
			require.NotContains(t, list, "proxy alice 487 INVITE", line)
		}
	}
}

func TestRFC3665Section33EachProxyAsksForItsOwnRealm(t *testing.T) {
	s := trapezoid(t, act(0, "alice calls bob"), act(2*time.Second, "bob answers"), act(3*time.Second, "bob hangs up"))
	p := s.Hosts[2].Element.(*sim.Proxy)
	p.Realm, p.Users = "biloxi.example.com", []proxy.User{{Name: "alice", Password: "zanzibar"}}
	tr := lawful(t, s)
	third := message(t, tr, "alice", "INVITE", 3)
	require.Equal(t, 2, third.Count(sip.NameProxyAuthorization))
	require.Equal(t, 1, message(t, tr, "proxy1", "INVITE", 2).Count(sip.NameProxyAuthorization))
	require.Equal(t, 0, message(t, tr, "proxy2", "INVITE", 1).Count(sip.NameProxyAuthorization))
	require.Contains(t, ladder(tr), "proxy2 bob ACK")
}

// A CANCEL goes hop by hop, and so does the ACK to a 487, which the server
// transaction absorbs (PRX-33, PRX-35).
func TestRFC3665Section38CancelGoesHopByHop(t *testing.T) {
	s := trapezoid(t, act(0, "alice calls bob"), act(2*time.Second, "alice cancels"))
	s.Hosts[1].Element.(*sim.Proxy).Realm, s.Hosts[1].Element.(*sim.Proxy).OwnOnly = "", false
	require.Equal(t, strings.Split(strings.TrimSpace(`
alice proxy1 INVITE
proxy1 alice 100 INVITE
proxy1 proxy2 INVITE
proxy2 proxy1 100 INVITE
proxy2 bob INVITE
bob proxy2 180 INVITE
proxy2 proxy1 180 INVITE
proxy1 alice 180 INVITE
alice proxy1 CANCEL
proxy1 alice 200 CANCEL
proxy1 proxy2 CANCEL
proxy2 proxy1 200 CANCEL
proxy2 bob CANCEL
bob proxy2 200 CANCEL
bob proxy2 487 INVITE
proxy2 bob ACK
proxy2 proxy1 487 INVITE
proxy1 proxy2 ACK
proxy1 alice 487 INVITE
alice proxy1 ACK`), "\n"), ladder(lawful(t, s)))
}

func TestRFC3665Section310NobodyAnswers(t *testing.T) {
	s := trapezoid(t, act(0, "bob goes dark"), act(0, "alice calls bob"))
	tr := lawful(t, s)
	require.Equal(t, 6, strings.Count(strings.Join(sent(tr), "\n"), "again, Timer A"), "Timer A at 500 ms and doubling, until B")
	require.Equal(t, []string{"proxy2 proxy1 408 INVITE", "proxy1 proxy2 ACK", "proxy1 alice 408 INVITE", "alice proxy1 ACK"},
		ladder(tr)[len(ladder(tr))-4:], "RFC 3665 prints 480; §16.7 gives 408")
}

// branchOffice is a registrar with its proxy, and a caller.
func branchOffice(t testing.TB, p proxy.Settings, hosts []sim.Host, acts ...sim.Act) *sim.Scenario {
	p.Domains = []string{"biloxi.example.com"}
	return &sim.Scenario{
		Net: conditions(t, "delay 20ms"),
		Hosts: append([]sim.Host{
			phone("alice", "sip:alice@atlanta.example.com", ua.Settings{}),
			{Name: "registrar", Element: &sim.Registrar{Settings: registrar.Settings{Domain: "biloxi.example.com"}}},
			{Name: "proxy", Element: &sim.Proxy{Settings: p}},
		}, hosts...),
		Acts: acts,
	}
}

func desk(name string) sim.Host {
	return phone(name, "sip:bob@biloxi.example.com", ua.Settings{Password: "zanzibar"})
}

func TestPRX15ForkingToWhatIsRegistered(t *testing.T) {
	tr := lawful(t, branchOffice(t, proxy.Settings{}, []sim.Host{desk("desk"), desk("home")},
		act(0, "desk registers"), act(0, "home registers"),
		act(time.Second, "alice calls sip:bob@biloxi.example.com"), act(3*time.Second, "home answers"), act(4*time.Second, "alice hangs up")))
	got := ladder(tr)
	require.Equal(t, "desk proxy REGISTER", got[0], "the domain leads to its proxy, which finds the registrar")
	require.Contains(t, got, "proxy registrar REGISTER")
	call := got[slices.Index(got, "alice proxy INVITE"):]
	require.Equal(t, strings.Split(strings.TrimSpace(`
alice proxy INVITE
proxy alice 100 INVITE
proxy desk INVITE
proxy home INVITE
desk proxy 180 INVITE
home proxy 180 INVITE
proxy alice 180 INVITE
proxy alice 180 INVITE
home proxy 200 INVITE
proxy alice 200 INVITE
proxy desk CANCEL
alice proxy ACK
desk proxy 200 CANCEL
desk proxy 487 INVITE
proxy home ACK
proxy desk ACK
alice proxy BYE
proxy home BYE
home proxy 200 BYE
proxy alice 200 BYE`), "\n"), call)
	require.Equal(t, []string{"30", "30"}, []string{
		message(t, tr, "proxy", "INVITE", 1).Get(sip.NameMaxBreadth), message(t, tr, "proxy", "INVITE", 2).Get(sip.NameMaxBreadth),
	})
}

func TestPRX19BothAnswerAtOnce(t *testing.T) {
	tr := lawful(t, branchOffice(t, proxy.Settings{}, []sim.Host{desk("desk"), desk("home")},
		act(0, "desk registers"), act(0, "home registers"),
		act(time.Second, "alice calls sip:bob@biloxi.example.com"), act(3*time.Second, "home answers"), act(3*time.Second, "desk answers")))
	n := 0
	for _, line := range ladder(tr) {
		if line == "proxy alice 200 INVITE" {
			n++
		}
	}
	require.Equal(t, 2, n)
	require.Contains(t, ladder(tr), "alice proxy BYE", "the caller ends the one that it does not want")
}

func TestARegistrarThatLostItsStateIsAskedAsItIs(t *testing.T) {
	tr := lawful(t, branchOffice(t, proxy.Settings{}, []sim.Host{desk("desk")},
		act(0, "desk registers"), act(time.Second, "registrar comes back without its state"),
		act(2*time.Second, "alice calls sip:bob@biloxi.example.com")))
	require.Contains(t, ladder(tr), "proxy alice 480 INVITE")
}

func TestPathLeadsBackThroughTheEdge(t *testing.T) {
	edge := sim.Host{Name: "edge", Element: &sim.Proxy{Settings: proxy.Settings{Name: "edge.biloxi.example.com", Path: true}}}
	bob := phone("bob", "sip:bob@biloxi.example.com", ua.Settings{Password: "zanzibar", Outbound: "sip:edge.biloxi.example.com;lr", Path: true})
	tr := lawful(t, branchOffice(t, proxy.Settings{}, []sim.Host{edge, bob},
		act(0, "bob registers"), act(time.Second, "alice calls sip:bob@biloxi.example.com"), act(3*time.Second, "bob answers"), act(4*time.Second, "bob hangs up")))
	require.Equal(t, []string{"<sip:edge.biloxi.example.com;lr>"}, values(message(t, tr, "edge", "REGISTER", 1), sip.NamePath))
	require.Equal(t, []string{"<sip:edge.biloxi.example.com;lr>"}, values(message(t, tr, "proxy", "INVITE", 1), sip.NameRoute))
	require.Contains(t, ladder(tr), "edge bob INVITE")
	require.Contains(t, ladder(tr), "proxy alice BYE")
}

func TestFailoverBySRV(t *testing.T) {
	s := trapezoid(t, act(0, "proxy2 goes dark"), act(0, "alice calls bob"), act(40*time.Second, "bob answers"), act(41*time.Second, "bob hangs up"))
	second := *s.Hosts[2].Element.(*sim.Proxy)
	second.Name = "ss3.biloxi.example.com"
	s.Hosts = append(s.Hosts, sim.Host{Name: "proxy3", Element: &second})
	for i, target := range []string{"ss2.biloxi.example.com", "ss3.biloxi.example.com"} {
		s.Records.SRV = append(s.Records.SRV, sim.SRV{
			Name: "_sip._udp.biloxi.example.com", SRV: resolve.SRV{Priority: uint16(i), Port: 5060, Target: target},
		})
	}
	tr := lawful(t, s)
	require.Contains(t, ladder(tr), "proxy3 bob INVITE")
	require.Contains(t, ladder(tr), "proxy1 alice 200 INVITE")
	branches := map[string]int{}
	for i := range tr.Events {
		if e := &tr.Events[i]; e.Kind == trace.Send && tr.HostName(e.Host) == "proxy1" && e.Packet.Method == sip.INVITE && e.Packet.Status == 0 {
			m := new(sip.Message)
			require.NoError(t, m.Parse(e.Packet.Raw))
			branches[m.Branch()]++
		}
	}
	require.Len(t, branches, 2, "each attempt is a branch of its own")
}

func TestPRX08AProxyThatRoutesToItselfSaysSo(t *testing.T) {
	s := trapezoid(t, act(0, "alice calls bob"))
	p := s.Hosts[2].Element.(*sim.Proxy)
	p.Routes = []proxy.Route{{For: "sip:bob@biloxi.example.com", To: "sip:bob@biloxi.example.com"}}
	tr := lawful(t, s)
	require.Contains(t, ladder(tr), "proxy2 proxy2 482 INVITE")
	require.Contains(t, ladder(tr), "proxy1 alice 482 INVITE")
}

func TestAForkBombStaysUnderMaxBreadth(t *testing.T) {
	s := trapezoid(t, act(0, "alice calls bob"))
	p := s.Hosts[2].Element.(*sim.Proxy)
	p.Routes, p.Settings.Bugs = nil, []string{"no-loop-check"}
	for _, user := range []string{"bob", "bill"} {
		for _, target := range []string{"bob", "bill"} {
			p.Routes = append(p.Routes, proxy.Route{For: "sip:" + user + "@biloxi.example.com", To: "sip:" + target + "@biloxi.example.com"})
		}
	}
	s.Bounds.Events = 60_000
	tr := run(t, s, "loop")
	require.NotNil(t, tr.End)
	open, most := map[string]bool{}, 0
	for i := range tr.Events {
		e := &tr.Events[i]
		if e.Kind != trace.State || tr.HostName(e.Host) != "proxy2" || e.Name != "invite-client" {
			continue
		}
		id := fmt.Sprint(e.Txn)
		if e.To == "Calling" {
			open[id] = true
		}
		if e.To == "Completed" || e.To == "Accepted" || e.To == "Terminated" {
			delete(open, id)
		}
		most = max(most, len(open))
	}
	require.LessOrEqual(t, most, 70*60, "60 branches at each of 70 hops")
}

func TestPRX44AStatelessProxyInTheMiddle(t *testing.T) {
	s := trapezoid(t, act(0, "alice calls bob"), act(2*time.Second, "bob answers"), act(3*time.Second, "alice hangs up"))
	s.Hosts[2].Element.(*sim.Proxy).Stateless = true
	s.Faults = faults(t, "lose 1st INVITE from proxy2")
	tr := lawful(t, s)
	list := ladder(tr)
	require.NotContains(t, list, "proxy2 proxy1 100 INVITE", "PRX-45: no 100 of its own")
	require.Contains(t, list, "proxy1 alice 200 BYE")
	require.Equal(t, message(t, tr, "proxy2", "INVITE", 1).Branch(), message(t, tr, "proxy2", "INVITE", 2).Branch())
	for i := range tr.Events {
		if e := &tr.Events[i]; e.Kind == trace.Timer || e.Kind == trace.State {
			require.NotEqual(t, "proxy2", tr.HostName(e.Host), "PRX-45: no timer, no transaction")
		}
	}
}

func TestRedirectServer(t *testing.T) {
	s := trapezoid(t, act(0, "alice calls bob"), act(2*time.Second, "bob answers"), act(3*time.Second, "bob hangs up"))
	s.Hosts[0].Element.(*sim.Phone).Outbound = ""
	s.Hosts[2].Element = &sim.Redirect{RedirectSettings: proxy.RedirectSettings{
		Domains: []string{"biloxi.example.com"},
		Routes:  []proxy.Route{{For: "sip:bob@biloxi.example.com", To: "sip:bob@192.0.2.4"}},
	}}
	list := ladder(lawful(t, s))
	require.Equal(t, []string{"alice proxy2 INVITE", "proxy2 alice 302 INVITE", "alice proxy2 ACK", "alice bob INVITE"}, list[:4])
}

// sendTo2 has a stranger send one message to proxy2, in lines.
func sendTo2(t testing.TB, lines ...string) *trace.Trace {
	s := trapezoid(t, act(0, "stranger sends it to proxy2"))
	s.Hosts = append(s.Hosts, sim.Host{Name: "stranger", Element: &sim.Script{}})
	s.Messages = []sim.Message{{Name: "it", Lines: lines}}
	return run(t, s)
}

func TestWhatAProxyDoesNotForward(t *testing.T) {
	request := func(without string, lines ...string) []string {
		all := append([]string{
			"OPTIONS sip:bob@biloxi.example.com SIP/2.0", "Via: SIP/2.0/UDP 192.0.2.5:5060;branch=z9hG4bK1",
			"From: <sip:carol@chicago.example.com>;tag=1", "To: <sip:bob@biloxi.example.com>", "Call-ID: 1", "CSeq: 1 OPTIONS",
		}, lines...)
		return slices.DeleteFunc(all, func(line string) bool { return without != "" && strings.HasPrefix(line, without) })
	}
	response := func(via string) []string {
		return []string{
			"SIP/2.0 200 OK", "Via: SIP/2.0/UDP " + via, "Via: SIP/2.0/UDP 192.0.2.5:5060;branch=z9hG4bK1",
			"From: <sip:carol@chicago.example.com>;tag=1", "To: <sip:bob@biloxi.example.com>;tag=2", "Call-ID: 1", "CSeq: 1 INVITE",
		}
	}
	for _, c := range []struct {
		claim string
		lines []string
		want  []string
	}{
		{"PRX-04 Max-Forwards that is no number: 400", request("", "Max-Forwards: abc"), []string{"proxy2 stranger 400 OPTIONS"}},
		// Where PRX-07 has silence, RFC 4475 §3.3.1 has "Ideally, it will
		// respond with a 400 Bad Request error."
		{"PRX-07 without To", request("To:"), []string{"proxy2 stranger 400 OPTIONS"}},
		{"PRX-07 without From", request("From:"), []string{"proxy2 stranger 400 OPTIONS"}},
		{"PRX-37 a response whose top Via is another's", response("192.0.2.77;branch=z9hG4bK2"), nil},
		{"UAS-27 a response with less body than it says", append(response("192.0.2.3:5060;branch=z9hG4bK2"), "Content-Length: 9"), nil},
		{"PRX-39 a response that matches no transaction", response("192.0.2.3:5060;branch=z9hG4bK2"), nil},
	} {
		t.Run(c.claim, func(t *testing.T) {
			got := ladder(sendTo2(t, c.lines...))[1:]
			require.Equal(t, len(c.want), len(got), "%v", got)
			if len(c.want) > 0 {
				require.Equal(t, c.want, got)
			}
		})
	}
}

func BenchmarkCallThroughTwoProxies(b *testing.B) {
	s := trapezoid(b, act(0, "alice calls bob"), act(2*time.Second, "bob answers"), act(3*time.Second, "bob hangs up"))
	b.ReportAllocs()
	for b.Loop() {
		w, err := sim.New(s)
		require.NoError(b, err)
		w.Run()
	}
}

func TestSection1611AStatelessProxyThatAsksForAPassword(t *testing.T) {
	const gate = `net delay 20ms
proxy gate domain atlanta.example.com name gate.atlanta.example.com realm atlanta.example.com stateless
phone alice sip:alice@atlanta.example.com password secret outbound sip:gate.atlanta.example.com;lr
phone bob sip:bob@biloxi.example.com answer-after 2s
at 0s alice calls bob
at 4s alice hangs up
`
	t.Run("8.2.7 it ignores the ACK to its own 407", func(t *testing.T) {
		tr := lawful(t, parse(t, gate))
		require.Contains(t, notedAt(tr, "gate"), "ignored: the ACK is for a response of this proxy itself")
		acks := 0
		for _, e := range sentBy(tr, "gate") {
			if e.Packet.Method == "ACK" {
				acks++
			}
		}
		require.Equal(t, 1, acks, "that to the 200")
	})
	t.Run("16.11 it takes a repeated INVITE as it took the first", func(t *testing.T) {
		tr := lawful(t, parse(t, gate+"lose 1st 180 from bob\n"))
		require.NotContains(t, notedAt(tr, "gate"), "was seen before")
		require.Contains(t, told(tr, "alice"), "answered")
	})
	t.Run("12 the ACK to a failure that it passes on is of no dialog", func(t *testing.T) {
		insistent := strings.Replace(gate, "password secret", "password secret 100rel required", 1)
		tr := lawful(t, parse(t, insistent+"duplicate every ACK after 1s\n"))
		require.Contains(t, told(tr, "alice"), "answered", "after a 420, in the same Call-ID")
	})
}
