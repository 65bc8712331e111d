package diagrams

import (
	"encoding/xml"
	"io"
	"strings"
	"testing"
	"time"
	"unicode/utf8"

	"github.com/stretchr/testify/require"

	"siplab/sim/fsm"
	"siplab/sim/trace"
)

// hostile are texts that have broken pictures, pages and terminals elsewhere
// (SEC-38 to SEC-45).
var hostile = []string{
	"<script>alert(1)</script>", "</svg><script>alert(1)</script>", "</title><script>alert(1)</script>",
	"</style><img src=x onerror=alert(1)>", "]]>", "<![CDATA[", "<!--", "-->", "--", "&lt;script&gt;", "&#x3c;script&#x3e;",
	"&", "&nosuch;", "\"", "'", "\"onload=\"alert(1)", "javascript:alert(1)", "<a href=\"javascript:alert(1)\">x</a>",
	"<image href=\"http://192.0.2.66/x\"/>", "<?xml version=\"1.0\"?>", "<!DOCTYPE x [<!ENTITY e SYSTEM \"file:///etc/passwd\">]>&e;",
	"\x00", "\x01\x02\x03", "\x07", "\x08\x08\x08", "\x1b[2J", "\x1b]0;title\x07", "\x1b[31mred", "\x1bP", "\x7f", "\u009b31m",
	"\r\noverwritten", "\r", "\n\n\n", "\t", "\v\f", "\u202eright to left", "\u2066isolate\u2069", "\u200b\u200d\ufeff", "\u2028\u2029",
	"\xff\xfe", "\xc3\x28", "\xed\xa0\x80", "\xf8\x88\x80\x80\x80", "\ufffe\uffff", "\U000e0041", "日本語", "e\u0301\u0301\u0301",
	strings.Repeat("long ", 200), strings.Repeat("x", 3000), "%s%n%x", "\\", "`", "${x}", "{{.}}", "|", "",
}

// hostileRun has the text in every place where a trace has one.
func hostileRun(text string) *trace.Trace {
	r := newRun(text, "alice phone", "bob phone")
	r.tr.Hosts[0].Label = text
	r.tr.Hosts[1].Kind = text
	r.act(0, "alice", text, text)
	p := r.send(0, "alice", "bob", text+" sip:x SIP/2.0", text+": "+text)
	p.Method, p.Label = text, "F1"+text
	r.state(0, "alice", text, 1, text, text+"2")
	r.timer(0, "alice", "start", "E"+text, 1, time.Second)
	r.arrive(20*ms, p)
	q := r.send(20*ms, "bob", "alice", "SIP/2.0 200 "+text, "CSeq: 1 "+text)
	r.lose(20*ms, q, text)
	r.note(30*ms, "bob", text, text)
	r.note(30*ms, "", text, text)
	r.timer(time.Second, "alice", "fire", "E"+text, 1, time.Second)
	again := r.again(time.Second, p, "E"+text)
	r.arrive(2*time.Second, again)
	r.tell(2*time.Second, "bob", text, 200, text)
	r.add(trace.Event{At: 3 * time.Second, Kind: trace.Bind, Host: 1, Op: "add", Name: text, To: text, Cause: -1})
	return r.tr
}

func TestHostileTextsComeOutHarmlessInText(t *testing.T) {
	for _, text := range hostile {
		tr := hostileRun(text)
		l := NewLadder(tr, Options{Raw: true, Notes: true})
		requirePlain(t, l.Text(), text)
		ascii := l.ASCII()
		requirePlain(t, ascii, text)
		require.Equal(t, -1, strings.IndexFunc(ascii, func(r rune) bool { return r >= utf8.RuneSelf }), "%q", text)
		requirePlain(t, strings.Join(Story(tr), "\n"), text)
		requirePlain(t, Why(tr, "F1"+text), text)
		requirePlain(t, hostileMachine(text).Text(), text)
	}
}

