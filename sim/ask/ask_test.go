package ask

import (
	"fmt"
	"net/netip"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/require"
	"pgregory.net/rapid"

	"siplab/sim/trace"
)

const ms = time.Millisecond

// recorded is a first registration whose first REGISTER was lost, event by
// event: what every question below is put to.
func recorded() *trace.Trace {
	bob, biloxi := trace.HostID(0), trace.HostID(1)
	b := &builder{}
	b.Hosts = []trace.Host{
		{Name: "bob", Kind: "phone", Addrs: []netip.AddrPort{netip.MustParseAddrPort("192.0.2.1:5060")}},
		{Name: "biloxi", Kind: "registrar", Addrs: []netip.AddrPort{netip.MustParseAddrPort("192.0.2.2:5060")}},
	}
	register := func(n int32, branch, cseq, more string) *trace.Packet {
		return &trace.Packet{N: n, Label: fmt.Sprintf("F%d", n), From: bob, To: biloxi, Method: "REGISTER", Raw: "REGISTER sip:biloxi.example.com SIP/2.0\r\n" +
			"Via: SIP/2.0/UDP 192.0.2.1:5060;branch=" + branch + "\r\nFrom: <sip:bob@biloxi.example.com>;tag=a73k\r\n" +
			"To: <sip:bob@biloxi.example.com>\r\nCall-ID: 1j9FpLxk3uxtm8tn\r\nCSeq: " + cseq + " REGISTER\r\n" +
			"Contact: <sip:bob@192.0.2.1>, <sip:bob@192.0.2.9>\r\n" + more + "X-Trace: on\r\n\r\n"}
	}
	answer := func(n int32, status int, more string) *trace.Packet {
		return &trace.Packet{N: n, Label: fmt.Sprintf("F%d", n), From: biloxi, To: bob, Method: "REGISTER", Status: status, Raw: fmt.Sprintf("SIP/2.0 %d x\r\nCSeq: 1 REGISTER\r\n%s\r\n", status, more)}
	}
	first := register(1, "z9hG4bKone", "1", "")
	again := *first
	again.N, again.Label, again.Again, again.Timer = 2, "F2", "F1", "E"
	challenge := answer(3, 401, "WWW-Authenticate: Digest realm=\"biloxi.example.com\", nonce=\"84f1\"\r\n")
	second := register(4, "z9hG4bKtwo", "2", "Authorization: Digest nonce=\"84f1\"\r\n")
	fine := answer(5, 200, "")
	late := *fine
	late.N, late.CopyOf, late.Label = 6, 5, ""

	b.at(0).add(trace.Event{Kind: trace.Act, Host: bob, Cause: -1, Name: "registers"})
	b.state(bob, 1, "non-invite-client", "", "Trying")
	b.add(trace.Event{Kind: trace.Send, Host: bob, Txn: 1, Packet: first})
	b.add(trace.Event{Kind: trace.Lose, Host: trace.NoHost, Packet: first, Text: "lose 1st REGISTER from bob"})
	b.at(500 * ms).add(trace.Event{Kind: trace.Timer, Host: bob, Cause: -1, Name: "E", Op: "fire", ID: 1})
	b.add(trace.Event{Kind: trace.Send, Host: bob, Txn: 1, Packet: &again})
	b.at(520 * ms).add(trace.Event{Kind: trace.Arrive, Host: biloxi, Txn: 1, Packet: &again})
	b.state(biloxi, 1, "non-invite-server", "", "Trying")
	b.add(trace.Event{Kind: trace.Send, Host: biloxi, Txn: 1, Packet: challenge})
	b.at(540 * ms).add(trace.Event{Kind: trace.Arrive, Host: bob, Txn: 1, Packet: challenge})
	b.state(bob, 1, "non-invite-client", "Trying", "Completed")
	b.state(bob, 2, "non-invite-client", "", "Trying")
	b.add(trace.Event{Kind: trace.Send, Host: bob, Txn: 2, Packet: second})
	b.at(560 * ms).add(trace.Event{Kind: trace.Arrive, Host: biloxi, Txn: 2, Packet: second})
	b.add(trace.Event{Kind: trace.Bind, Host: biloxi, Name: "sip:bob@biloxi.example.com", To: "sip:bob@192.0.2.1", Op: "add", Code: 1})
	b.add(trace.Event{Kind: trace.Send, Host: biloxi, Txn: 2, Packet: fine})
	b.add(trace.Event{Kind: trace.Duplicate, Host: trace.NoHost, Packet: &late})
	b.add(trace.Event{Kind: trace.Verdict, Host: trace.NoHost, Packet: &late, Name: "hold"})
	b.at(580 * ms).add(trace.Event{Kind: trace.Arrive, Host: bob, Txn: 2, Packet: fine})
	b.state(bob, 2, "non-invite-client", "Trying", "Completed")
	b.add(trace.Event{Kind: trace.Tell, Host: bob, Name: "registered", Code: 200, Text: "for 1 s"})
	b.at(1560 * ms).add(trace.Event{Kind: trace.Bind, Host: biloxi, Cause: -1, Name: "sip:bob@biloxi.example.com", To: "sip:bob@192.0.2.1", Op: "expire"})
	b.at(5540 * ms).add(trace.Event{Kind: trace.Timer, Host: bob, Cause: -1, Name: "K", Op: "fire", ID: 1})
	b.state(bob, 1, "non-invite-client", "Completed", "Terminated")
	b.End = trace.End{At: 5540 * ms, Why: trace.Quiet}
	return &b.Trace
}

