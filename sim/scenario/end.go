package scenario

import (
	"cmp"
	"fmt"

	"siplab/sim"
	"siplab/sim/words"
)

// endStatements say when a run ends that would go on.
var endStatements = []Statement{
	{
		Keyword: "run", Usage: "run for TIME", Means: "How long the run lasts; without it, until nothing but upkeep is left to happen.",
		Example: "run for 90s", About: aboutEnd,
		read: func(p *parser, l *words.Line) error {
			_, err := l.Expect("word after run", "for", "until")
			if err == nil {
				p.s.For, err = lasting(l, "how long, such as 90s")
			}
			return cmp.Or(p.first("run", l.Words[0]), ended(l, err))
		},
		print: func(s *sim.Scenario) []printed { return one(s.For != 0, "run for "+words.FormatDuration(s.For)) },
	},
	{
		Keyword: "bound", Usage: "bound events NUMBER | time TIME | hosts NUMBER | message BYTES",
		Means:   "Ends a run that would not end by itself, with the trace so far; without it the bounds are wide.",
		Example: "bound events 10000", About: aboutEnd,
		read: readBound, print: printBounds,
	},
}

var boundNames = []string{"events", "time", "hosts", "message"}

// number is the bound of that name where it is a number; nil for time.
func number(b *sim.Bounds, name string) *int {
	switch name {
	case "events":
		return &b.Events
	case "hosts":
		return &b.Hosts
	case "message":
		return &b.Message
	}
	return nil
}

func readBound(p *parser, l *words.Line) error {
	w, err := l.Expect("thing to bound", boundNames...)
	if err != nil {
		return err
	}
	if n := number(&p.s.Bounds, w.Text); n != nil {
		*n, err = positive(l, "a whole number, such as 10000", 31)
	} else {
		p.s.Bounds.Time, err = lasting(l, "a time, such as 1h")
	}
	return cmp.Or(p.first("the bound of "+w.Text, w), ended(l, err))
}

func printBounds(s *sim.Scenario) (out []printed) {
	for _, name := range boundNames {
		switch n := number(&s.Bounds, name); {
		case n != nil && *n != 0:
			out = append(out, printed{text: fmt.Sprintf("bound %s %d", name, *n)})
		case n == nil && s.Bounds.Time != 0:
			out = append(out, printed{text: "bound time " + words.FormatDuration(s.Bounds.Time)})
		}
	}
	return out
}
