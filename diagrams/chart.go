package diagrams

import (
	"slices"
	"strconv"
)

// Chart is two pictures of a sweep: what share succeeded at each point, as a
// curve in the band in which the share lies almost surely; and beneath it how the
// delays of a few points are spread: what share took no longer than that. Where a
// timer made up for what was lost, such a curve has a step, with its name above.
type Chart struct {
	Title, Note  string // Note: beneath the title
	X, Y, Spread string // what is along the axes
	Ticks        []string
	Curves       []ChartCurve // each has a point for each tick
	Theme        Theme
}

// ChartCurve is one line of a chart. Only where there are several, each needs a
// label.
type ChartCurve struct {
	Label  string
	Points []ChartPoint
}

// ChartPoint is one point of a sweep. Shares are millionths.
type ChartPoint struct {
	Label            string
	Known            bool // there was something to take a share of
	Share, Low, High int
	Delays           [][2]int64 // a millisecond, and how many delays lie in it, in order
	Steps            []ChartStep
}

// ChartStep names why so many delays are longer.
type ChartStep struct {
	Name, Text string // Text says more
	Ms, N      int64
}

// SVG draws the chart.
func (c *Chart) SVG() string { return c.picture().svg(c.Theme) }

// PNG draws it as a PNG file.
func (c *Chart) PNG() ([]byte, error) { return c.picture().png(c.Theme) }

const (
	chartWide  = 640 * unit // of the field
	chartTall  = 260 * unit
	chartLeft  = 70 * unit
	chartCell  = 7 * unit // a small letter is about as wide
	chartTop   = 92 * unit
	chartApart = 130 * unit // between the two fields
	allOfIt    = 1_000_000
	mostCurves = 4 // as many as can be told apart without colour
	mostTicks  = 13
	mostDots   = 41
)

// lineWords are the classes of the lines of a chart: each has a form of its own.
var lineWords = [mostCurves]string{"hue1", "hue2 again", "hue3 copy", "hue4 hurt"}

func (c *Chart) picture() *picture {
	p := &picture{title: visible(c.Title), desc: visible(c.Y + " by " + c.X), width: chartLeft + chartWide + c.right(), height: chartTop + 2*chartTall + chartApart + 70*unit}
	p.block("paper", 0, 0, p.width, p.height, 0)
	p.letters("name", chartLeft, 26*unit, startAnchor, short(p.title))
	p.letters("small", chartLeft, 44*unit, startAnchor, visible(c.Note))
	c.shares(p, chartTop)
	c.spread(p, chartTop+chartTall+chartApart)
	return p
}

// right is how much room the names of lines take beside the fields.
func (c *Chart) right() int {
	most := 0
	for i := range c.Curves {
		most = max(most, cells(short(visible(c.Curves[i].Label))))
	}
	for _, x := range c.chosen() {
		most = max(most, cells(short(visible(x.name()))))
	}
	return 60*unit + most*chartCell
}

// field draws the frame of a field, and its scale of shares.
func (c *Chart) field(p *picture, top int, title, axis string) {
	p.letters("caption", chartLeft, top-20*unit, startAnchor, visible(title))
	for share := 0; share <= allOfIt; share += allOfIt / 5 {
		y, class := heightOf(top, share), "pause"
		if share == 0 {
			class = "life"
		}
		p.stroke(class, point{chartLeft, y}, point{chartLeft + chartWide, y})
		p.letters("small", chartLeft-8*unit, y+4*unit, endAnchor, strconv.Itoa(share*100/allOfIt)+" %")
	}
	p.letters("caption", chartLeft+chartWide/2, top+chartTall+40*unit, middleAnchor, visible(axis))
}

// heightOf is the height of a share.
func heightOf(top, share int) int { return top + chartTall - chartTall*share/allOfIt }

// mark draws a mark on the scale beneath a field.
func (c *Chart) mark(p *picture, x, top int, text string) {
	p.stroke("life", point{x, top + chartTall}, point{x, top + chartTall + 4*unit})
	p.letters("small", x, top+chartTall+18*unit, middleAnchor, visible(text))
}

// across is where a tick is; a single one is in the middle.
func (c *Chart) across(i int) int {
	if len(c.Ticks) < 2 {
		return chartLeft + chartWide/2
	}
	return chartLeft + chartWide*i/(len(c.Ticks)-1)
}

