package raster

// Point is a place on a page, in 64ths of a pixel.
type Point struct{ X, Y int }

// pixel is one pixel in the unit of a Point; a whole pixel's coverage is full.
const (
	pixel = 64
	full  = 2 * pixel * pixel
)

// Outline is closed polygons that are filled together.
type Outline struct {
	points []Point
	ends   []int // index behind the last point of each polygon
}

// Reset makes the outline empty and keeps its memory.
func (o *Outline) Reset() { o.points, o.ends = o.points[:0], o.ends[:0] }

// Add adds a polygon.
func (o *Outline) Add(points ...Point) {
	o.points = append(o.points, points...)
	o.close()
}

func (o *Outline) close() {
	if n := len(o.ends); len(o.points) > 0 && (n == 0 || o.ends[n-1] < len(o.points)) {
		o.ends = append(o.ends, len(o.points))
	}
}

// steps is into how many straight pieces a curve of a letter is cut, and
// finely that of a line.
const (
	steps  = 10
	finely = 24
)

// quad adds a quadratic Bézier curve from the last point.
func (o *Outline) quad(b, c Point) {
	a := o.points[len(o.points)-1]
	for i := 1; i <= steps; i++ {
		u, v := steps-i, i
		o.points = append(o.points, Point{
			(a.X*u*u + 2*b.X*u*v + c.X*v*v) / (steps * steps),
			(a.Y*u*u + 2*b.Y*u*v + c.Y*v*v) / (steps * steps),
		})
	}
}

// Cube appends a cubic Bézier curve from the last of the points.
func Cube(points []Point, b, c, d Point) []Point {
	a := points[len(points)-1]
	const n = finely * finely * finely
	for i := 1; i <= finely; i++ {
		u, v := finely-i, i
		points = append(points, Point{
			(a.X*u*u*u + 3*b.X*u*u*v + 3*c.X*u*v*v + d.X*v*v*v) / n,
			(a.Y*u*u*u + 3*b.Y*u*u*v + 3*c.Y*u*v*v + d.Y*v*v*v) / n,
		})
	}
	return points
}

// mask is how much of each pixel of a rectangle an outline covers, from 0 to
// full. Of each row only a span is touched.
type mask struct {
	x, y, w, h int // in pixels
	cover      []int32
	spans      []span
}

// span is the touched pixels of a row: from first up to, without, end.
type span struct{ first, end int }

// row is the coverage of a row, which begins at m.x+first.
func (m *mask) row(y int) (first int, cover []int32) {
	s := m.spans[y]
	if s.first >= s.end {
		return 0, nil
	}
	return s.first, m.cover[y*(m.w+2):][s.first:min(s.end, m.w)]
}

// fill makes the mask of an outline, of what lies in a rectangle of the page.
// Each edge adds, in each row, what lies to its right; the sum along a row is
// the coverage.
func (m *mask) fill(o *Outline, within mask) {
	m.wipe()
	m.x, m.y, m.w, m.h = within.x, within.y, within.w, within.h
	if n := (m.w + 2) * m.h; len(m.cover) < n {
		m.cover = make([]int32, n)
	}
	for len(m.spans) < m.h {
		m.spans = append(m.spans, span{})
	}
	for y := range m.h {
		m.spans[y] = span{first: m.w + 2}
	}
	begin := 0
	for _, end := range o.ends {
		last := o.points[end-1]
		for _, p := range o.points[begin:end] {
			m.edge(last, p)
			last = p
		}
		begin = end
	}
	for y := range m.h {
		sum := int32(0)
		_, row := m.row(y)
		for x := range row {
			sum += row[x]
			row[x] = min(max(sum, -sum), full)
		}
	}
}

// wipe makes what was touched 0 again.
func (m *mask) wipe() {
	for y := range m.h {
		if s := m.spans[y]; s.first < s.end {
			clear(m.cover[y*(m.w+2):][s.first:s.end])
		}
	}
	m.h = 0
}

// bounds is the smallest rectangle of pixels that holds the outline, within a
// page of w and h pixels.
func (o *Outline) bounds(w, h int) (m mask) {
	if len(o.points) == 0 {
		return m
	}
	low, high := o.points[0], o.points[0]
	for _, p := range o.points {
		low.X, low.Y = min(low.X, p.X), min(low.Y, p.Y)
		high.X, high.Y = max(high.X, p.X), max(high.Y, p.Y)
	}
	m.x, m.y = max(0, low.X>>6), max(0, low.Y>>6)
	m.w, m.h = max(0, min(w, (high.X+pixel-1)>>6)-m.x), max(0, min(h, (high.Y+pixel-1)>>6)-m.y)
	return m
}

// edge adds one edge, row by row.
func (m *mask) edge(a, b Point) {
	sign := int32(1)
	if a.Y > b.Y {
		a, b, sign = b, a, -1
	}
	a.X, a.Y, b.X, b.Y = a.X-m.x*pixel, a.Y-m.y*pixel, b.X-m.x*pixel, b.Y-m.y*pixel
	if a.Y == b.Y {
		return
	}
	y0, y1 := max(a.Y, 0), min(b.Y, m.h*pixel)
	at := func(y int) int { return a.X + (b.X-a.X)*(y-a.Y)/(b.Y-a.Y) }
	for y := y0; y < y1; {
		next := min(y1, y&^(pixel-1)+pixel)
		m.stretch(y>>6, at(y), at(next), next-y, sign)
		y = next
	}
}

// stretch adds the part of an edge that lies in one row: it goes from x0 to x1
// while it falls by dy.
func (m *mask) stretch(y, x0, x1, dy int, sign int32) {
	row, s := m.cover[y*(m.w+2):][:m.w+2], &m.spans[y]
	x0, x1 = min(max(x0, 0), m.w*pixel), min(max(x1, 0), m.w*pixel)
	if x0 > x1 {
		x0, x1 = x1, x0
	}
	s.first, s.end = min(s.first, x0>>6), max(s.end, x1>>6+2)
	wide, done := x1-x0, 0
	for x, i := x0, x0>>6; ; i++ {
		next := min(x1, (i+1)*pixel)
		part := dy
		if wide > 0 {
			part = dy * (next - x0) / wide
		}
		part -= done
		left := int32(part * (x + next - 2*i*pixel))
		row[i] += sign * (int32(part)*2*pixel - left)
		row[i+1] += sign * left
		if done += part; next == x1 {
			return
		}
		x = next
	}
}
