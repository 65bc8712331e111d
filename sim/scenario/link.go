package scenario

import (
	"cmp"
	"fmt"
	"strings"

	"siplab/sim"
	"siplab/sim/words"
)

var linkStatements = []Statement{{
	Keyword: "link", Usage: "link HOST [to] HOST [CONDITIONS]",
	Means:   "Gives the way between two hosts conditions of its own, both ways or, with to, one way; without conditions it is perfect.",
	Example: "link bob biloxi delay 40ms 10ms loss 5%", About: aboutLinks,
	read: readLink,
	print: func(s *sim.Scenario) (out []printed) {
		for i, l := range s.Links {
			out = append(out, printed{i, printLink(l)})
		}
		return out
	},
}}

func readLink(p *parser, l *words.Line) error {
	a, err := l.Next("a host at one end")
	if err != nil {
		return err
	}
	link := sim.Link{From: a.Text, Both: !l.Accept("to")}
	b, err := l.Next("the host at the other end")
	if err != nil {
		return err
	}
	link.To = b.Text
	p.atEnd(func() error { return p.host(a) })
	p.atEnd(func() error { return p.host(b) })
	if a.Text == b.Text {
		return &words.Error{Col: b.Col, Text: "both ends are " + words.Show(b.Text), Want: "two hosts"}
	}
	link.Conditions, err = p.conditions(l)
	p.s.Links = append(p.s.Links, link)
	return cmp.Or(p.takeLink(link, a), err)
}

// takeLink notes the directions that a link speaks of, each of which is spoken
// of once.
func (p *parser) takeLink(l sim.Link, w words.Word) error {
	ways := [][2]string{{l.From, l.To}, {l.To, l.From}}
	if !l.Both {
		ways = ways[:1]
	}
	for _, way := range ways {
		if line, taken := p.links[way]; taken {
			return &words.Error{Col: w.Col, Text: fmt.Sprintf("the way from %s to %s has its conditions already", way[0], way[1]), Want: sayOnce(line, p.line)}
		}
		p.links[way] = p.line
	}
	return nil
}

func printLink(l sim.Link) string {
	parts := []string{"link", words.Print(l.From)}
	if !l.Both {
		parts = append(parts, "to")
	}
	parts = append(parts, words.Print(l.To))
	if c := l.Conditions.String(); c != "" {
		parts = append(parts, c)
	}
	return strings.Join(parts, " ")
}