// builder strings events together: each is caused by the one before, unless it
// says that nothing caused it.
type builder struct {
	trace.Trace
	now time.Duration
}

func (b *builder) at(t time.Duration) *builder { b.now = t; return b }

func (b *builder) add(e trace.Event) {
	e.I, e.At = int32(len(b.Events)), b.now
	if e.Cause == 0 {
		e.Cause = e.I - 1
	}
	b.Events = append(b.Events, e)
}

func (b *builder) state(h trace.HostID, id int32, machine, from, to string) {
	b.add(trace.Event{Kind: trace.State, Host: h, ID: id, Txn: id, Name: machine, From: from, To: to})
}

// answers are the questions of each form, with what the recorded run answers.
var answers = []struct{ question, want string }{
	{"count REGISTER", "3"},
	{"count REGISTER from bob", "3"},
	{"count REGISTER from biloxi", "0"},
	{"count arrived REGISTER to biloxi", "2"},
	{"count lost packet", "1"},
	{"count repeated REGISTER from bob", "1"},
	{"count 2xx for REGISTER to bob", "1"},
	{"count response", "2"},
	{"count INVITE", "0"},
	{"time of REGISTER", "0s"},
	{"time of 2nd REGISTER from bob", "500ms"},
	{"time of last REGISTER", "540ms"},
	{"time of 4th REGISTER", "none"},
	{"time of BYE", "none"},
	{"time of lost REGISTER", "0s"},
	{"times of REGISTER from bob", "0s 500ms 540ms"},
	{"times of 2nd REGISTER", "500ms"},
	{"times of BYE", "none"},
	{"arrival of 401", "540ms"},
	{"arrival of 1st REGISTER", "none"},
	{"arrival of 2nd REGISTER", "520ms"},
	{"gap between 1st REGISTER and 2nd REGISTER", "500ms"},
	{"gap between 401 and REGISTER", "520ms"},
	{"gap between REGISTER and BYE", "none"},
	{"who sent 401", "biloxi"},
	{"who sent BYE", "none"},
	{"fate of REGISTER", "lost"},
	{"fate of 2nd REGISTER", "arrived"},
	{"fate of 200", "arrived"},
	{"fate of BYE", "none"},
	{"why lost 1st REGISTER from bob", "lose 1st REGISTER from bob"},
	{"why lost 2nd REGISTER from bob", "none"},
	{"header CSeq of last REGISTER", "2 REGISTER"},
	{`header "X-Trace" of REGISTER`, "on"},
	{"header Max-Forwards of REGISTER", "none"},
	{"values of Contact in REGISTER", "<sip:bob@192.0.2.1> <sip:bob@192.0.2.9>"},
	{"values of Via in BYE", "none"},
	{"number of Contact in REGISTER", "2"},
	{"number of Authorization in 1st REGISTER", "0"},
	{"number of Authorization in last REGISTER", "1"},
	{"number of Via in BYE", "none"},
	{"parameter nonce of WWW-Authenticate of 401", "84f1"},
	{"parameter stale of WWW-Authenticate of 401", "none"},
	{"parameter branch of Via of 1st REGISTER", "z9hG4bKone"},
	{"parameter tag of From of 1st REGISTER", "a73k"},
	{"same bytes 1st REGISTER and 2nd REGISTER", "yes"},
	{"same bytes 2nd REGISTER and 3rd REGISTER", "no"},
	{"same bytes 1st REGISTER and BYE", "none"},
	{"same header Call-ID 1st REGISTER and 3rd REGISTER", "yes"},
	{"same header CSeq 1st REGISTER and 3rd REGISTER", "no"},
	{"same parameter branch of Via 1st REGISTER and 2nd REGISTER", "yes"},
	{"same parameter branch of Via 1st REGISTER and 3rd REGISTER", "no"},
	{"transactions", "2"},
	{"transactions at bob", "2"},
	{"state of non-invite-client at bob", "Terminated"},
	{"state of 2nd non-invite-client at bob", "Completed"},
	{"state of 3rd non-invite-client at bob", "none"},
	{"state of non-invite-client at bob at 500ms", "Trying"},
	{"states of 1st non-invite-client at bob", "Trying Completed Terminated"},
	{"states of 1st non-invite-client at bob at 1s", "Trying Completed"},
	{"timer that sent 2nd REGISTER from bob", "E"},
	{"timer that sent 1st REGISTER from bob", "none"},
	{"timer that sent 3rd REGISTER from bob", "none"},
	{"timers fired at bob", "E K"},
	{"timers fired at biloxi", "none"},
	{"what bob was told", "registered"},
	{"rules at bob", "none"},
	{"what biloxi was told", "none"},
	{"when bob was told registered", "580ms"},
	{"when bob was told registration failed", "none"},
	{"status bob was told", "200"},
	{"bindings of sip:bob@biloxi.example.com", "none"},
	{"bindings of sip:bob@biloxi.example.com at 1s", "sip:bob@192.0.2.1"},
	{"do the ends agree", "no"},
	{"end", "quiet"},
	{"end time", "5.54s"},
}

