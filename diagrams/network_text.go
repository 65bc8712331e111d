package diagrams

import (
	"strconv"
	"strings"
)

// Text draws the map for a terminal: hosts below one another, links on the
// right.
func (n *Network) Text() string { return n.drawText(unicodeGlyphs, unicodeForms) }

// ASCII is Text in ASCII alone.
func (n *Network) ASCII() string { return n.drawText(asciiGlyphs, asciiForms) }

// laneWide is how many cells a lane takes.
const laneWide = 3

// textNetwork is a map on its way to a canvas.
type textNetwork struct {
	n     *Network
	w     *wiring
	f     *forms
	boxes [][]string // by host: what stands in its box
	tops  []int      // by host: the row of its upper edge
	rows  []int      // by end: its row
	tall  int
	in    int // the widest line of a box
	out   int // the widest text at an end
}

func (n *Network) drawText(g *glyphs, f *forms) string {
	t := &textNetwork{n: n, w: n.wire(), f: f}
	t.measure()
	c := newCanvas(t.in+4+t.out+4+laneWide*t.w.lanes+1, t.tall)
	for i := range n.Hosts {
		t.box(c, i, g)
	}
	for i := range n.Links {
		t.lane(c, i, g)
	}
	for i := range t.w.ends {
		t.end(c, i, g)
	}
	s := c.String()
	if n.title != "" {
		s = t.text(n.title) + "\n\n" + s
	}
	if n.more > 0 {
		s += t.text(strconv.Itoa(n.more)+" more hosts are not drawn") + "\n"
	}
	return s
}

func (t *textNetwork) text(s string) string {
	if t.f.ascii {
		return toASCII(s)
	}
	return s
}

// lines are what stands in a host's box.
func (h *NetworkHost) lines() []string {
	all := []string{h.Name}
	if h.Kind != "" && h.Kind != h.Name {
		all = append(all, short(h.Kind))
	}
	return append(all, h.Addrs...)
}

// measure gives each host and each end its rows.
func (t *textNetwork) measure() {
	t.rows = make([]int, len(t.w.ends))
	e := 0
	for i := range t.n.Hosts {
		var lines []string
		for _, l := range t.n.Hosts[i].lines() {
			l = t.text(l)
			t.in = max(t.in, cells(l))
			lines = append(lines, l)
		}
		t.boxes, t.tops = append(t.boxes, lines), append(t.tops, t.tall)
		inside := 0
		for ; e < len(t.w.ends) && t.w.ends[e].host == i; e++ {
			t.rows[e] = t.tall + 1 + inside
			inside++
			t.out = max(t.out, cells(t.text(t.n.says(t.w.ends[e]))))
		}
		t.tall += max(inside, len(lines)) + 2
	}
}

func (t *textNetwork) box(c *canvas, i int, g *glyphs) {
	next := t.tall
	if i+1 < len(t.tops) {
		next = t.tops[i+1]
	}
	top, bottom, right := t.tops[i], next-1, t.in+3
	level := strings.Repeat(t.f.level, t.in+2)
	c.write(top, 0, t.f.corners[0]+level+t.f.corners[1])
	c.write(bottom, 0, t.f.corners[2]+level+t.f.corners[3])
	for r := top + 1; r < bottom; r++ {
		c.set(r, 0, g.lifeline)
		c.set(r, right, g.lifeline)
	}
	for k, l := range t.boxes[i] {
		c.write(top+1+k, 2, l)
	}
}

// laneX is the cell of a link's lane.
func (t *textNetwork) laneX(link int) int {
	return t.in + 4 + t.out + 4 + laneWide*t.w.lane[link]
}

func (t *textNetwork) lane(c *canvas, i int, g *glyphs) {
	x := t.laneX(i)
	for r := t.rows[t.w.row[i][0]] + 1; r < t.rows[t.w.row[i][1]]; r++ {
		c.set(r, x, g.lifeline)
	}
}

// end draws what leaves a host: a text, and the line to its lane.
func (t *textNetwork) end(c *canvas, i int, g *glyphs) {
	e, r := t.w.ends[i], t.rows[i]
	text := " " + t.text(t.n.says(e)) + " "
	from, x := t.in+3, t.laneX(e.link)
	c.set(r, from, g.from)
	c.set(r, from+1, g.level)
	for at := from + 2 + cells(text); at < x; at++ {
		if c.at(r, at) == g.lifeline {
			c.set(r, at, g.across)
		} else {
			c.set(r, at, g.level)
		}
	}
	c.write(r, from+2, text)
	if e.up {
		c.write(r, x, t.f.corners[3])
	} else {
		c.write(r, x, t.f.corners[1])
	}
}
