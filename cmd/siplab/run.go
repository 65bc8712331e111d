package main

import (
	"fmt"
	"io"
	"os"
	"path/filepath"
	"slices"

	"github.com/spf13/cobra"

	"siplab/diagrams"
	"siplab/sim"
	"siplab/sim/capture"
	"siplab/sim/trace"
)

// running is what the commands that run a scenario share.
type running struct {
	*streams
	changes
	origins bool
}

// flags gives a command the flags that change a scenario.
func (r *running) flags(c *cobra.Command) {
	f := c.Flags()
	f.StringArrayVar(&r.faults, "fault", nil, `a named fault, as in "lose 1st REGISTER from bob"; may be given again`)
	f.StringVar(&r.net, "net", "", `conditions of all links that have none of their own, as in "loss 30% delay 40ms 15ms"`)
	f.Uint64Var(&r.seed, "seed", 0, "seed of all chance")
	c.PreRun = func(*cobra.Command, []string) { r.seeded = f.Changed("seed") }
	c.ValidArgsFunction = completeSource
}

// open finds what a name means, and changes its scenario as the flags say.
func (r *running) open(name string) (*source, error) {
	src, err := open(r.streams, name)
	if err != nil {
		return nil, err
	}
	return src, r.apply(src.scenario)
}

// run runs what the name means, and returns the trace; of a trace that was
// kept as JSON lines, and of a capture, that trace. With the error of a capture
// may come what was read of it.
func (r *running) run(name string) (*trace.Trace, error) {
	if ending := filepath.Ext(name); ending == ".json" || ending == ".jsonl" {
		return r.read(name)
	}
	switch in, err := openCapture(r.streams, name); {
	case err != nil:
		return nil, err
	case in != nil:
		return r.capture(name, in)
	}
	src, err := r.open(name)
	if err != nil {
		return nil, err
	}
	var kept trace.Recorder
	w, err := sim.New(src.scenario, &kept)
	if err != nil {
		return nil, &badInput{what: src.name + ": " + err.Error()}
	}
	w.Origins = r.origins
	w.Run()
	return kept.Trace(), nil
}

// past refuses flags that would change what has been.
func (r *running) past(name, is string) error {
	if r.changed() {
		return &badInput{what: name + " is " + is + ": --fault, --net and --seed change only what still runs"}
	}
	return nil
}

// read reads a trace that was kept.
func (r *running) read(name string) (*trace.Trace, error) {
	if err := r.past(name, "a trace of a run"); err != nil {
		return nil, err
	}
	f, err := os.Open(r.path(name))
	if err != nil {
		return nil, missing(name, err)
	}
	defer f.Close()
	tr, err := trace.Read(f)
	if err != nil {
		return nil, &badInput{what: name + ": " + err.Error(), hint: "a trace is what siplab run --format json prints"}
	}
	return tr, nil
}

func runCommand(s *streams) *cobra.Command {
	r := running{streams: s}
	var out output
	var shown picture
	var withoutLost bool
	c := &cobra.Command{
		Use:   "run LESSON|FILE|-",
		Short: "Run a lesson or a scenario, draw its ladder and tell what happened",
		Long: `Run a lesson or a scenario, draw its ladder and tell what happened. A file may
also be a trace (JSON lines that siplab printed, .json or .jsonl) or a packet
capture (pcapng or pcap, also in gzip, whatever its name): what SIP is in it is
drawn the same way, with hosts called as their addresses.`,
		Example: `  siplab run register
  siplab run register --fault "lose 1st REGISTER from bob"
  siplab run register --net "loss 30% delay 40ms 15ms" --seed 7
  siplab run my.siplab -o ladder.svg
  siplab run rfc5407-3.1.2 -o page.html
  siplab run rfc5407-3.1.2 --tap alice --hide timers --colours transaction
  siplab run my.siplab -o run.pcapng --tap bob            for Wireshark: what a tap at bob sees
  siplab run register --format csv                        the messages as a table
  siplab run capture.pcap                                 the ladder of a capture`,
		Args: oneName,
		RunE: func(c *cobra.Command, args []string) error {
			if err := out.settle(runFormats); err != nil {
				return err
			}
			if err := ofCaptures(c, out.format == "pcapng"); err != nil {
				return err
			}
			if err := shown.settle(); err != nil {
				return err
			}
			r.origins = out.format == "json" || out.format == "html"
			tr, failed := r.run(args[0])
			if tr == nil {
				return failed
			}
			opt, err := shown.options(tr)
			if err != nil {
				return err
			}
			if out.file == "" {
				opt.Most = s.columns()
			}
			err = out.write(s, func(w io.Writer) error {
				return writeRun(w, tr, out.format, opt, withoutLost)
			})
			if err != nil {
				return err
			}
			if failed != nil {
				return failed
			}
			return warn(s, tr)
		},
	}
	r.flags(c)
	shown.flags(c)
	c.Flags().BoolVar(&withoutLost, "without-lost", false, "captures: without what the network lost, as a tap behind the loss sees it")
	out.flags(c, list(runFormats))
	return c
}

