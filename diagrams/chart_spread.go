package diagrams

import (
	"fmt"
	"slices"
	"time"

	"siplab/sim/words"
)

// spread draws the lower field.
func (c *Chart) spread(p *picture, top int) {
	c.field(p, top, "the share that took no longer; above a step: the timer that it waited for", c.Spread)
	points := c.chosen()
	longest := int64(1)
	for _, x := range points {
		longest = max(longest, x.Delays[len(x.Delays)-1][0]+1)
	}
	across := func(ms int64) int { return chartLeft + int(int64(chartWide)*ms/longest) }
	step := tick(longest, 10)
	for ms := int64(0); ms <= longest; ms += step {
		c.mark(p, across(ms), top, words.FormatDuration(time.Duration(ms)*time.Millisecond))
	}
	nameSteps(p, top, points, across)
	var names []lineName
	for k, x := range points {
		p.begin("curve", visible(x.Label))
		p.stroke(lineWords[k], stairs(x.Delays, longest, across, top)...)
		p.end()
		names = append(names, lineName{lineWords[k], x.name(), top})
	}
	nameLines(p, top, names)
}

// chosen are the points whose delays are drawn: a few, spread over all.
func (c *Chart) chosen() (list []*ChartPoint) {
	var with []*ChartPoint
	for i := range c.Curves {
		for k := range c.Curves[i].Points {
			if x := &c.Curves[i].Points[k]; len(x.Delays) > 0 {
				with = append(with, x)
			}
		}
	}
	for _, i := range spreadOver(len(with), mostCurves) {
		list = append(list, with[i])
	}
	return list
}

// name says of how many delays the curve of a point is.
func (x *ChartPoint) name() string { return fmt.Sprintf("%s, n=%d", x.Label, count(x.Delays)) }

func count(delays [][2]int64) (n int64) {
	for _, d := range delays {
		n += d[1]
	}
	return n
}

// stairs are the corners of the curve of a distribution.
func stairs(delays [][2]int64, longest int64, across func(int64) int, top int) []point {
	all := count(delays)
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

// leastStep: a step that is less than one in so many of the curve is not seen.
const leastStep = 100

// nameSteps writes the names of the steps above the field, those first that
// stand for more, and none over another. A dotted line goes down from each.
func nameSteps(p *picture, top int, points []*ChartPoint, across func(int64) int) {
	var steps []ChartStep
	for _, x := range points {
		all := count(x.Delays)
		for _, s := range x.Steps {
			if s.N*leastStep >= all {
				steps = append(steps, s)
			}
		}
	}
	slices.SortStableFunc(steps, func(a, b ChartStep) int { return int(b.N - a.N) })
	var taken [][2]int
	for _, s := range steps {
		text := visible(s.Name)
		x, half := across(s.Ms), chartCell*(cells(text)+1)/2
		if slices.ContainsFunc(taken, func(t [2]int) bool { return x-half < t[1] && t[0] < x+half }) {
			continue
		}
		taken = append(taken, [2]int{x - half, x + half})
		p.begin("step", visible(s.Text))
		p.stroke("pause", point{x, top}, point{x, top + chartTall})
		p.letters("small", x, top-2*unit, middleAnchor, text)
		p.end()
	}
}
