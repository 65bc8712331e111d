package diagrams

import (
	"encoding/xml"
	"io"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"

	"siplab/diagrams/hostile"
)

func sweepChart() *Chart {
	c := &Chart{Title: "A plain call", X: "loss 0%..50% step 25%", Y: "established", Spread: "session request delay"}
	for i, label := range []string{"loss 0%", "loss 25%", "loss 50%"} {
		c.Points = append(c.Points, ChartPoint{
			Label: label, Known: true, Share: 1_000_000 - 50_000*i, Low: 990_000 - 60_000*i, High: 1_000_000 - 40_000*i,
			Delays: [][2]int64{{40, 100}, {540, int64(1 + 20*i)}, {1540, int64(1 + 5*i)}},
		})
	}
	return c
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
		require.Equal(t, want, tick(longest), longest)
		require.LessOrEqual(t, longest/want, int64(10))
	}
}

func TestAChartIsWellFormed(t *testing.T) {
	charts := []*Chart{sweepChart(), {}, {Points: []ChartPoint{{Label: "loss 0%"}}}}
	for _, x := range hostile.Texts {
		charts = append(charts, &Chart{Title: x.Text, X: x.Text, Y: x.Text, Spread: x.Text, Points: []ChartPoint{{Label: x.Text, Known: true, Delays: [][2]int64{{0, 1}}}}})
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
