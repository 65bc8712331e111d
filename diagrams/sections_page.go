package diagrams

import (
	_ "embed"
	"strconv"
	"strings"

	"siplab/sim/trace"
)

// Section is one run on a page of several: a heading, lines of text, words to be
// copied, and the ladder.
type Section struct {
	Head  string
	Lines []string
	Words string
	Trace *trace.Trace
}

//go:embed page/sections.html
var sectionsBody string

//go:embed page/sections.css
var sectionsStyle string

// SectionsPage is a page with a list of sections and the ladder of each. It
// refers to nothing outside it, and nothing runs in it.
func SectionsPage(title, text string, sections []Section, opt Options) string {
	style := machinesStyle + sectionsStyle + styles[opt.Theme]
	var head, about, list, w svgWriter
	head.escape(visible(title))
	about.escape(visible(text))
	for i := range sections {
		s := &sections[i]
		id := "s" + strconv.Itoa(i)
		list.put(`<li><a href="#` + id + `">`)
		list.escape(visible(s.Head))
		list.put("</a></li>\n")
		w.put(`<section id="` + id + `">` + "\n<h2>")
		w.escape(visible(s.Head))
		w.put("</h2>\n")
		w.paragraphs(s)
		p := NewLadder(s.Trace, opt).picture()
		p.id = id
		w.picture(p, "")
		w.put("</section>\n")
	}
	return strings.NewReplacer(
		"{{policy}}", "default-src 'none'; base-uri 'none'; form-action 'none'; style-src "+sourceHash(style),
		"{{style}}", style, "{{title}}", head.String(), "{{text}}", about.String(), "{{list}}", list.String(), "{{sections}}", w.String(),
	).Replace(sectionsBody)
}

func (w *svgWriter) paragraphs(s *Section) {
	for _, line := range s.Lines {
		w.put("<p>")
		w.escape(visible(line))
		w.put("</p>\n")
	}
	if s.Words == "" {
		return
	}
	w.put("<details><summary>The scenario</summary><pre>")
	for line := range strings.SplitSeq(strings.TrimSpace(s.Words), "\n") {
		w.escape(visible(line))
		w.put("\n")
	}
	w.put("</pre></details>\n")
}
