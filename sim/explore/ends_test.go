package explore

import (
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"siplab/sim/ask"
	"siplab/sim/dialog"
	"siplab/sim/ua"
)

// Package ask knows the elements by the words of the trace alone, so that it
// may read a trace of anybody's; the words have to be theirs.
func TestTheWordsOfATraceAreThoseOfTheElements(t *testing.T) {
	for s := dialog.Preparative; s <= dialog.Morgue; s++ {
		phase := dialog.Phase(s)
		if phase == "terminated" {
			phase = ""
		}
		require.Equal(t, phase, ask.Phase(dialog.Name(s)), dialog.Name(s))
	}
	for told, want := range map[string]bool{
		ua.TellRegistered: true, ua.TellUnregistered: false, ua.TellFailed: false, ua.TellExpired: false, ua.TellPassword: false,
	} {
		now, says := ask.Registered(told)
		require.True(t, says, told)
		require.Equal(t, want, now, told)
	}
	_, says := ask.Registered(ua.TellBindings)
	require.False(t, says, "who asks for the bindings is not registered by that, nor unregistered")
	tr := lose(t, read(t, "call")).Undisturbed
	require.Len(t, tr.Ends, 2)
	require.Equal(t, "the call: alice Morgue, bob Morgue", tr.Ends[0].About+": "+tr.Ends[0].String())
	require.Equal(t, "media between bob and alice: bob inactive, alice inactive", tr.Ends[1].About+": "+tr.Ends[1].String())
}

func TestTwoPhonesOfOneAddressHaveABindingEach(t *testing.T) {
	ends := lose(t, read(t, "two-phones")).Undisturbed.Ends
	require.Len(t, ends, 3)
	require.Equal(t, "bob's registration: bob not registered, biloxi has no binding", ends[0].About+": "+ends[0].String())
	require.Equal(t, "desk's registration: desk registered, biloxi has the binding", ends[1].About+": "+ends[1].String())
	require.Equal(t, "eve's registration: eve not registered, biloxi has no binding", ends[2].About+": "+ends[2].String())
}

func TestABrokenLawStandsInItsRow(t *testing.T) {
	base, err := Play(read(t, "register"))
	require.NoError(t, err)
	undisturbed := newRow(base, nil, nil)
	broken := *base
	broken.Broken = append(broken.Broken, breach)
	require.Contains(t, newRow(&broken, nil, undisturbed).WentWrong, "the law silence is broken: it spoke")
	require.Contains(t, newRow(&broken, nil, nil).WentWrong, "the law silence is broken: it spoke")
}

// A run that meets a bound does not end as the undisturbed one does.
func TestARunThatDoesNotEndSaysSo(t *testing.T) {
	s := read(t, "register")
	base, err := Play(s)
	require.NoError(t, err)
	s.Bounds.Events = len(base.Trace.Events)
	wrong := lose(t, s).Rows[0].WentWrong
	require.Contains(t, wrong[len(wrong)-1], "the run ends otherwise (bound)")
}

// A try that was challenged ended at once; what the call has come to is said of
// the try that was not.
func TestAChallengedTryIsNoEndOfTheCall(t *testing.T) {
	s := parse(t, `net delay 20ms
phone alice sip:alice@atlanta.example.com password zanzibar
proxy ss1 domain biloxi.example.com realm biloxi user alice password zanzibar
phone bob sip:bob@biloxi.example.com
route at ss1 for sip:bob@biloxi.example.com to sip:bob@192.0.2.3
at 0s alice calls bob
at 1s bob answers
at 2s bob hangs up
`)
	run, err := Play(s)
	require.NoError(t, err)
	ends := ask.Ends(run.Trace, 1500*time.Millisecond)
	require.Equal(t, "the call: alice Established, bob Established", ends[0].About+": "+ends[0].String())
	ends = ask.Ends(run.Trace, run.Trace.End.At)
	require.Equal(t, "the call: alice Morgue, bob Morgue", ends[0].About+": "+ends[0].String())
}
