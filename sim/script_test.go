package sim_test

import (
	"strings"
	"testing"

	"github.com/stretchr/testify/require"

	"siplab/sim"
	"siplab/sim/scenario"
	"siplab/sim/trace"
	"siplab/sim/words"
)

// far is a phone that calls a script host, with more lines.
const far = `net delay 20ms
phone alice sip:alice@atlanta.example.com
script far domain biloxi.example.com
message ringing | SIP/2.0 180 Ringing
message ringing | Via: {Via of 1st INVITE}
message ringing | From: {From of INVITE}
message ringing | To: {To of INVITE};tag=a
message ringing | Call-ID: {Call-ID of last INVITE from alice}
message ringing | CSeq: {CSeq of INVITE}
at 0s alice calls sip:bob@biloxi.example.com
`

func sentBy(tr *trace.Trace, host string) []*trace.Event {
	var out []*trace.Event
	for i := range tr.Events {
		if e := &tr.Events[i]; e.Kind == trace.Send && tr.HostName(e.Host) == host {
			out = append(out, e)
		}
	}
	return out
}

func notedAt(tr *trace.Trace, host string) string {
	var out []string
	for i := range tr.Events {
		if e := &tr.Events[i]; e.Kind == trace.Note && tr.HostName(e.Host) == host {
			out = append(out, e.Text)
		}
	}
	return strings.Join(out, "\n")
}

func TestAScriptHostReactsToNothing(t *testing.T) {
	tr := run(t, parse(t, far))
	require.Len(t, sentBy(tr, "alice"), 7, "the INVITE, until Timer B")
	require.Empty(t, sentBy(tr, "far"))
}

func TestAScriptHostSendsWhatItIsTold(t *testing.T) {
	tr := run(t, parse(t, far+"at 1s far sends ringing to alice\nat 1s far sends ringing to alice\nrun for 2s\n"))
	out := sentBy(tr, "far")
	require.Len(t, out, 2)
	require.Equal(t, "1s", out[0].At.String())
	require.Equal(t, "act", tr.Event(int(out[0].Cause)).Kind.String())
	require.Empty(t, out[1].Packet.Again, "nobody but its author knows what it repeats")
	invite := sentBy(tr, "alice")[0].Packet.Raw
	for _, field := range []string{"Via", "From", "Call-ID", "CSeq"} {
		_, value, _ := strings.Cut(invite, "\r\n"+field+": ")
		value, _, _ = strings.Cut(value, "\r\n")
		require.Contains(t, out[0].Packet.Raw, "\r\n"+field+": "+value+"\r\n")
	}
	require.True(t, strings.HasSuffix(out[0].Packet.Raw, "\r\n\r\n"))
	require.Equal(t, 180, out[0].Packet.Status)
}

func TestAReferenceToWhatHasNotComeIsSaid(t *testing.T) {
	tr := run(t, parse(t, far+"message ok | SIP/2.0 200 OK\nmessage ok | Via: {Via of BYE}\nat 1s far sends ok to alice\n"+
		"message odd | X: {Subject of INVITE}\nat 1s far sends odd to alice\n"+
		"message nil | X: {lr of From of INVITE}\nat 1s far sends nil to alice\n"+
		"message late | X: {Via of 9th INVITE}\nat 1s far sends late to alice\nrun for 2s\n"))
	require.Empty(t, sentBy(tr, "far"))
	require.Equal(t, "not sent: no BYE has come\nnot sent: INVITE has no Subject\nnot sent: From of INVITE has no lr\nnot sent: no 9th INVITE has come", notedAt(tr, "far"))
}

func TestAScriptHostThatLosesItsStateKnowsNoMessage(t *testing.T) {
	tr := run(t, parse(t, far+"at 100ms far goes dark\nat 200ms far comes back without its state\nat 300ms far sends ringing to alice\nrun for 400ms\n"))
	require.Contains(t, notedAt(tr, "far"), "not sent: no 1st INVITE has come")
}

