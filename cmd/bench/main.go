// Command bench measures siplab beside its peers, in one run on one machine:
// messages against sipgo and sofia-sip, calls against SIPp and sipgo, the event
// queue against ns-3, ladders against Graphviz, PlantUML and mermaid-cli, and
// siplab as a whole process against its own bounds.
//
//	go -C cmd/bench run .
//	go -C cmd/bench run . -runs 9 -only messages,queue
//
// What counts is CPU time: with a busy neighbour, wall time says little. The
// contenders of a contest take turns, so that what disturbs one disturbs all;
// the table has medians, the spread, and ratios to siplab. A peer that is not
// installed is named with what installs it.
package main

import (
	"flag"
	"fmt"
	"io"
	"os"
	"runtime/debug"
	"slices"
	"strings"
)

// gcPercent is what the command siplab sets. All that runs in this process has
// it, sipgo too.
const gcPercent = 400

func main() {
	runs := flag.Int("runs", 5, "rounds of each contest")
	only := flag.String("only", "", "only these contests: "+strings.Join(names(), ","))
	flag.Parse()
	if flag.Arg(0) == weighing && flag.NArg() > 1 {
		exit(weigh(os.Stdout, flag.Args()[1:]))
	}
	if os.Getenv("GOGC") == "" {
		debug.SetGCPercent(gcPercent)
	}
	exit(run(os.Stdout, *runs, *only))
}

func exit(err error) {
	if err != nil {
		fmt.Fprintln(os.Stderr, "bench:", err)
		os.Exit(1)
	}
	os.Exit(0)
}

// groups are the contests by what they are about. Each gets a folder of its own
// for what it builds and writes.
var groups = []struct {
	name     string
	contests func(dir string) ([]contest, error)
}{
	{"messages", messages},
	{"calls", calls},
	{"queue", queues},
	{"pictures", pictures},
	{"bounds", bounds},
	{"process", process},
}

func names() (list []string) {
	for _, g := range groups {
		list = append(list, g.name)
	}
	return list
}

func run(out io.Writer, runs int, only string) error {
	chosen := names()
	if only != "" {
		chosen = strings.Split(only, ",")
	}
	for _, name := range chosen {
		if !slices.Contains(names(), name) {
			return fmt.Errorf("no contest is called %q; there are %s", name, strings.Join(names(), ", "))
		}
	}
	if runs < 1 {
		return fmt.Errorf("-runs %d: a median needs one round at least", runs)
	}
	dir, err := os.MkdirTemp("", "bench")
	if err != nil {
		return err
	}
	defer os.RemoveAll(dir)
	fmt.Fprintf(out, "%s\n%s\n", machine(), versions())
	for _, g := range groups {
		if !slices.Contains(chosen, g.name) {
			continue
		}
		contests, err := g.contests(dir)
		if err != nil {
			return fmt.Errorf("%s: %w", g.name, err)
		}
		for i := range contests {
			if err := contests[i].run(out, runs); err != nil {
				return fmt.Errorf("%s: %w", contests[i].title, err)
			}
		}
	}
	fmt.Fprintf(out, "load average at the end: %s\n", load())
	return nil
}
