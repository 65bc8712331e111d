package main

import (
	"context"
	"errors"
	"fmt"
	"io"
	"os"
	"os/signal"
	"strconv"
	"strings"

	"github.com/spf13/cobra"

	"siplab/sim/explore"
	"siplab/sim/scenario"
	"siplab/sim/words"
)

// sweeping is what siplab sweep was asked for.
type sweeping struct {
	running
	out     output
	vary    []string
	runs    int
	shard   string
	workers int
}

const sweepWords = "text, json (one line a point), csv, svg or png"

var sweepFormats = []string{"text", "json", "csv", "svg", "png"}

func sweepCommand(s *streams) *cobra.Command {
	w := sweeping{running: running{streams: s}}
	c := &cobra.Command{
		Use:   "sweep LESSON|FILE|-",
		Short: "Run many times over a range of conditions: success rates and delays",
		Long: `Run a scenario many times at each point of a range, and measure as RFC 6076
does: how many sessions were established (SER), how long until something was heard
of a request (SRD), how long a registration took (RRD), how many packets a call
took. Varied are loss, duplicate, corrupt, reorder, delay and jitter of the links
that have no conditions of their own, and T1, T2, T4. Each run has a seed of its
own, the same at each point. Where loss delays what rings, let the callee answer by
itself (answer-after): who answers at a set time may find nothing ringing yet.

A picture (-o sweep.svg) has a curve with the band in which the share lies, as sure
as 95 %, and how delays are spread, with the timers that they waited for.

With -o FILE.jsonl each point is written as it is done, and a sweep that was
killed goes on where it stopped. --shard 3/16 makes the third of sixteen parts;
siplab merge puts them together (siplab help shards).`,
		Example: `  siplab sweep rfc3665-2.1 --vary "loss 0%..50% step 5%" --runs 10000
  siplab sweep my.siplab --vary "loss 0%..30% step 10%" --vary "delay 10ms..90ms step 40ms" -o sweep.csv
  siplab sweep my.siplab --vary "loss 0%..50% step 5%" --shard 3/16 -o part-3.jsonl
  siplab sweep my.siplab --vary "T1 100ms..900ms step 100ms" --net "loss 10%" -o sweep.svg`,
		Args: oneName,
		RunE: func(c *cobra.Command, args []string) error { return w.sweep(c.Context(), args[0]) },
	}
	w.flags(c)
	f := c.Flags()
	f.StringArrayVar(&w.vary, "vary", nil, `what is varied, as in "loss 0%..50% step 5%"; given again: each value with each`)
	f.IntVar(&w.runs, "runs", 1000, "runs at each point")
	f.StringVar(&w.shard, "shard", "1/1", "one part of so many, as in 3/16")
	f.IntVar(&w.workers, "workers", 0, "how many runs at a time; 0: one for each processor")
	w.out.flags(c, sweepWords)
	return c
}

func (w *sweeping) sweep(ctx context.Context, name string) error {
	part := &sweepPart{head: sweepHead{Version: sweepVersion, Runs: w.runs}}
	if err := w.settle(&part.head); err != nil {
		return err
	}
	src, err := w.open(name)
	if err != nil {
		return err
	}
	part.head.Title, part.head.Scenario = src.scenario.Title, scenario.Print(src.scenario)
	keep, err := w.goOn(part)
	if err != nil {
		return err
	}
	defer keep.close()
	ctx, stop := signal.NotifyContext(ctx, os.Interrupt)
	defer stop()
	p := newPace(w.errs)
	err = explore.Sweep(ctx, src.scenario, explore.SweepOptions{
		Points: part.head.Points, From: len(part.points), Runs: w.runs, Shard: part.head.Shard, Shards: part.head.Shards, Workers: w.workers, Report: p.report,
	}, func(point int, t *explore.Totals) error {
		part.points = append(part.points, sweepPoint{Point: point, At: part.head.Points[point], Totals: *t})
		return keep.line(&part.points[point])
	})
	p.clear()
	switch {
	case errors.Is(err, context.Canceled):
		fmt.Fprintf(w.errs, "siplab: interrupted after %s of %d\n", words.Count(len(part.points), "point"), len(part.head.Points))
	case err != nil:
		return &badInput{what: src.name + ": " + err.Error()}
	}
	if keep == nil {
		if failed := w.out.write(w.streams, func(out io.Writer) error { return part.write(out, w.out.format) }); failed != nil {
			return failed
		}
	}
	if err != nil {
		return errFailed
	}
	return nil
}

// settle reads the flags.
func (w *sweeping) settle(h *sweepHead) error {
	if len(w.vary) == 0 {
		return &badInput{what: "a sweep needs something to vary", hint: `--vary "loss 0%..50% step 5%"`}
	}
	var vary []explore.Vary
	points := 1
	for _, text := range w.vary {
		v, err := explore.ParseVary(text)
		if err != nil {
			return flagError("--vary", text, err)
		}
		for _, u := range vary {
			if u.Name == v.Name {
				return &badInput{what: "--vary " + v.Name + " stands here twice", hint: "say it once"}
			}
		}
		vary, h.Vary = append(vary, v), append(h.Vary, v.String())
		if points *= len(explore.Points([]explore.Vary{v})); points > mostSweep {
			return &badInput{what: fmt.Sprintf("more than %d points", mostSweep), hint: "make the steps wider"}
		}
	}
	h.Points = explore.Points(vary)
	switch {
	case w.runs < 1:
		return &badInput{what: fmt.Sprintf("--runs %d: a sweep has at least 1 run a point", w.runs)}
	case w.workers < 0:
		return &badInput{what: fmt.Sprintf("--workers %d is less than nothing", w.workers)}
	}
	if err := h.readShard(w.shard, w.runs); err != nil {
		return err
	}
	return w.out.settle(sweepFormats)
}

const mostSweep = 10_000

func (h *sweepHead) readShard(text string, runs int) error {
	one, of, ok := strings.Cut(text, "/")
	var err, err2 error
	h.Shard, err = strconv.Atoi(one)
	h.Shards, err2 = strconv.Atoi(of)
	switch {
	case !ok || err != nil || err2 != nil:
		return &badInput{what: fmt.Sprintf("--shard %q is no part", text), hint: "--shard 3/16 is the third of sixteen"}
	case h.Shards < 1 || h.Shard < 1 || h.Shard > h.Shards:
		return &badInput{what: fmt.Sprintf("--shard %s: the parts are 1/%d to %d/%d", text, max(1, h.Shards), max(1, h.Shards), max(1, h.Shards))}
	case h.Shards > runs:
		return &badInput{what: fmt.Sprintf("--shard %s: %s cannot be in %d parts", text, words.Count(runs, "run"), h.Shards)}
	}
	return nil
}
