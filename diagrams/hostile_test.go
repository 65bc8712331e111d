package diagrams

import (
	"encoding/csv"
	"encoding/json"
	"encoding/xml"
	"image/png"
	"io"
	"regexp"
	"strings"
	"testing"
	"time"
	"unicode/utf8"

	"github.com/stretchr/testify/require"

	"siplab/diagrams/hostile"
	"siplab/sim/fsm"
	"siplab/sim/trace"
)

// renderers are all that draw, each with what holds for all that it draws.
var renderers = []struct {
	name string
	draw func(text string) string
	hold func(t *testing.T, drawn, from string)
}{
	{"text", func(s string) string { return hostileLadder(s).Text() }, requirePlain},
	{"ascii", func(s string) string { return hostileLadder(s).ASCII() }, requireASCII},
	{"svg", func(s string) string { return hostileLadder(s).SVG() }, requireSVG},
	{"png", hostilePNG, requirePNG},
	{"html", func(s string) string { return HTML(hostile.Run(s), Options{Notes: true, Show: Segments}) }, requirePage},
	{"mermaid", func(s string) string { return hostileLadder(s).Mermaid() }, requireMermaid},
	{"plantuml", func(s string) string { return hostileLadder(s).PlantUML() }, requirePlantUML},
	{"dot", func(s string) string { return hostileLadder(s).DOT() }, requireShortDOT},
	{"csv", hostileTable, requireCSV},
	{"story", func(s string) string { return strings.Join(Story(hostile.Run(s)), "\n") }, requirePlain},
	{"why", func(s string) string { return Why(hostile.Run(s), "F3"+s) }, requirePlain},
	{"json", traceLines, requireJSON},
	{"network as text", func(s string) string { return hostileNetwork(s).Text() }, requirePlain},
	{"network as ascii", func(s string) string { return hostileNetwork(s).ASCII() }, requireASCII},
	{"network as svg", func(s string) string { return hostileNetwork(s).SVG() }, requireSVG},
	{"network as dot", func(s string) string { return hostileNetwork(s).DOT() }, requireShortDOT},
	{"machine as text", func(s string) string { return hostileMachine(s).Text() }, requirePlain},
	{"machine as ascii", func(s string) string { return hostileMachine(s).ASCII() }, requireASCII},
	{"machine as svg", func(s string) string { return hostileMachine(s).SVG() }, requireSVG},
	{"machine as dot", func(s string) string { return hostileMachine(s).DOT() }, requireDOT},
}

// TestHostileTextsComeOutHarmless draws every text with everything that draws:
// SEC-38, SEC-39, SEC-40, SEC-41, SEC-42, SEC-43, SEC-44, SEC-45 and more. What other programs read is also given to their
// own parsers: .ci/run, and the tests of internal/layout.
func TestHostileTextsComeOutHarmless(t *testing.T) {
	require.GreaterOrEqual(t, len(hostile.Texts), 40)
	for _, r := range renderers {
		t.Run(r.name, func(t *testing.T) {
			for _, text := range hostile.Texts {
				drawn := r.draw(text.Text)
				r.hold(t, drawn, text.ID+" "+text.Text)
			}
		})
	}
}

func hostileLadder(text string) *Ladder {
	return NewLadder(hostile.Run(text), Options{Raw: true, Notes: true, Show: Segments})
}

func hostileTable(text string) string {
	var b strings.Builder
	if err := hostileLadder(text).CSV(&b, hostile.Run(text)); err != nil {
		return err.Error()
	}
	return b.String()
}

// requireCSV says that s is a table, without a formula in it.
func requireCSV(t *testing.T, s, from string) {
	t.Helper()
	requirePlain(t, s, from)
	records, err := csv.NewReader(strings.NewReader(s)).ReadAll() // each as long as the first
	require.NoError(t, err, "%q", from)
	require.Greater(t, len(records), 2, "%q", from)
	for _, record := range records {
		for _, cell := range record {
			require.NotContains(t, "=+-@", (cell + " ")[:1], "%q", from)
		}
	}
}

// hostilePNG is of the first moment, and of the beginning of a long text:
// pixels take long to draw.
func hostilePNG(text string) string {
	drawn, err := NewLadder(hostile.Run(text[:min(len(text), 64)]), Options{To: 25 * ms, Width: 60}).PNG()
	if err != nil {
		return err.Error()
	}
	return string(drawn)
}

// requirePNG says that s is a whole PNG.
func requirePNG(t *testing.T, s, from string) {
	t.Helper()
	_, err := png.Decode(strings.NewReader(s))
	require.NoError(t, err, "%q", from)
}

func hostileNetwork(text string) *Network { return NewNetwork(hostile.Run(text), Options{}) }

