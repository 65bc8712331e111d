package sim_test

import (
	"fmt"
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"siplab/sim"
	"siplab/sim/proxy"
	"siplab/sim/trace"
	"siplab/sim/transport"
)

// last is the last final response to the INVITE that alice got.
func last(t testing.TB, tr *trace.Trace) string {
	list := ladder(tr)
	for i := len(list) - 1; i >= 0; i-- {
		if strings.HasSuffix(list[i], " INVITE") && strings.Contains(list[i], " alice ") {
			return list[i]
		}
	}
	require.Fail(t, "alice got no answer", "%v", list)
	return ""
}

func TestRequestsThatLeadNowhere(t *testing.T) {
	const hosts = "net delay 20ms\nphone alice sip:alice@atlanta.example.com outbound sip:192.0.2.2;lr\n"
	for _, c := range []struct{ claim, lines, want, why string }{
		{"16.3 item 4 two proxies that send it to each other: 482 from the first that sees it again",
			"proxy one\nproxy two\nroute at one via sip:192.0.2.3;lr\nroute at two via sip:192.0.2.2;lr\nat 0s alice calls sip:bob@biloxi.example.com\n",
			"one alice 482 INVITE", "the request has been here before"},
		{"16.3 item 3 the same where nobody looks for loops: 483 after 70 hops",
			"proxy one bug no-loop-check\nproxy two bug no-loop-check\nroute at one via sip:192.0.2.3;lr\nroute at two via sip:192.0.2.2;lr\nat 0s alice calls sip:bob@biloxi.example.com\n",
			"one alice 483 INVITE", "Max-Forwards is 0"},
		{"16.3 item 4 a proxy whose table sends it to itself",
			"proxy one domain biloxi.example.com\nroute at one for sip:bob@biloxi.example.com to sip:bob@biloxi.example.com\nat 0s alice calls sip:bob@biloxi.example.com\n",
			"one alice 482 INVITE", "the request has been here before"},
		{"16.7 a fork to itself and to a phone: the loop's 482 loses against the answer",
			"proxy one domain biloxi.example.com\nphone bob sip:bob@biloxi.example.com answer-after 1s\nroute at one for sip:bob@biloxi.example.com to sip:bob@192.0.2.3\nroute at one for sip:bob@biloxi.example.com to sip:bob@biloxi.example.com\nat 0s alice calls sip:bob@biloxi.example.com\nat 5s alice hangs up\n",
			"one alice 200 INVITE", "the request has been here before"},
		{"16.5 a domain that nobody serves: 500, as a 503 of nobody's",
			"proxy one\nat 0s alice calls sip:bob@nowhere.example.com\n",
			"one alice 500 INVITE", "sip:bob@nowhere.example.com leads to nobody"},
		{"16.11 the same at a stateless proxy",
			"proxy one stateless\nat 0s alice calls sip:bob@nowhere.example.com\n",
			"one alice 500 INVITE", "leads to nobody"},
		{"16.5 a user whom nobody knows: 404", "proxy one domain biloxi.example.com\nat 0s alice calls sip:bob@biloxi.example.com\n",
			"one alice 404 INVITE", "does not exist here"},
		{"16.5 a user who is registered nowhere: 480",
			"proxy one domain biloxi.example.com\nregistrar home domain biloxi.example.com\nphone bob sip:bob@biloxi.example.com\nat 0s alice calls sip:bob@biloxi.example.com\n",
			"one alice 480 INVITE", "can be reached nowhere now"},
		{"17.1.1.2 an address that nobody has: Timer B, then 408",
			"proxy one\nat 0s alice calls sip:bob@192.0.2.99\n", "one alice 408 INVITE", "no branch has brought a final response"},
	} {
		t.Run(c.claim, func(t *testing.T) {
			full := parse(t, hosts+c.lines)
			tr := run(t, full)
			if !strings.Contains(c.lines, " bug ") {
				tr = lawful(t, full)
			}
			require.Equal(t, trace.Quiet, tr.End.Why)
			require.Equal(t, c.want, last(t, tr))
			require.Contains(t, notes(tr), c.why)
			require.Less(t, tr.End.At, 5*time.Minute)
		})
	}
}

// proxied is a script host that sends bytes over TCP to a proxy, which sends
// requests on over UDP.
func proxied(t *testing.T, bytes string) *sim.Scenario {
	s := parse(t, "net delay 20ms\nscript far\nproxy one\nphone bob sip:bob@biloxi.example.com\nroute at one via sip:192.0.2.3;lr\n")
	s.Hosts[0].Transport, s.TCP.Idle = transport.TCP, time.Hour
	s.Messages = []sim.Message{{Name: "bytes", File: bytes}}
	s.Acts = []sim.Act{act(0, "far sends bytes to one")}
	return s
}

