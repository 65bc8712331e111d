package trace

import (
	"bytes"
	"encoding/json"
	"errors"
	"net/netip"
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"testing"
	"testing/iotest"
	"time"

	"github.com/stretchr/testify/require"
	"pgregory.net/rapid"
)

func lines(t *Trace) string {
	var b bytes.Buffer
	t.Replay(NewWriter(&b))
	return b.String()
}

func TestLinesAreThoseOfTheTable(t *testing.T) {
	want, err := os.ReadFile(filepath.Join("testdata", "heard.jsonl"))
	require.NoError(t, err)
	require.Equal(t, string(want), lines(heard()))
	for line := range strings.Lines(string(want)) {
		require.True(t, json.Valid([]byte(line)), line)
	}
}

func TestReadingBackGivesTheSameTrace(t *testing.T) {
	run := heard()
	back, err := Read(strings.NewReader(lines(run)))
	require.NoError(t, err)
	require.Equal(t, run, back)
	require.Same(t, back.Events[3].Packet, back.Events[9].Packet, "a send and its arrival share the packet")

	empty, err := Read(strings.NewReader(lines(new(Trace))))
	require.NoError(t, err)
	require.Equal(t, new(Trace), empty)
}

func TestReadingBackGivesTheSameTraceForAnyBytes(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		text := func(name string) string { return string(rapid.SliceOf(rapid.Byte()).Draw(t, name)) }
		run := heard()
		for _, s := range []*string{
			&run.Title, &run.Hosts[0].Label, &run.Links[0].Conditions, &run.Events[0].Text,
			&run.Events[1].On, &run.Events[3].Packet.CallID, &run.Events[3].Packet.Raw, &run.Events[6].Text,
			&run.Events[10].To, &run.Events[11].Packet.Method, &run.End.Text, &run.Held[0], &run.Events[3].Origins[0].Ref,
		} {
			*s = text("text")
		}
		run.Hosts[1].Name = "\xff" + text("host")
		run.Events[5].Packet = run.Events[3].Packet.Copy(2)
		for _, i := range []int{4, 6, 8} {
			run.Events[i].Packet = run.Events[5].Packet
		}
		back, err := Read(strings.NewReader(lines(run)))
		require.NoError(t, err)
		require.Equal(t, run, back)
	})
}

func TestReadersSkipWhatTheyDoNotKnow(t *testing.T) {
	back, err := Read(strings.NewReader(`{"siplab_trace":1,"title":"t","weather":{"wind":[1,2]}}

{"i":0,"at":5,"kind":"act","what":"calls","mood":"good"}
{"i":1,"at":"later","kind":"eclipse"}
{"i":2,"at":5,"kind":"note","cause":0,"text":"hm"}
{"kind":"end","at":5,"why":"quiet"}
`))
	require.NoError(t, err)
	require.Len(t, back.Events, 2)
	require.Equal(t, "calls", back.Events[0].Name)
	require.Equal(t, []int{2, 0}, back.Why(2))
	require.Equal(t, NoHost, back.Events[0].Host)
}

func TestALineMayBeWrittenInAnyWayThatJSONHas(t *testing.T) {
	back, err := Read(strings.NewReader(` { "siplab_trace" : 1 , "hosts" : [ { "name" : "b\u006Fb" , "addrs" : [ "192.0.2.1:5060" , "192.0.2.2:5060" ] } , {} ], "links":null }
{"kin\u0064":"act" ,"i":0,"at":5, "x":[{"y":"}]\\\""},[]],"what":"a\u003Cb\ud83d\ude00\/\b","host":"carol" , "host":"bob"}
{"kind":"end","held":["\u0041",""]}`))
	require.NoError(t, err)
	require.Equal(t, []Host{{Name: "bob", Addrs: []netip.AddrPort{netip.MustParseAddrPort("192.0.2.1:5060"), netip.MustParseAddrPort("192.0.2.2:5060")}}, {}}, back.Hosts)
	require.Equal(t, "a<b\U0001F600/\b", back.Events[0].Name)
	require.Equal(t, HostID(0), back.Events[0].Host, "of two members with one name the last counts, as everywhere in JSON")
	require.Equal(t, []string{"A", ""}, back.Held)
}

