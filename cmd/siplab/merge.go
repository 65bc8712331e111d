package main

import (
	"fmt"
	"io"
	"os"

	"github.com/spf13/cobra"

	"siplab/sim/words"
)

func mergeCommand(s *streams) *cobra.Command {
	var out output
	c := &cobra.Command{
		Use:   "merge PART...",
		Short: "Put the parts of a sweep together",
		Long: `Put together the parts that siplab sweep --shard wrote. What comes of it is, to
the byte, what one process would have written. Parts that are of another sweep,
that come twice, that are not done or that miss are named.`,
		Example: `  siplab merge part-*.jsonl
  siplab merge part-*.jsonl -o whole.jsonl
  siplab merge part-*.jsonl -o sweep.png`,
		RunE: func(c *cobra.Command, args []string) error {
			if len(args) == 0 {
				return &badInput{what: "merge needs the parts of a sweep", hint: "siplab sweep X --shard 1/2 -o part-1.jsonl writes one"}
			}
			if err := out.settle(sweepFormats); err != nil {
				return err
			}
			whole, err := mergeParts(s, args)
			if err != nil {
				return err
			}
			return out.write(s, func(w io.Writer) error { return whole.write(w, out.format) })
		},
	}
	out.flags(c, sweepWords)
	return c
}

// mergeParts adds up the parts of one sweep.
func mergeParts(s *streams, names []string) (*sweepPart, error) {
	var parts []*sweepPart
	for _, name := range names {
		f, err := os.Open(s.path(name))
		if err != nil {
			return nil, missing(name, err)
		}
		p, err := readPart(name, f)
		f.Close()
		if err != nil {
			return nil, err
		}
		parts = append(parts, p)
	}
	if err := fit(parts); err != nil {
		return nil, err
	}
	whole := &sweepPart{head: parts[0].head, points: make([]sweepPoint, len(parts[0].points))}
	whole.head.Shard, whole.head.Shards = 1, 1
	for i := range whole.points {
		x := &whole.points[i]
		x.Point, x.At = i, parts[0].points[i].At
		for _, p := range parts {
			x.Add(&p.points[i].Totals)
		}
	}
	return whole, nil
}

// fit says whether the parts are those of one sweep, each once and done.
func fit(parts []*sweepPart) error {
	first := parts[0]
	if first.whole == 0 {
		return &badInput{what: first.name + " is empty"}
	}
	by := make([]*sweepPart, first.head.Shards)
	for _, p := range parts {
		switch at := p.head.Shard - 1; {
		case p.whole == 0:
			return &badInput{what: p.name + " is empty"}
		case !p.head.same(first.head):
			return &badInput{what: fmt.Sprintf("%s is no part of the sweep that %s is of", p.name, first.name), hint: "scenario, range, runs and number of parts must be the same"}
		case by[at] != nil:
			return &badInput{what: fmt.Sprintf("%s and %s are both part %d/%d", by[at].name, p.name, at+1, len(by))}
		case len(p.points) < len(p.head.Points):
			return &badInput{what: fmt.Sprintf("%s is not done: it has %d of %s", p.name, len(p.points), words.Count(len(p.head.Points), "point")), hint: "the command that began it goes on where it stopped"}
		default:
			by[at] = p
		}
	}
	for i, p := range by {
		if p == nil {
			return &badInput{what: fmt.Sprintf("part %d/%d is missing", i+1, len(by))}
		}
	}
	return nil
}
