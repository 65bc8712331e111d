package lessons

import (
	"strings"
	"testing"

	"github.com/stretchr/testify/require"

	"siplab/sim/scenario"
	"siplab/sim/trace"
)

func TestAGoalSaysWhatIsStillMissing(t *testing.T) {
	l, err := Read("right.md", []byte(right(t)))
	require.NoError(t, err)
	tasks := l.Tasks()
	require.Len(t, tasks, 3)
	g := tasks[1].Goal
	require.Equal(t, 1, g.Par())

	a, err := g.Try([]string{"lose 1st 401 from biloxi", "lose 7th INVITE from bob"})
	require.NoError(t, err)
	require.True(t, a.Reached())
	require.Len(t, a.Missed, 1)
	require.Equal(t, "lose 7th INVITE from bob", a.Missed[0].String())

	a, err = g.Try([]string{"lose 1st 200 from biloxi"})
	require.NoError(t, err)
	require.False(t, a.Reached())
	require.Equal(t, []Unmet{{"when bob was told registered at least 1.5s", "1.08s"}}, a.Unmet)

	a, err = g.Try([]string{"lose 2nd REGISTER from bob", "lose 1st 401 from biloxi", "lose 1st 200 from biloxi"})
	require.NoError(t, err)
	require.True(t, a.TooMany)
	require.False(t, a.Reached())

	_, err = g.Try([]string{"lose 1st REGISTER from bob", "loose 1st 401", "lose 1st 401 from bab"})
	require.ErrorContains(t, err, `line 2, column 1: "loose" is no fault`)
	require.ErrorContains(t, err, `line 3, column 19: "bab" is no host`)
}

const twoCalls = `net delay 20ms
phone alice sip:alice@atlanta.example.com
phone bob sip:bob@biloxi.example.com
at 0s alice calls bob
at 1s alice cancels
`

// TestWhatIsSentInstead plays one decision with each way to send something
// else.
func TestWhatIsSentInstead(t *testing.T) {
	for _, c := range []struct{ host, when, sends, want string }{
		{"bob", "F1", "nothing", "INVITE 100 CANCEL 200 487 ACK"},
		{"bob", "F1", "no 180", "INVITE 100 CANCEL 200 487 ACK"},
		{"bob", "F1", "status 486", "INVITE 486 ACK"},
		{"bob", "F1", "without To", "INVITE 180 INVITE 180 INVITE 180 INVITE 180 INVITE 180 INVITE 180 INVITE 180"},
		{"bob", "F1", "rename Contact to Route", "INVITE 180 CANCEL 200 487 ACK"},
		{"alice", "1s", "nothing", "INVITE 180"},
		{"alice", "1s", "no CANCEL", "INVITE 180"},
		{"alice", "F2", "| CANCEL sip:bob@192.0.2.2 SIP/2.0", "INVITE 180 CANCEL 400 CANCEL 200 487 ACK"},
	} {
		s, err := scenario.Parse("", twoCalls)
		require.NoError(t, err)
		r := &reader{}
		b := &Block{Run: &Run{Scenario: s}}
		text := "ask What?\nplays " + c.host + "\nwhen " + c.when + "\nright It\nwrong Other\nbelieves so\nsends " + c.sends + "\nthen count INVITE is 1\nhint h\nlearned l\n"
		b.Text = text
		l := &Lesson{Source: text, said: []byte(text)}
		r.lesson = l
		r.play(b, 1)
		require.NoError(t, r.errs.list(""))
		tr, err := b.Play.Run(b.Play.Choices[0])
		require.NoError(t, err, c.sends)
		require.Equal(t, c.want, strings.Join(sentBy(tr), " "), "%s %s sends %s", c.host, c.when, c.sends)
	}
}

// sentBy are the methods and statuses of what was sent.
func sentBy(tr *trace.Trace) (out []string) {
	for i := range tr.Events {
		if e := &tr.Events[i]; e.Kind == trace.Send {
			first := strings.Fields(e.Packet.Raw)
			if first[0] == "SIP/2.0" {
				first = first[1:]
			}
			out = append(out, first[0])
		}
	}
	return out
}
