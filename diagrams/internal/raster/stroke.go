package raster

// Stroke adds the outline of a line of that thickness along the points, cut
// into dashes: their lengths and those of the gaps, in turn; none for a whole
// line.
func (o *Outline) Stroke(points []Point, thick int, dash []int) {
	left, on := 0, true // what is left of the present dash or gap
	turn := 0
	if len(dash) > 0 {
		left = dash[0]
	}
	for i := 1; i < len(points); i++ {
		a, b := points[i-1], points[i]
		long := length(a, b)
		for from := 0; from < long; {
			to := long
			if len(dash) > 0 {
				to = min(long, from+left)
			}
			if on {
				p := piece{along(a, b, from, long), along(a, b, to, long), normal(a, b, thick), normal(a, b, thick)}
				if i > 1 && from == 0 && gentle(points[i-2], a, b) {
					p.before = normal(points[i-2], b, thick)
				}
				if i+1 < len(points) && to == long && gentle(a, b, points[i+1]) {
					p.after = normal(a, points[i+1], thick)
				}
				o.piece(&p)
			}
			if len(dash) > 0 {
				if left -= to - from; left <= 0 {
					turn = (turn + 1) % len(dash)
					left, on = max(1, dash[turn]), !on
				}
			}
			from = to
		}
		if i > 1 && len(dash) == 0 && !gentle(points[i-2], a, b) {
			o.joint(a, thick)
		}
	}
}

func along(a, b Point, at, long int) Point {
	return Point{a.X + (b.X-a.X)*at/long, a.Y + (b.Y-a.Y)*at/long}
}

// piece is a straight part of a line, and from its ends to their corners.
type piece struct{ a, b, before, after Point }

// piece adds a piece as four corners, which always turn the same way, so that
// pieces that overlap do not cancel each other.
func (o *Outline) piece(p *piece) {
	if p.a == p.b {
		return
	}
	a, b, from, to := p.a, p.b, p.before, p.after
	o.Add(Point{a.X + from.X, a.Y + from.Y}, Point{a.X - from.X, a.Y - from.Y}, Point{b.X - to.X, b.Y - to.Y}, Point{b.X + to.X, b.Y + to.Y})
}

// normal is half the thickness of a line, across it.
func normal(a, b Point, thick int) Point {
	long := max(1, length(a, b))
	return Point{-(b.Y - a.Y) * thick / (2 * long), (b.X - a.X) * thick / (2 * long)}
}

// gentle says whether a line hardly turns at b, as one that is part of a curve:
// its pieces share their corners there. A joint over both would count twice at
// the edges, and show as a bead.
func gentle(a, b, c Point) bool {
	x, y, u, v := b.X-a.X, b.Y-a.Y, c.X-b.X, c.Y-b.Y
	cross := x*v - y*u
	return 4*max(cross, -cross) < x*u+y*v
}

// joint covers the corner between two pieces, and turns as they do.
func (o *Outline) joint(at Point, thick int) {
	const tan = 5 // of 12: half an eighth of a turn
	r := thick / 2
	k := r * tan / 12
	o.Add(Point{at.X - r, at.Y - k}, Point{at.X - k, at.Y - r}, Point{at.X + k, at.Y - r}, Point{at.X + r, at.Y - k},
		Point{at.X + r, at.Y + k}, Point{at.X + k, at.Y + r}, Point{at.X - k, at.Y + r}, Point{at.X - r, at.Y + k})
}

func length(a, b Point) int {
	x, y := b.X-a.X, b.Y-a.Y
	n := x*x + y*y
	if n < 2 {
		return n
	}
	r := n
	for s := (r + 1) / 2; s < r; s = (r + n/r) / 2 {
		r = s
	}
	return r
}

// Box adds a rectangle whose corners are rounded with that radius.
func (o *Outline) Box(a, b Point, round int) {
	round = min(round, (b.X-a.X)/2, (b.Y-a.Y)/2)
	if round <= 0 {
		o.Add(a, Point{a.X, b.Y}, b, Point{b.X, a.Y})
		return
	}
	// The handle of a cubic curve that is nearest to a quarter of a circle.
	k := round * 4477 / 10000
	p := append(o.points, Point{a.X + round, a.Y})
	p = Cube(p, Point{a.X + k, a.Y}, Point{a.X, a.Y + k}, Point{a.X, a.Y + round})
	p = append(p, Point{a.X, b.Y - round})
	p = Cube(p, Point{a.X, b.Y - k}, Point{a.X + k, b.Y}, Point{a.X + round, b.Y})
	p = append(p, Point{b.X - round, b.Y})
	p = Cube(p, Point{b.X - k, b.Y}, Point{b.X, b.Y - k}, Point{b.X, b.Y - round})
	p = append(p, Point{b.X, a.Y + round})
	o.points = Cube(p, Point{b.X, a.Y + k}, Point{b.X - k, a.Y}, Point{b.X - round, a.Y})
	o.close()
}

// Frame adds the edge of such a rectangle.
func (o *Outline) Frame(a, b Point, round, thick int) {
	var box Outline
	box.Box(a, b, round)
	o.Stroke(append(box.points, box.points[0]), thick, nil)
}
