package sim_test

import (
	"fmt"
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"siplab/sim"
	"siplab/sim/ask"
	"siplab/sim/explore"
	"siplab/sim/sip"
	"siplab/sim/trace"
)

// plays runs a text; it breaks no law and comes to rest.
func plays(t *testing.T, text string) *trace.Trace {
	t.Helper()
	r, err := explore.Play(parse(t, text))
	require.NoError(t, err)
	require.Empty(t, r.Broken, text)
	require.Equal(t, trace.Quiet, r.Trace.End.Why, text)
	return r.Trace
}

// times counts what a user was told.
func times(tr *trace.Trace, host, what string) int {
	n := 0
	for i := range tr.Events {
		if e := &tr.Events[i]; e.Kind == trace.Tell && e.Name == what && tr.HostName(e.Host) == host {
			n++
		}
	}
	return n
}

func agree(tr *trace.Trace) bool {
	for _, s := range ask.Ends(tr, tr.End.At) {
		if !s.Agree {
			return false
		}
	}
	return true
}

// Faults of the catalogue that no other test is about.
func TestFaults(t *testing.T) {
	const answered = call + "at 1s bob answers\n"
	t.Run("F11 a copy that comes when its transaction is over makes no second answered call", func(t *testing.T) {
		tr := plays(t, answered+"duplicate 1st INVITE after 40s\nat 5s alice hangs up\nat 60s bob hangs up\n")
		require.Equal(t, 1, times(tr, "bob", "answered"))
	})
	t.Run("F17 I6 after a partition that heals, nothing runs any more and each user has one outcome", func(t *testing.T) {
		for cut := time.Duration(0); cut < 3*time.Second; cut += 250 * time.Millisecond {
			for _, long := range []time.Duration{time.Second, 20 * time.Second, 10 * time.Minute} {
				tr := plays(t, answered+fmt.Sprintf("cut alice bob from %dms until %dms\nat 2s alice hangs up\n", cut/time.Millisecond, (cut+long)/time.Millisecond))
				require.LessOrEqual(t, times(tr, "alice", "answered")+times(tr, "alice", "call failed"), 1)
			}
		}
	})
	t.Run("F19 hosts that go and come in any order leave a lawful run", func(t *testing.T) {
		for _, host := range []string{"alice", "bob"} {
			for at := 0; at < 3000; at += 300 {
				plays(t, answered+fmt.Sprintf("at %dms %s goes dark\nat %dms %s comes back\nat 4s alice hangs up\n", at, host, at+2000, host))
			}
		}
	})
	t.Run("F20 a link that flaps in time with the copies loses them all, and the call ends in time", func(t *testing.T) {
		text := call
		for _, at := range []int{0, 500, 1500, 3500, 7500, 15500, 31500} {
			text += fmt.Sprintf("cut alice bob from %dms until %dms\n", max(0, at-10), at+10)
		}
		tr := plays(t, text)
		require.Equal(t, 1, times(tr, "alice", "call failed"))
		require.Equal(t, 32*time.Second, tr.End.At)
	})
	t.Run("F48 CANCEL crosses the 200 at each millisecond: no call is left to one end alone", func(t *testing.T) {
		for at := 950; at <= 1050; at++ {
			require.True(t, agree(plays(t, answered+fmt.Sprintf("at %dms alice cancels\n", at))), "CANCEL at %d ms", at)
		}
	})
	t.Run("F50 Timer C meets an answer that comes at its time: one outcome upstream, and no call is left", func(t *testing.T) {
		for at := 180_900; at <= 181_100; at += 10 {
			tr := plays(t, fmt.Sprintf(`net delay 20ms
phone alice sip:alice@atlanta.example.com
proxy ss1 domain biloxi.example.com
phone bob sip:bob@biloxi.example.com
route at ss1 for sip:bob@biloxi.example.com to sip:bob@192.0.2.3
at 0s alice calls bob
at %dms bob answers
at 300s alice hangs up
`, at))
			require.True(t, agree(tr))
			require.Equal(t, 1, times(tr, "alice", "answered")+times(tr, "alice", "call failed"), "answered at %d ms", at)
		}
	})
}

