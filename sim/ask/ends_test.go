package ask

import (
	"testing"

	"github.com/stretchr/testify/require"

	"siplab/sim/trace"
)

// moves is a trace of dialogs that end in these states: alice calls, bob and
// carol are called.
func moves(alice, bob, carol string) *trace.Trace {
	tr := &trace.Trace{Header: trace.Header{Hosts: []trace.Host{{Name: "alice"}, {Name: "bob"}, {Name: "carol"}}}}
	for h, state := range []string{alice, bob, carol} {
		if state == "" {
			continue
		}
		machine := "dialog-uas"
		if h == 0 {
			machine = "dialog-uac"
		}
		at := int32(len(tr.Events))
		tr.Events = append(tr.Events,
			trace.Event{I: at, Cause: -1, Kind: trace.Arrive, Host: trace.HostID(h), Packet: &trace.Packet{CallID: "x"}},
			trace.Event{I: at + 1, Cause: at, Kind: trace.State, Host: trace.HostID(h), Name: machine, ID: 1, To: state})
	}
	return tr
}

func TestTheEndsOfACallAgreeWhereTheirDialogsDo(t *testing.T) {
	for _, c := range []struct {
		alice, bob, carol string
		agree             bool
	}{
		{"Established", "Established", "", true},
		{"Moratorium", "Established", "", true}, // both are confirmed
		{"Morgue", "Mortal", "", true},          // both are terminated
		{"Preparative", "", "", true},           // there is no dialog yet
		{"Early", "Early", "", true},
		{"Established", "Morgue", "", false}, // the ghost call
		{"Morgue", "Established", "", false},
		{"Early", "Established", "", false},
		{"Established", "", "", false},
		{"Established", "Established", "Morgue", true},
		{"Established", "Established", "Established", false},
	} {
		s := calls(moves(c.alice, c.bob, c.carol))
		require.Len(t, s, 1)
		require.Equal(t, c.agree, s[0].Agree, s[0].String())
	}
}

func TestMediaAgreeWhereWhatOneSendsTheOtherTakes(t *testing.T) {
	for _, c := range []struct {
		alice, bob string
		agree      bool
	}{
		{"sendrecv", "sendrecv", true},
		{"sendonly", "recvonly", true},
		{"recvonly", "sendonly", true},
		{"inactive", "inactive", true},
		{"inactive", "", true}, // who never said anything sends nothing
		{"sendrecv", "", false},
		{"sendrecv", "recvonly", false},
		{"sendonly", "sendonly", false},
	} {
		tr := &trace.Trace{Events: []trace.Event{
			{Kind: trace.Media, From: "alice", To: "bob", On: "sendrecv"},
			{I: 1, Kind: trace.Media, From: "alice", To: "bob", On: c.alice},
		}}
		if c.bob != "" {
			tr.Events = append(tr.Events, trace.Event{I: 2, Kind: trace.Media, From: "bob", To: "alice", On: c.bob})
		}
		s := media(tr)
		require.Len(t, s, 1)
		require.Equal(t, c.agree, s[0].Agree, s[0].String())
	}
}

// talked is a call event by event: alice calls bob, who answers; alice puts him
// on hold and hangs up, and her BYE never arrives. In the end bob crashes.
func talked() *trace.Trace {
	alice, bob := trace.HostID(0), trace.HostID(1)
	b := &builder{}
	b.Hosts = []trace.Host{{Name: "alice", Kind: "phone"}, {Name: "bob", Kind: "phone"}}
	sent := func(n int32, from trace.HostID, method string, status int) *trace.Packet {
		return &trace.Packet{N: n, From: from, To: 1 - from, Method: method, Status: status, CallID: "3848276298220188511@atlanta.example.com"}
	}
	dialog := func(h trace.HostID, machine, from, to string) {
		b.add(trace.Event{Kind: trace.State, Host: h, ID: 1, Dialog: 1, Name: machine, From: from, To: to})
	}
	media := func(from, to, direction string) {
		b.add(trace.Event{Kind: trace.Media, From: from, To: to, On: direction})
	}
	b.at(0).add(trace.Event{Kind: trace.Act, Host: alice, Cause: -1, Name: "calls", Text: "bob"})
	b.add(trace.Event{Kind: trace.State, Host: alice, Cause: 0, ID: 1, Name: "dialog-uac", To: "Preparative"})
	b.Events[1].Cause = 0
	b.add(trace.Event{Kind: trace.Send, Host: alice, Packet: sent(1, alice, "INVITE", 0)})
	b.Events[2].Cause = 0
	b.at(20 * ms).add(trace.Event{Kind: trace.Arrive, Host: bob, Packet: sent(1, alice, "INVITE", 0)})
	dialog(bob, "dialog-uas", "", "Preparative")
	dialog(bob, "dialog-uas", "Preparative", "Early")
	b.at(40 * ms)
	dialog(alice, "dialog-uac", "Preparative", "Early")
	b.at(1000 * ms)
	dialog(bob, "dialog-uas", "Early", "Moratorium")
	media("bob", "alice", "sendrecv")
	b.at(1020 * ms)
	dialog(alice, "dialog-uac", "Early", "Established")
	media("alice", "bob", "sendrecv")
	b.add(trace.Event{Kind: trace.Tell, Host: alice, Name: "answered", Code: 200, Text: "sip:bob@biloxi.example.com"})
	b.at(1040 * ms)
	dialog(bob, "dialog-uas", "Moratorium", "Established")
	b.at(2000 * ms)
	media("alice", "bob", "sendonly")
	media("bob", "alice", "recvonly")
	b.at(3000 * ms)
	dialog(alice, "dialog-uac", "Established", "Mortal")
	media("alice", "bob", "inactive")
	b.add(trace.Event{Kind: trace.Tell, Host: alice, Name: "ended", Text: "this side hung up"})
	b.at(35_000 * ms)
	dialog(alice, "dialog-uac", "Mortal", "Morgue")
	b.at(60_000 * ms).add(trace.Event{Kind: trace.Act, Host: bob, Cause: -1, Name: "comes", Text: "back without its state"})
	b.End = trace.End{At: 60_000 * ms, Why: trace.Quiet}
	return &b.Trace
}

