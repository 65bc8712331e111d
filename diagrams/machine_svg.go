package diagrams

import "siplab/sim/fsm"

const (
	captionFirst = 11 * unit // of a label's first base line below its top
	tableRow     = 17 * unit
)

// SVG draws the machine: states, and arrows with event / action and the
// section. A machine for which no layout was made comes as its text.
func (d *StateDiagram) SVG() string { return d.picture().svg(d.opt.Theme) }

// PNG draws it as a PNG file.
func (d *StateDiagram) PNG() ([]byte, error) { return d.picture().png(d.opt.Theme) }

func (d *StateDiagram) picture() *picture {
	p := &picture{title: visible(d.m.Name + " (" + d.m.Ref + ")"), desc: d.summary()}
	l := d.layout()
	if l == nil {
		d.textPicture(p)
		return p
	}
	top := edge + 40*unit
	p.width, p.height = l.Width+2*edge, l.Height+top
	p.block("paper", 0, 0, 0, 0, 0)
	p.letters("name", edge, edge+14*unit, startAnchor, visible(d.m.Name))
	p.letters("small", edge, edge+30*unit, startAnchor, visible(d.m.Ref))
	for i := range l.Edges {
		d.edgeLine(p, &d.edges[i], &l.Edges[i], top)
	}
	for i := range l.States {
		d.stateBox(p, &l.States[i], top)
	}
	for i := range l.Edges {
		d.edgeLabel(p, &d.edges[i], &l.Edges[i], top)
	}
	d.badges(p, l, top)
	p.height = d.visitList(p, d.timers(p, p.height+edge)) + edge
	p.shapes[0].points[1] = point{p.width, p.height}
	return p
}

func (d *StateDiagram) summary() string {
	s := "States:"
	for i, name := range d.m.States {
		if i > 0 {
			s += ","
		}
		s += " " + visible(name)
	}
	return s + "."
}

func shifted(at [2]int, top int) point { return point{edge + at[0], top + at[1]} }

func (d *StateDiagram) edgeLine(p *picture, e *transition, c *Curve, top int) {
	class := "edge"
	if d.numbers(e.from, e.to) != "" {
		class = "edge went"
	}
	points := make([]point, len(c.Points))
	for i, at := range c.Points {
		points[i] = shifted(at, top)
	}
	tip := shifted(c.Tip, top)
	p.begin("edge-line", visible(c.From+" to "+c.To))
	p.add(shape{kind: curve, class: class, points: points})
	p.stroke(class, points[len(points)-1], tip)
	p.head(class, points[len(points)-1], tip)
	p.end()
}

func (d *StateDiagram) stateBox(p *picture, s *Placed, top int) {
	at := shifted([2]int{s.X, s.Y}, top)
	if s.Name == startNode {
		const r = 6 * unit
		p.block("ink", at.x-r, at.y-r, at.x+r, at.y+r, r)
		return
	}
	w, h := d.box(s.Name)
	x0, y0 := at.x-w*unit/2, at.y-h*unit/2
	x1, y1 := x0+w*unit, y0+h*unit
	class := "panel"
	if d.wasIn(s.Name) {
		class = "panel went"
	}
	p.block(class, x0, y0, x1, y1, 8*unit)
	if s.Name == d.m.Final {
		const gap = 4 * unit
		p.block("ring", x0-gap, y0-gap, x1+gap, y1+gap, 10*unit)
	}
	p.letters("name", at.x, y0+22*unit, middleAnchor, visible(s.Name))
	if in := d.stay(s.Name).captions(); len(in) > 0 {
		p.stroke("life", point{x0, y0 + stateTall*unit}, point{x1, y0 + stateTall*unit})
		d.captions(p, in, x0+captionPad*unit, y0+(stateTall+4)*unit)
	}
}

func (d *StateDiagram) edgeLabel(p *picture, e *transition, c *Curve, top int) {
	lines := e.captions()
	w, h := measure(lines)
	at := shifted(c.Label, top)
	d.captions(p, lines, at.x-w*unit/2+captionPad*unit, at.y-h*unit/2+2*unit)
}

// captions writes lines below one another from the upper left.
func (d *StateDiagram) captions(p *picture, lines []caption, x, y int) {
	y += captionFirst
	for _, l := range lines {
		class := "caption"
		if l.small {
			class = "small"
		}
		p.letters(class, x, y, startAnchor, l.text)
		y += captionTall * unit
	}
}

// timers lists the timers below the picture and returns where the list ends.
func (d *StateDiagram) timers(p *picture, y int) int {
	y += edge
	p.letters("small", edge, y, startAnchor, "In a box: what happens without leaving the state. event [condition] / action")
	y += tableRow
	for i := range d.m.Timers {
		t := &d.m.Timers[i]
		p.letters("time", edge, y, startAnchor, visible(t.Timer))
		text := visible(timerLine(t))
		p.letters("soft", edge+80*unit, y, startAnchor, text)
		p.width = max(p.width, 2*edge+80*unit+cells(text)*75)
		y += tableRow
	}
	return y - tableRow
}

func timerLine(t *fsm.TimerData) string {
	s := t.Length + "; in "
	for i, name := range t.LivesIn {
		if i > 0 {
			s += ", "
		}
		s += name
	}
	return s + ": " + t.Meaning + " (" + t.Section + ")"
}

// textPicture is the machine's text as a picture.
func (d *StateDiagram) textPicture(p *picture) {
	y, wide := edge+14*unit, 0
	p.block("paper", 0, 0, 0, 0, 0)
	for _, l := range d.lines(unicodeForms, 0) {
		p.letters("caption", edge, y, startAnchor, l)
		wide = max(wide, cells(l))
		y += captionTall * unit
	}
	p.width, p.height = 2*edge+wide*cellWide, y+edge
	p.shapes[0].points[1] = point{p.width, p.height}
}