func TestLiesAboutLengthsAtAProxy(t *testing.T) {
	request := func(branch, length, body string) string {
		return crlf(fmt.Sprintf("OPTIONS sip:bob@biloxi.example.com SIP/2.0\nVia: SIP/2.0/TCP 192.0.2.1;branch=z9hG4bK%s\nMax-Forwards: 70\nFrom: <sip:a@b>;tag=1\nTo: <sip:bob@biloxi.example.com>\nCall-ID: %s\nCSeq: 1 OPTIONS\nContent-Type: application/sdp\nContent-Length: %s\n\n", branch, branch, length)) + body
	}
	for _, c := range []struct {
		claim, bytes string
		want         []string
		why          string
	}{
		{"18.3 two messages in a stream go on one by one", request("1", "0", "") + request("2", "4", "body"),
			[]string{"one bob OPTIONS", "one bob OPTIONS", "bob one 200 OPTIONS", "bob one 200 OPTIONS", "one far 200 OPTIONS", "one far 200 OPTIONS"}, ""},
		{"18.3 a stream that never ends its message is ended", request("1", "1000", "body"), nil, "no end of it within 32s"},
		{"18.3 a stream that never ends its header too", strings.TrimSuffix(request("1", "0", ""), "\r\n"), nil, "no end of it within 32s"},
		{"20.14 a length that is too great takes the next message for a body", request("1", "200", "") + request("2", "0", ""),
			[]string{"one bob OPTIONS", "bob one 200 OPTIONS", "one far 200 OPTIONS"}, "nobody can tell where a message begins"},
		{"18.3 a length below what came leaves what is no message: the connection is closed", request("1", "2", "four of nothing\r\n\r\n"),
			[]string{"one bob OPTIONS", "bob one 200 OPTIONS", "one far 200 OPTIONS"}, "nobody can tell where a message begins"},
		{"20.14 a length that is no number: 400", request("1", "-1", ""), []string{"one far 400 OPTIONS"}, ""},
	} {
		t.Run(c.claim, func(t *testing.T) {
			tr := run(t, proxied(t, c.bytes), manyInOne...)
			require.Equal(t, trace.Quiet, tr.End.Why)
			require.Equal(t, strings.Join(c.want, ", "), strings.Join(ladder(tr)[1:], ", "))
			require.Contains(t, notes(tr), c.why)
		})
	}
	t.Run("18.3 over UDP too much is thrown away, too little is a 400", func(t *testing.T) {
		s := proxied(t, strings.Replace(request("1", "2", "body"), "/TCP", "/UDP", 1))
		s.Hosts[0].Transport = transport.UDP
		tr := lawful(t, s)
		require.Equal(t, "bo", message(t, tr, "one", "OPTIONS", 1).Body)
		s = proxied(t, strings.Replace(request("1", "9", "body"), "/TCP", "/UDP", 1))
		s.Hosts[0].Transport = transport.UDP
		require.Equal(t, []string{"far one OPTIONS", "one far 400 OPTIONS"}, ladder(lawful(t, s)))
	})
}

// A proxy that forks to itself twice, again and again, as in RFC 5393 §3: what
// Max-Breadth lets through ends, and the caller has an answer.
func TestRFC5393AForkBombEndsWithAnAnswer(t *testing.T) {
	s := trapezoid(t, act(0, "alice calls bob"))
	p := s.Hosts[2].Element.(*sim.Proxy)
	p.Routes, p.Settings.Bugs, p.MaxBreadth = nil, []string{"no-loop-check"}, 4
	for _, user := range []string{"bob", "bill"} {
		for _, target := range []string{"bob", "bill"} {
			p.Routes = append(p.Routes, proxy.Route{For: "sip:" + user + "@biloxi.example.com", To: "sip:" + target + "@biloxi.example.com"})
		}
	}
	phoneOf(s, "alice").Password = ""
	s.Hosts[1].Element.(*sim.Proxy).Realm, s.Hosts[1].Element.(*sim.Proxy).OwnOnly = "", false
	s.Hosts[2].Element.(*sim.Proxy).RefuseBreadth = true
	tr := run(t, s, "loop")
	require.Equal(t, trace.Quiet, tr.End.Why)
	require.Equal(t, "proxy1 alice 440 INVITE", last(t, tr))
}
