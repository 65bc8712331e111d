package scenario

import (
	"fmt"
	"os"
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"siplab/sim"
	"siplab/sim/fault"
	"siplab/sim/words"
)

// everything has each statement and each option once, in canonical form.
const everything = `title The REGISTER nobody heard
note RFC 3665 section 2.1
note "with  two spaces"
seed 7
timers T1 100ms T2 4s T4 5s
net delay 20ms
tcp mss 536 window 8192 give-up 20s dial-give-up 10s connections 1000 idle 1m unfinished 10s
phone alice sip:alice@atlanta.example.com
phone bob sip:bob@biloxi.example.com password zanzibar user robert credentials biloxi user bob2 password "x y" credentials atlanta user bob password z display "Bob \"B\"" label Bob address 192.0.2.7:5080 transport tcp no-tcp contact sip:bob@192.0.2.7:5080 registrar sip:biloxi.example.com outbound sip:ss1.biloxi.example.com;lr outbound-realm biloxi expires 10m refresh-before 30s path answer-after 3s ring-for 30s progress 183 100rel required offer-late media sendonly session-timer session-expires 30m min-se 2m refresher uac refresh-by INVITE busy policy ask watch-min 1m watch-max 30m bug new-call-id bug never-stops
phones p 1..10 sip:p*@biloxi.example.com password p*
registrar biloxi domain biloxi.example.com realm biloxi algorithms SHA-256 MD5-sess qop auth user sip:carol@biloxi.example.com name carol2 password x user sip:dan@biloxi.example.com min-expires 30s max-expires 3h default-expires 2h nonce-lifetime 10m max-bindings 3 label "The registrar" address 2001:db8::1 bug never-stale
registrar free domain free.example.com open
proxy ss1 domain biloxi.example.com domain example.com name ss1.biloxi.example.com realm biloxi algorithms MD5 SHA-256 user dan password x user eve password "x y" own-only record-route double path gateway fork sequential try-for 20s recurse timer-c 4m max-breadth 20 refuse-breadth session-expires 10m min-se 2m label "Proxy 1" address 192.0.2.9 transport tls no-tcp bug keeps-losers bug caps-late
proxy ss2 stateless
redirect away domain a.example.com domain b.example.com permanent label Away address 192.0.2.10 no-tcp
controller desk sip:desk@biloxi.example.com password zanzibar user desk2 label Desk address 192.0.2.11 transport tcp
script far domain a.example.com domain b.example.com label Far address 192.0.2.8
route at ss1 for sip:bob@example.com to sip:bob@192.0.2.4 q 0.25 via sip:ss2.example.com;lr
route at ss1 for far.example.com via sip:192.0.2.77;lr
route at ss1 via sip:ss2.example.com;lr
route at ss1 for sip:bob@example.com to sip:carol@example.com when busy
screen at ss1 from sip:eve@example.com for biloxi.example.com with 403
route at away for sip:bob@a.example.com to sip:bob@chicago.example.com q 1
record biloxi.example.com NAPTR 50 40 SIP+D2U _sip._udp.biloxi.example.com
record _sip._udp.biloxi.example.com SRV 10 60 5060 ss1.biloxi.example.com
record ss1.biloxi.example.com A 192.0.2.9
record ss1.biloxi.example.com A 192.0.2.9:5080
record ss1.biloxi.example.com AAAA 2001:db8::9
record ss1.biloxi.example.com AAAA [2001:db8::9]:5080
link bob biloxi delay 40ms 10ms loss 5%
link ss1 ss2
link alice to bob
lose 1st REGISTER from bob
delay 401 from biloxi by 2s
duplicate 200 for REGISTER after 300ms
corrupt 2nd REGISTER from bob
hold 200 from biloxi until after REGISTER
cut alice to bob from 1s until 33s
cut ss1 bob
lose 1st INVITE from ss1 to ss2
message ringing | SIP/2.0 180 Ringing # this is text
message ringing |  From: {From of 1st INVITE from bob};"x" | y
message ringing |
message ringing | {{}
message empty |
at 0s bob registers for 10m
at 1s biloxi forgets nonces
at 500ms bob unregisters everywhere
at 2s far sends ringing to bob
run for 90s
bound events 10000
bound time 1h
bound hosts 100
bound message 4096
`