func TestAnswers(t *testing.T) {
	tr := recorded()
	for _, a := range answers {
		q, err := Parse(a.question)
		require.NoError(t, err, a.question)
		require.Equal(t, a.question, q.String())
		got, err := q.Answer(tr)
		require.NoError(t, err, a.question)
		require.Equal(t, a.want, got.String(), a.question)
		if got.Kind != None {
			f := q.Form()
			require.Equal(t, f.Gives.Many, got.Kind == List, a.question)
		}
	}
}

func TestEachFormIsAsked(t *testing.T) {
	asked := map[string]bool{}
	for _, a := range slices.Concat(answers, answersOfACall) {
		q, err := Parse(a.question)
		require.NoError(t, err)
		asked[q.Form().Usage] = true
	}
	for _, f := range Forms() {
		require.True(t, asked[f.Usage], f.Usage)
	}
}

func TestEachExampleIsInCanonicalForm(t *testing.T) {
	for _, f := range Forms() {
		q, err := Parse(f.Example)
		require.NoError(t, err, f.Example)
		require.Equal(t, f.Example, q.String())
		require.Equal(t, f.Usage, q.Form().Usage)
		require.NotEmpty(t, f.Means)
		require.NotEmpty(t, f.About)
	}
}

func TestHelpAndReferenceNameEachForm(t *testing.T) {
	for _, f := range Forms() {
		require.Contains(t, Help(), f.Usage)
		require.Contains(t, Reference(), f.Usage)
	}
	require.Len(t, slotOrder, len(slots))
	for _, line := range strings.Split(Help(), "\n") {
		require.LessOrEqual(t, len([]rune(line)), 160, line)
	}
}

