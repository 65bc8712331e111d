package sim_test

import (
	"fmt"
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"siplab/sim"
	"siplab/sim/trace"
)

// office is a call through two proxies, the second of which has its targets
// from a registrar.
const office = `net delay 20ms
phone alice sip:alice@atlanta.example.com outbound sip:ss1.atlanta.example.com;lr
proxy proxy1 domain atlanta.example.com name ss1.atlanta.example.com
proxy proxy2 domain biloxi.example.com name ss2.biloxi.example.com
registrar home domain biloxi.example.com open
phone bob sip:bob@biloxi.example.com
at 0s bob registers
`

const officeCall = office + "at 1s alice calls bob\nat 2s bob answers\nat 3s alice hangs up\n"

// ended says that a call has come to its end at a phone, one way or another.
func ended(told string) bool {
	for _, end := range []string{"ended", "call failed", "cancelled"} {
		if strings.Contains(told, end) {
			return true
		}
	}
	return false
}

func TestWhateverElementLosesItsStateAtAnyTimeTheCallIsLawfulAndEnds(t *testing.T) {
	for _, host := range []string{"proxy1", "proxy2", "home", "alice", "bob"} {
		for ms := 980; ms < 3200; ms += 37 {
			line := fmt.Sprintf("at %dms %s comes back without its state\n", ms, host)
			tr := lawful(t, parse(t, officeCall+line+"at 60s alice cancels\nat 60s alice hangs up\nat 61s bob hangs up\nrun for 10m\n"))
			if strings.Contains(told(tr, "alice"), "calling") && host != "alice" {
				require.True(t, ended(told(tr, "alice")), "%s%s", line, told(tr, "alice"))
			}
		}
	}
}

func TestAProxyThatIsDarkForAWhileKeepsItsTransactions(t *testing.T) {
	for _, host := range []string{"proxy1", "proxy2"} {
		for ms := 980; ms < 2200; ms += 61 {
			lines := fmt.Sprintf("at %dms %s goes dark\nat %dms %s comes back\n", ms, host, ms+700, host)
			tr := lawful(t, parse(t, office+"at 1s alice calls bob\nat 4s bob answers\nat 10s alice hangs up\n"+lines))
			require.Contains(t, told(tr, "alice"), "answered", lines)
			require.Contains(t, told(tr, "bob"), "ended", lines)
		}
	}
}

// Bob's phone dies while it rings. The proxy that keeps its state ends the call
// when Timer C fires (§16.8); one that has lost it does not, and the caller's own
// CANCEL does.
func TestSection168APhoneThatDiesWhileItRings(t *testing.T) {
	const dies = office + "at 1s alice calls bob\nat 2s bob goes dark\n"
	t.Run("Timer C ends it", func(t *testing.T) {
		tr := lawful(t, parse(t, dies))
		require.Contains(t, ladder(tr), "proxy2 proxy1 408 INVITE")
		require.Contains(t, told(tr, "alice"), "call failed")
		require.Greater(t, tr.End.At, 3*time.Minute)
	})
	t.Run("each proxy has its own, and that of one that crashed is gone", func(t *testing.T) {
		tr := lawful(t, parse(t, dies+"at 3s proxy2 comes back without its state\n"))
		require.NotContains(t, ladder(tr), "proxy2 proxy1 408 INVITE")
		require.Contains(t, ladder(tr), "proxy1 alice 408 INVITE", "the other has its Timer C")
	})
	t.Run("where both have lost it, CANCEL goes through statelessly and nobody answers", func(t *testing.T) {
		tr := lawful(t, parse(t, dies+"at 3s proxy1 comes back without its state\nat 3s proxy2 comes back without its state\nat 5s alice cancels\n"))
		require.Contains(t, notedAt(tr, "proxy1"), "the CANCEL is for no request here")
		require.Contains(t, ladder(tr), "proxy1 proxy2 CANCEL")
		require.Contains(t, told(tr, "alice"), "cancelled")
		require.Less(t, tr.End.At, 3*time.Minute)
	})
}

// A stateless proxy has nothing to lose: its restart between any two messages,
// even between a request and its repetition, changes no byte of the call (F24).
func TestSection1611AStatelessProxyRestartsAndNobodyNotices(t *testing.T) {
	without := parse(t, officeCall)
	without.Hosts[2].Element.(*sim.Proxy).Stateless = true
	without.Faults = faults(t, "lose 1st INVITE from proxy2", "lose 1st BYE from proxy2")
	want := raws(lawful(t, without))
	for ms := 990; ms < 4000; ms += 83 {
		s := parse(t, officeCall+fmt.Sprintf("at %dms proxy2 comes back without its state\n", ms))
		s.Hosts[2].Element.(*sim.Proxy).Stateless = true
		s.Faults = without.Faults
		require.Equal(t, want, raws(lawful(t, s)), "at %d ms", ms)
	}
}

// raws are the bytes of all packets, in order.
func raws(tr *trace.Trace) (list []string) {
	eachSent(tr, func(p *trace.Packet) { list = append(list, p.Raw) })
	return list
}

// A registrar that lost its bindings has the proxy answer 480, until the phone
// registers again.
func TestARegistrarThatCrashedKnowsNobodyUntilTheyComeBack(t *testing.T) {
	tr := lawful(t, parse(t, office+"at 1s home comes back without its state\nat 2s alice calls bob\nat 40s bob registers\nat 50s alice calls bob\nat 51s bob answers\nat 52s bob hangs up\n"))
	require.Contains(t, ladder(tr), "proxy2 proxy1 480 INVITE")
	require.Contains(t, ladder(tr), "proxy1 alice 200 INVITE")
}

// A proxy that keeps its state, but is cut off from one side for a while.
func TestALinkThatIsCutOneWayOrBoth(t *testing.T) {
	for _, cut := range []string{"cut proxy1 proxy2 from 1s until 6s", "cut proxy2 to proxy1 from 1s until 6s", "cut proxy1 to proxy2 from 1s until 6s"} {
		s := parse(t, office+"at 1s alice calls bob\nat 10s bob answers\nat 15s alice hangs up\n")
		s.Faults = faults(t, cut)
		tr := lawful(t, s)
		require.Contains(t, told(tr, "bob"), "ended", cut)
		require.Contains(t, ladder(tr), "bob proxy2 200 INVITE", cut)
	}
}
