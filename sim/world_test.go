package sim_test

import (
	"bytes"
	"fmt"
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"siplab/sim"
	"siplab/sim/core"
	"siplab/sim/internal/judged"
	"siplab/sim/scenario"
	"siplab/sim/trace"
)

// registration is bob who registers at his registrar, with more lines.
const registration = `net delay 20ms
phone bob sip:bob@biloxi.example.com password zanzibar
registrar biloxi domain biloxi.example.com
at 0s bob registers
`

// stormy is the same on a network that does all that a network can do.
var stormy = strings.Replace(registration, "delay 20ms", "delay 40ms 15ms loss 20% duplicate 20% corrupt 20%", 1)

func parse(t testing.TB, text string) *sim.Scenario {
	t.Helper()
	s, err := parseText(text)
	require.NoError(t, err)
	return s
}

func parseText(text string) (*sim.Scenario, error) { return scenario.Parse("test", text) }

func run(t testing.TB, s *sim.Scenario, but ...string) *trace.Trace {
	t.Helper()
	var kept trace.Recorder
	w, err := judged.New(t, s, but, &kept)
	require.NoError(t, err)
	w.Run()
	return kept.Trace()
}

// sent are the messages of a run in the order of sending, in short.
func sent(tr *trace.Trace) []string {
	var list []string
	for i := range tr.Events {
		if e := &tr.Events[i]; e.Kind == trace.Send {
			line := fmt.Sprintf("%v %s %s", e.At, tr.HostName(e.Host), first(e.Packet))
			if e.Packet.Again != "" {
				line += " again, Timer " + e.Packet.Timer
			}
			list = append(list, line)
		}
	}
	return list
}

func first(p *trace.Packet) string {
	if p.Status != 0 {
		return fmt.Sprint(p.Status)
	}
	return p.Method
}

func notes(tr *trace.Trace) string {
	var b strings.Builder
	for i := range tr.Events {
		if e := &tr.Events[i]; e.Kind == trace.Note {
			fmt.Fprintf(&b, "%s: %s (%s)\n", tr.HostName(e.Host), e.Text, e.Ref)
		}
	}
	return b.String()
}

func TestARegistrationTakesTwoTransactions(t *testing.T) {
	require.Equal(t, []string{
		"0s bob REGISTER", "20ms biloxi 401", "40ms bob REGISTER", "60ms biloxi 200",
	}, sent(run(t, parse(t, registration))))
}

func TestALostRequestIsSentAgainByTimerE(t *testing.T) {
	require.Equal(t, []string{
		"0s bob REGISTER", "500ms bob REGISTER again, Timer E", "520ms biloxi 401", "540ms bob REGISTER", "560ms biloxi 200",
	}, sent(run(t, parse(t, registration+"lose 1st REGISTER from bob\n"))))
}

func TestALostAnswerIsSentAgainWhenTheRequestComesAgain(t *testing.T) {
	tr := run(t, parse(t, registration+"lose 1st 401 from biloxi\n"))
	require.Equal(t, []string{
		"0s bob REGISTER", "20ms biloxi 401", "500ms bob REGISTER again, Timer E", "520ms biloxi 401 again, Timer ",
		"540ms bob REGISTER", "560ms biloxi 200",
	}, sent(tr))
}

func TestARunEndsWhenOnlyUpkeepIsLeft(t *testing.T) {
	tr := run(t, parse(t, registration))
	require.Equal(t, trace.Quiet, tr.End.Why)
	require.Equal(t, 60*time.Millisecond+32*time.Second, tr.End.At, "Timer J of the second transaction is the last")
}

func TestARunForATimeLastsThatLong(t *testing.T) {
	tr := run(t, parse(t, registration+"run for 2h\n"))
	require.Equal(t, trace.Bound, tr.End.Why)
	require.Equal(t, 4+4+4, count(tr, trace.Send), "an hour's binding is refreshed twice in two hours, each time with a nonce that is stale by then")
}

func count(tr *trace.Trace, k trace.Kind) (n int) {
	for i := range tr.Events {
		if tr.Events[i].Kind == k {
			n++
		}
	}
	return n
}