// stranger is a host that sends what it likes to bob, who is in a call with alice.
const stranger = call + "at 1s bob answers\nscript far\n"

func said(name string, lines ...string) string {
	return "message " + name + " | " + strings.Join(lines, "\nmessage "+name+" | ") + "\nmessage " + name + " |\n"
}

func TestForgeries(t *testing.T) {
	seen := message(t, run(t, parse(t, call)), "alice", "INVITE", 1) // by who stands beside the wire
	via := "Via: SIP/2.0/UDP 192.0.2.3;branch=z9hG4bKforged"
	bye := func(from, to, callID string) string {
		return said("bye", "BYE sip:bob@192.0.2.2:5060 SIP/2.0", via, "Max-Forwards: 70", "From: "+from, "To: "+to, "Call-ID: "+callID, "CSeq: 900 BYE")
	}
	t.Run("F36 a BYE of who knows the Call-ID alone gets 481, and the call goes on", func(t *testing.T) {
		tr := plays(t, stranger+bye("<sip:alice@atlanta.example.com>;tag=guess", "<sip:bob@biloxi.example.com>;tag=guess", seen.CallID())+"at 3s far sends bye to bob\nat 5s alice hangs up\n")
		require.Contains(t, ladder(tr), "bob far 481 BYE")
		require.Contains(t, ladder(tr), "bob alice 200 BYE")
	})
	t.Run("F36 a CANCEL of another branch gets 481, and the phone rings on", func(t *testing.T) {
		text := call + "script far\n" + said("cancel", "CANCEL sip:bob@192.0.2.2:5060 SIP/2.0", via, "Max-Forwards: 70",
			"From: "+seen.Get(sip.NameFrom), "To: "+seen.Get(sip.NameTo), "Call-ID: "+seen.CallID(), "CSeq: 1 CANCEL")
		tr := plays(t, text+"at 500ms far sends cancel to bob\nat 1s bob answers\nat 2s alice hangs up\n")
		require.Contains(t, ladder(tr), "bob far 481 CANCEL")
		require.Equal(t, 1, times(tr, "alice", "answered"))
	})
	t.Run("F35 a response of a branch that was guessed wrong is dropped", func(t *testing.T) {
		text := call + "script far\n" + said("no", "SIP/2.0 603 Decline", "Via: SIP/2.0/UDP 192.0.2.1:5060;branch=z9hG4bKguess",
			"From: "+seen.Get(sip.NameFrom), "To: "+seen.Get(sip.NameTo)+";tag=far", "Call-ID: "+seen.CallID(), "CSeq: 1 INVITE")
		tr := plays(t, text+"at 500ms far sends no to alice\nat 1s bob answers\nat 2s alice hangs up\n")
		require.Equal(t, 1, times(tr, "alice", "answered"))
	})
	t.Run("F31 another request with a branch that was used is taken for a copy", func(t *testing.T) {
		ask := func(name, method string) string {
			return said(name, method+" sip:bob@192.0.2.2:5060 SIP/2.0", via, "Max-Forwards: 70", "From: <sip:far@example.com>;tag=1", "To: <sip:bob@biloxi.example.com>", "Call-ID: "+name, "CSeq: 1 "+method)
		}
		tr := plays(t, call+"script far\n"+ask("one", "OPTIONS")+ask("two", "OPTIONS")+"at 1s far sends one to bob\nat 2s far sends two to bob\nat 3s alice cancels\n")
		require.Equal(t, 1, strings.Count(strings.Join(ladder(tr), "\n"), "bob far "), "one answer")
		require.Contains(t, fmt.Sprint(again(tr)), "OPTIONS", "the same bytes")
	})
}

