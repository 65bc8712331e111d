package proxy

import (
	"fmt"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"

	"siplab/sim/auth"
	"siplab/sim/core"
	"siplab/sim/sip"
)

// odd is a request that is written as few would write it.
const odd = "INVITE sip:bob@biloxi.example.com SIP/2.0\r\n" +
	"v:SIP/2.0/UDP   192.0.2.1:5060 ;branch=z9hG4bKodd\r\n" +
	"X-Unknown:\t value,\r\n  folded\r\n" +
	"MAX-forwards :  10\r\n" +
	"f: \"Alice\" <sip:alice@atlanta.example.com>;tag=a;x=\"y;z\"\r\n" +
	"Date: no date at all\r\n" +
	"t: <sip:bob@biloxi.example.com>\r\n" +
	"i: call\r\n" +
	"Another: 1\r\n" +
	"CSeq:   1   INVITE\r\n" +
	"another: 2\r\n" +
	"m: <sip:alice@192.0.2.1:5060>\r\n" +
	"l: 4\r\n" +
	"c: text/plain\r\n" +
	"\r\nbody"

func TestPRX49WhatTheProxyDoesNotOwnKeepsItsBytes(t *testing.T) {
	s := newStage(t)
	s.settings.Routes = []Route{{For: "sip:bob@biloxi.example.com", To: "sip:bob@192.0.2.4"}}
	s.come("\r\n\r\n" + odd + "more than Content-Length says")
	require.Len(t, s.asked, 1)
	added := fmt.Sprintf("Via: SIP/2.0/UDP 192.0.2.9:5060;branch=%s\r\n", s.asked[0].m.Branch())
	want := strings.Replace(odd, "INVITE sip:bob@biloxi.example.com", "INVITE sip:bob@192.0.2.4", 1)
	want = strings.Replace(want, "v:", added+"v:", 1)
	want = strings.Replace(want, "X-Unknown", "Record-Route: <sip:192.0.2.9;lr>\r\nMax-Breadth: 60\r\nX-Unknown", 1)
	want = strings.Replace(want, "MAX-forwards :  10", "Max-Forwards: 9", 1)
	require.Equal(t, want, s.asked[0].m.String())

	t.Run("and so does a response", func(t *testing.T) {
		response := "SIP/2.0 180 Klingelt\r\n" + added + odd[strings.Index(odd, "v:"):]
		m := new(sip.Message)
		require.NoError(t, m.Parse(strings.Replace(response, "<sip:bob@biloxi.example.com>", "<sip:bob@biloxi.example.com>;tag=b1", 1)))
		s.handle(&core.Event{Kind: core.Response, Key: s.asked[0].key, Txn: s.asked[0].txn, Message: m})
		last := s.answers[len(s.answers)-1]
		require.Equal(t, strings.Replace(m.String(), added, "", 1), last.String())
	})
}

func TestPRX42TheSumOfMaxBreadthIsNeverMoreThanCame(t *testing.T) {
	for incoming := 1; incoming <= 9; incoming++ {
		for targets := 1; targets <= 7; targets++ {
			s := newStage(t)
			for i := range targets {
				s.settings.Routes = append(s.settings.Routes, Route{For: "sip:bob@biloxi.example.com", To: fmt.Sprintf("sip:bob@192.0.2.%d", 30+i)})
			}
			s.requests("INVITE sip:bob@biloxi.example.com", []string{fmt.Sprintf("Max-Breadth: %d", incoming)})
			ended := 0
			for ended < targets {
				sum := 0
				for _, a := range s.asked[ended:] {
					var n int
					_, err := fmt.Sscan(a.m.Get(sip.NameMaxBreadth), &n)
					require.NoError(t, err)
					require.Positive(t, n)
					sum += n
				}
				require.LessOrEqual(t, sum, incoming)
				require.Greater(t, len(s.asked), ended, "all targets have their turn")
				a := s.asked[ended]
				ended++
				s.respond(fmt.Sprintf("b%d", ended), "404", a.key, a.txn, nil)
			}
			require.Len(t, s.asked, targets)
			require.Equal(t, 404, s.answers[len(s.answers)-1].Status)
		}
	}
}

func TestAContextIsLetGoOf(t *testing.T) {
	s := newStage(t)
	s.settings.Routes = []Route{{For: "sip:bob@biloxi.example.com", To: "sip:bob@192.0.2.4"}}
	for i := 1; i <= 3; i++ {
		s.requests("INVITE sip:bob@biloxi.example.com", nil)
		a := s.asked[i-1]
		s.respond(fmt.Sprintf("b%d", i), "486", a.key, a.txn, nil)
		s.tell("gone", fmt.Sprintf("b%d", i))
		s.tell("gone", "up")
	}
	p := s.proxy.(*Proxy)
	require.Empty(t, p.contexts)
	require.Empty(t, p.requests)
	require.Empty(t, p.branches)
	require.Len(t, p.spare, 1, "one context served all three")
}

func TestSettingsSayAllThatIsWrong(t *testing.T) {
	s := Settings{
		Domains: []string{"biloxi.example.com", "no domain"}, Name: "sip:ss1", OwnOnly: true, RecordRoute: "on", Fork: "both",
		TimerC: 1, TryFor: -1, Bugs: []string{"none"},
		Routes: []Route{
			{}, {For: "sip:bob@elsewhere.example.com", To: "sip:bob@192.0.2.4"}, {For: "biloxi.example.com", To: "sip:bob@192.0.2.4"},
			{For: "sip:bob@biloxi.example.com", To: "tel:1"}, {Via: "sip:192.0.2.1", Q: 2000},
		},
	}
	err := s.Check()
	require.Error(t, err)
	require.Len(t, strings.Split(err.Error(), "\n"), 13, err.Error())
	require.NoError(t, (&Settings{}).Check())
}

func TestNoPasswordIsPrinted(t *testing.T) {
	s := Settings{Realm: "x", Users: []User{{"alice", auth.Secret("zanzibar")}}}
	for _, verb := range []string{"%v", "%+v", "%#v", "%s"} {
		require.NotContains(t, fmt.Sprintf(verb, s), "zanzibar")
		require.NotContains(t, fmt.Sprintf(verb, New(s, nil)), "zanzibar")
	}
}

func TestEachBugIsKnownByItsNameAndItsSource(t *testing.T) {
	for _, b := range Bugs() {
		s := Settings{Bugs: []string{b.Name}}
		require.NoError(t, s.Check())
		require.NotEqual(t, bugs{}, allBugs.Throw(s.Bugs))
		require.NotEmpty(t, b.Seen)
		require.NotEmpty(t, b.Ref)
	}
}

func BenchmarkForward(b *testing.B) {
	p := New(Settings{Domains: []string{"biloxi.example.com"}, Routes: []Route{{For: "sip:bob@biloxi.example.com", To: "sip:bob@192.0.2.4"}}}, nil)
	s := newStage(&testing.T{})
	m, spare := new(sip.Message), new(sip.Message)
	s.env.New = func() *sip.Message { return spare }
	require.NoError(b, m.Parse(strings.Replace(odd, "INVITE", "MESSAGE", 2)))
	var out []core.Effect
	b.ReportAllocs()
	var n int32
	for b.Loop() {
		n++
		out = p.Handle(&core.Event{Kind: core.Request, Txn: n, Message: m}, &s.env, out[:0])
		key := out[len(out)-1].Key
		out = p.Handle(&core.Event{Kind: core.Gone, Txn: n + 1<<30, Key: key}, &s.env, out[:0])
		out = p.Handle(&core.Event{Kind: core.Gone, Txn: n}, &s.env, out[:0])
	}
}
