package diagrams

// picture is a display list in tenths of a pixel, so that every number is
// whole. A back-end draws the shapes in their order.
type picture struct {
	width, height int
	id            string // what its ids begin with; "": siplab
	title, desc   string
	shapes        []shape
	points        []point // of the shapes, so that not each has its own
}

// unit is one pixel.
const unit = 10

// shapeKind says how a shape is drawn.
type shapeKind uint8

const (
	stroke     shapeKind = iota + 1 // a line through the points
	pieces                          // lines, each through the next two points
	area                            // a filled polygon of the points
	curve                           // cubic Bézier curves: a point, then three a curve
	block                           // a rectangle from the first point to the second
	letters                         // a text, its base line at the point
	groupBegin                      // what follows belongs together and has a title
	groupEnd
)

type anchor uint8

const (
	startAnchor anchor = iota
	middleAnchor
	endAnchor
)

type point struct{ x, y int }

// shape is one thing to draw. class names its style: a word of the style
// sheet.
type shape struct {
	kind   shapeKind
	class  string
	points []point
	text   string // letters; the title of a group
	anchor anchor
	round  int // block: radius of the corners
	number int // of a group: with its class it is an id; 0: none
}

func (p *picture) add(s shape) { p.shapes = append(p.shapes, s) }

func (p *picture) keep(points ...point) []point {
	n := len(p.points)
	p.points = append(p.points, points...)
	return p.points[n:len(p.points):len(p.points)]
}

func (p *picture) stroke(class string, points ...point) {
	p.add(shape{kind: stroke, class: class, points: p.keep(points...)})
}

func (p *picture) area(class string, points ...point) {
	p.add(shape{kind: area, class: class, points: p.keep(points...)})
}

func (p *picture) block(class string, x0, y0, x1, y1, round int) {
	p.add(shape{kind: block, class: class, points: p.keep(point{x0, y0}, point{x1, y1}), round: round})
}

func (p *picture) letters(class string, x, y int, a anchor, text string) {
	p.add(shape{kind: letters, class: class, points: p.keep(point{x, y}), anchor: a, text: text})
}

func (p *picture) begin(class, title string) {
	p.add(shape{kind: groupBegin, class: class, text: title})
}

// beginNumbered begins a group that can be told from others of its class.
func (p *picture) beginNumbered(class string, number int, title string) {
	p.add(shape{kind: groupBegin, class: class, number: number, text: title})
}

func (p *picture) end() { p.add(shape{kind: groupEnd}) }

// head is the tip of an arrow that ends at b and comes from a.
func (p *picture) head(class string, a, b point) {
	const long, half = 9 * unit, 4 * unit
	dx, dy := b.x-a.x, b.y-a.y
	n := root(dx*dx + dy*dy)
	if n == 0 {
		return
	}
	back := point{b.x - dx*long/n, b.y - dy*long/n}
	side := point{-dy * half / n, dx * half / n}
	p.area(class, b, point{back.x + side.x, back.y + side.y}, point{back.x - side.x, back.y - side.y})
}

// cross marks where something ended.
func (p *picture) cross(class string, at point) {
	const d = 5 * unit
	p.stroke(class, point{at.x - d, at.y - d}, point{at.x + d, at.y + d})
	p.stroke(class, point{at.x - d, at.y + d}, point{at.x + d, at.y - d})
}

// root is the whole part of a square root.
func root(n int) int {
	if n < 2 {
		return n
	}
	x := n
	for y := (x + 1) / 2; y < x; y = (x + n/x) / 2 {
		x = y
	}
	return x
}