// requirePlain says that nothing in s can steer a terminal.
func requirePlain(t *testing.T, s, from string) {
	t.Helper()
	require.True(t, utf8.ValidString(s), "%q", from)
	bad := strings.IndexFunc(s, func(r rune) bool {
		return r < ' ' && r != '\n' || r >= 0x7f && r < 0xa0 || r >= 0x200b && r <= 0x200f || r >= 0x2028 && r <= 0x202e || r >= 0x2066 && r <= 0x2069
	})
	require.Equal(t, -1, bad, "a control came through from %q", from)
}

func hostileMachine(text string) *StateDiagram {
	a, b := "A"+text, "B"+text
	return Machine(MachineData{
		Name: text, Ref: text, States: []string{a, b}, Final: b,
		Rows: []fsm.RowData{
			{Event: text, Action: []string{text}, Next: a, Section: text},
			{State: &a, Event: text, Condition: &text, Action: []string{text, text}, Next: b, Section: text},
			{State: &b, Event: text, Next: b, Section: text},
		},
		Timers: []fsm.TimerData{{Timer: text, Length: text, LivesIn: []string{a}, Section: text, Meaning: text}},
	}, Options{})
}

func TestHostileTextsComeOutHarmlessInSVG(t *testing.T) {
	for _, text := range hostile {
		requireSVG(t, NewLadder(hostileRun(text), Options{Raw: true, Notes: true}).SVG(), text)
		requireSVG(t, hostileMachine(text).SVG(), text)
	}
}

func TestEveryKeptSVGIsAWholeFile(t *testing.T) {
	for _, r := range runs {
		requireSVG(t, NewLadder(r.trace(), r.opt).SVG(), r.name)
	}
}

// requireSVG says that s is XML, that it has only elements and attributes that
// draw, and that it refers to nothing.
func requireSVG(t *testing.T, s, from string) {
	t.Helper()
	requirePlain(t, s, from)
	elements := map[string]bool{"svg": true, "title": true, "desc": true, "style": true, "g": true, "path": true, "polygon": true, "rect": true, "text": true}
	attributes := map[string]bool{
		"xmlns": true, "class": true, "role": true, "aria-labelledby": true, "width": true, "height": true, "viewBox": true, "id": true,
		"d": true, "points": true, "x": true, "y": true, "rx": true, "text-anchor": true,
	}
	d := xml.NewDecoder(strings.NewReader(s))
	for {
		tok, err := d.Token()
		if err == io.EOF {
			return
		}
		require.NoError(t, err, "%q", from)
		e, ok := tok.(xml.StartElement)
		if !ok {
			_, isText := tok.(xml.CharData)
			_, isEnd := tok.(xml.EndElement)
			require.True(t, isText || isEnd, "%T from %q", tok, from)
			continue
		}
		require.True(t, elements[e.Name.Local], "element %s from %q", e.Name.Local, from)
		for _, a := range e.Attr {
			require.True(t, attributes[a.Name.Local], "attribute %s from %q", a.Name.Local, from)
		}
	}
}

func TestATraceThatMakesNoSenseIsDrawn(t *testing.T) {
	tr := &trace.Trace{Header: trace.Header{Hosts: []trace.Host{{Name: "a"}, {Name: "b"}}}}
	for kind := trace.Kind(0); kind < 20; kind++ {
		for _, at := range []time.Duration{0, -5, 1 << 62, -1 << 63, 7} {
			for _, host := range []trace.HostID{-1, 0, 1, 2, -300} {
				i := int32(len(tr.Events))
				tr.Events = append(tr.Events, trace.Event{I: i, Cause: i + 1, At: at, Kind: kind, Host: host, Op: "fire", Name: "E"})
				tr.Events = append(tr.Events, trace.Event{I: i, Cause: -7, At: at, Kind: kind, Host: host, Op: "start",
					Packet: &trace.Packet{N: i % 7, CopyOf: i % 3, From: host, To: 1 - host, Again: "F9", Status: int(i)}})
			}
		}
	}
	l := NewLadder(tr, Options{Raw: true, Notes: true, Width: 1})
	requirePlain(t, l.Text(), "nonsense")
	requireSVG(t, l.SVG(), "nonsense")
	Story(tr)
	empty := NewLadder(&trace.Trace{}, Options{Hosts: []string{"nobody"}})
	requirePlain(t, empty.Text(), "nothing")
	requireSVG(t, empty.SVG(), "nothing")
}