func TestHeldPacketsAreNeitherLostNorArrived(t *testing.T) {
	tr := recorded()
	e := tr.ByLabel("F1")
	for i := range tr.Events {
		if tr.Events[i].Kind == trace.Lose {
			tr.Events[i].Kind, tr.Events[i].Name = trace.Verdict, "hold"
		}
	}
	r := &run{Trace: tr}
	require.Equal(t, "held", r.fate(e).String())
	tr.Events[3].Name = "deliver"
	require.Equal(t, "in flight", r.fate(e).String())
}

// A walk along causes finds the timer where the packet itself does not say.
func TestTimerThatSentIsFoundAlongCauses(t *testing.T) {
	tr := recorded()
	tr.ByLabel("F2").Packet.Timer = ""
	q, err := Parse("timer that sent 2nd REGISTER")
	require.NoError(t, err)
	v, err := q.Answer(tr)
	require.NoError(t, err)
	require.Equal(t, "E", v.String())
}

func TestParseErrors(t *testing.T) {
	for line, want := range map[string]string{
		"":                                       `column 1: a question is missing; one such as "count INVITE from alice"`,
		"cuont INVITE":                           `column 1: "cuont" begins no question; begin with one of: ` + join(firstWords()) + `; did you mean count?`,
		"count":                                  `column 6: the line ends too early; next comes which packets: a method (INVITE), a status (200, 4xx), request, response or packet`,
		"count INVTE":                            `column 7: "INVTE" is no sort of packet; expected a method (INVITE), a status (200, 4xx), request, response or packet; did you mean INVITE?`,
		"count arived INVITE":                    `column 7: "arived" is no sort of packet; expected a method (INVITE), a status (200, 4xx), request, response or packet; did you mean arrived?`,
		"count INVITE form alice":                `column 14: "form" is not understood here; the question could end before it; did you mean from?`,
		"count INVITE from":                      `column 18: the line ends too early; next comes the host that sent it`,
		"gap between INVITE":                     `column 19: the line ends too early; next comes and`,
		"gap between INVITE or 200":              `column 20: "or" is not understood here; expected and`,
		"gap INVITE":                             `column 5: "INVITE" is not understood here; expected between`,
		"header Cal-ID of INVITE":                `column 8: "Cal-ID" is no header field of the RFCs; one such as Call-ID; one of your own in quotes; did you mean Call-ID?`,
		"state of non-invite-client":             `column 27: the line ends too early; next comes at`,
		"state of non-invite-client at bob at 5": `column 39: "5" has no unit of time; a time is a number with a unit: 500ms, 1.5s, 2m, 1h`,
		"what bob is told":                       `column 10: "is" is not understood here; expected was or believes`,
		"end of the run":                         `column 5: "of" is not understood here; expected time`,
		`count "INVITE`:                          `column 7: this quote is never closed; end the text with "`,
		"count \x00":                             `column 7: control character U+0000; plain text has none`,
		"count INVITE is 3":                      `column 14: "is" makes this an expectation; the question alone`,
		"count INVITE is three":                  `column 17: "three" is no number; a number, such as 2`,
		"transactions at":                        `column 16: the line ends too early; next comes the name of a host`,
	} {
		_, err := Parse(line)
		require.EqualError(t, err, want, "%q", line)
	}
}