func TestAFileIsSentAsItIs(t *testing.T) {
	const bytes = "\x00{Via of INVITE}\xff no message \r\n"
	s := parse(t, far)
	s.Messages = append(s.Messages, sim.Message{Name: "odd.sip", File: bytes})
	require.NoError(t, scenario.ParseStatement(s, "at 1s far sends odd.sip to alice"))
	require.NoError(t, scenario.ParseStatement(s, "run for 2s"))
	tr := run(t, s)
	require.Equal(t, bytes, sentBy(tr, "far")[0].Packet.Raw)
	require.Contains(t, notedAt(tr, "alice"), "dropped, no SIP message")
}

func TestWhatAScriptHostCannotSendIsAnErrorOfTheScenario(t *testing.T) {
	for want, change := range map[string]func(*sim.Scenario){
		"at 1s: there is no message nothing":     func(s *sim.Scenario) { s.Acts[1].Args[0] = "nothing" },
		"at 1s: no host is called carol":         func(s *sim.Scenario) { s.Acts[1].Args[2] = "carol" },
		"at 1s: it is not said what is sent":     func(s *sim.Scenario) { s.Acts[1].Args = nil },
		"message ringing: column 6: this brace ": func(s *sim.Scenario) { s.Messages[0].Lines[1] = "Via: {" },
	} {
		s := parse(t, far+"at 1s far sends ringing to alice\n")
		change(s)
		_, err := sim.New(s)
		require.ErrorContains(t, err, want)
	}
}

func TestTemplates(t *testing.T) {
	const invite = "INVITE sip:bob@biloxi.example.com SIP/2.0\r\nVia: SIP/2.0/UDP a;branch=z9hG4bK1\r\nv: SIP/2.0/UDP b\r\n" +
		"f: Alice <sip:alice@atlanta.example.com>;tag=x\r\nX-Odd: 1, 2\r\n\r\n"
	find := func(p words.Packets) (string, bool) { return invite, p.String() == "1st INVITE" }
	for text, want := range map[string]string{
		"plain {{ and }":                           "plain { and }",
		"{Via of 1st INVITE}":                      "SIP/2.0/UDP a;branch=z9hG4bK1, SIP/2.0/UDP b",
		"{branch of Via of 1st INVITE}":            "z9hG4bK1",
		"{tag of From of 1st INVITE}!":             "x!",
		"{uri of From of 1st INVITE}":              "sip:alice@atlanta.example.com",
		"{X-Odd of 1st INVITE}":                    "1, 2",
		"L: {length}\r\n\r\n{{}":                   "L: 2\r\n\r\n{}",
		"L: {length}\r\n\r\n{X-Odd of 1st INVITE}": "L: 4\r\n\r\n1, 2",
		"L: {length}":                              "L: 0",
		"{Via of BYE}":                             "no BYE has come",
	} {
		tmpl, err := sim.ParseTemplate(text)
		require.NoError(t, err, text)
		got, err := tmpl.Fill(find)
		if err != nil {
			got = err.Error()
		}
		require.Equal(t, want, got, text)
	}
	for text, want := range map[string]string{
		"x {":                 "column 3: this brace is never closed; write {{ for a brace, or a header field of a message that came, such as {Via of 1st INVITE}, or {length}",
		"a\r\nb {Via":         "column 3: this brace is never closed",
		"{}":                  "column 2: the line ends too early; next comes a header field",
		"{Via}":               `column 2: "Via" says nothing here; expected a header field`,
		"{Via of}":            "the line ends too early; next comes which packets",
		"{Via of INVIT}":      `column 9: "INVIT" is no sort of packet`,
		"{Via of INVITE now}": `column 16: "now" is too much here`,
		"{length} {length}":   "column 11: the length stands here twice",
	} {
		_, err := sim.ParseTemplate(text)
		require.ErrorContains(t, err, want, text)
	}
}

func FuzzTemplate(f *testing.F) {
	for _, text := range []string{"{Via of 1st INVITE}", "{{", "{tag of To of last 2xx for BYE}", "{length}\r\n\r\nx"} {
		f.Add(text, "SIP/2.0 200 OK\r\nVia: a\r\n\r\n")
	}
	f.Fuzz(func(t *testing.T, text, raw string) {
		tmpl, err := sim.ParseTemplate(text)
		if err != nil {
			return
		}
		_, _ = tmpl.Fill(func(words.Packets) (string, bool) { return raw, true })
	})
}
