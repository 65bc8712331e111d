package explore

import (
	"slices"
	"strconv"
	"strings"
	"time"

	"siplab/netem"
	"siplab/sim"
	"siplab/sim/words"
)

// Vary is what a sweep changes from point to point: "loss 0%..50% step 5%".
type Vary struct {
	Name           string
	percent        bool
	from, to, step int64 // millionths of a percent, or nanoseconds
}

// mostPoints is how many points a sweep may have.
const mostPoints = 1000

// varied are the names of what can be varied. All but the timers are conditions
// of the links that have none of their own.
var varied = []string{"loss", "duplicate", "corrupt", "reorder", "delay", "jitter", "T1", "T2", "T4"}

// ParseVary reads the words of a Vary.
func ParseVary(text string) (Vary, error) {
	var v Vary
	ws, err := words.Split(text)
	if err != nil {
		return v, err
	}
	l := words.Line{Words: ws}
	w, err := l.Expect("thing to vary", varied...)
	if err != nil {
		return v, err
	}
	v.Name, v.percent = w.Text, slices.Index(varied, w.Text) < 4
	at, err := l.Next("a range, such as " + v.example())
	if err != nil {
		return v, err
	}
	low, high, ok := strings.Cut(at.Text, "..")
	if !ok {
		return v, at.Wrong("is no range", "two values with .. between them: "+v.example())
	}
	if v.from, ok = v.value(low); ok {
		v.to, ok = v.value(high)
	}
	if !ok {
		return v, at.Wrong("is no range of "+v.Name, "two values, each with its unit: "+v.example())
	}
	if _, err = l.Expect("word", "step"); err != nil {
		return v, err
	}
	step, err := l.Next("how far from one point to the next")
	if err != nil {
		return v, err
	}
	if v.step, ok = v.value(step.Text); !ok || v.step == 0 {
		return v, step.Wrong("is no step", "more than nothing, as in "+v.example())
	}
	switch {
	case v.to < v.from:
		return v, at.Wrong("ends before it begins", "the lesser value first")
	case (v.to-v.from)/v.step >= mostPoints:
		return v, step.Wrong("makes too many points", "at most "+strconv.Itoa(mostPoints))
	case l.More():
		return v, l.Peek().Wrong("says nothing here", "one range; say --vary again for another")
	}
	return v, nil
}

func (v *Vary) example() string {
	if v.percent {
		return v.Name + " 0%..50% step 5%"
	}
	return v.Name + " 10ms..200ms step 10ms"
}

const percentUnit = 1_000_000

// value reads a percentage or a time.
func (v *Vary) value(s string) (int64, bool) {
	if !v.percent {
		d, err := words.Duration(s)
		if v.Name[0] == 'T' && d == 0 {
			return 0, false
		}
		return int64(d), err == nil
	}
	s, ok := strings.CutSuffix(s, "%")
	whole, part, dot := strings.Cut(s, ".")
	if !ok || whole == "" || dot && part == "" || len(part) > 6 {
		return 0, false
	}
	n, err := strconv.ParseUint(whole+part+strings.Repeat("0", 6-len(part)), 10, 62)
	return int64(n), err == nil && n <= 100*percentUnit
}

// values are the points, in words: "loss 5%".
func (v *Vary) values() []string {
	var list []string
	for n := v.from; n <= v.to; n += v.step {
		list = append(list, v.Name+" "+v.print(n))
	}
	return list
}

func (v *Vary) print(n int64) string {
	if !v.percent {
		return words.FormatDuration(time.Duration(n))
	}
	s := strconv.FormatInt(n/percentUnit, 10)
	if part := n % percentUnit; part > 0 {
		s += "." + strings.TrimRight(strconv.FormatInt(part+percentUnit, 10)[1:], "0")
	}
	return s + "%"
}

// String is the inverse of ParseVary.
func (v Vary) String() string {
	return v.Name + " " + v.print(v.from) + ".." + v.print(v.to) + " step " + v.print(v.step)
}

// Points are all points of a sweep: each value of the first with each of the
// second, and so on.
func Points(vary []Vary) [][]string {
	all := [][]string{{}}
	for i := range vary {
		var next [][]string
		for _, p := range all {
			for _, value := range vary[i].values() {
				next = append(next, append(slices.Clip(p), value))
			}
		}
		all = next
	}
	return all
}

// at is the scenario at a point.
func at(s *sim.Scenario, point []string) (*sim.Scenario, error) {
	with := *s
	for _, p := range point {
		name, value, _ := strings.Cut(p, " ")
		if i := slices.Index([]string{"T1", "T2", "T4", "delay", "jitter"}, name); i >= 0 {
			d, err := words.Duration(value)
			if err != nil {
				return nil, err
			}
			*[]*time.Duration{&with.Timing.T1, &with.Timing.T2, &with.Timing.T4, &with.Net.Delay, &with.Net.Jitter}[i] = d
			continue
		}
		c, err := netem.ParseConditions(p)
		if err != nil {
			return nil, err
		}
		switch name {
		case "loss":
			with.Net.Loss = c.Loss
		case "duplicate":
			with.Net.Duplicate = c.Duplicate
		case "corrupt":
			with.Net.Corrupt = c.Corrupt
		case "reorder":
			with.Net.Reorder, with.Net.Gap = c.Reorder, c.Gap
		}
	}
	return &with, nil
}