// shares draws the upper field: the bands first, so that no line is beneath one.
func (c *Chart) shares(p *picture, top int) {
	c.field(p, top, c.Y, c.X)
	for i := 0; i < len(c.Ticks); i += every(len(c.Ticks)) {
		c.mark(p, c.across(i), top, c.Ticks[i])
	}
	lines := spreadOver(len(c.Curves), mostCurves)
	any := false
	for k, i := range lines {
		for _, run := range c.Curves[i].known() {
			c.band(p, top, "segment "+lineWords[k], c.Curves[i].Points, run)
			any = true
		}
	}
	if !any {
		p.letters("small", chartLeft+chartWide/2, top+chartTall/2, middleAnchor, "nothing was tried")
	}
	var names []lineName
	for k, i := range lines {
		x := &c.Curves[i]
		p.begin("curve", visible(x.Label))
		last := -1
		for _, run := range x.known() {
			c.line(p, top, lineWords[k], x.Points, run)
			last = run[1] - 1
		}
		p.end()
		if last >= 0 && len(lines) > 1 {
			names = append(names, lineName{lineWords[k], x.Label, heightOf(top, x.Points[last].Share)})
		}
	}
	nameLines(p, top, names)
}

// known are the runs of points that are known: from the first to before the
// second.
func (x *ChartCurve) known() (runs [][2]int) {
	for i := range x.Points {
		switch n := len(runs); {
		case !x.Points[i].Known:
		case n > 0 && runs[n-1][1] == i:
			runs[n-1][1]++
		default:
			runs = append(runs, [2]int{i, i + 1})
		}
	}
	return runs
}

// band draws where the shares of a run of points lie. That of one point alone
// has a little width.
func (c *Chart) band(p *picture, top int, edge string, points []ChartPoint, run [2]int) {
	side := 0
	if run[1]-run[0] == 1 {
		side = 12 * unit
	}
	var upper, lower []point
	for i := run[0]; i < run[1]; i++ {
		for _, x := range []int{c.across(i) - side, c.across(i) + side} {
			upper = append(upper, point{x, heightOf(top, points[i].High)})
			lower = append(lower, point{x, heightOf(top, points[i].Low)})
			if side == 0 {
				break
			}
		}
	}
	round := upper
	for i := len(lower) - 1; i >= 0; i-- {
		round = append(round, lower[i])
	}
	p.begin("band", "where the share lies, as sure as 95 %")
	p.area("bar", round...)
	p.stroke(edge, upper...)
	p.stroke(edge, lower...)
	p.end()
}

// line draws the shares of a run of points, with a dot at each where they are
// not too many.
func (c *Chart) line(p *picture, top int, class string, points []ChartPoint, run [2]int) {
	var line []point
	for i := run[0]; i < run[1]; i++ {
		line = append(line, point{c.across(i), heightOf(top, points[i].Share)})
	}
	if len(line) > 1 {
		p.stroke(class, line...)
	}
	if len(c.Ticks) > mostDots && len(line) > 1 {
		return
	}
	const r = 25
	for _, at := range line {
		p.block("ink", at.x-r, at.y-r, at.x+r, at.y+r, r)
	}
}

// lineName is what a line is called, at the height of its end.
type lineName struct {
	class, text string
	y           int
}

// nameLines writes names beside the ends of lines, each with a piece of its line
// and none over another.
func nameLines(p *picture, top int, names []lineName) {
	const high = 18 * unit
	slices.SortStableFunc(names, func(a, b lineName) int { return a.y - b.y })
	under := top - high
	for i := range names {
		n := &names[i]
		y := min(max(n.y, under+high), top+chartTall-(len(names)-1-i)*high)
		under = y
		x := chartLeft + chartWide
		p.stroke(n.class, point{x + 10*unit, y}, point{x + 40*unit, y})
		p.letters("small", x+46*unit, y+4*unit, startAnchor, short(visible(n.text)))
	}
}

// spreadOver are at most so many of n, the first and the last among them.
func spreadOver(n, most int) (list []int) {
	m := min(n, most)
	for k := range m {
		list = append(list, k*(n-1)/max(1, m-1))
	}
	return list
}

// every is how many ticks there are from one that is marked to the next: 1, 2 or
// 5 times a power of ten.
func every(n int) int {
	return int(tick(int64(n-1), mostTicks-1))
}

// tick is the distance of the marks on a scale: at most so many of 1, 2 or 5 times
// a power of ten.
func tick(longest, most int64) int64 {
	for n := int64(1); ; n *= 10 {
		for _, m := range []int64{1, 2, 5} {
			if longest/(n*m) <= most {
				return n * m
			}
		}
	}
}
