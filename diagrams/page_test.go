package diagrams

import (
	"encoding/json"
	"encoding/xml"
	"io"
	"regexp"
	"strconv"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"
)

// cut is what stands in a page from one text to the next other.
func cut(t *testing.T, s, from, to string) string {
	t.Helper()
	_, s, ok := strings.Cut(s, from)
	require.True(t, ok, from)
	s, _, ok = strings.Cut(s, to)
	require.True(t, ok, to)
	return s
}

// requirePage says that a page has its own script and style, data, and
// otherwise only elements that show.
func requirePage(t *testing.T, page, from string) {
	t.Helper()
	requirePlain(t, page, from)
	style, data := cut(t, page, "<style>", "</style>"), cut(t, page, `id="run">`, "</script>")
	require.Equal(t, pageStyle+styles[Auto], style)
	require.Equal(t, pageScript, cut(t, page, "<script>", "</script>"))
	require.NotContains(t, data, "<", from)
	require.True(t, json.Valid([]byte(data)), from)
	policy := cut(t, page, `Policy" content="`, `"`)
	require.Contains(t, policy, "default-src 'none'")
	require.Contains(t, policy, "script-src "+sourceHash(pageScript)+";")
	require.NotContains(t, policy, "unsafe")
	// Without what is text to HTML and not to XML, the page is XML.
	rest := strings.Replace(page, pageScript, "", 1)
	d := xml.NewDecoder(strings.NewReader(strings.Replace(strings.Replace(rest, style, "", 1), data, "", 1)))
	d.Strict = true
	scripts := 0
	for {
		tok, err := d.Token()
		if err == io.EOF {
			break
		}
		require.NoError(t, err, from)
		e, ok := tok.(xml.StartElement)
		if !ok {
			continue
		}
		require.NotContains(t, []string{"img", "image", "iframe", "object", "embed", "link", "a", "foreignObject", "base", "form", "use"}, e.Name.Local, from)
		if e.Name.Local == "script" {
			scripts++
		}
		for _, a := range e.Attr {
			require.NotContains(t, []string{"src", "href", "style", "action"}, a.Name.Local, from)
			require.False(t, strings.HasPrefix(a.Name.Local, "on"), "%s from %q", a.Name.Local, from)
		}
	}
	require.Equal(t, 2, scripts, "the data and the script: %q", from)
}

func TestAPageRefersToNothingOutsideIt(t *testing.T) {
	page := HTML(call(), Options{})
	for _, link := range regexp.MustCompile(`[a-z]+://[^"' <)]*`).FindAllString(page, -1) {
		require.Equal(t, "http://www.w3.org/2000/svg", link, "a name, not a link")
	}
	require.NotContains(t, page, "url(")
	require.NotContains(t, page, "@import")
}

func TestAPageKnowsWhatItsArrowsMean(t *testing.T) {
	tr := call()
	l := NewLadder(tr, Options{})
	p := newPage(tr, l)
	require.Len(t, p.Messages, len(l.flights))
	svg := l.SVG()
	for i := range p.Messages {
		require.Contains(t, svg, `<g class="arrow" id="arrow-`+strconv.Itoa(i+1)+`">`)
		require.Contains(t, svg, `<g class="label" id="label-`+strconv.Itoa(i+1)+`">`)
		for _, h := range p.Messages[i].Headers {
			require.Contains(t, p.Dictionary, h.Header)
		}
	}
	require.NotEmpty(t, p.Messages[1].Why)
	for i, s := range p.Steps {
		require.LessOrEqual(t, s.Event, s.Until)
		if i > 0 {
			require.Equal(t, p.Steps[i-1].Until+1, s.Event, "steps leave nothing out between them")
		}
	}
	for _, m := range p.Moves {
		require.NotEqual(t, "", m.To)
	}
}

func BenchmarkThirtyArrowsAsHTML(b *testing.B) {
	tr := thirty()
	b.ReportAllocs()
	for b.Loop() {
		HTML(tr, Options{})
	}
}
