package diagrams

import (
	"testing"

	"github.com/stretchr/testify/require"

	"siplab/sim/trace"
)

func TestWhyGoesDownToATimerAndAHuman(t *testing.T) {
	require.Equal(t, `bob sent F2 REGISTER at 0.500 s,
  because Timer E fired at bob at 0.500 s, 0.5 s after it was started,
  because bob registers at 0.000 s (a human's act).
`, Why(worldly(), "F2"))
}

// worldly has causes as the World gives them: a timer's firing is caused by
// its start, and that by what the human did.
func worldly() *trace.Trace {
	r := newRun("", "bob phone", "biloxi registrar")
	r.act(0, "bob", "registers", "")
	actIndex := r.cause
	p := r.send(0, "bob", "biloxi", register)
	r.cause = actIndex
	r.timer(0, "bob", "start", "E", 1, 500*ms)
	r.cause = int32(len(r.tr.Events)) - 1
	r.timer(500*ms, "bob", "fire", "E", 1, 0)
	r.again(500*ms, p, "E")
	return r.tr
}

func TestWhyOfNoMessageIsEmpty(t *testing.T) {
	require.Empty(t, Why(registration(), "F99"))
	require.Empty(t, Why(registration(), ""))
}

func TestAChainOfCausesThatRunsInACircleEnds(t *testing.T) {
	tr := registration()
	for i := range tr.Events {
		tr.Events[i].Cause = int32(len(tr.Events) - 1 - i)
	}
	require.NotEmpty(t, Why(tr, "F1"))
	require.NotEmpty(t, Why(tr, "F4"))
	require.NotEmpty(t, Story(tr))
}

func TestAStorySaysWhetherTheBytesAreTheSame(t *testing.T) {
	r := newRun("", "bob phone", "biloxi registrar")
	p := r.send(0, "bob", "biloxi", register)
	q := r.again(500*ms, p, "E")
	require.Contains(t, Story(r.tr)[1], "the same bytes as F1")
	q.Raw += "x"
	require.NotContains(t, Story(r.tr)[1], "the same bytes", "a broken element sends other bytes")
}
