package sim_test

import (
	"context"
	"fmt"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"

	"siplab/sim/ask"
	"siplab/sim/explore"
	"siplab/sim/fault"
	"siplab/sim/trace"
)

// flows are the calls that everything is tried on that a network can do: the
// options of both phones, and what happens after alice calls bob.
var flows = []struct{ name, options, lines string }{
	{"basic call", "", "at 2s bob answers\nat 5s alice hangs up\n"},
	{"callee hangs up", "", "at 2s bob answers\nat 5s bob hangs up\n"},
	{"cancelled call", "", "at 2s alice cancels\n"},
	{"rejected call", "", "at 2s bob rejects with 486\n"},
	{"answer meets CANCEL", "", "at 2s bob answers\nat 2s alice cancels\n"},
	{"BYE on an early dialog", "", "at 2s alice hangs up with BYE\n"},
	{"BYE meets BYE", "", "at 1s bob answers\nat 3s alice hangs up\nat 3s bob hangs up\n"},
	{"hold and resume", "", "at 1s bob answers\nat 2s alice holds\nat 4s alice resumes\nat 6s bob hangs up\n"},
	{"hold and resume by UPDATE", "", "at 1s bob answers\nat 2s alice holds by UPDATE\nat 4s alice resumes by UPDATE\nat 6s bob hangs up\n"},
	{"re-INVITE meets BYE", "", "at 1s bob answers\nat 3s alice holds\nat 3s bob hangs up\n"},
	{"glare", "", "at 1s bob answers\nat 2s alice holds\nat 2s bob holds\nat 12s alice hangs up\n"},
	{"glare of UPDATEs", "", "at 1s bob answers\nat 2s alice holds by UPDATE\nat 2s bob holds by UPDATE\nat 12s alice hangs up\n"},
	{"100rel", " 100rel yes", "at 2s bob answers\nat 5s alice hangs up\n"},
	{"100rel, cancelled", " 100rel yes", "at 2s alice cancels\n"},
	{"100rel, the offer in the 180", " 100rel yes offer-late", "at 2s bob answers\nat 5s alice hangs up\n"},
	{"the offer in the 200", " offer-late", "at 2s bob answers\nat 5s alice hangs up\n"},
}

func flow(net, options, lines string) string {
	return "net " + net + "\nphone alice sip:alice@atlanta.example.com" + options +
		"\nphone bob sip:bob@biloxi.example.com" + options + "\nat 0s alice calls bob\n" + lines
}

// outcome is one that leaves the ends of a call with different beliefs, and
// that the RFCs know: no element can do better.
type outcome struct {
	what, section string
	sign          func(tr *trace.Trace, h trace.HostID) bool // that it happened at the end that is rid of the call
}

var known = []outcome{
	{
		"the ghost call of a lost BYE: who hung up counts the call as over, and the far end has heard nothing",
		"RFC 3261 §15.1.1", unanswered("BYE", "F"),
	},
	{
		"the callee rings on: each answer to the INVITE was lost, and the caller's Timer B ended it",
		"RFC 3261 §17.1.1.2", unanswered("INVITE", "B"),
	},
	{
		"the callee rings on: it never hears of the CANCEL, and the caller waits no longer than 64*T1 for the INVITE's final response",
		"RFC 3261 §9.1", unanswered("CANCEL", "F"),
	},
}

// unanswered is the sign of a request whose transaction a timer ended.
func unanswered(method, timer string) func(*trace.Trace, trace.HostID) bool {
	return func(tr *trace.Trace, h trace.HostID) bool {
		of := map[int32]string{}
		for i := range tr.Events {
			e := &tr.Events[i]
			switch {
			case e.Host != h || e.Txn == 0:
			case e.Kind == trace.Send && e.Packet.Status == 0 && e.Packet.Method != "ACK":
				of[e.Txn] = e.Packet.Method
			case e.Kind == trace.Timer && e.Op == "fire" && e.Name == timer && of[e.Txn] == method:
				return true
			}
		}
		return false
	}
}

// knownAs is the outcome that explains why the ends of the run disagree, nil
// for none.
func knownAs(tr *trace.Trace) *outcome {
	for i := range known {
		for h := range tr.Hosts {
			if known[i].sign(tr, trace.HostID(h)) {
				return &known[i]
			}
		}
	}
	return nil
}

// met are the known outcomes that a test has met.
type met map[*outcome]int

