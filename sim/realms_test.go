package sim_test

import (
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"siplab/sim"
	"siplab/sim/auth"
	"siplab/sim/proxy"
	"siplab/sim/sip"
	"siplab/sim/trace"
	"siplab/sim/ua"
)

// realms are those of the credentials that a request carries.
func realms(t testing.TB, m *sip.Message) (list []string) {
	for _, n := range []sip.Name{sip.NameAuthorization, sip.NameProxyAuthorization} {
		for _, value := range values(m, n) {
			c, err := auth.ParseCredentials(value)
			require.NoError(t, err)
			list = append(list, c.Realm)
		}
	}
	return list
}

// carried are the realms of each request of that method that a host sent.
func carried(t testing.TB, tr *trace.Trace, host, method string) (list [][]string) {
	eachSent(tr, func(p *trace.Packet) {
		if tr.HostName(p.From) == host && p.Method == method && p.Status == 0 {
			m := new(sip.Message)
			require.NoError(t, m.Parse(p.Raw))
			list = append(list, realms(t, m))
		}
	})
	return list
}

// RFC 3665 §3.3: two proxies in a row, each with its realm.
func TestSection223CredentialsOfEachRealmThatAskedAreInOneRequest(t *testing.T) {
	s := trapezoid(t, act(0, "alice calls bob"), act(2*time.Second, "bob answers"), act(3*time.Second, "alice hangs up"), act(5*time.Second, "alice calls bob"), act(6*time.Second, "alice cancels"))
	p := s.Hosts[2].Element.(*sim.Proxy)
	p.Realm, p.Users = "biloxi.example.com", []proxy.User{{Name: "alice", Password: "zanzibar"}}
	tr := lawful(t, s)
	const one, two = "atlanta.example.com", "biloxi.example.com"
	require.Equal(t, [][]string{
		nil, {one}, {one, two},
		nil, {one}, {one, two}, // another Call-ID asks anew (§22.2)
	}, carried(t, tr, "alice", sip.INVITE))
	require.Equal(t, [][]string{nil, {two}, nil, {two}}, carried(t, tr, "proxy1", sip.INVITE), "22.3 each takes out what was for it")
	require.Equal(t, [][]string{{one, two}}, carried(t, tr, "alice", sip.BYE), "22.2 in the dialog they are sent at once")
	require.Equal(t, [][]string{nil, {one}, {one, two}, nil, {one}, {one, two}}, carried(t, tr, "alice", sip.ACK), "22.1 the ACK has those of its INVITE")
	require.Equal(t, [][]string{nil}, carried(t, tr, "alice", sip.CANCEL))
}

// "each such protection domain has its own set of usernames and passwords": a
// phone that has another account with one realm answers each with its own, and
// without one it is not let in.
func TestSection221EachRealmHasItsOwnUserAndPassword(t *testing.T) {
	called := func(accounts ...auth.Account) *trace.Trace {
		s := trapezoid(t, act(0, "alice calls bob"), act(2*time.Second, "bob answers"), act(3*time.Second, "alice hangs up"))
		p := s.Hosts[2].Element.(*sim.Proxy)
		p.Realm, p.Users = "biloxi.example.com", []proxy.User{{Name: "guest", Password: "swordfish"}}
		s.Hosts[0].Element.(*sim.Phone).Credentials = accounts
		return lawful(t, s)
	}
	require.NotContains(t, told(called(auth.Account{Realm: "biloxi.example.com", Username: "guest", Password: "swordfish"}), "alice"), "call failed")
	require.Contains(t, told(called(), "alice"), "call failed")
}

// A fork to two domains, each behind a proxy that asks for its own realm: their
// challenges come back in one 407, and one request answers both.
func TestSection167Step7TheChallengesOfAForkAreMergedAndAnsweredTogether(t *testing.T) {
	users := []proxy.User{{Name: "alice", Password: "zanzibar"}}
	domain := func(name, to string) sim.Host {
		full := name + ".example.com"
		return sim.Host{Name: name, Element: &sim.Proxy{Settings: proxy.Settings{
			Domains: []string{full}, Realm: full, Users: users,
			Routes: []proxy.Route{{For: "sip:bob@" + full, To: to}},
		}}}
	}
	s := &sim.Scenario{
		Net: conditions(t, "delay 20ms"),
		Hosts: []sim.Host{
			phone("alice", "sip:alice@atlanta.example.com", ua.Settings{Password: "zanzibar"}),
			{Name: "proxy", Element: &sim.Proxy{Settings: proxy.Settings{Domains: []string{"atlanta.example.com"}, Routes: []proxy.Route{
				{For: "sip:bob@atlanta.example.com", To: "sip:bob@biloxi.example.com"},
				{For: "sip:bob@atlanta.example.com", To: "sip:bob@chicago.example.com"},
			}}}},
			domain("biloxi", "sip:bob@192.0.2.5"), domain("chicago", "sip:bob@192.0.2.6"),
			phone("home", "sip:bob@biloxi.example.com", ua.Settings{}), phone("work", "sip:bob@chicago.example.com", ua.Settings{}),
		},
		Acts: []sim.Act{act(0, "alice calls sip:bob@atlanta.example.com"), act(2*time.Second, "work answers"), act(3*time.Second, "work hangs up")},
	}
	tr := lawful(t, s)
	require.Len(t, values(message(t, tr, "proxy", "407 INVITE", 1), sip.NameProxyAuthenticate), 4, "two realms, two algorithms each")
	both := []string{"biloxi.example.com", "chicago.example.com"}
	require.Equal(t, [][]string{nil, both}, carried(t, tr, "alice", sip.INVITE))
	require.Equal(t, [][]string{nil, nil, both, both}, carried(t, tr, "proxy", sip.INVITE), "22.3 credentials for other realms pass")
	require.Contains(t, ladder(tr), "proxy alice 200 INVITE")
	require.Contains(t, ladder(tr), "biloxi home CANCEL")
}
