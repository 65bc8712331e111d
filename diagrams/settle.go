package diagrams

import "slices"

// Settle moves the labels of a layout that lie over an arrow, a state or
// another label to the nearest clear place beside their own arrow: Graphviz
// keeps labels apart from states, but not from the arrows of others.
func (d *StateDiagram) Settle(l *Layout) {
	if !d.fits(l) {
		return
	}
	for i := range l.Edges {
		all := d.places(l, i)
		if !d.settle(l, i, all, d.plain) {
			d.settle(l, i, all, d.clear)
		}
	}
}

// settle puts the label of arrow i at the first place that is right.
func (d *StateDiagram) settle(l *Layout, i int, places []point, right func(*Layout, int) bool) bool {
	from := l.Edges[i].Label
	for _, at := range places {
		l.Edges[i].Label = [2]int{at.x, at.y}
		if right(l, i) {
			return true
		}
	}
	l.Edges[i].Label = from
	return false
}

// plain says whether the label of arrow i stands clear, and so that nobody
// takes it for that of another arrow: its own is near, and no other so near.
func (d *StateDiagram) plain(l *Layout, i int) bool {
	if !d.clear(l, i) {
		return false
	}
	box := d.labelBox(l, i)
	near, close := box.grown(16*unit), box.grown(7*unit)
	for k := range l.Edges {
		if k != i && l.Edges[k].meets(&close) {
			return false
		}
	}
	return l.Edges[i].meets(&near)
}

// places are where the label of arrow i may stand: where it is, a little off,
// and on either side of each point of its arrow, the nearest first.
func (d *StateDiagram) places(l *Layout, i int) []point {
	c, box := &l.Edges[i], d.labelBox(l, i)
	at := point{c.Label[0], c.Label[1]}
	all := offsets(at, 4*unit, 5)
	w, h := (box.x1-box.x0)/2, (box.y1-box.y0)/2
	for k := 0; k+3 < len(c.Points); k += 3 {
		for step := range 16 {
			p := c.at(k, step)
			for _, gap := range [...]int{6 * unit, 12 * unit, 20 * unit} {
				all = append(all, point{p.x + gap + w, p.y}, point{p.x - gap - w, p.y}, point{p.x, p.y + gap + h}, point{p.x, p.y - gap - h})
			}
		}
	}
	slices.SortStableFunc(all, func(a, b point) int { return a.away(at) - b.away(at) })
	return all
}

// away is the square of the distance between two points.
func (p point) away(from point) int {
	x, y := p.x-from.x, p.y-from.y
	return x*x + y*y
}

// offsets are the places of a grid around a point.
func offsets(at point, step, n int) []point {
	all := make([]point, 0, (2*n+1)*(2*n+1))
	for y := -n; y <= n; y++ {
		for x := -n; x <= n; x++ {
			all = append(all, point{at.x + x*step, at.y + y*step})
		}
	}
	return all
}

// labelBox is where the label of arrow i stands.
func (d *StateDiagram) labelBox(l *Layout, i int) area4 {
	w, h := measure(d.edges[i].captions())
	w -= 2 * captionPad
	at := l.Edges[i].Label
	return area4{at[0] - w*unit/2, at[1] - h*unit/2, at[0] + w*unit/2, at[1] + h*unit/2}
}

func (d *StateDiagram) stateArea(s *Placed) area4 {
	w, h := d.box(s.Name)
	return area4{s.X - w*unit/2, s.Y - h*unit/2, s.X + w*unit/2, s.Y + h*unit/2}
}

// clear says whether the label of arrow i is within the picture and over
// nothing else of it.
func (d *StateDiagram) clear(l *Layout, i int) bool {
	box := d.labelBox(l, i)
	if box.x0 < 0 || box.y0 < 0 || box.x1 > l.Width || box.y1 > l.Height {
		return false
	}
	for k := range l.Edges {
		if other := d.labelBox(l, k); k != i && box.meets(&other) || l.Edges[k].meets(&box) {
			return false
		}
	}
	for k := range l.States[1:] {
		if s := d.stateArea(&l.States[k+1]); box.meets(&s) {
			return false
		}
	}
	return true
}

// meets says whether the arrow passes through the box. It follows each curve
// in sixteen steps.
func (c *Curve) meets(box *area4) bool {
	for k := 0; k+3 < len(c.Points); k += 3 {
		for step := range 16 {
			if lineMeets(c.at(k, step), c.at(k, step+1), box) {
				return true
			}
		}
	}
	last := c.Points[len(c.Points)-1]
	return lineMeets(point{last[0], last[1]}, point{c.Tip[0], c.Tip[1]}, box)
}

// at is a point of the curve that begins at points[k], in sixteenths of it.
func (c *Curve) at(k, step int) point {
	var p [2]int
	for axis := range p {
		u, v, q := 16-step, step, c.Points[k:k+4]
		p[axis] = (q[0][axis]*u*u*u + 3*q[1][axis]*u*u*v + 3*q[2][axis]*u*v*v + q[3][axis]*v*v*v) / 4096
	}
	return point{p[0], p[1]}
}
