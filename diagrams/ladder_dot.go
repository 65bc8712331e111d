package diagrams

import (
	"strconv"
	"strings"
)

// dotLadder writes a drawn ladder in the DOT language.
type dotLadder struct {
	strings.Builder
	*drawn
	bottom int
}

// DOT writes the ladder for Graphviz, whose engine neato keeps every node where
// the layout has put it: so arrows slant as they do in SVG, and a lost packet's
// ends at a cross. Each arrow is an edge from where its packet left to where it
// arrived.
func (l *Ladder) DOT() string {
	s := l.layout(l.width(drawWidth), false, true)
	d := &dotLadder{drawn: &drawn{picture: new(picture), l: l, s: s}}
	d.rows()
	d.bottom = d.y[len(s.rows)]
	d.WriteString("digraph " + dotQuote(short(l.title)) + " {\n" +
		"  graph [layout=neato, splines=line, outputorder=edgesfirst];\n" +
		"  node [shape=plaintext, margin=0, width=0, height=0, fontname=\"Courier\", fontsize=13.33, pin=true];\n" +
		"  edge [arrowsize=0.8];\n")
	for i := range s.lines {
		d.lifeline(i)
	}
	for i := range s.ways {
		if s.ways[i].drawn {
			d.way(i)
		}
	}
	for i := range s.streams {
		d.stream(i)
	}
	for i := range s.marks {
		d.mark(i)
	}
	for i := range s.ways {
		if s.ways[i].drawn {
			d.label(i)
		}
	}
	for i := range s.rows {
		d.row(i)
	}
	d.WriteString("}\n")
	return d.String()
}

// node puts a node at a point; attributes are in the DOT language.
func (d *dotLadder) node(name string, at point, attributes string) {
	d.WriteString("  " + name + " [pos=\"" + inches(at.x/unit) + "," + dotUp(at.y/unit) + "!\"" + attributes + "];\n")
}

// dotUp is a height in inches: in DOT they grow upwards.
func dotUp(px int) string {
	if px == 0 {
		return "0"
	}
	return "-" + inches(px)
}

// words puts a text that begins at x, and keeps its place.
func (d *dotLadder) words(name, text string, x, y int, more string) {
	n := cells(text) * cellWide
	d.node(name, point{x + n/2, y}, ", label="+dotText(text)+more)
	d.crowd.putText(area4{x, y - textTall/2, x + n, y + textTall/2})
}

const dotDot = `, shape=point, width=0.02, label=""`

func (d *dotLadder) lifeline(i int) {
	line, name := &d.s.lines[i], lifeline(i)
	x := mid(line.x)
	d.node(name, point{x, edge}, ", shape=box, margin=0.08, label="+dotText(line.name))
	d.node(name+"end", point{x, d.bottom}, dotDot)
	d.WriteString("  " + name + " -> " + name + "end [arrowhead=none, color=gray];\n")
}

func (d *dotLadder) way(i int) {
	w, f := &d.s.ways[i], &d.l.flights[i]
	a, b := d.ends(i)
	from, to := "p"+strconv.Itoa(i+1)+"left", "p"+strconv.Itoa(i+1)+"arrived"
	d.node(from, a, dotDot)
	head := ""
	switch {
	case w.end < 0:
		d.node(to, b, dotDot)
		head = ", arrowhead=none"
	case f.fate == lost:
		d.node(to, b, `, label="✗", fontcolor=red`)
		head = ", arrowhead=none, color=red"
	default:
		d.node(to, b, dotDot)
	}
	d.WriteString("  " + from + " -> " + to + " [tooltip=" + dotText(short(f.title())) + head + dotManner[f.how] + "];\n")
}

var dotManner = [...]string{plain: "", again: ", style=dashed", duplicate: ", style=bold", corrupted: ", style=dotted"}

// label stands where the drawn ladder has it.
func (d *dotLadder) label(i int) {
	text, box := d.fit(i)
	d.words("p"+strconv.Itoa(i+1), text, box.x0, (box.y0+box.y1)/2, "")
}

func (d *dotLadder) stream(i int) {
	l := &d.s.streams[i]
	y, name := d.y[l.row], "m"+strconv.Itoa(i+1)
	d.node(name+"a", point{px(l.x0), y}, dotDot)
	d.node(name+"b", point{px(l.x1 + 1), y}, dotDot)
	dir := [...]string{toRight: "forward", toLeft: "back", toRight | toLeft: "both"}[l.flow]
	d.WriteString("  " + name + "a -> " + name + "b [dir=" + dir + ", color=\"gray:gray\"];\n")
}

func (d *dotLadder) mark(i int) {
	m := &d.s.marks[i]
	by, clear := d.lower(m, px(m.x), cells(m.text))
	more := ""
	if m.kind == stateMark {
		more = `, fontname="Courier-Oblique"`
	}
	if m.on || !clear || m.kind == mediaMark {
		more += ", style=filled, fillcolor=white"
	}
	d.words("t"+strconv.Itoa(i+1), m.text, px(m.x), d.y[m.row]+by, more)
}

func (d *dotLadder) row(i int) {
	r, name := &d.s.rows[i], "r"+strconv.Itoa(i+1)
	if r.whole && r.text != "" {
		d.words("w"+strconv.Itoa(i+1), r.text, px(d.s.stampTo), d.y[i], "")
	}
	switch {
	case r.pause > 0:
		text := pauseText(r.pause)
		d.words(name, text, px(max(0, d.s.stampTo-1-len(text))), d.y[i], ", fontcolor=gray")
	case r.stamp:
		text := d.s.time(i)
		d.words(name, text, px(d.s.stampTo-2-len(text)), d.y[i], ", fontcolor=gray")
	}
}

// dotText writes a text as an HTML-like label, in which nothing but XML's own
// characters has a meaning: in a quoted one \N or \G would be replaced.
func dotText(s string) string {
	if s == "" {
		return `""`
	}
	var x svgWriter
	x.put("<")
	x.escape(visible(s))
	x.put(">")
	return x.String()
}
