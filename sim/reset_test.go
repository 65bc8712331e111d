package sim_test

import (
	"testing"

	"github.com/stretchr/testify/require"

	"siplab/sim"
	"siplab/sim/internal/judged"
	"siplab/sim/trace"
)

// steps makes so many steps of a run, or all that it has.
func steps(w *sim.World, n int) {
	for range n {
		if !w.Step() {
			break
		}
	}
}

// A World that is reset makes the run that a new one makes, wherever the run
// before it was left: packets held or on their way, connections open, timers
// armed.
func TestResetLeavesNothing(t *testing.T) {
	texts := []string{
		call + "at 2s bob answers\nat 5s alice hangs up\n",
		call + "hold 200 from bob until after BYE\nlose 1st INVITE from alice\nat 2s bob answers\n",
		registration + "duplicate 1st REGISTER from bob\n",
		"net delay 20ms loss 20% duplicate 10% corrupt 5%\nphone bob sip:bob@biloxi.example.com password zanzibar transport tcp\nregistrar biloxi domain biloxi.example.com\nat 0s bob registers\n",
		"net delay 20ms loss 40% 20%\nphone alice sip:alice@atlanta.example.com bug no-2xx-retransmission\nphone carol sip:carol@chicago.example.com\nat 0s carol calls alice\nat 1s alice answers\n",
	}
	const all = 1 << 20
	var kept trace.Recorder
	used, err := sim.New(parse(t, texts[0]), &kept)
	require.NoError(t, err)
	for _, n := range []int{all, 3, 8, 20} {
		for _, before := range texts {
			for _, text := range texts {
				require.NoError(t, used.Reset(parse(t, before)))
				steps(used, n)
				require.NoError(t, used.Reset(parse(t, text)))
				steps(used, all)
				require.Equal(t, run(t, parse(t, text), "acknowledged"), kept.Trace())
			}
		}
	}
}

func TestResetAfterAnError(t *testing.T) {
	var kept trace.Recorder
	good := parse(t, registration)
	w, err := judged.New(t, good, nil, &kept)
	require.NoError(t, err)
	bad := *good
	bad.Acts = append([]sim.Act{{Host: "nobody"}}, good.Acts...)
	require.ErrorContains(t, w.Reset(&bad), "nobody")
	require.NoError(t, w.Reset(good))
	w.Run()
	require.Equal(t, run(t, good), kept.Trace())
}
