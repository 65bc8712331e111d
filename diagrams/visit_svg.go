package diagrams

// badge is a number on an arrow of the way that a run took.
const (
	badgeTall = 16 * unit
	badgePad  = 5 * unit
	badgeCell = 7 * unit
)

// badges number the arrows and states through which the way went.
func (d *StateDiagram) badges(p *picture, l *Layout, top int) {
	var taken []area4
	for i := range l.Edges {
		text := d.numbers(d.edges[i].from, d.edges[i].to)
		if text == "" {
			continue
		}
		box := d.badgeBox(l, i, text, taken)
		taken = append(taken, box)
		badge(p, area4{box.x0 + edge, box.y0 + top, box.x1 + edge, box.y1 + top}, text)
	}
	for i := range l.States {
		s := &l.States[i]
		text := d.numbers(s.Name, s.Name)
		if text == "" {
			continue
		}
		at := d.stateArea(s)
		w := cells(text)*badgeCell + 2*badgePad
		x, y := edge+at.x1-w-badgePad, top+at.y0+(stateTall*unit-badgeTall)/2
		if name := edge + s.X + cells(visible(s.Name))*stateCell*unit/2; x < name {
			x = edge + at.x1 - w/2 // beside a name that has no room beside it
		}
		badge(p, area4{x, y, x + w, y + badgeTall}, text)
	}
}

// badgeBox is where the number of an arrow stands on it: near its middle, clear
// of labels, states and other numbers.
func (d *StateDiagram) badgeBox(l *Layout, i int, text string, taken []area4) area4 {
	c := &l.Edges[i]
	curves := len(c.Points) / 3
	half, tall := (cells(text)*badgeCell+2*badgePad)/2, badgeTall/2
	first := area4{}
	for n := range 16 * curves {
		step := 8*curves + (n+1)/2*(1-n%2*2) // the middle, then on either side of it
		step = min(max(step, 0), 16*curves-1)
		at := c.at(step/16*3, step%16)
		box := area4{at.x - half, at.y - tall, at.x + half, at.y + tall}
		if n == 0 {
			first = box
		}
		if d.badgeFits(l, &box, taken) {
			return box
		}
	}
	return first
}

func (d *StateDiagram) badgeFits(l *Layout, box *area4, taken []area4) bool {
	for k := range l.Edges {
		if label := d.labelBox(l, k); box.meets(&label) {
			return false
		}
	}
	for k := range l.States[1:] {
		if s := d.stateArea(&l.States[k+1]); box.meets(&s) {
			return false
		}
	}
	for k := range taken {
		if box.meets(&taken[k]) {
			return false
		}
	}
	return true
}

func badge(p *picture, at area4, text string) {
	p.block("pill went", at.x0, at.y0, at.x1, at.y1, badgeTall/2)
	p.letters("small went", (at.x0+at.x1)/2, at.y1-badgePad+unit, middleAnchor, text)
}

// visitList tells the way below the picture and returns where it ends.
func (d *StateDiagram) visitList(p *picture, y int) int {
	lines := d.visitLines()
	if lines == nil {
		return y
	}
	y += edge
	for _, l := range lines {
		y += tableRow
		p.letters("soft", edge, y, startAnchor, l)
		p.width = max(p.width, 2*edge+cells(l)*75)
	}
	return y
}
