package diagrams

import (
	"encoding/xml"
	"io"
	"strconv"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"

	"siplab/diagrams/hostile"
)

func sweepChart(points int) *Chart {
	c := &Chart{Title: "A plain call", Note: "1,000 runs at each point", X: "loss", Y: "established", Spread: "session request delay"}
	x := ChartCurve{}
	for i := range points {
		label := strconv.Itoa(100*i/max(1, points-1)) + "%"
		c.Ticks = append(c.Ticks, label)
		x.Points = append(x.Points, ChartPoint{
			Label: "loss " + label, Known: true, Share: 1_000_000 - 500_000*i/points, Low: 990_000 - 600_000*i/points, High: 1_000_000 - 400_000*i/points,
			Delays: [][2]int64{{40, 100}, {540, int64(1 + 20*i)}, {1540, int64(1 + 5*i)}},
			Steps:  []ChartStep{{Name: "A", Text: "timer A of alice", Ms: 500, N: 9}, {Name: "A", Ms: 1500, N: 2}, {Name: "hidden by A", Ms: 501, N: 2}, {Name: "too few", Ms: 900, N: 1}},
		})
	}
	c.Curves = []ChartCurve{x}
	return c
}

// A band is one area through all points that are known; where one is not, it ends
// and another begins. That of a single point has a little width.
func TestABandIsOneAreaThroughThePoints(t *testing.T) {
	for points, corners := range map[int][]int{1: {4}, 2: {4}, 3: {6}, 101: {202}} {
		require.Equal(t, corners, bandsOf(sweepChart(points)))
	}
	c := sweepChart(6)
	c.Curves[0].Points[2].Known = false
	require.Equal(t, []int{4, 6}, bandsOf(c))
	c.Curves[0].Points[4].Known = false
	require.Equal(t, []int{4, 4, 4}, bandsOf(c))
}

// bandsOf is how many corners each band has.
func bandsOf(c *Chart) (corners []int) {
	for _, s := range c.picture().shapes {
		if s.kind == area && s.class == "bar" {
			corners = append(corners, len(s.points))
		}
	}
	return corners
}

// Nothing of a chart leaves the picture, and no name of a line stands on another.
func TestNamesOfLinesStandApart(t *testing.T) {
	c := sweepChart(3)
	for range 8 {
		c.Curves = append(c.Curves, c.Curves[0])
		c.Curves[len(c.Curves)-1].Label = "delay 20ms"
	}
	p := c.picture()
	heights := make(map[int]bool)
	for _, s := range p.shapes {
		for _, at := range s.points {
			require.True(t, at.x >= 0 && at.x <= p.width && at.y >= 0 && at.y <= p.height, s)
		}
		if s.kind == letters && s.text == "delay 20ms" {
			require.False(t, heights[s.points[0].y])
			heights[s.points[0].y] = true
		}
	}
	require.Len(t, heights, mostCurves-1, "of nine lines, four are drawn, and the first has no name")
}

// What timer a step waited for stands above it; of two that would overlap, one.
func TestStepsAreNamedOnce(t *testing.T) {
	svg := sweepChart(3).SVG()
	require.Equal(t, 2, strings.Count(svg, ">A</text>"))
	require.NotContains(t, svg, "hidden by A")
	require.NotContains(t, svg, "too few")
}

// A curve rises at each delay, and not between: the steps are where the timers
// are.
func TestACurveHasAStepAtEachDelay(t *testing.T) {
	across := func(ms int64) int { return int(ms) }
	line := stairs([][2]int64{{40, 3}, {540, 1}}, 1000, across, 0)
	require.Equal(t, []point{
		{0, chartTall}, {40, chartTall}, {40, chartTall / 4}, {540, chartTall / 4}, {540, 0}, {1000, 0},
	}, line)
}

func TestTicksAreRound(t *testing.T) {
	for longest, want := range map[int64]int64{1: 1, 10: 1, 11: 2, 12: 2, 40: 5, 1541: 200, 29_521: 5000} {
		require.Equal(t, want, tick(longest, 10), longest)
		require.LessOrEqual(t, longest/want, int64(10))
	}
}

func TestAChartIsWellFormed(t *testing.T) {
	charts := []*Chart{sweepChart(1), sweepChart(2), sweepChart(101), {}, {Curves: []ChartCurve{{Points: []ChartPoint{{Label: "loss 0%"}}}}}}
	for _, x := range hostile.Texts {
		charts = append(charts, &Chart{Title: x.Text, X: x.Text, Y: x.Text, Spread: x.Text, Note: x.Text, Ticks: []string{x.Text}, Curves: []ChartCurve{{
			Label: x.Text, Points: []ChartPoint{{Label: x.Text, Known: true, Delays: [][2]int64{{0, 1}}, Steps: []ChartStep{{Name: x.Text, Text: x.Text}}}},
		}}})
	}
	for _, c := range charts {
		svg := c.SVG()
		require.Equal(t, svg, c.SVG())
		require.NotContains(t, svg, "<script")
		d := xml.NewDecoder(strings.NewReader(svg))
		for {
			_, err := d.Token()
			if err == io.EOF {
				break
			}
			require.NoError(t, err, svg)
		}
		png, err := c.PNG()
		require.NoError(t, err)
		require.Equal(t, "\x89PNG", string(png[:4]))
	}
}

func TestAPageOfSections(t *testing.T) {
	for _, x := range hostile.Texts {
		page := SectionsPage(x.Text, x.Text, []Section{{Head: x.Text, Lines: []string{x.Text}, Words: x.Text, Trace: call()}}, Options{})
		require.NotContains(t, page, "<script")
		require.NotContains(t, page, "<img")
		require.Contains(t, page, `<section id="s0">`)
	}
}