func TestAnswerRefusesWhatTheTraceDoesNotKnow(t *testing.T) {
	for line, want := range map[string]string{
		"count REGISTER from bbo":                `column 21: "bbo" is no host of this run; one of: bob, biloxi; did you mean bob?`,
		"count REGISTER from bob to bolixi":      `column 28: "bolixi" is no host of this run; one of: bob, biloxi; did you mean biloxi?`,
		"transactions at bill":                   `column 17: "bill" is no host of this run; one of: bob, biloxi`,
		"state of invite-client at bob":          `column 10: "invite-client" is no machine that moved in this run; one of: non-invite-client, non-invite-server`,
		"state of non-invte-client at bob":       `column 10: "non-invte-client" is no machine that moved in this run; one of: non-invite-client, non-invite-server; did you mean non-invite-client?`,
		"bindings of sip:bbo@biloxi.example.com": `column 13: "sip:bbo@biloxi.example.com" is no address of this run; expected sip:bob@biloxi.example.com; did you mean sip:bob@biloxi.example.com?`,
	} {
		q, err := Parse(line)
		require.NoError(t, err, line)
		_, err = q.Answer(recorded())
		require.EqualError(t, err, want)
	}
}

func TestExpectations(t *testing.T) {
	for line, want := range map[string]bool{
		"count REGISTER from bob is 3":                                true,
		"count REGISTER from bob is 2":                                false,
		"count REGISTER from bob is not 2":                            true,
		"count REGISTER from bob at least 3":                          true,
		"count REGISTER from bob at least 4":                          false,
		"count REGISTER from bob at most 3":                           true,
		"time of 2nd REGISTER is 500ms":                               true,
		"time of 2nd REGISTER at most 499ms":                          false,
		"time of BYE is none":                                         true,
		"time of BYE at least 0s":                                     false,
		"time of REGISTER is none":                                    false,
		"times of REGISTER is 0s 500ms 540ms":                         true,
		"times of REGISTER is 0s 500ms":                               false,
		"times of REGISTER contains 500ms":                            true,
		"times of REGISTER contains 501ms":                            false,
		"times of BYE is none":                                        true,
		"same bytes 1st REGISTER and 2nd REGISTER is yes":             true,
		"who sent 401 is biloxi":                                      true,
		"why lost 1st REGISTER contains from bob":                     true,
		"why lost 1st REGISTER is lose 1st REGISTER from bob":         true,
		"transactions is 2":                                           true,
		"transactions at least 2":                                     true,
		"transactions at bob at most 1":                               false,
		"states of 1st non-invite-client at bob contains Terminated":  true,
		"state of non-invite-client at bob at 500ms is Trying":        true,
		"what bob was told is registered":                             true,
		"what bob was told contains failed":                           false,
		"end is quiet":                                                true,
		"end time at least 5s":                                        true,
		`values of Contact in REGISTER contains <sip:bob@192.0.2.9>`:  true,
		`header CSeq of last REGISTER is 2 REGISTER`:                  true,
		`bindings of sip:bob@biloxi.example.com is not sip:bob@other`: true,
	} {
		x, err := ParseExpect(line)
		require.NoError(t, err, line)
		require.Equal(t, line, x.String())
		ok, _, err := x.Holds(recorded())
		require.NoError(t, err)
		require.Equal(t, want, ok, line)
	}
}

func TestExpectationsTakeCommasInLists(t *testing.T) {
	x, err := ParseExpect("times of REGISTER is 0s, 500ms, 540ms")
	require.NoError(t, err)
	require.Equal(t, "times of REGISTER is 0s 500ms 540ms", x.String())
}

