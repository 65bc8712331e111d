package fault

import (
	"cmp"
	"math"
	"slices"
	"time"
)

// Times is what the faults want done at times of the run, in order. Cuts of
// one way that overlap or touch are one cut.
func (j *Judge) Times() []Timed {
	var all []Timed
	for i := range j.rules {
		if r := &j.rules[i]; r.Kind == Hold && r.Release == AtTime {
			all = append(all, Timed{At: r.Until, Gate: r.verdict.Gate})
		}
	}
	for _, w := range j.ways() {
		for _, s := range union(w.spans) {
			all = append(all, Timed{At: s.from, From: w.from, To: w.to, Cut: true})
			if s.until != forever {
				all = append(all, Timed{At: s.until, From: w.from, To: w.to})
			}
		}
	}
	slices.SortStableFunc(all, func(a, b Timed) int { return cmp.Compare(a.At, b.At) })
	return all
}

// way is one direction with the times when it is cut.
type way struct {
	from, to string
	spans    []span
}

type span struct{ from, until time.Duration }

const forever = time.Duration(math.MaxInt64)

// ways are the directions that are ever cut.
func (j *Judge) ways() []way {
	var ways []way
	index := map[[2]string]int{}
	add := func(from, to string, s span) {
		i, known := index[[2]string{from, to}]
		if !known {
			i = len(ways)
			index[[2]string{from, to}] = i
			ways = append(ways, way{from: from, to: to})
		}
		ways[i].spans = append(ways[i].spans, s)
	}
	for i := range j.rules {
		f := &j.rules[i].Fault
		if f.Kind != Cut {
			continue
		}
		s := span{f.From, f.Until}
		if f.Until == 0 {
			s.until = forever
		}
		add(f.A, f.B, s)
		if !f.OneWay {
			add(f.B, f.A, s)
		}
	}
	return ways
}

// union joins the spans that overlap or touch.
func union(spans []span) []span {
	slices.SortFunc(spans, func(a, b span) int { return cmp.Compare(a.from, b.from) })
	joined := spans[:0]
	for _, s := range spans {
		if n := len(joined); n > 0 && s.from <= joined[n-1].until {
			joined[n-1].until = max(joined[n-1].until, s.until)
			continue
		}
		joined = append(joined, s)
	}
	return joined
}

// covers reports whether a cut is of the way from one host to another.
func (f *Fault) covers(from, to string) bool {
	return f.A == from && f.B == to || !f.OneWay && f.A == to && f.B == from
}