func TestPrintIsTheInverseOfParse(t *testing.T) {
	s := parsed(t, everything)
	require.Equal(t, everything, Print(s))
	require.Equal(t, s, parsed(t, Print(s)))
}

func TestParseReadsWhatStandsThere(t *testing.T) {
	s := parsed(t, everything)
	require.Equal(t, "The REGISTER nobody heard", s.Title)
	require.Equal(t, []string{"RFC 3665 section 2.1", "with  two spaces"}, s.Notes)
	require.EqualValues(t, 7, s.Seed)
	require.Equal(t, 100*time.Millisecond, s.Timing.T1)
	require.Len(t, s.Hosts, 19)
	bob := s.Hosts[1].Element.(*sim.Phone)
	require.Equal(t, `Bob "B"`, bob.Display)
	require.Equal(t, []string{"new-call-id", "never-stops"}, bob.Settings.Bugs)
	require.Equal(t, "sip:p10@biloxi.example.com", s.Hosts[11].Element.(*sim.Phone).AOR)
	require.Equal(t, "192.0.2.7:5080", s.Hosts[1].Addr.String())
	require.Equal(t, "[2001:db8::1]:5060", s.Hosts[12].Addr.String())
	require.True(t, s.Links[0].Both)
	require.False(t, s.Links[2].Both)
	require.Equal(t, fault.Cut, s.Faults[5].Kind)
	require.Equal(t, []string{"for", "10m"}, s.Acts[0].Args)
	require.Equal(t, []string{"SIP/2.0 180 Ringing # this is text", " From: {From of 1st INVITE from bob};\"x\" | y", "", "{{}"}, s.Messages[0].Lines)
	require.Equal(t, []string{""}, s.Messages[1].Lines)
	require.Equal(t, 90*time.Second, s.For)
	require.Equal(t, sim.Bounds{Events: 10000, Time: time.Hour, Hosts: 100, Message: 4096}, s.Bounds)
}

func TestParseTakesWhatIsNotCanonical(t *testing.T) {
	s := parsed(t, "\uFEFFat 0s  bob\tregisters # before he is there\r\n\r\n  # nothing\r\nrun until 2m\r\nphone bob sip:bob@biloxi.example.com  path password \"zanzibar\"\r\n"+
		"net loss 5% delay 20ms # tc's words")
	require.Equal(t, "net delay 20ms loss 5%\nphone bob sip:bob@biloxi.example.com password zanzibar path\nat 0s bob registers\nrun for 2m\n", Print(s))
}

func TestFewPhonesPrintOneByOne(t *testing.T) {
	s := parsed(t, "phones p 1..2 sip:p*@biloxi.example.com")
	require.Equal(t, "phone p1 sip:p1@biloxi.example.com\nphone p2 sip:p2@biloxi.example.com\n", Print(s))
}

func TestPhonesThatDoNotFollowOnePatternPrintApart(t *testing.T) {
	s := parsed(t, "phones p 1..30 sip:p*@biloxi.example.com")
	s.Hosts[14].Element.(*sim.Phone).Password = "x"
	require.Equal(t, "phones p 1..14 sip:p*@biloxi.example.com\nphone p15 sip:p15@biloxi.example.com password x\nphones p 16..30 sip:p*@biloxi.example.com\n", Print(s))
	require.Equal(t, s, parsed(t, Print(s)))
}

func TestEachStatementHasAnExampleInCanonicalForm(t *testing.T) {
	for _, st := range Statements() {
		require.NotEmpty(t, st.Means, st.Keyword)
		require.True(t, strings.HasPrefix(st.Usage, st.Keyword+" "), st.Usage)
		require.Contains(t, sections, st.About)
		s := parsed(t, "phone alice sip:alice@atlanta.example.com\n")
		if st.About != aboutHosts {
			s = parsed(t, office)
		}
		require.NoError(t, ParseStatement(s, st.Example), st.Example)
		require.Contains(t, "\n"+Print(s), "\n"+st.Example+"\n")
	}
}

