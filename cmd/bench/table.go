package main

import (
	"fmt"
	"io"
	"slices"
	"strconv"
	"text/tabwriter"
	"time"
)

// print writes a contest's table: CPU time an operation, its ratio to the first
// entry's, and wall time.
func (c *contest) print(out io.Writer, rounds [][]figure) {
	fmt.Fprintf(out, "\n%s\n", c.title)
	t := tabwriter.NewWriter(out, 0, 0, 2, ' ', tabwriter.AlignRight)
	heavy := c.heavy(rounds)
	fmt.Fprintf(t, "\tCPU\tleast\tmost\tratio\twall%s\t\n", column(heavy, "\tresident"))
	for i, e := range c.entries {
		if len(rounds[i]) == 0 {
			continue
		}
		cpu, wall := spreadOf(rounds[i], cpuOf), spreadOf(rounds[i], wallOf)
		fmt.Fprintf(t, "%s\t%s\t%s\t%s\t%s\t%s%s\t\n", e.name, show(cpu.median), show(cpu.least), show(cpu.most),
			ratio(cpu.median, c.measure(i, rounds[0])), show(wall.median),
			column(heavy, "\t"+mebibytes(rounds[i])))
	}
	t.Flush()
	for _, e := range c.entries {
		if e.missing != "" {
			fmt.Fprintf(out, "  %s: not here (%s)\n", e.name, e.missing)
		}
	}
	for _, r := range c.remarks {
		fmt.Fprintf(out, "  - %s\n", r)
	}
}

// heavy says whether memory was asked for.
func (c *contest) heavy(rounds [][]figure) bool {
	return slices.ContainsFunc(rounds[0], func(f figure) bool { return f.resident > 0 })
}

func column(shown bool, text string) string {
	if !shown {
		return ""
	}
	return text
}

// mebibytes is the most memory that a round needed.
func mebibytes(figures []figure) string {
	var most int64
	for _, f := range figures {
		most = max(most, f.resident)
	}
	return strconv.FormatFloat(float64(most)/(1<<20), 'f', 1, 64) + " MiB"
}

// measure is what an entry's ratio is taken to: its own bound, or else the first
// entry's median; 0 where that is not there.
func (c *contest) measure(i int, first []figure) time.Duration {
	if bound := c.entries[i].bound; bound > 0 || len(first) == 0 {
		return bound
	}
	return spreadOf(first, cpuOf).median
}

func ratio(a, b time.Duration) string {
	if b == 0 {
		return "-"
	}
	return strconv.FormatFloat(float64(a)/float64(b), 'f', 2, 64)
}

// show is a duration with three digits that count.
func show(d time.Duration) string {
	unit, name := time.Nanosecond, "ns"
	switch {
	case d == 0:
		return "-"
	case d >= time.Second:
		unit, name = time.Second, "s"
	case d >= time.Millisecond:
		unit, name = time.Millisecond, "ms"
	case d >= time.Microsecond:
		unit, name = time.Microsecond, "µs"
	}
	digits, n := 0, float64(d)/float64(unit)
	switch {
	case unit == time.Nanosecond:
	case n < 10:
		digits = 2
	case n < 100:
		digits = 1
	}
	return strconv.FormatFloat(n, 'f', digits, 64) + " " + name
}