// again are the methods of what was sent again.
func again(tr *trace.Trace) (methods []string) {
	for i := range tr.Events {
		if e := &tr.Events[i]; e.Kind == trace.Send && e.Packet.Again != "" {
			methods = append(methods, e.Packet.Method)
		}
	}
	return methods
}

func TestFloods(t *testing.T) {
	t.Run("F44 after a flood of INVITEs a phone has no transaction left", func(t *testing.T) {
		text := "net delay 20ms\nphone bob sip:bob@biloxi.example.com busy\nphone alice sip:alice@atlanta.example.com\n"
		for i := range 500 {
			text += fmt.Sprintf("at %dms alice calls bob\n", 10*i)
		}
		tr := plays(t, text)
		open := map[string]int{}
		for i := range tr.Events {
			if e := &tr.Events[i]; e.Kind == trace.State && e.Txn != 0 {
				open[fmt.Sprint(e.Host, e.Txn)]++
				if e.To == "Terminated" {
					delete(open, fmt.Sprint(e.Host, e.Txn))
				}
			}
		}
		require.Empty(t, open)
	})
	t.Run("F46 keep-alives and empty datagrams are counted and change nothing", func(t *testing.T) {
		text := stranger + "message crlf |\nmessage crlf |\n"
		for i := range 100 {
			text += fmt.Sprintf("at %dms far sends crlf to bob\n", 900+10*i)
		}
		tr := plays(t, text+"at 5s alice hangs up\n")
		require.Equal(t, 1, times(tr, "alice", "answered"))
	})
}

// A scenario that goes on for ever ends at a bound that is named.
func TestSEC47F52WhatAnswersItselfForEverEndsAtABound(t *testing.T) {
	for _, text := range []string{
		"phone bob sip:bob@biloxi.example.com password x bug never-stops\nregistrar biloxi domain biloxi.example.com user sip:bob@biloxi.example.com password y\nat 0s bob registers\n",
		"net delay 20ms\nphone bob sip:bob@biloxi.example.com password x bug never-stops\nregistrar biloxi domain biloxi.example.com user sip:bob@biloxi.example.com password y\nat 0s bob registers\n",
	} {
		s := parse(t, text)
		s.Bounds.Events = 20_000
		tr := run(t, s, "rejected")
		require.Equal(t, trace.Bound, tr.End.Why)
		require.Contains(t, tr.End.Text, "bound")
	}
}

func TestSEC49AForkToManyTargetsEndsWithinItsBudget(t *testing.T) {
	text := "phone alice sip:alice@atlanta.example.com\nproxy ss1 domain biloxi.example.com\n"
	for i := range 2000 {
		text += fmt.Sprintf("route at ss1 for sip:bob@biloxi.example.com to sip:b%d@192.0.2.99\n", i)
	}
	s := parse(t, text+"at 0s alice calls sip:bob@biloxi.example.com\n")
	s.Bounds = sim.Bounds{Events: 50_000}
	tr := run(t, s)
	sent := 0
	for i := range tr.Events {
		if e := &tr.Events[i]; e.Kind == trace.Send && e.Packet.Method == "INVITE" && e.Packet.Status == 0 && tr.HostName(e.Host) == "ss1" && e.Packet.Again == "" {
			sent++
		}
	}
	require.LessOrEqual(t, len(tr.Events), 50_100)
	require.Positive(t, sent)
}

func TestACopyThatIsNamedArrivesThoughChanceLosesTheOriginal(t *testing.T) {
	tr := lawful(t, parse(t, "net delay 20ms\nlink alice to bob loss 100%\nphone alice sip:alice@atlanta.example.com\nphone bob sip:bob@biloxi.example.com\nat 0s alice calls bob\nduplicate 1st INVITE\nat 1s alice cancels\n"))
	require.Contains(t, told(tr, "bob"), "incoming call")
}
