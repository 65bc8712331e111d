package main

import (
	"fmt"
	"io"
	"slices"
	"time"
)

// contest is one thing that several programs can do.
type contest struct {
	title   string
	entries []entry
	remarks []string // what is not comparable
}

// entry is one contender. The first of a contest is what the others' ratios are
// taken to.
type entry struct {
	name    string
	missing string        // what installs it; "" where it is there
	bound   time.Duration // of CPU time, which is to be kept; 0: none
	measure func() (figure, error)
}

// figure is what one round of an entry took, for one operation.
type figure struct {
	cpu, wall time.Duration
	resident  int64 // bytes at most, of a whole process; 0: not asked for
}

// run lets the entries take turns and prints the table. A round that fails is no
// figure: the table says so. An entry with no figure at all is an error.
func (c *contest) run(out io.Writer, runs int) error {
	rounds, faults := make([][]figure, len(c.entries)), make([]error, len(c.entries))
	for range runs {
		for i, e := range c.entries {
			if e.missing != "" {
				continue
			}
			f, err := e.measure()
			if err != nil {
				faults[i] = fmt.Errorf("%s: %w", e.name, err)
				continue
			}
			rounds[i] = append(rounds[i], f)
		}
	}
	for i, err := range faults {
		if n := runs - len(rounds[i]); err != nil {
			c.remarks = append(c.remarks, fmt.Sprintf("%d of %d rounds failed, the last by %s", n, runs, err))
		}
	}
	c.print(out, rounds)
	for i, err := range faults {
		if err != nil && len(rounds[i]) == 0 {
			return err
		}
	}
	return nil
}

// spread is the middle of some figures, and how far they lie apart.
type spread struct{ least, median, most time.Duration }

func spreadOf(figures []figure, of func(figure) time.Duration) spread {
	var all []time.Duration
	for _, f := range figures {
		all = append(all, of(f))
	}
	slices.Sort(all)
	n := len(all)
	return spread{all[0], (all[(n-1)/2] + all[n/2]) / 2, all[n-1]}
}

func cpuOf(f figure) time.Duration  { return f.cpu }
func wallOf(f figure) time.Duration { return f.wall }
