// Command hashes prints the hash of each of a fixed set of runs: its trace as
// JSON lines and, of each lesson and each crowd, its ladder as text and as SVG
// and its packet capture. After them come the traces of the lessons from a
// thousand other seeds. Two machines that print the same lines run the same
// bytes.
//
//	go -C cmd/hashes run .
package main

import (
	"crypto/sha256"
	"fmt"
	"io"
	"os"

	"siplab/diagrams"
	"siplab/lessons"
	"siplab/sim"
	"siplab/sim/capture"
	"siplab/sim/scenario"
	"siplab/sim/trace"
)

const (
	seeds = 25   // of the crowd
	more  = 1000 // of the lessons, in turn
	crowd = `net delay 30ms 20ms distribution paretonormal loss gemodel 8% 30% duplicate 5% corrupt 4% reorder 10%
phones p 1..20 sip:p*@biloxi.example.com password zanzibar
registrar biloxi domain biloxi.example.com
`
)

func main() {
	if err := run(os.Stdout); err != nil {
		fmt.Fprintln(os.Stderr, "hashes:", err)
		os.Exit(1)
	}
}

func run(out io.Writer) error {
	all, err := lessons.All()
	if err != nil {
		return err
	}
	for _, l := range all {
		if err := hash(out, l.ID, l.Scenario); err != nil {
			return err
		}
	}
	text := crowd
	for i := range 20 {
		text += fmt.Sprintf("at %dms p%d registers for 90s\n", 10*i, i+1)
	}
	s, err := scenario.Parse("crowd", text+"run for 300s\n")
	if err != nil {
		return err
	}
	for seed := range uint64(seeds) {
		s.Seed = seed
		if err := hash(out, fmt.Sprintf("crowd seed %d", seed), s); err != nil {
			return err
		}
	}
	for seed := range uint64(more) {
		l := all[seed%uint64(len(all))]
		s := *l.Scenario
		s.Seed = 1000 + seed
		if err := traced(out, fmt.Sprintf("%s seed %d", l.ID, s.Seed), &s); err != nil {
			return err
		}
	}
	return nil
}

// traced runs the scenario and prints the hash of its trace.
func traced(out io.Writer, name string, s *sim.Scenario) error {
	h := sha256.New()
	w, err := sim.New(s, trace.NewWriter(h))
	if err != nil {
		return fmt.Errorf("%s: %w", name, err)
	}
	w.Run()
	_, err = fmt.Fprintf(out, "%x %s\n", h.Sum(nil), name)
	return err
}

// hash runs the scenario and prints the hash of all that comes of it.
func hash(out io.Writer, name string, s *sim.Scenario) error {
	h := sha256.New()
	lines := trace.NewWriter(h)
	var kept trace.Recorder
	w, err := sim.New(s, lines, &kept)
	if err != nil {
		return fmt.Errorf("%s: %w", name, err)
	}
	w.Origins = true
	w.Run()
	ladder := diagrams.NewLadder(kept.Trace(), diagrams.Options{})
	io.WriteString(h, ladder.Text())
	io.WriteString(h, ladder.SVG())
	if err := capture.Write(h, kept.Trace(), capture.Options{}); err != nil {
		return fmt.Errorf("%s: %w", name, err)
	}
	_, err = fmt.Fprintf(out, "%x %s\n", h.Sum(nil), name)
	return err
}
