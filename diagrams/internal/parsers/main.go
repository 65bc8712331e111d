// Command parsers writes ladders and maps of all lessons, and of every hostile text, in
// the languages that other programs read, for those programs to say whether
// they can. beside.json tells how many hosts and messages each has.
//
//	go run ./diagrams/internal/parsers DIR
package main

import (
	"encoding/json"
	"fmt"
	"os"
	"path/filepath"

	"siplab/diagrams"
	"siplab/diagrams/hostile"
	"siplab/lessons"
	"siplab/sim/trace"
)

func main() {
	if len(os.Args) != 2 {
		fmt.Fprintln(os.Stderr, "usage: parsers DIR")
		os.Exit(2)
	}
	if err := write(os.Args[1]); err != nil {
		fmt.Fprintln(os.Stderr, "parsers:", err)
		os.Exit(1)
	}
}

// counts are what a parser must find in one ladder.
type counts struct {
	Hosts    int `json:"hosts"`
	Messages int `json:"messages"`
}

func write(dir string) error {
	all, err := lessons.All()
	if err != nil {
		return err
	}
	if err := os.MkdirAll(dir, 0o755); err != nil {
		return err
	}
	found := make(map[string]counts)
	for _, l := range all {
		tr, err := l.Runs[0].Trace()
		if err != nil {
			return fmt.Errorf("%s: %w", l.ID, err)
		}
		found[l.ID] = counts{len(tr.Hosts), sent(tr)}
		if err := draw(dir, l.ID, tr); err != nil {
			return err
		}
	}
	for i, text := range hostile.Texts {
		name := fmt.Sprintf("hostile%03d", i)
		found[name] = counts{hostile.Hosts, hostile.Messages}
		if err := draw(dir, name, hostile.Run(text.Text)); err != nil {
			return err
		}
	}
	text, err := json.Marshal(found)
	if err != nil {
		return err
	}
	return os.WriteFile(filepath.Join(dir, "beside.json"), text, 0o644)
}

// sent counts the packets of a run.
func sent(tr *trace.Trace) (n int) {
	for i := range tr.Events {
		switch e := &tr.Events[i]; e.Kind {
		case trace.Send, trace.Duplicate:
			n++
		case trace.Segment:
			if e.Op == "send" || e.Op == "repeat" || e.Op == "duplicate" {
				n++
			}
		}
	}
	return n
}

func draw(dir, name string, tr *trace.Trace) error {
	l := diagrams.NewLadder(tr, diagrams.Options{Notes: true, Raw: true, Show: diagrams.Segments})
	network := diagrams.NewNetwork(tr, diagrams.Options{})
	for ending, text := range map[string]string{".mmd": l.Mermaid(), ".puml": l.PlantUML(), ".dot": l.DOT(), ".map.dot": network.DOT()} {
		if err := os.WriteFile(filepath.Join(dir, name+ending), []byte(text), 0o644); err != nil {
			return err
		}
	}
	return nil
}
