// Command wireshark opens the captures of all lessons, and of runs over TCP, in
// fragments, with losses and copies, with Wireshark's tshark. It holds what
// tshark finds against the traces: each message with its time, CSeq and Call-ID,
// what was sent again, all checksums, and no packet that is malformed.
//
//	go -C cmd/wireshark run .
package main

import (
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"runtime"
	"sync"

	"siplab/lessons"
	"siplab/sim"
	"siplab/sim/capture"
	"siplab/sim/scenario"
	"siplab/sim/trace"
)

func main() {
	if err := run(); err != nil {
		fmt.Fprintln(os.Stderr, "wireshark:", err)
		os.Exit(1)
	}
}

// sample is a run, and its name.
type sample struct {
	name  string
	trace *trace.Trace
}

func run() error {
	samples, err := all()
	if err != nil {
		return err
	}
	dir, err := os.MkdirTemp("", "captures")
	if err != nil {
		return err
	}
	defer os.RemoveAll(dir)
	// tshark waits more than it works, so several of them wait at a time.
	found, faults := make([][]message, len(samples)), make([]error, len(samples))
	places := make(chan struct{}, 2*runtime.NumCPU())
	var done sync.WaitGroup
	for i, s := range samples {
		done.Go(func() {
			places <- struct{}{}
			defer func() { <-places }()
			found[i], faults[i] = s.check(filepath.Join(dir, fmt.Sprintf("%d.pcapng", i)))
		})
	}
	done.Wait()
	if err := errors.Join(faults...); err != nil {
		return err
	}
	sum, again := 0, 0
	for _, list := range found {
		sum += len(list)
		for _, m := range list {
			if m.again {
				again++
			}
		}
	}
	fmt.Printf("%d captures with %d messages, %d of them sent again\n", len(samples), sum, again)
	return nil
}

func all() (list []sample, err error) {
	course, err := lessons.All()
	if err != nil {
		return nil, err
	}
	for _, l := range course {
		for i, r := range l.Runs {
			tr, err := r.Trace()
			if err != nil {
				return nil, err
			}
			list = append(list, sample{fmt.Sprintf("%s, run %d", l.ID, i+1), tr})
		}
	}
	for i, text := range scenarios {
		s, err := scenario.Parse("", text)
		if err != nil {
			return nil, err
		}
		var kept trace.Recorder
		w, err := sim.New(s, &kept)
		if err != nil {
			return nil, err
		}
		w.Run()
		list = append(list, sample{fmt.Sprintf("scenario %d", i+1), kept.Trace()})
	}
	return append(list, fragments()...), nil
}

const call = `phone alice sip:alice@atlanta.example.com transport tcp
phone bob sip:bob@biloxi.example.com
at 0s alice calls bob
at 1s bob answers
at 5s alice hangs up
`

// scenarios are what the lessons do not have.
var scenarios = []string{
	"net delay 20ms\n" + call,
	"net delay 20ms\nlose 2nd packet from bob\nlose 5th packet from alice\n" + call,
	"net delay 20ms 10ms loss 20% duplicate 20%\n" + call,
	`net delay 30ms 20ms loss 10% duplicate 10%
phones p 1..20 sip:p*@biloxi.example.com password zanzibar
registrar biloxi domain biloxi.example.com
at 0s p1 registers
at 10ms p2 registers
at 20ms p3 registers
`,
}

// check writes the capture of a run and opens it: the messages are what tshark
// has found, and what the run sent.
func (s *sample) check(file string) ([]message, error) {
	f, err := os.Create(file)
	if err != nil {
		return nil, err
	}
	defer f.Close()
	if err := capture.Write(f, s.trace, capture.Options{}); err != nil {
		return nil, fmt.Errorf("%s: %w", s.name, err)
	}
	got, err := dissect(file)
	if err != nil {
		return nil, fmt.Errorf("%s: %w", s.name, err)
	}
	if err := same(expected(s.trace), got); err != nil {
		return nil, fmt.Errorf("%s: %w", s.name, err)
	}
	return got, nil
}
