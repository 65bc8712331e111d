package diagrams

import (
	"strconv"
	"strings"
)

// startNode is the dot from which a machine begins.
const startNode = "(start)"

// DOT writes the machine for Graphviz. Every label has a size of its own, so
// that no font decides where things go: the layouts that SVG uses are made from
// this text.
func (d *StateDiagram) DOT() string {
	var b strings.Builder
	b.WriteString("digraph " + dotQuote(d.m.Name) + " {\n" +
		"  graph [rankdir=TB, nodesep=0.8, ranksep=0.7, ordering=out];\n" +
		"  node [shape=box, style=rounded, fixedsize=true, fontname=\"Courier\", fontsize=13];\n" +
		"  edge [fontname=\"Courier\", fontsize=10];\n" +
		"  " + dotQuote(startNode) + " [shape=point, width=0.16, height=0.16];\n")
	for _, s := range d.m.States {
		d.dotState(&b, s)
	}
	for i := range d.edges {
		d.dotEdge(&b, &d.edges[i])
	}
	b.WriteString("}\n")
	return b.String()
}

func (d *StateDiagram) dotState(b *strings.Builder, name string) {
	w, h := d.box(name)
	more := ""
	if name == d.m.Final {
		more = ", peripheries=2"
	}
	b.WriteString("  " + dotQuote(name) + " [width=" + inches(w) + ", height=" + inches(h) + more)
	if in := d.stay(name).captions(); len(in) > 0 {
		b.WriteString(", label=" + dotLabel(append([]caption{{text: visible(name)}}, in...)))
	}
	b.WriteString("];\n")
}

func (d *StateDiagram) dotEdge(b *strings.Builder, e *transition) {
	from := e.from
	if from == "" {
		from = startNode
	}
	b.WriteString("  " + dotQuote(from) + " -> " + dotQuote(e.to) + " [label=" + dotLabel(e.captions()) + "];\n")
}

// dotLabel writes lines as a label of a fixed size.
func dotLabel(lines []caption) string {
	w, _ := measure(lines)
	size := `fixedsize="true" width="` + strconv.Itoa(w) + `" height="` + strconv.Itoa(captionTall) + `"`
	var x svgWriter
	x.put(`<<table border="0" cellborder="0" cellspacing="0" cellpadding="0">`)
	for _, l := range lines {
		x.put("<tr><td " + size + ">")
		x.escape(l.text)
		x.put("</td></tr>")
	}
	x.put("</table>>")
	return x.String()
}

// dotQuote writes a double-quoted string of the DOT language; a backslash is
// an escape only before a quote, and in labels, which these are not.
func dotQuote(s string) string {
	s = strings.ReplaceAll(visible(s), `\`, `\\`)
	return `"` + strings.ReplaceAll(s, `"`, `\"`) + `"`
}

// inches writes pixels as inches of 72, as DOT sizes are.
func inches(px int) string {
	n := px * 10000 / 72
	frac := strconv.Itoa(n%10000 + 10000)[1:]
	return strconv.Itoa(n/10000) + "." + frac
}