func TestHelpAndReferenceNameEachStatementOptionActAndBug(t *testing.T) {
	for _, text := range []string{Help(), Reference()} {
		for _, st := range Statements() {
			require.Contains(t, text, st.Usage)
			for _, o := range st.Options {
				require.Contains(t, strings.ReplaceAll(text, `\|`, "|"), o.Usage)
			}
		}
		for _, e := range Elements() {
			for _, v := range e.Verbs() {
				require.Contains(t, text, v.Means)
			}
			for _, b := range e.Bugs() {
				require.Contains(t, text, b.Name)
			}
		}
	}
}

func TestParseStatementReplacesWhatATextSaysOnce(t *testing.T) {
	s := parsed(t, base+"net delay 20ms\nseed 1\n")
	require.NoError(t, ParseStatement(s, "net loss 5%"))
	require.NoError(t, ParseStatement(s, "seed 2"))
	require.NoError(t, ParseStatement(s, "lose 1st REGISTER from bob"))
	require.NoError(t, ParseStatement(s, "  # nothing"))
	require.Equal(t, "seed 2\nnet loss 5%\n"+base+"lose 1st REGISTER from bob\n", Print(s))
}

func TestParseStatementLeavesOtherCopiesAlone(t *testing.T) {
	s := parsed(t, base+"lose 1st REGISTER from bob\n")
	before := Print(s)
	other := *s
	require.NoError(t, ParseStatement(&other, "lose 2nd REGISTER from bob"))
	require.NoError(t, AddFault(&other, "lose 3rd REGISTER from bob"))
	again := *s
	require.NoError(t, ParseStatement(&again, "phone carol sip:carol@biloxi.example.com"))
	require.Equal(t, before, Print(s))
	require.Len(t, other.Faults, 3)
}

func TestARouteLeavesOtherCopiesAlone(t *testing.T) {
	s := parsed(t, office)
	before := Print(s)
	other := *s
	require.NoError(t, ParseStatement(&other, "route at ss1 via sip:ss2.biloxi.example.com;lr"))
	require.NoError(t, ParseStatement(&other, "route at ss1 for sip:bob@biloxi.example.com to sip:bob@192.0.2.4"))
	require.Equal(t, before, Print(s))
}

func TestTheWordsOfARouteHaveNoOrder(t *testing.T) {
	s := parsed(t, "route at ss1 via sip:x.example.com q 0.30 to sip:bob@192.0.2.4 for sip:bob@biloxi.example.com\n"+office)
	require.Equal(t, office+"route at ss1 for sip:bob@biloxi.example.com to sip:bob@192.0.2.4 q 0.3 via sip:x.example.com\n", Print(s))
}

func TestAddFaultAndSetNet(t *testing.T) {
	s := parsed(t, base)
	require.NoError(t, AddFault(s, "lose 1st REGISTER from bob"))
	require.NoError(t, SetNet(s, "loss 30% delay 40ms 15ms"))
	require.Equal(t, "net delay 40ms 15ms loss 30%\n"+base+"lose 1st REGISTER from bob\n", Print(s))

	var e *words.Error
	require.ErrorAs(t, AddFault(s, "lose 1st REGISTER from bbo"), &e)
	require.Equal(t, "column 24: \"bbo\" is no host; one of: alice, bob, biloxi; did you mean bob?", e.Error())
	require.ErrorAs(t, AddFault(s, "loose 1st REGISTER"), &e)
	require.Equal(t, 1, e.Col)
	require.ErrorAs(t, SetNet(s, "loss 30% dealy 40ms"), &e)
	require.Equal(t, "delay", e.Near)
	require.Equal(t, 10, e.Col)
	require.Len(t, s.Faults, 1)
}

