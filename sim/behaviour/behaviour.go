package behaviour

import (
	_ "embed"
	"strings"
)

// Group is one group of behaviours.
type Group struct {
	Prefix     string      `json:"prefix"` // ICT
	Name       string      `json:"name"`   // INVITE client
	Behaviours []Behaviour `json:"behaviours"`
}

// Behaviour is one thing that the standards, or the soundness of a stack, ask
// for: given this, when that happens, this is expected.
type Behaviour struct {
	ID      string `json:"id"`      // ICT-01
	Level   string `json:"level"`   // MUST, SHOULD, …
	Section string `json:"section"` // RFC 3261 §17.1.1.2; or what asks for it: invariant, fault, security
	Given   string `json:"given,omitempty"`
	Event   string `json:"event,omitempty"`
	Expect  string `json:"expect"`
	// Held are the test files that hold it, by their paths in the project.
	Held []string `json:"held,omitempty"`
	// LeftOut is the reason why no test holds it; "" where one does.
	LeftOut string `json:"left_out,omitempty"`
}

//go:embed ledger.txt
var text string

// Groups are all groups, in the order of the ledger.
func Groups() []Group { return parse(text) }

// parse reads a ledger that the tests of this package have found to be sound.
func parse(text string) (groups []Group) {
	for line := range strings.Lines(text) {
		word, rest, _ := strings.Cut(strings.TrimSpace(line), " ")
		if word == "" || word == "#" {
			continue
		}
		if word == "group" {
			prefix, name, _ := strings.Cut(rest, " ")
			groups = append(groups, Group{Prefix: prefix, Name: name})
			continue
		}
		g := &groups[len(groups)-1]
		if !strings.HasPrefix(line, " ") {
			level, section, _ := strings.Cut(rest, " | ")
			g.Behaviours = append(g.Behaviours, Behaviour{ID: word, Level: level, Section: section})
			continue
		}
		g.Behaviours[len(g.Behaviours)-1].say(word, rest)
	}
	return groups
}

// say takes one line about a behaviour.
func (b *Behaviour) say(word, rest string) {
	switch word {
	case "given":
		b.Given = rest
	case "event":
		b.Event = rest
	case "expect":
		b.Expect = rest
	case "held":
		b.Held = append(b.Held, rest)
	case "left-out":
		b.LeftOut = rest
	}
}
