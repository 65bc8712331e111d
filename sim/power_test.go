package sim_test

import (
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"siplab/sim/trace"
)

func TestAHostThatIsDarkHearsNothingAndItsTimersRunOn(t *testing.T) {
	tr := run(t, parse(t, registration+"at 30ms bob goes dark\nat 600ms bob comes back\n"))
	require.Equal(t, []string{
		"0s bob REGISTER", "20ms biloxi 401", // which finds nobody
		"500ms bob REGISTER again, Timer E",                                  // which leaves nobody
		"1.5s bob REGISTER again, Timer E", "1.52s biloxi 401 again, Timer ", // and now it is heard
		"1.54s bob REGISTER", "1.56s biloxi 200",
	}, sent(tr))
}

// A registrar that crashed has no bindings and knows none of its nonces; a
// phone that crashed has no transaction to give an answer to.
func TestAHostThatComesBackWithoutItsStateStartsAfresh(t *testing.T) {
	tr := run(t, parse(t, registration+"at 30ms bob comes back without its state\n"))
	require.Equal(t, []string{"0s bob REGISTER", "20ms biloxi 401"}, sent(tr))
	require.Contains(t, notes(tr), "bob has lost its state")
	require.Contains(t, notes(tr), "no client transaction matches this response (RFC 6026 §8.9)")
}

func TestWrongPowerVerbsSayWhatIsRight(t *testing.T) {
	for line, want := range map[string]string{
		"at 1s bob goes home":                    "goes is followed by dark",
		"at 1s bob comes":                        "comes is followed by back, or by back without its state",
		"at 1s bob comes back without its shoes": "comes is followed by back, or by back without its state",
	} {
		_, err := parseText(registration + line + "\n")
		require.ErrorContains(t, err, want)
	}
}

// What is lost with a host's state is in the trace, and nobody else is told.
func TestWhatAHostLosesWithItsStateIsInTheTrace(t *testing.T) {
	lost := func(tr *trace.Trace, host string) (list []string) {
		for i := range tr.Events {
			switch e := &tr.Events[i]; {
			case tr.HostName(e.Host) != host || e.At != 5*time.Second:
			case e.Kind == trace.Bind:
				list = append(list, e.Op+" "+e.Name+" "+e.To)
			case e.Kind == trace.Media:
				list = append(list, "media "+e.Op)
			case e.Kind == trace.State && e.Dialog != 0:
				list = append(list, e.From+" to "+e.To)
			}
		}
		return list
	}
	t.Run("bindings of a registrar", func(t *testing.T) {
		tr := lawful(t, parse(t, registration+"at 5s biloxi comes back without its state\n"))
		require.Equal(t, []string{"remove sip:bob@biloxi.example.com sip:bob@192.0.2.1:5060"}, lost(tr, "biloxi"))
	})
	t.Run("dialog and media of a phone", func(t *testing.T) {
		tr := lawful(t, parse(t, moves+"at 5s bob comes back without its state\nat 9s alice hangs up\n"))
		require.Equal(t, []string{"media off", "Established to Morgue"}, lost(tr, "bob"))
		require.Empty(t, told(tr, "bob")[strings.LastIndex(told(tr, "bob"), "answered")+len("answered"):], "a phone that crashed tells nobody")
	})
}
