package behaviour

import (
	_ "embed"
	"strings"
)

// Fault is one thing that goes wrong in a network or in an element.
type Fault struct {
	ID      string
	Name    string
	Say     []string // statements of the scenario language that make it
	Held    []string // where it is held: a file of tests, a space, and a text in it
	LeftOut string   // why no test holds it; "" where one does
}

//go:embed faults.txt
var faultsText string

// Faults are the catalogue of faults, in its order.
func Faults() (all []Fault) {
	for line := range strings.Lines(faultsText) {
		word, rest, _ := strings.Cut(strings.TrimSpace(line), " ")
		if word == "" || word == "#" {
			continue
		}
		if !strings.HasPrefix(line, " ") {
			all = append(all, Fault{ID: word, Name: rest})
			continue
		}
		f := &all[len(all)-1]
		switch word {
		case "say":
			f.Say = append(f.Say, rest)
		case "held":
			f.Held = append(f.Held, rest)
		case "left-out":
			f.LeftOut = rest
		}
	}
	return all
}