// ofCaptures refuses flags that mean nothing for a capture, or for anything else.
func ofCaptures(c *cobra.Command, is bool) error {
	set := c.Flags().Changed
	switch {
	case !is && set("without-lost"):
		return &badInput{what: "--without-lost is for captures", hint: "-o FILE.pcapng or --format pcapng"}
	case is && (set("hosts") || set("only")):
		return &badInput{what: "--hosts and --only are for pictures and tables", hint: "a capture is of a tap (--tap) or a time (--from, --until)"}
	}
	return nil
}

// ladderFormats are what a run can be drawn in.
var ladderFormats = []string{"text", "ascii", "svg", "png", "html", "json", "mermaid", "plantuml", "dot", "csv"}

// runFormats are what a run can be written in.
var runFormats = append(slices.Clip(ladderFormats), "pcapng")

// writeRun writes a run in one of them; what was lost is left out of a capture
// alone.
func writeRun(w io.Writer, tr *trace.Trace, format string, opt diagrams.Options, withoutLost bool) error {
	if format == "pcapng" {
		return capture.Write(w, tr, capture.Options{Tap: opt.Tap, From: opt.From, To: opt.To, WithoutLost: withoutLost})
	}
	return draw(w, tr, format, opt)
}

// draw writes the run as a picture, a page or a trace.
func draw(w io.Writer, tr *trace.Trace, format string, opt diagrams.Options) (err error) {
	ladder := func() *diagrams.Ladder { return diagrams.NewLadder(tr, opt) }
	switch format {
	case "json":
		lines := trace.NewWriter(w)
		tr.Replay(lines)
		return lines.Err()
	case "svg":
		return ladder().WriteSVG(w)
	case "html":
		_, err = io.WriteString(w, diagrams.HTML(tr, opt))
		return err
	case "png":
		return writePNG(w, ladder())
	case "mermaid":
		_, err = io.WriteString(w, ladder().Mermaid())
		return err
	case "dot":
		_, err = io.WriteString(w, ladder().DOT())
		return err
	case "plantuml":
		_, err = io.WriteString(w, ladder().PlantUML())
		return err
	case "csv":
		return ladder().CSV(w, tr)
	case "ascii":
		_, err = io.WriteString(w, ladder().ASCII())
	default:
		_, err = io.WriteString(w, ladder().Text())
	}
	if err != nil || opt.Narrow() {
		return err
	}
	fmt.Fprintln(w)
	for _, line := range diagrams.Story(tr) {
		fmt.Fprintln(w, line)
	}
	return nil
}

// warn says on standard error how a run ended that did not end by itself.
func warn(s *streams, tr *trace.Trace) error {
	switch {
	case tr.End.Why == trace.Failed:
		return &badInput{what: "the run failed: " + tr.End.Text}
	case tr.End.Text != "":
		fmt.Fprintf(s.errs, "siplab: the run was stopped: %s\n", tr.End.Text)
	}
	for _, held := range tr.End.Held {
		fmt.Fprintf(s.errs, "siplab: still held at the end: %s\n", held)
	}
	return nil
}