func TestFaultsOfATraceAreNamedWithTheirLine(t *testing.T) {
	const head = `{"siplab_trace":1,"hosts":[{"name":"bob"}]}` + "\n"
	const first = `{"i":0,"at":9,"kind":"act","host":"bob","cause":-1}` + "\n"
	for _, c := range []struct{ text, want string }{
		{"", `line 1: the trace stops here; its last line has to be {"kind":"end",…}`},
		{head + first, `line 3: the trace stops here; its last line has to be {"kind":"end",…}`},
		{"INVITE sip:bob@biloxi.example.com SIP/2.0", "line 1: is no JSON object: "},
		{"[]", "line 1: is no JSON object: "},
		{"{}", `line 1: the first line of a trace has to be its header, {"siplab_trace":1,…}`},
		{`{"siplab_trace":2}`, "line 1: siplab_trace is 2; version 1 is known"},
		{`{"siplab_trace":1,"seed":-1}`, "line 1: seed: -1 is not a whole number"},
		{`{"siplab_trace":1,"hosts":[{"name":"bob","addrs":["here"]}]}`, `line 1: hosts: addrs: "here" is not an address and port, such as 192.0.2.1:5060 or [2001:db8::1]:5060`},
		{`{"siplab_trace":1,"timers":5}`, `line 1: timers: 5 is not an object`},
		{head + `{"i":0,"at":0,"kind":"act","host":"carol"}`, `line 2: host: "carol" is no host of the header`},
		{head + `{"i":0,"at":1.5,"kind":"act"}`, "line 2: at: 1.5 is not a whole number"},
		{head + `{"i":0,"at":1e309,"kind":"act"}`, "line 2: at: 1e309 is not a whole number"},
		{head + `{"i":2147483648,"at":1,"kind":"act"}`, "line 2: i: 2147483648 is not a whole number"},
		{head + `{"i":-1,"at":1,"kind":"act"}`, "line 2: i is -1; it has to be greater than that of the event before"},
		{head + first + first, "line 3: i is 0; it has to be greater than that of the event before"},
		{head + first + `{"i":1,"at":8,"kind":"act"}`, "line 3: at is 8; it has to be no earlier than the event before"},
		{head + first + `{"i":1,"at":9,"kind":"act","cause":1}`, "line 3: cause is 1; it has to be an event before 1, or -1"},
		{head + `{"i":0,"at":0,"kind":"send"}`, "line 2: has no packet; packets are counted from 1"},
		{head + `{"i":0,"at":0,"kind":"send","packet":1,"raw":"a","raw64":"YQ=="}`, "line 2: has both raw and raw64; one of them is enough"},
		{head + `{"i":0,"at":0,"kind":"send","packet":1,"raw64":"%"}`, "line 2: raw64: is not base64"},
		{head + `{"i":0,"at":0,"kind":"media","on":"yes"}`, `line 2: on: "yes" is not true or false`},
		{head + `{"kind":7}`, "line 2: kind: 7 is not a string"},
		{head + `{"kind":"end"}` + "\n" + first, "line 3: comes after the end of the trace"},
	} {
		_, err := Read(strings.NewReader(c.text))
		require.ErrorContains(t, err, c.want)
	}

	t.Run("and the trace so far comes with it", func(t *testing.T) {
		back, err := Read(strings.NewReader(head + first))
		require.Error(t, err)
		require.Len(t, back.Events, 1)
	})
	t.Run("a line without an end is not kept in memory", func(t *testing.T) {
		_, err := Read(&endless{})
		require.ErrorContains(t, err, "line 1: is longer than 16777216 bytes")
	})
	t.Run("an error of the file is the file's own", func(t *testing.T) {
		broken := errors.New("disk on fire")
		_, err := Read(iotest.ErrReader(broken))
		require.ErrorIs(t, err, broken)
	})
}

type endless struct{}

func (endless) Read(b []byte) (int, error) {
	for i := range b {
		b[i] = '['
	}
	return len(b), nil
}

func TestSEC43And44LinesAreSafeOnATerminalAndInHTML(t *testing.T) {
	run := heard()
	var all strings.Builder
	for r := rune(0); r < 0x3000; r++ {
		all.WriteRune(r)
	}
	run.Events[0].Text = all.String() + "</script>"
	for _, r := range lines(run) {
		require.False(t, r < 0x20 && r != '\n' || r >= 0x7f && r <= 0x9f || r == '<', "%U", r)
		require.False(t, r == 0x61c || r >= 0x200e && r <= 0x200f || r >= 0x2028 && r <= 0x202e || r >= 0x2066 && r <= 0x2069, "%U", r)
	}
	back, err := Read(strings.NewReader(lines(run)))
	require.NoError(t, err)
	require.Equal(t, run, back)
}

