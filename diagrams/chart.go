package diagrams

import (
	"strconv"
	"strings"
	"time"

	"siplab/sim/words"
)

// Chart is two pictures of a sweep: what share succeeded at each point, with a
// band in which the share lies almost surely; and beneath it how the delays are
// spread, as a curve for each of a few points: what share took no longer than
// that. Where a timer repairs what was lost, such a curve has a step.
type Chart struct {
	Title, X, Y, Spread string
	Points              []ChartPoint
	Theme               Theme
}

// ChartPoint is one point of a sweep. Shares are millionths.
type ChartPoint struct {
	Label            string
	Known            bool // there was something to take a share of
	Share, Low, High int
	Delays           [][2]int64 // a millisecond, and how many delays lie in it, in order
}

// SVG draws the chart.
func (c *Chart) SVG() string { return c.picture().svg(c.Theme) }

// PNG draws it as a PNG file.
func (c *Chart) PNG() ([]byte, error) { return c.picture().png(c.Theme) }

const (
	chartWide  = 640 * unit // of the field
	chartTall  = 260 * unit
	chartLeft  = 70 * unit
	chartTop   = 60 * unit
	chartApart = 110 * unit // between the two fields
	allOfIt    = 1_000_000
	mostCurves = 6
	mostTicks  = 13
)

func (c *Chart) picture() *picture {
	p := &picture{title: visible(c.Title), desc: visible(c.X), width: chartLeft + chartWide + 150*unit, height: chartTop + 2*chartTall + chartApart + 70*unit}
	p.block("paper", 0, 0, p.width, p.height, 0)
	p.letters("name", chartLeft, 26*unit, startAnchor, short(p.title))
	c.shares(p, chartTop)
	c.spread(p, chartTop+chartTall+chartApart)
	return p
}

// shares draws the upper field.
func (c *Chart) shares(p *picture, top int) {
	c.field(p, top, c.Y)
	p.letters("small", chartLeft+chartWide/2, top+chartTall+42*unit, middleAnchor, visible(c.X))
	at := func(i int) int { return chartLeft + chartWide*(2*i+1)/(2*max(1, len(c.Points))) }
	var upper, lower, line []point
	for i := range c.Points {
		x := &c.Points[i]
		if i%((len(c.Points)+mostTicks-1)/mostTicks) == 0 {
			p.letters("small", at(i), top+chartTall+18*unit, middleAnchor, visible(tickLabel(x.Label)))
			p.stroke("life", point{at(i), top + chartTall}, point{at(i), top + chartTall + 4*unit})
		}
		if !x.Known {
			continue
		}
		upper = append(upper, point{at(i), heightOf(top, x.High)})
		lower = append(lower, point{at(i), heightOf(top, x.Low)})
		line = append(line, point{at(i), heightOf(top, x.Share)})
	}
	if len(line) == 0 {
		p.letters("small", chartLeft+chartWide/2, top+chartTall/2, middleAnchor, "nothing was tried")
		return
	}
	p.begin("band", "where the share lies, as sure as 95 %")
	for i := range line {
		p.block("bar", line[i].x-5*unit, upper[i].y, line[i].x+5*unit, lower[i].y, 0)
	}
	p.stroke("pause", upper...)
	p.stroke("pause", lower...)
	p.end()
	p.stroke("ask", line...)
	for _, at := range line {
		p.block("ink", at.x-2*unit, at.y-2*unit, at.x+2*unit, at.y+2*unit, 2*unit)
	}
}

// tickLabel is the value of a point without its name, where it has only one.
func tickLabel(s string) string {
	if strings.Contains(s, ",") {
		return s
	}
	_, value, _ := strings.Cut(s, " ")
	return value
}

// heightOf is the height of a share.
func heightOf(top, share int) int { return top + chartTall - chartTall*share/allOfIt }

// field draws the frame of a field, and its scale of shares.
func (c *Chart) field(p *picture, top int, title string) {
	p.letters("caption", chartLeft, top-10*unit, startAnchor, visible(title))
	for share := 0; share <= allOfIt; share += allOfIt / 5 {
		y := heightOf(top, share)
		p.stroke("life", point{chartLeft, y}, point{chartLeft + chartWide, y})
		p.letters("small", chartLeft-8*unit, y+4*unit, endAnchor, strconv.Itoa(share*100/allOfIt)+" %")
	}
}

// spread draws the lower field.
func (c *Chart) spread(p *picture, top int) {
	c.field(p, top, c.Spread+": the share that took no longer")
	longest := int64(1)
	for i := range c.Points {
		if d := c.Points[i].Delays; len(d) > 0 {
			longest = max(longest, d[len(d)-1][0]+1)
		}
	}
	across := func(ms int64) int { return chartLeft + int(int64(chartWide)*ms/longest) }
	step := tick(longest)
	for ms := int64(0); ms <= longest; ms += step {
		p.stroke("life", point{across(ms), top + chartTall}, point{across(ms), top + chartTall + 4*unit})
		p.letters("small", across(ms), top+chartTall+18*unit, middleAnchor, words.FormatDuration(time.Duration(ms)*time.Millisecond))
	}
	for k, i := range c.chosen() {
		x := &c.Points[i]
		class := "hue" + strconv.Itoa(k%6+1)
		p.begin("curve", visible(x.Label))
		p.stroke(class, stairs(x.Delays, longest, across, top)...)
		y := top + 12*unit + k*18*unit
		p.stroke(class, point{chartLeft + chartWide + 12*unit, y - 4*unit}, point{chartLeft + chartWide + 32*unit, y - 4*unit})
		p.letters("small", chartLeft+chartWide+38*unit, y, startAnchor, visible(x.Label))
		p.end()
	}
}

// chosen are the points whose delays are drawn: at most six, spread over all.
func (c *Chart) chosen() []int {
	var with, list []int
	for i := range c.Points {
		if len(c.Points[i].Delays) > 0 {
			with = append(with, i)
		}
	}
	n := min(len(with), mostCurves)
	for k := range n {
		list = append(list, with[k*(len(with)-1)/max(1, n-1)])
	}
	return list
}

// stairs are the corners of the curve of a distribution.
func stairs(delays [][2]int64, longest int64, across func(int64) int, top int) []point {
	all := int64(0)
	for _, d := range delays {
		all += d[1]
	}
	line := []point{{across(0), heightOf(top, 0)}}
	sum := int64(0)
	for _, d := range delays {
		line = append(line, point{across(d[0]), line[len(line)-1].y})
		sum += d[1]
		if at := (point{across(d[0]), heightOf(top, int(sum*allOfIt/all))}); at != line[len(line)-1] {
			line = append(line, at)
		}
	}
	return append(line, point{across(longest), heightOf(top, allOfIt)})
}

// tick is the distance of the marks on a scale of time: at most ten of 1, 2 or 5
// times a power of ten.
func tick(longest int64) int64 {
	for n := int64(1); ; n *= 10 {
		for _, m := range []int64{1, 2, 5} {
			if longest/(n*m) <= 10 {
				return n * m
			}
		}
	}
}