// holds says what in a run should not be: "" for nothing.
func (m met) holds(r *explore.Run) string {
	switch {
	case len(r.Broken) > 0:
		return fmt.Sprintf("the law %s is broken at event %d: %s", r.Broken[0].Law, r.Broken[0].Event, r.Broken[0].Text)
	case r.Trace.End.Why != trace.Quiet:
		return "it does not end: " + r.Trace.End.Text
	}
	for _, s := range ask.Ends(r.Trace, r.Trace.End.At) {
		if s.Agree {
			continue
		}
		o := knownAs(r.Trace)
		if o == nil {
			return "the ends disagree on " + s.About + ": " + s.String() + ", and no RFC says so"
		}
		m[o]++
	}
	return ""
}

// each runs a flow with each pattern of that many faults, and says how many
// there were.
func (m met) each(t *testing.T, text string, o explore.Options) int {
	s := parse(t, text)
	table, err := explore.Each(context.Background(), s, o)
	require.NoError(t, err)
	for i := range table.Rows {
		r := &table.Rows[i]
		run, err := explore.Play(s, r.Faults...)
		require.NoError(t, err)
		if wrong := m.holds(run); wrong != "" {
			lines := make([]string, len(r.Faults))
			for k, f := range r.Faults {
				lines[k] = f.String()
			}
			t.Errorf("%s\nin\n%s%s", wrong, text, strings.Join(lines, "\n"))
		}
	}
	return len(table.Rows)
}

const calm = "delay 20ms"

func TestEachSingleFaultInEachCall(t *testing.T) {
	m, runs := met{}, 0
	for _, f := range flows {
		for _, do := range []fault.Kind{fault.Lose, fault.Duplicate, fault.Hold} {
			runs += m.each(t, flow(calm, f.options, f.lines), explore.Options{Do: do})
		}
	}
	require.Greater(t, runs, 300)
	require.Empty(t, m, "one fault is always made up for")
}

func TestEachLossOfUpToThreePacketsInTheBasicCall(t *testing.T) {
	m := met{}
	for n, want := range map[int]int{1: 6, 2: 24, 3: 80} {
		require.Equal(t, want, m.each(t, flow(calm, "", flows[0].lines), explore.Options{Packets: n}), "patterns of %d", n)
	}
	require.Empty(t, m, "so few losses are always made up for")
}

func TestEachPairOfLossesInEachCall(t *testing.T) {
	m := met{}
	for _, f := range flows {
		m.each(t, flow(calm, f.options, f.lines), explore.Options{Packets: 2})
	}
	require.Empty(t, m)
}

// Where nothing gets through, the ends cannot agree: the list names each such
// outcome, and each is met.
func TestKnownOutcomesAreThoseOfTheRFCs(t *testing.T) {
	for i, lines := range []string{
		flows[0].lines + "lose BYE from alice\n",
		"lose response from bob\n",
		"at 2s alice cancels\nlose CANCEL from alice\n",
	} {
		m := met{}
		r, err := explore.Play(parse(t, flow(calm, "", lines)))
		require.NoError(t, err)
		require.Empty(t, m.holds(r), lines)
		require.Equal(t, met{&known[i]: m[&known[i]]}, m, lines)
		require.Contains(t, known[i].section, "RFC ")
	}
}

// storms are networks that do what they like.
var storms = []string{
	"delay 40ms 15ms loss 20% duplicate 20%",
	"delay 300ms 300ms loss 20%",
	"delay 40ms 15ms loss 20% duplicate 20% corrupt 10%",
}

// Each of 200 seeds has its turn with a quarter of the flows, on each network.
func TestCallsInAStorm(t *testing.T) {
	m := met{}
	for _, net := range storms {
		for seed := range uint64(200) {
			for k := int(seed % 4); k < len(flows); k += 4 {
				text := fmt.Sprintf("seed %d\n%s", seed, flow(net, flows[k].options, flows[k].lines))
				r, err := explore.Play(parse(t, text))
				require.NoError(t, err)
				wrong := m.holds(r)
				if strings.Contains(net, "corrupt") && strings.HasPrefix(wrong, "the ends disagree") {
					continue // a BYE with a turned bit may be refused, or end another dialog
				}
				if wrong != "" {
					t.Errorf("%s: %s\nin\n%s", flows[k].name, wrong, text)
				}
			}
		}
	}
}
