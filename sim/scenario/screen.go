package scenario

import (
	"slices"
	"strconv"

	"siplab/sim"
	"siplab/sim/proxy"
	"siplab/sim/words"
)

var screenStatements = []Statement{{
	Keyword: "screen", Usage: "screen at HOST [from AOR|DOMAIN] [for AOR|DOMAIN] with STATUS",
	Means:   "A rule by which a proxy turns calls away: those of somebody, those to somebody, or those of the one to the other.",
	Example: "screen at ss1 from sip:alice@atlanta.example.com for sip:bob@biloxi.example.com with 403", About: aboutRoutes,
	read: readScreen, print: printScreens,
}}

func readScreen(p *parser, l *words.Line) error {
	if _, err := l.Expect("word after screen", "at"); err != nil {
		return err
	}
	host, err := l.Next("whose rule it is: the name of a proxy")
	if err != nil {
		return err
	}
	var s proxy.Screen
	for left := []string{"from", "for", "with"}; s.With == 0; {
		part, err := l.Expect("part of a screen", left...)
		if err != nil {
			return err
		}
		left = slices.DeleteFunc(left, part.Is)
		if err := readScreenPart(l, part, &s); err != nil {
			return err
		}
	}
	if err := ended(l, nil); err != nil {
		return err
	}
	p.atEnd(func() error { return p.addScreen(host, s, l) })
	return nil
}

func readScreenPart(l *words.Line, part words.Word, s *proxy.Screen) error {
	if part.Is("with") {
		w, err := l.Next("a status, such as 403")
		if err != nil {
			return err
		}
		if s.With, err = strconv.Atoi(w.Text); err != nil || s.With < 400 || s.With > 699 {
			return w.Wrong("turns no call away", "a status from 400 to 699")
		}
		return nil
	}
	w, err := l.Next("an address-of-record or a domain")
	if err != nil {
		return err
	}
	if part.Is("from") {
		return textInto(&s.From)(w)
	}
	return textInto(&s.For)(w)
}

func (p *parser) addScreen(host words.Word, s proxy.Screen, l *words.Line) error {
	if err := p.host(host); err != nil {
		return err
	}
	h := &p.s.Hosts[p.hosts[host.Text]]
	e, ok := h.Element.(*sim.Proxy)
	if !ok {
		return host.Wrong("is a "+h.Element.Kind()+", which screens no calls", "the name of a proxy")
	}
	c := *e
	c.Screens = append(slices.Clip(c.Screens), s)
	if err := newlyWrong(e, &c, l); err != nil {
		return err
	}
	p.ownHosts()
	p.s.Hosts[p.hosts[host.Text]].Element = &c
	return nil
}

func printScreens(s *sim.Scenario) (out []printed) {
	for i := range s.Hosts {
		e, ok := s.Hosts[i].Element.(*sim.Proxy)
		if !ok {
			continue
		}
		for _, r := range e.Screens {
			text := "screen at " + words.Print(s.Hosts[i].Name)
			if r.From != "" {
				text += " from " + words.Print(r.From)
			}
			if r.For != "" {
				text += " for " + words.Print(r.For)
			}
			out = append(out, printed{i, text + " with " + strconv.Itoa(r.With)})
		}
	}
	return out
}