// SEC-46, SEC-48: what would fill a machine is refused at parse, with its
// line.
func TestHostileTexts(t *testing.T) {
	for want, text := range map[string]string{
		"x: the text has 2097152 bytes; at most 1048576":                                            strings.Repeat("#", 2*MaxBytes),
		"x:2: a line of 70000 bytes; at most 65536":                                                 "\n#" + strings.Repeat("a", 69_999),
		"x:20001: this is one statement too many; at most 20000":                                    strings.Repeat("note x\n", 30_000),
		"x:2:8: this is one host too many; at most 20000":                                           "phones p 1..20000 sip:p@x\nphones q 1..1 sip:q@x",
		`x:1:10: "1..20000" phones like this are 20640000 bytes; at most 8388608`:                   "phones p 1..20000 sip:p*@x display " + strings.Repeat("*", 997),
		"x:1:3: control character U+0000; plain text has none":                                      "ph\x00ne",
		"x:1:1: byte 0xff is not UTF-8; save the text as UTF-8":                                     "\xff\xfe",
		`x:1:7: this quote is never closed; end the text with "`:                                    `title "` + strings.Repeat(`\"`, 10_000),
		"x:1:7: this text is too long; at most 1000 characters":                                     "title " + strings.Repeat("a", 1001),
		"x:1:7: this name is too long; at most 64 characters":                                       "phone " + strings.Repeat("a", 65) + " sip:a@b",
		`x:1:14: "18446744073709551616" is no number that fits here; a whole number, such as 10000`: "bound events 18446744073709551616",
	} {
		_, err := Parse("x", text)
		require.Error(t, err, want)
		require.Equal(t, want, strings.Split(err.Error(), "\n")[0])
	}
	_, err := Parse("x", "phones p 1..20000 sip:p*@x\n"+strings.Repeat("at 0s q1 registers\n", 15_000))
	require.Error(t, err)
}

func TestAllErrorsAreNamedAtOnceButNotMillions(t *testing.T) {
	_, err := Parse("", strings.Repeat("lsoe 1st INVITE\n", 5000))
	es, ok := err.(words.Errors)
	require.True(t, ok)
	require.Len(t, es, 101)
	require.Equal(t, "and 4900 more errors", es[100].Error())
	require.Equal(t, 1, es[0].Line)
}

func TestTenThousandPhonesAreTwoLines(t *testing.T) {
	s := parsed(t, "phones p 1..10000 sip:p*@biloxi.example.com password secret")
	require.Len(t, s.Hosts, 10_000)
	require.Equal(t, "phones p 1..10000 sip:p*@biloxi.example.com password secret\n", Print(s))
}

func TestTheReferenceIsAsItWas(t *testing.T) {
	const file = "testdata/help.txt"
	if *update {
		require.NoError(t, os.WriteFile(file, []byte(Help()), 0o644))
	}
	want, err := os.ReadFile(file)
	require.NoError(t, err)
	require.Equal(t, string(want), Help())
}

// No text panics, and what parses prints to a fixed point.
func FuzzParse(f *testing.F) {
	f.Add(everything)
	f.Add(base)
	for _, st := range Statements() {
		f.Add(office + st.Example)
	}
	if text, err := os.ReadFile("testdata/mistakes.txt"); err == nil {
		for _, line := range strings.Split(string(text), "\n") {
			f.Add(line)
		}
	}
	f.Fuzz(func(t *testing.T, text string) {
		s, err := Parse("", text)
		if err != nil {
			es, ok := err.(words.Errors)
			require.True(t, ok)
			require.NotEmpty(t, es)
			return
		}
		once := Print(s)
		again, err := Parse("", once)
		require.NoError(t, err, once)
		require.Equal(t, once, Print(again))
		require.Equal(t, s, again)
	})
}

func BenchmarkParse(b *testing.B) {
	b.ReportAllocs()
	for b.Loop() {
		_, _ = Parse("", everything)
	}
}

func BenchmarkParseTenThousandPhones(b *testing.B) {
	text := fmt.Sprintf("phones p 1..%d sip:p*@biloxi.example.com password secret*", 10_000)
	for b.Loop() {
		_, _ = Parse("", text)
	}
}

func BenchmarkPrint(b *testing.B) {
	s := parsed(b, everything)
	b.ResetTimer()
	for b.Loop() {
		_ = Print(s)
	}
}
