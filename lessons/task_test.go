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
		{"bob", "F1", "without 1st To", "INVITE 180 INVITE 180 INVITE 180 INVITE 180 INVITE 180 INVITE 180 INVITE 180"},
		{"bob", "F1", "rename Contact to Route", "INVITE 180 CANCEL 200 487 ACK"},
		{"alice", "0s", "to sip:carol@192.0.2.2", "INVITE 404 ACK"},
		{"alice", "1s", "nothing", "INVITE 180"},
		{"alice", "1s", "no CANCEL", "INVITE 180"},
		{"alice", "F2", "| CANCEL sip:bob@192.0.2.2 SIP/2.0", "INVITE 180 CANCEL 400 CANCEL 200 487 ACK"},
	} {
		tr, err := wrongChoice(t, twoCalls, c.host, c.when, c.sends)
		require.NoError(t, err, c.sends)
		require.Equal(t, c.want, strings.Join(sentBy(tr), " "), "%s %s sends %s", c.host, c.when, c.sends)
	}
}

// wrongChoice is the run of a play whose one wrong choice sends these lines.
func wrongChoice(t *testing.T, text, host, when string, sends ...string) (*trace.Trace, error) {
	s, err := scenario.Parse("", text)
	require.NoError(t, err)
	b := &Block{Run: &Run{Scenario: s}}
	b.Text = "ask What?\nplays " + host + "\nwhen " + when + "\nright It\nwrong Other\nbelieves so\nsends " +
		strings.Join(sends, "\nsends ") + "\nthen count INVITE is 1\nhint h\nlearned l\n"
	r := &reader{lesson: &Lesson{Source: b.Text, said: []byte(b.Text)}}
	r.play(b, 1)
	require.NoError(t, r.errs.list(""))
	return b.Play.Run(b.Play.Choices[0])
}

const aFork = `net delay 20ms
phone alice sip:alice@atlanta.example.com
proxy proxy domain biloxi.example.com
phone desk sip:bob@biloxi.example.com busy
phone mobile sip:bob@biloxi.example.com
route at proxy for sip:bob@biloxi.example.com to sip:bob@192.0.2.3
route at proxy for sip:bob@biloxi.example.com to sip:bob@192.0.2.4
at 0s alice calls sip:bob@biloxi.example.com
at 1s mobile rejects with 404
`

// TestAPlayedProxyAnswersBeforeItsBranchesHave: a response that is written out
// goes to the request with its branch, though that came long before.
func TestAPlayedProxyAnswersBeforeItsBranchesHave(t *testing.T) {
	busy := []string{"| SIP/2.0 486 Busy Here", "| Via: {Via of INVITE}", "| From: {From of 486}", "| To: {To of 486}",
		"| Call-ID: {Call-ID of 486}", "| CSeq: {CSeq of 486}"}
	tr, err := wrongChoice(t, aFork, "proxy", "F5", busy...)
	require.NoError(t, err)
	require.Equal(t, "INVITE 100 INVITE INVITE 486 180 ACK 486 ACK 404 ACK", strings.Join(sentBy(tr), " "))

	_, err = wrongChoice(t, aFork, "proxy", "F5", "| SIP/2.0 486 Busy Here", "| Via: {Via of 486}", "| CSeq: {CSeq of 486}")
	require.ErrorContains(t, err, "there is no request here to answer")
}

const twoRealms = `net delay 20ms
phone alice sip:alice@atlanta.example.com password zanzibar outbound sip:ss1.atlanta.example.com;lr
proxy one domain atlanta.example.com name ss1.atlanta.example.com realm atlanta.example.com
proxy two domain biloxi.example.com realm biloxi.example.com user alice password zanzibar
at 0s alice calls sip:bob@biloxi.example.com
`

// TestOneOfSeveralFieldsIsLeftOut: the second proxy's credentials, which do
// not get there, so that it asks for them again.
func TestOneOfSeveralFieldsIsLeftOut(t *testing.T) {
	tr, err := wrongChoice(t, twoRealms, "alice", "F9", "without 2nd Proxy-Authorization")
	require.NoError(t, err)
	require.Equal(t, 1, strings.Count(tr.ByLabel("F11").Packet.Raw, "Proxy-Authorization: "))
	require.Contains(t, tr.ByLabel("F11").Packet.Raw, `realm="atlanta.example.com"`)
	_, err = wrongChoice(t, twoRealms, "alice", "F9", "without 3rd Proxy-Authorization")
	require.ErrorContains(t, err, "no message with 3rd Proxy-Authorization is offered here")
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