func TestTheDocHasEachFieldOfEachKind(t *testing.T) {
	doc, err := os.ReadFile("doc.go")
	require.NoError(t, err)
	documented := map[string]string{}
	for _, m := range regexp.MustCompile(`(?m)^//\t(.+?) {2,}([a-z, ]+)`).FindAllStringSubmatch(string(doc), -1) {
		for _, kind := range strings.Split(m[2], ", ") {
			documented[kind] += m[1] + " "
		}
	}
	for k, row := range rows[1:] {
		var names []string
		for _, f := range row.packet {
			names = append(names, f.name)
		}
		for _, f := range row.event {
			names = append(names, f.name)
		}
		require.ElementsMatch(t, names, strings.Fields(documented[row.name]), row.name)
		require.Equal(t, row.name, Kind(k+1).String())
	}
}

func TestAWriterStopsAtTheFirstErrorOfItsFile(t *testing.T) {
	full := errors.New("disk full")
	w := NewWriter(&failing{full})
	heard().Replay(w)
	require.ErrorIs(t, w.Err(), full)
}

type failing struct{ err error }

func (f *failing) Write([]byte) (int, error) { return 0, f.err }

func FuzzRead(f *testing.F) {
	f.Add(lines(heard()))
	f.Add(lines(new(Trace)))
	f.Fuzz(func(t *testing.T, text string) {
		run, err := Read(strings.NewReader(text))
		if err != nil {
			return
		}
		once := lines(run)
		back, err := Read(strings.NewReader(once))
		require.NoError(t, err)
		require.Equal(t, once, lines(back))
		for i := range min(len(run.Events), 100) {
			run.Why(int(run.Events[i].I))
		}
	})
}

// message is what a World tells about one request that arrives.
func message() *Trace {
	run := heard()
	p := run.Events[3].Packet
	p.Raw = "REGISTER sip:biloxi.example.com SIP/2.0\r\nVia: SIP/2.0/UDP 192.0.2.1:5060;branch=z9hG4bKnashds7\r\n" +
		"Max-Forwards: 70\r\nFrom: Bob <sip:bob@biloxi.example.com>;tag=ja743ks76zlflH\r\nTo: Bob <sip:bob@biloxi.example.com>\r\n" +
		"Call-ID: 1j9FpLxk3uxtm8tn@biloxi.example.com\r\nCSeq: 2 REGISTER\r\nContact: <sip:bob@192.0.2.1>\r\nExpires: 3600\r\n" +
		"Authorization: Digest username=\"bob\", realm=\"atlanta.example.com\", nonce=\"ea9c8e88df84f1cec4341ae6cbe5a359\", opaque=\"\", " +
		"uri=\"sip:biloxi.example.com\", response=\"dfe56131d1958046689d83306477ecc\"\r\nContent-Length: 0\r\n\r\n"
	run.Events = []Event{run.Events[1], run.Events[2], run.Events[3], run.Events[7], run.Events[9], run.Events[2]}
	run.Events[2].Origins = nil
	return run
}

func BenchmarkWriterPerEvent(b *testing.B) {
	run := message()
	w := NewWriter(new(nowhere))
	w.Begin(&run.Header)
	b.ReportAllocs()
	for i := range b.N {
		w.Event(&run.Events[i%len(run.Events)])
	}
}

type nowhere struct{ n int }

func (w *nowhere) Write(b []byte) (int, error) { w.n += len(b); return len(b), nil }

func BenchmarkRecorderPerEvent(b *testing.B) {
	run := message()
	var r Recorder
	b.ReportAllocs()
	for i := range b.N {
		if i%1_000_000 == 0 {
			r.Begin(&run.Header)
		}
		run.Events[0].At = time.Duration(i)
		r.Event(&run.Events[i%len(run.Events)])
	}
}

func BenchmarkReadPerEvent(b *testing.B) {
	run := message()
	for i := range 10_000 {
		e := run.Events[i%6]
		e.I, e.Cause, e.At = int32(i), -1, 0
		run.Events = append(run.Events, e)
	}
	run.Events = run.Events[6:]
	text := lines(run)
	b.ReportAllocs()
	for n := 0; n < b.N; n += 10_000 {
		if _, err := Read(strings.NewReader(text)); err != nil {
			b.Fatal(err)
		}
	}
}