// answersOfACall are questions to the talked run.
var answersOfACall = []struct{ question, want string }{
	{"subscriptions at alice", "0"},
	{"dialogs at alice", "0"},
	{"dialogs at alice at 30ms", "0"},
	{"dialogs at alice at 40ms", "1"},
	{"dialogs at bob at 40s", "1"},
	{"dialogs at bob", "0"},
	{"state of dialog-uas at bob", "Established"},
	{"state of dialog-uas at bob at 500ms", "Early"},
	{"states of 1st dialog-uac at alice", "Preparative Early Established Mortal Morgue"},
	{"media between alice and bob", "inactive"},
	{"media between alice and bob at 500ms", "none"},
	{"media between alice and bob at 1.5s", "sendrecv"},
	{"media between alice and bob at 2.5s", "sendonly"},
	{"media between bob and alice at 2.5s", "recvonly"},
	{"media between bob and alice at 59s", "recvonly"},
	{"media between bob and alice", "inactive"},
	{"what alice believes at 30ms", `"the call: Preparative"`},
	{"what alice believes at 1.5s", `"the call: Established" "media between bob and alice: sendrecv"`},
	{"what bob believes", `"the call: no dialog" "media between bob and alice: inactive"`},
	{"do the ends agree", "yes"},
	{"do the ends agree at 0s", "yes"},
	{"do the ends agree at 40ms", "yes"},
	{"do the ends agree at 1s", "no"},
	{"do the ends agree at 1.5s", "yes"},
	{"do the ends agree at 59s", "no"},
	{"where the ends disagree", "none"},
	{"where the ends disagree at 59s", `"the call: alice Morgue, bob Established" "media between bob and alice: bob recvonly, alice inactive"`},
	{"when alice was told answered", "1.02s"},
	{"why alice was told ended", "this side hung up"},
	{"why alice was told registered", "none"},
}

func TestAnswersAboutACall(t *testing.T) {
	tr := talked()
	for _, a := range answersOfACall {
		q, err := Parse(a.question)
		require.NoError(t, err, a.question)
		require.Equal(t, a.question, q.String())
		got, err := q.Answer(tr)
		require.NoError(t, err, a.question)
		require.Equal(t, a.want, got.String(), a.question)
	}
}

// registered is recorded() up to the 200, with another thing that bob is told
// last.
func registered(told string) *trace.Trace {
	tr := upTo(recorded(), 1000*ms)
	tr.Events = append(tr.Events, trace.Event{I: int32(len(tr.Events)), Cause: -1, At: 600 * ms, Kind: trace.Tell, Host: 0, Name: told})
	return tr
}

// What a phone is told of its calls says nothing of its registration.
func TestAPhoneIsRegisteredUntilItIsToldOtherwise(t *testing.T) {
	for told, agree := range map[string]bool{
		"registered": true, "bindings": true, "ringing": true, "answered": true, "ended": true,
		"unregistered": false, "registration failed": false, "registration expired": false, "password wanted": false,
	} {
		s := Ends(registered(told), 1000*ms)
		require.Equal(t, agree, s[0].Agree, "%s: %s", told, s[0].String())
	}
}

func TestARegistrarThatForgetsHasNoBinding(t *testing.T) {
	tr := registered("answered")
	tr.Events = append(tr.Events, trace.Event{I: int32(len(tr.Events)), Cause: -1, At: 700 * ms, Kind: trace.Act, Host: 1, Name: "comes", Text: "back without its state"})
	s := Ends(tr, 1000*ms)
	require.Equal(t, "bob's registration of sip:bob@biloxi.example.com at sip:bob@192.0.2.1: bob registered, biloxi has no binding", s[0].About+": "+s[0].String())
	require.False(t, s[0].Agree)
	q, err := Parse("bindings of sip:bob@biloxi.example.com")
	require.NoError(t, err)
	v, err := q.Answer(tr)
	require.NoError(t, err)
	require.Equal(t, "none", v.String())
}
