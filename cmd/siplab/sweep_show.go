package main

import (
	"encoding/csv"
	"fmt"
	"io"
	"strconv"
	"strings"
	"time"

	"siplab/diagrams"
	"siplab/sim/explore"
	"siplab/sim/words"
)

func (p *sweepPart) write(w io.Writer, format string) error {
	switch format {
	case "json":
		return p.jsonLines(w)
	case "csv":
		return p.csv(w)
	case "svg":
		_, err := io.WriteString(w, p.chart().SVG())
		return err
	case "png":
		return writePNG(w, p.chart())
	}
	return p.text(w)
}

// text prints the points as a table.
func (p *sweepPart) text(w io.Writer) error {
	g := diagrams.Grid{Title: p.head.Title, Head: []string{"", "runs", "SER", "95 % interval", "SRD median", "95th", "registered", "RRD median", "95th", "packets"}}
	for i := range p.points {
		x := &p.points[i]
		t := &x.Totals
		low, high := explore.Interval(t.Established, t.Sessions-t.Redirected)
		between := ""
		if t.Sessions > t.Redirected {
			between = strings.TrimSuffix(tenths(low, 1_000_000), " %") + " to " + tenths(high, 1_000_000)
		}
		g.Rows = append(g.Rows, []string{strings.Join(x.At, ", "), grouped(int(t.Runs)), tenths(t.Established, t.Sessions-t.Redirected), between,
			quantile(&t.Request, 500), quantile(&t.Request, 950), tenths(t.Registered, t.Registrations), quantile(&t.Registration, 500), quantile(&t.Registration, 950),
			perAttempt(t),
		})
	}
	for i := range p.points {
		if n := p.points[i].Unfinished; n > 0 {
			g.Notes = append(g.Notes, fmt.Sprintf("%s: %s met a bound.", strings.Join(p.points[i].At, ", "), words.Count(int(n), "run")))
		}
	}
	g.Notes = append(g.Notes, "SER, SRD and RRD: session establishment ratio, session request delay of the sessions",
		"established, registration request delay (RFC 6076); packets: of each session or", "registration.")
	_, err := io.WriteString(w, g.Text(widest))
	return err
}

// tenths is a part of a whole in percent, to a tenth; "" of nothing.
func tenths(n, of int64) string {
	if of <= 0 {
		return ""
	}
	t := (n*2000/of + 1) / 2
	return fmt.Sprintf("%d.%d %%", t/10, t%10)
}

func quantile(d *explore.Delays, perMille int64) string {
	at, ok := d.Quantile(perMille)
	if !ok {
		return ""
	}
	return words.FormatDuration(at)
}

// perAttempt is how many packets each session or registration took, to a
// tenth.
func perAttempt(t *explore.Totals) string {
	of := t.Sessions + t.Registrations
	if of == 0 {
		return ""
	}
	n := (t.Packets*20/of + 1) / 2
	return fmt.Sprintf("%d.%d", n/10, n%10)
}

// csv prints the points for a spreadsheet; times are whole milliseconds.
func (p *sweepPart) csv(w io.Writer) error {
	c := csv.NewWriter(w)
	var head []string
	if len(p.head.Points) > 0 {
		for _, x := range p.head.Points[0] {
			name, _, _ := strings.Cut(x, " ")
			head = append(head, name)
		}
	}
	c.Write(append(head, strings.Fields("runs sessions established redirected ser_ppm ser_low_ppm ser_high_ppm srd_median_ms srd_95_ms srd_mean_us registrations registered rrd_median_ms rrd_95_ms rrd_mean_us packets unfinished")...))
	for i := range p.points {
		x := &p.points[i]
		t := &x.Totals
		var record []string
		for _, v := range x.At {
			_, value, _ := strings.Cut(v, " ")
			record = append(record, diagrams.HarmlessCell(value))
		}
		low, high := explore.Interval(t.Established, t.Sessions-t.Redirected)
		ser := int64(0)
		if of := t.Sessions - t.Redirected; of > 0 {
			ser = t.Established * 1_000_000 / of
		}
		for _, n := range []int64{t.Runs, t.Sessions, t.Established, t.Redirected, ser, low, high} {
			record = append(record, strconv.FormatInt(n, 10))
		}
		record = append(record, delaysCSV(&t.Request)...)
		record = append(record, strconv.FormatInt(t.Registrations, 10), strconv.FormatInt(t.Registered, 10))
		record = append(record, delaysCSV(&t.Registration)...)
		record = append(record, strconv.FormatInt(t.Packets, 10), strconv.FormatInt(t.Unfinished, 10))
		c.Write(record)
	}
	c.Flush()
	return c.Error()
}

func delaysCSV(d *explore.Delays) []string {
	n := d.Count()
	if n == 0 {
		return []string{"", "", ""}
	}
	half, _ := d.Quantile(500)
	most, _ := d.Quantile(950)
	return []string{strconv.FormatInt(half.Milliseconds(), 10), strconv.FormatInt(most.Milliseconds(), 10), strconv.FormatInt(d.Sum/n/int64(time.Microsecond), 10)}
}