func TestParseExpectErrors(t *testing.T) {
	for line, want := range map[string]string{
		"count REGISTER":                           `column 15: the line ends too early; next comes what the answer should be: is, is not, at least or at most and a value`,
		"count REGISTER = 3":                       `column 16: "=" is not understood here; expected is, is not, at least or at most`,
		"count REGISTER iss 3":                     `column 16: "iss" is not understood here; expected is, is not, at least or at most; did you mean is?`,
		"count REGISTER is three":                  `column 19: "three" is no number; a number, such as 2`,
		"count REGISTER is":                        `column 18: the line ends too early; next comes a number, such as 2`,
		"count REGISTER is 3 4":                    `column 21: "4" is too much here; the line could end before it`,
		"count REGISTER contains 3":                `column 16: "contains" cannot be said of a number; say is, is not, at least or at most`,
		"who sent 401 at least biloxi":             `column 17: "at least" cannot be said of a text; say is, is not or contains`,
		"time of 401 is 500":                       `column 19: "500" has no unit of time; a time is a number with a unit: 500ms, 1.5s, 2m, 1h`,
		"times of 401 is 1s never":                 `column 20: "never" is no time; a time is a number with a unit: 500ms, 1.5s, 2m, 1h`,
		"same bytes 401 and 200 is ys":             `column 27: "ys" is no answer to this question; one of: yes, no; did you mean yes?`,
		"transactions at least":                    `column 22: the line ends too early; next comes a number, such as 2`,
		"count REGISTER is 9999999999999999999999": `column 19: "9999999999999999999999" is no number; a number, such as 2`,
	} {
		_, err := ParseExpect(line)
		require.EqualError(t, err, want, "%q", line)
	}
}

func TestValuesInTextThatReadAsSomethingElseAreQuoted(t *testing.T) {
	for _, line := range []string{`who sent 401 is "none"`, `who sent 401 is "not me"`, `what bob was told is "none"`, `what bob was told is "a," "b c"`, `what bob was told contains "b c"`, `who sent 401 is "two  spaces"`} {
		x, err := ParseExpect(line)
		require.NoError(t, err, line)
		require.Equal(t, line, x.String())
	}
}

// What parses prints to what parses to the same; nothing panics.
func TestParseAndStringAreInverse(t *testing.T) {
	tr := recorded()
	words := []string{"count", "REGISTER", "from", "bob", "to", "is", "not", "none", "1st", "last", "time", "of", "at", "500ms", "most", "header", "Via", `"x y"`, "values", "in", "state", "non-invite-client", "3", "and", "same", "bytes", "401", "contains", "what", "was", "told", "arrived", "yes", "a,", "end", "transactions"}
	rapid.Check(t, func(t *rapid.T) {
		line := strings.Join(rapid.SliceOfN(rapid.SampledFrom(words), 0, 9).Draw(t, "words"), " ")
		if q, err := Parse(line); err == nil {
			again, err := Parse(q.String())
			require.NoError(t, err)
			require.Equal(t, q.String(), again.String())
			_, _ = q.Answer(tr)
		}
		if x, err := ParseExpect(line); err == nil {
			again, err := ParseExpect(x.String())
			require.NoError(t, err, x.String())
			require.Equal(t, x.String(), again.String())
			require.True(t, again.Value.Equal(x.Value))
			_, _, _ = x.Holds(tr)
		}
	})
}

func FuzzParse(f *testing.F) {
	for _, a := range answers {
		f.Add(a.question + " is " + a.want)
	}
	tr := recorded()
	f.Fuzz(func(t *testing.T, line string) {
		x, err := ParseExpect(line)
		if err != nil {
			return
		}
		again, err := ParseExpect(x.String())
		require.NoError(t, err, x.String())
		require.Equal(t, x.String(), again.String())
		_, _, _ = x.Holds(tr)
	})
}

func TestAnEmptyTraceIsAskedToo(t *testing.T) {
	for _, f := range Forms() {
		q, err := Parse(f.Example)
		require.NoError(t, err)
		_, _ = q.Answer(&trace.Trace{})
	}
}

func BenchmarkParse(b *testing.B) {
	for b.Loop() {
		_, _ = ParseExpect("gap between 1st REGISTER from bob and 2nd REGISTER from bob is 500ms")
	}
}

func BenchmarkAnswer(b *testing.B) {
	tr := recorded()
	for len(tr.Events) < 100_000 {
		tr.Events = append(tr.Events, tr.Events...)
	}
	q, _ := Parse("count REGISTER from bob")
	b.ResetTimer()
	for b.Loop() {
		_, _ = q.Answer(tr)
	}
}