func traceLines(text string) string {
	var b strings.Builder
	hostile.Run(text).Replay(trace.NewWriter(&b))
	return b.String()
}

func requireASCII(t *testing.T, s, from string) {
	t.Helper()
	requirePlain(t, s, from)
	require.Equal(t, -1, strings.IndexFunc(s, func(r rune) bool { return r >= utf8.RuneSelf }), "%q", from)
}

// requireJSON says that each line is JSON that may stand in a page of HTML.
func requireJSON(t *testing.T, s, from string) {
	t.Helper()
	requirePlain(t, s, from)
	for line := range strings.Lines(s) {
		require.True(t, json.Valid([]byte(line)), "%s from %q", line, from)
	}
	require.NotContains(t, s, "<", "%q", from)
}

var (
	mermaidLine  = regexp.MustCompile(`^(sequenceDiagram|  title .*|  participant h\d as .+|  h\d(->>|-->>|-x|--x|-\)|--\))h\d: .*|  Note over h\d(,h\d)?: .*)$`)
	mermaidText  = regexp.MustCompile(`^([A-Za-z0-9 (),.-]|[^\x00-\x7f]|#\d+;|<br/>)*$`)
	plantUMLLine = regexp.MustCompile(`^(@startuml|hide footbox|title .*|participant ".+" as h\d|h\d (->|-->|->x|-->x|->>|-->>) h\d : .*|h?note over h\d(,h\d)? : .*|\.\.\..*\.\.\.|@enduml)$`)
	plantUMLText = regexp.MustCompile(`^([A-Za-z0-9 (),.-]|<U\+[0-9A-F]{4,6}>|\\n)*$`)
)

// requireMermaid says that each line is one of those that are written, that
// what a text could act with stands in it as a code, and that no line is added
// or gone.
func requireMermaid(t *testing.T, s, from string) {
	t.Helper()
	requirePlain(t, s, from)
	arrows := 0
	for line := range strings.SplitSeq(strings.TrimSuffix(s, "\n"), "\n") {
		require.Regexp(t, mermaidLine, line, "%q", from)
		_, text, said := strings.Cut(line, ": ")
		if _, name, isName := strings.Cut(line, " as "); isName && !said {
			text = name
		} else if rest, ok := strings.CutPrefix(line, "  title "); ok {
			text = rest
		}
		require.Regexp(t, mermaidText, text, "%q", from)
		if strings.HasPrefix(line, "  h") {
			arrows++
		}
	}
	require.Equal(t, hostile.Messages, arrows, "%q", from)
}

func requirePlantUML(t *testing.T, s, from string) {
	t.Helper()
	requirePlain(t, s, from)
	arrows := 0
	for line := range strings.SplitSeq(strings.TrimSuffix(s, "\n"), "\n") {
		require.Regexp(t, plantUMLLine, line, "%q", from)
		_, text, _ := strings.Cut(line, " : ")
		switch {
		case strings.HasPrefix(line, "title "):
			text = line[len("title "):]
		case strings.HasPrefix(line, "participant "):
			text, _, _ = strings.Cut(line[len(`participant "`):], `"`)
		case strings.HasPrefix(line, "h") && line[1] < 'a':
			arrows++
		}
		require.Regexp(t, plantUMLText, text, "%q", from)
	}
	require.Equal(t, hostile.Messages, arrows, "%q", from)
	requireASCII(t, s, from)
}

// requireShortDOT says besides that Graphviz can read the labels: it has room
// for one of 16 kB.
func requireShortDOT(t *testing.T, s, from string) {
	t.Helper()
	requireDOT(t, s, from)
	for line := range strings.Lines(s) {
		require.Less(t, len(line), 16<<10, "%q", from)
	}
}

// requireDOT says that quotes and HTML-like labels close where they should: a
// label is XML of its own.
func requireDOT(t *testing.T, s, from string) {
	t.Helper()
	requirePlain(t, s, from)
	for at := strings.Index(s, "=<"); at >= 0; at = strings.Index(s, "=<") {
		s = s[at+1:]
		depth, end := 0, 0
		for end = 0; end < len(s); end++ {
			if s[end] == '<' {
				depth++
			} else if s[end] == '>' {
				if depth--; depth == 0 {
					break
				}
			}
		}
		require.Zero(t, depth, "%q", from)
		require.Contains(t, ",]", s[end+1:end+2], "%q", from)
		label := s[1:end]
		d := xml.NewDecoder(strings.NewReader("<label>" + label + "</label>"))
		for {
			tok, err := d.Token()
			if err == io.EOF {
				break
			}
			require.NoError(t, err, "%q", from)
			if e, ok := tok.(xml.StartElement); ok {
				require.Contains(t, []string{"label", "table", "tr", "td"}, e.Name.Local, "%q", from)
			}
		}
		s = s[end:]
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
