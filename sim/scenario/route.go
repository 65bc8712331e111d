package scenario

import (
	"fmt"
	"slices"
	"strings"

	"siplab/sim"
	"siplab/sim/proxy"
	"siplab/sim/words"
)

var routeStatements = []Statement{{
	Keyword: "route", Usage: "route at HOST [for AOR|DOMAIN] [to URI] [q NUMBER] [via URI] [when WHEN]",
	Means: "A row of the table of a proxy or a redirect server: who is at which target, with which preference, and by way of which next hop. " +
		"With when it is where a proxy forwards calls whose other targets have come to nothing: busy, no-answer or unregistered. " +
		"Without for it is a proxy's way for all that no other row is for.",
	Example: "route at ss1 for sip:bob@biloxi.example.com to sip:bob@192.0.2.4 q 0.5", About: aboutRoutes,
	read: readRoute, print: printRoutes,
}}

func readRoute(p *parser, l *words.Line) error {
	if _, err := l.Expect("word after route", "at"); err != nil {
		return err
	}
	host, err := l.Next("whose table it is: the name of a proxy or a redirect server")
	if err != nil {
		return err
	}
	var r proxy.Route
	if err := readRow(l, &r); err != nil {
		return err
	}
	p.atEnd(func() error { return p.addRoute(host, r, l) })
	return nil
}

// readRow reads what follows the host's name, in any order.
func readRow(l *words.Line, r *proxy.Route) error {
	parts := map[string]struct {
		want string
		set  func(words.Word) error
	}{
		"for": {"an address-of-record or a domain", textInto(&r.For)},
		"to":  {"the target, such as sip:bob@192.0.2.4", textInto(&r.To)},
		"q":   {"a preference, such as 0.5", func(w words.Word) (err error) { r.Q, err = preference(w); return err }},
		"when": {"why a call is forwarded: " + strings.Join(proxy.Whens, ", "), func(w words.Word) error {
			r.When = w.Text
			if !slices.Contains(proxy.Whens, w.Text) {
				return words.Unknown(w, "reason to forward a call", proxy.Whens)
			}
			return nil
		}},
		"via": {"the next hop, such as sip:ss2.biloxi.example.com;lr", textInto(&r.Via)},
	}
	left := []string{"for", "to", "q", "via", "when"}
	for l.More() {
		part, err := l.Expect("part of a route", left...)
		if err != nil {
			return err
		}
		left = slices.DeleteFunc(left, part.Is)
		w, err := l.Next(parts[part.Text].want)
		if err != nil {
			return err
		}
		if err := parts[part.Text].set(w); err != nil {
			return err
		}
	}
	return nil
}

func textInto(field *string) func(words.Word) error {
	return func(w words.Word) error {
		*field = w.Text
		if w.Text == "" {
			return &words.Error{Col: w.Col, Text: "an empty text", Want: "leave it out, or say what it is"}
		}
		return nil
	}
}

// preference reads a qvalue (RFC 3261 §25.1) as thousandths.
func preference(w words.Word) (int, error) {
	whole, digits, dot := strings.Cut(w.Text, ".")
	n := 0
	for _, d := range (digits + "000")[:3] {
		n = 10*n + int(d-'0')
	}
	switch {
	case len(digits) > 3 || dot && digits == "" || strings.Trim(digits, "0123456789") != "":
	case whole == "1" && n == 0:
		return 1000, nil
	case whole == "0" && n > 0:
		return n, nil
	}
	return 0, w.Wrong("is no preference", "a number above 0 and up to 1, with at most 3 digits after the point, such as 0.5")
}

// printPreference is the inverse of preference.
func printPreference(thousandths int) string {
	if thousandths == 1000 {
		return "1"
	}
	return strings.TrimRight(fmt.Sprintf("0.%03d", thousandths), "0")
}

// table is the host's element, to be changed, and its rows; nil for one that
// has none.
func table(e sim.Element) (sim.Element, *[]proxy.Route) {
	switch e := e.(type) {
	case *sim.Proxy:
		c := *e
		return &c, &c.Routes
	case *sim.Redirect:
		c := *e
		return &c, &c.Routes
	}
	return nil, nil
}

// addRoute adds a row to the table of a host. The element is copied: another
// scenario may have it too.
func (p *parser) addRoute(host words.Word, r proxy.Route, l *words.Line) error {
	if err := p.host(host); err != nil {
		return err
	}
	h := &p.s.Hosts[p.hosts[host.Text]]
	e, rows := table(h.Element)
	if e == nil {
		return host.Wrong("is a "+h.Element.Kind()+", which has no table", "the name of a proxy or a redirect server")
	}
	*rows = append(slices.Clip(*rows), r)
	if err := newlyWrong(h.Element, e, l); err != nil {
		return err
	}
	p.ownHosts()
	p.s.Hosts[p.hosts[host.Text]].Element = e
	return nil
}

// ownHosts makes the list of hosts one that this parser may change.
func (p *parser) ownHosts() {
	if !p.own {
		p.s.Hosts = slices.Clone(p.s.Hosts)
		p.own = true
	}
}

// newlyWrong is what an element finds wrong that it did not before this line.
func newlyWrong(before, after sim.Element, l *words.Line) error {
	known := complaints{}
	known.note(before, words.Word{})
	for _, err := range wrongs(after) {
		if _, old := known[err.Error()]; !old {
			wrong := &words.Error{Text: err.Error()}
			wrong.Col = blamed(wrong, l.Words[0], l.Words).Col
			return wrong
		}
	}
	return nil
}

func printRoutes(s *sim.Scenario) (out []printed) {
	for i := range s.Hosts {
		e, rows := table(s.Hosts[i].Element)
		if e == nil {
			continue
		}
		for _, r := range *rows {
			out = append(out, printed{i, "route at " + words.Print(s.Hosts[i].Name) + printRow(&r)})
		}
	}
	return out
}

func printRow(r *proxy.Route) (text string) {
	q := ""
	if r.Q != 0 {
		q = printPreference(r.Q)
	}
	for _, part := range []struct{ word, value string }{{"for", r.For}, {"to", r.To}, {"q", q}, {"via", r.Via}, {"when", r.When}} {
		if part.value != "" {
			text += " " + part.word + " " + words.Print(part.value)
		}
	}
	return text
}
