package main

import (
	"cmp"
	"fmt"
	"strings"
	"time"

	"siplab/diagrams"
	"siplab/sim/explore"
	"siplab/sim/words"
)

// chart draws what share succeeded, along the first range, with a curve for each
// value of the others; and how the delays are spread. Where a sweep has
// registrations alone, it is about those.
func (p *sweepPart) chart() *diagrams.Chart {
	c := &diagrams.Chart{
		Title: cmp.Or(p.head.Title, "Sweep"), Note: strings.Join(p.head.Vary, ", ") + ": " + words.Count(p.head.Runs, "run") + " at each point",
		Y: "sessions established (SER); the band: where it lies, as sure as 95 %", Spread: "session request delay (SRD)",
	}
	of := func(t *explore.Totals) (n, all int64, d *explore.Delays) {
		return t.Established, t.Sessions - t.Redirected, &t.Request
	}
	if len(p.points) > 0 && p.points[0].Sessions == 0 {
		c.Y, c.Spread = "registrations that succeeded; the band: where their share lies, as sure as 95 %", "registration request delay (RRD)"
		of = func(t *explore.Totals) (n, all int64, d *explore.Delays) {
			return t.Registered, t.Registrations, &t.Registration
		}
	}
	if len(p.head.Points) == 0 {
		return c
	}
	c.X, _, _ = strings.Cut(p.head.Points[0][0], " ")
	curves := make(map[string]int)
	for i, at := range p.head.Points {
		label := strings.Join(at[1:], ", ")
		k, known := curves[label]
		if !known {
			k = len(c.Curves)
			curves[label], c.Curves = k, append(c.Curves, diagrams.ChartCurve{Label: label})
		}
		if k == 0 {
			_, value, _ := strings.Cut(at[0], " ")
			c.Ticks = append(c.Ticks, value)
		}
		x := diagrams.ChartPoint{Label: strings.Join(at, ", ")}
		if i < len(p.points) {
			n, all, d := of(&p.points[i].Totals)
			x = chartPoint(x.Label, n, all, d)
		}
		c.Curves[k].Points = append(c.Curves[k].Points, x)
	}
	return c
}

func chartPoint(label string, n, all int64, d *explore.Delays) diagrams.ChartPoint {
	x := diagrams.ChartPoint{Label: label, Delays: d.Bins}
	if all > 0 {
		low, high := explore.Interval(n, all)
		x.Known, x.Share, x.Low, x.High = true, int(n*1_000_000/all), int(low), int(high)
	}
	for i := range d.Waits {
		w := &d.Waits[i]
		x.Steps = append(x.Steps, diagrams.ChartStep{
			Name: w.Timer, Ms: w.At, N: w.N,
			Text: fmt.Sprintf("timer %s of %s fired %s after the request, for %d of them", w.Timer, w.Host, words.FormatDuration(time.Duration(w.At)*time.Millisecond), w.N),
		})
	}
	return x
}