func TestAHeldPacketIsNamedAtTheEnd(t *testing.T) {
	tr := run(t, parse(t, registration+"hold 401 from biloxi until after BYE\n"))
	require.Equal(t, []string{"F2 from biloxi"}, tr.End.Held[:1])
}

func TestAFaultThatMetNothingIsNamed(t *testing.T) {
	tr := run(t, parse(t, registration+"lose 9th REGISTER from bob\n"))
	require.Contains(t, notes(tr), `no packet met the fault "lose 9th REGISTER from bob"`)
}

// RFC 3261 §8.1.3.1: "If a fatal transport error is reported by the transport
// layer […] the condition MUST be treated as a 503 (Service Unavailable)".
func TestADomainThatNobodyServesIsATransportError(t *testing.T) {
	tr := run(t, parse(t, "phone bob sip:bob@nowhere.example.com\nat 0s bob registers\nrun for 5s\n"))
	require.Empty(t, sent(tr))
	require.Contains(t, notes(tr), "leads to nobody (RFC 3261 §18.4)")
	require.Equal(t, 1, count(tr, trace.Tell))
}

func TestTheSameSeedGivesTheSameBytes(t *testing.T) {
	s := parse(t, stormy)
	require.Equal(t, jsonOf(t, s), jsonOf(t, s))
	other := *s
	other.Seed = 8
	require.NotEqual(t, jsonOf(t, s), jsonOf(t, &other))
}

func jsonOf(t *testing.T, s *sim.Scenario) string {
	var b bytes.Buffer
	w := trace.NewWriter(&b)
	world, err := judged.New(t, s, nil, w)
	require.NoError(t, err)
	world.Origins = true
	world.Run()
	require.NoError(t, w.Err())
	return b.String()
}

func TestATraceReadBackIsTheTrace(t *testing.T) {
	for seed := range uint64(30) {
		s := parse(t, stormy)
		s.Seed = seed
		text := jsonOf(t, s)
		tr, err := trace.Read(strings.NewReader(text))
		require.NoError(t, err)
		var again bytes.Buffer
		w := trace.NewWriter(&again)
		tr.Replay(w)
		require.Equal(t, text, again.String())
	}
}

func TestEachEventLeadsBackToAHuman(t *testing.T) {
	tr := run(t, parse(t, stormy))
	for i := range tr.Events {
		chain := tr.Why(i)
		root := tr.Event(chain[len(chain)-1])
		require.Equal(t, trace.Act, root.Kind, "event %d goes back to event %d", i, root.I)
	}
}

func TestOriginsAreThereOnRequest(t *testing.T) {
	s := parse(t, registration)
	var kept trace.Recorder
	w, err := judged.New(t, s, nil, &kept)
	require.NoError(t, err)
	w.Origins = true
	w.Run()
	for _, e := range kept.Trace().Events {
		if e.Kind != trace.Send {
			continue
		}
		require.NotEmpty(t, e.Origins, e.Packet.Label)
		for _, o := range e.Origins {
			require.NotEmpty(t, o.Kind, "%s: %s has no origin", e.Packet.Label, o.Field)
		}
	}
}

func TestAPlayedHostDoesWhatItsPlayerSays(t *testing.T) {
	var kept trace.Recorder
	w, err := judged.New(t, parse(t, registration), nil, &kept)
	require.NoError(t, err)
	offered := 0
	require.True(t, w.Play("bob", func(ev *core.Event, effects []core.Effect) []core.Effect {
		offered += len(effects)
		if ev.Kind == core.Response {
			return nil // bob does not answer the challenge
		}
		return effects
	}))
	require.False(t, w.Play("nobody", nil))
	w.Run()
	require.Equal(t, []string{"0s bob REGISTER", "20ms biloxi 401"}, sent(kept.Trace()))
	require.Greater(t, offered, 1)
}

func TestNoLawIsBrokenInAStorm(t *testing.T) {
	s := parse(t, stormy)
	for seed := range uint64(200) {
		s.Seed = seed
		w, err := judged.New(t, s, nil)
		require.NoError(t, err, "seed %d", seed)
		w.Run()
	}
}
