package scenario

import (
	"testing"

	"github.com/stretchr/testify/require"

	"siplab/sim"
	"siplab/sim/ask"
	"siplab/sim/internal/judged"
	"siplab/sim/trace"
)

// A text, run, and asked: the whole way that a lesson goes.
func TestATextRunsAndAnswers(t *testing.T) {
	for name, c := range map[string]struct{ text, expects []string }{
		"a first registration": {
			text: []string{
				"net delay 20ms",
				"phone bob sip:bob@biloxi.example.com password zanzibar",
				"registrar biloxi domain biloxi.example.com",
				"at 0s bob registers",
			},
			expects: []string{
				"count REGISTER from bob is 2",
				"count arrived REGISTER to biloxi is 2",
				"count 401 is 1",
				"transactions is 2",
				"transactions at bob is 2",
				"number of Authorization in 1st REGISTER is 0",
				"number of Authorization in 2nd REGISTER is 1",
				"same header Call-ID 1st REGISTER and 2nd REGISTER is yes",
				"same header CSeq 1st REGISTER and 2nd REGISTER is no",
				"same parameter branch of Via 1st REGISTER and 2nd REGISTER is no",
				"what bob was told is registered",
				"when bob was told registered is 80ms",
				"do the ends agree is yes",
				"bindings of sip:bob@biloxi.example.com contains sip:bob@192.0.2.1:5060",
				"timer that sent 2nd REGISTER from bob is none",
				"state of 1st non-invite-client at bob is Terminated",
				"end is quiet",
			},
		},
		"the REGISTER nobody heard": {
			text: []string{
				"net delay 20ms",
				"phone bob sip:bob@biloxi.example.com password zanzibar",
				"registrar biloxi domain biloxi.example.com",
				"lose 1st REGISTER from bob",
				"at 0s bob registers",
			},
			expects: []string{
				"fate of 1st REGISTER from bob is lost",
				"why lost 1st REGISTER from bob contains lose 1st REGISTER from bob",
				"count lost packet is 1",
				"gap between 1st REGISTER and 2nd REGISTER is 500ms",
				"same bytes 1st REGISTER and 2nd REGISTER is yes",
				"timer that sent 2nd REGISTER from bob is E",
				"timers fired at bob contains E",
				"count repeated REGISTER from bob is 1",
				"transactions is 2",
				"do the ends agree is yes",
			},
		},
		"32 seconds of silence": {
			text: []string{
				"phone bob sip:bob@biloxi.example.com password zanzibar",
				"registrar biloxi domain biloxi.example.com",
				"cut bob biloxi",
				"at 0s bob registers",
				"run for 40s",
			},
			expects: []string{
				"times of REGISTER from bob is 0s 500ms 1.5s 3.5s 7.5s 11.5s 15.5s 19.5s 23.5s 27.5s 31.5s",
				"count arrived packet is 0",
				"what bob was told is \"registration failed\"",
				"when bob was told registration failed is 32s",
				"do the ends agree is yes",
			},
		},
	} {
		t.Run(name, func(t *testing.T) {
			var text string
			for _, line := range c.text {
				text += line + "\n"
			}
			s, err := Parse("", text)
			require.NoError(t, err)
			require.Equal(t, text, Print(s))
			tr := ran(t, s)
			for _, line := range c.expects {
				x, err := ask.ParseExpect(line)
				require.NoError(t, err, line)
				require.Equal(t, line, x.String())
				ok, got, err := x.Holds(tr)
				require.NoError(t, err, line)
				require.True(t, ok, "%s: it is %s", line, got)
			}
		})
	}
}

func ran(t *testing.T, s *sim.Scenario) *trace.Trace {
	var r trace.Recorder
	w, err := judged.New(t, s, nil, &r)
	require.NoError(t, err)
	w.Run()
	return r.Trace()
}

// A link in a trace is one direction, as it is in the network.
func TestTheHeaderOfATraceNamesEachWayOfALink(t *testing.T) {
	s, err := Parse("x", "phone a sip:a@x.example.com\nphone b sip:b@x.example.com\nphone c sip:c@x.example.com\nlink a b delay 5ms\nlink c to a loss 5%\n")
	require.NoError(t, err)
	w, err := sim.New(s)
	require.NoError(t, err)
	require.Equal(t, []trace.Link{
		{A: "a", B: "b", Conditions: "delay 5ms"},
		{A: "b", B: "a", Conditions: "delay 5ms"},
		{A: "c", B: "a", Conditions: "loss 5%"},
	}, w.Header().Links)
}
