package scenario

import (
	"errors"
	"fmt"
	"slices"
	"strings"

	"siplab/sim"
	"siplab/sim/sip"
	"siplab/sim/words"
)

// kind is a sort of host: what its statement says before the options, and
// the options.
type kind struct {
	keyword, fixed string // fixed: what follows the host's name; "": nothing
	means, example string
	element        func() sim.Element
	readFixed      func(*words.Line, *sim.Host) error
	printFixed     func(*sim.Host) string // with a space before it
	options        []option
}

var kinds = []kind{phoneKind, registrarKind, proxyKind, redirectKind, controllerKind, scriptKind}

func hostStatements() []Statement {
	var out []Statement
	for _, k := range kinds {
		out = append(out, k.statement())
	}
	return append(out, phonesStatement)
}

func (k kind) statement() Statement {
	st := Statement{
		Keyword: k.keyword, Usage: k.keyword + " NAME" + k.fixed + " [OPTION]...", Means: k.means, Example: k.example, About: aboutHosts,
		read: func(p *parser, l *words.Line) error {
			h, err := k.readHost(l)
			if err != nil {
				return err
			}
			return p.addHost(l.Words[1], h)
		},
		print: k.printHosts,
	}
	for _, o := range k.options {
		st.Options = append(st.Options, Option{o.usage(), o.means})
	}
	return st
}

// readHost reads a line after its keyword.
func (k kind) readHost(l *words.Line) (sim.Host, error) {
	name, err := l.Next("the name of the host")
	if err != nil {
		return sim.Host{}, err
	}
	return k.readSettings(l, name)
}

// readSettings reads a line after the host's name.
func (k kind) readSettings(l *words.Line, name words.Word) (sim.Host, error) {
	h := sim.Host{Name: name.Text, Element: k.element()}
	if err := checkName(name); err != nil {
		return h, err
	}
	from, wrong := l.Peek(), complaints{}
	if k.fixed != "" {
		if err := k.readFixed(l, &h); err != nil {
			return h, err
		}
		wrong.note(h.Element, from)
	}
	var said []option
	for l.More() {
		o, err := k.option(l, said)
		if err != nil {
			return h, err
		}
		value := l.Words[min(l.At, len(l.Words)-1)]
		if err := o.read(l, &h); err != nil {
			return h, err
		}
		wrong.note(h.Element, value)
		said = append(said, o)
	}
	return h, wrong.left(h.Element)
}

// option reads the word of an option, after those that have been said.
func (k kind) option(l *words.Line, said []option) (option, error) {
	w, _ := l.Next("")
	for _, o := range k.options {
		if !w.Is(o.word) {
			continue
		}
		if !o.many && slices.ContainsFunc(said, func(s option) bool { return s.word == o.word }) {
			return o, w.Wrong("stands here twice", "say it once")
		}
		return o, nil
	}
	return option{}, k.noOption(w, said)
}

func (k kind) noOption(w words.Word, said []option) error {
	var names []string
	for _, o := range k.options {
		names = append(names, o.word)
	}
	e := w.Wrong("is no option of a "+k.keyword, "one of: "+strings.Join(names, ", "))
	e.Near = words.Nearest(w.Text, names)
	if n := len(said); n > 0 && said[n-1].value == "TEXT" && e.Near == "" {
		e.Want = fmt.Sprintf("a %s of several words goes in quotes; an option is %s", said[n-1].word, e.Want)
	}
	switch st := find(w); {
	case st != nil:
		e.Want = "it begins a line of its own: " + st.Usage
	case strings.Contains(w.Text, ".") && slices.Contains(names, "domain"):
		e.Want = "domain comes before a domain; an option is " + e.Want
	}
	return e
}

// complaints are what an element finds wrong with its settings while they are
// read, each with the word after which it was first said: what is still wrong
// at the end was wrong there.
type complaints map[string]words.Word

// checked is what elements have that can judge their settings.
type checked interface{ Check() error }

func (c complaints) note(e sim.Element, w words.Word) {
	for _, err := range wrongs(e) {
		if _, known := c[err.Error()]; !known {
			c[err.Error()] = w
		}
	}
}

func (c complaints) left(e sim.Element) error {
	for _, err := range wrongs(e) {
		return placed(err, c[err.Error()])
	}
	return nil
}

// placed is an error in what a word says; where the error counts columns of
// its own, they go on from the word's.
func placed(err error, w words.Word) *words.Error {
	var inner *sip.Problem
	if !errors.As(err, &inner) {
		return &words.Error{Col: w.Col, Text: err.Error()}
	}
	e := &words.Error{Col: w.Col, Text: strings.TrimSuffix(err.Error(), inner.Error()) + inner.Text, Want: inner.Want}
	if !w.Quoted {
		e.Col += max(inner.Column-1, 0)
	}
	if inner.Section != "" {
		e.Text += " (" + inner.Section + ")"
	}
	return e
}

func wrongs(e sim.Element) []error {
	ch, ok := e.(checked)
	if !ok {
		return nil
	}
	err := ch.Check()
	var all interface{ Unwrap() []error }
	if errors.As(err, &all) {
		return all.Unwrap()
	}
	if err != nil {
		return []error{err}
	}
	return nil
}

// addHost adds a host whose name and address are new and for which there is
// room.
func (p *parser) addHost(w words.Word, h sim.Host) error {
	if _, taken := p.hosts[h.Name]; taken {
		return &words.Error{Col: w.Col, Text: "two hosts are called " + words.Show(h.Name), Want: "a name of its own for each"}
	}
	if len(p.s.Hosts) >= MaxHosts {
		return &words.Error{Col: w.Col, Text: "this is one host too many", Want: fmt.Sprintf("at most %d", MaxHosts)}
	}
	if err := p.takeAddr(w, h); err != nil {
		return err
	}
	p.hosts[h.Name] = len(p.s.Hosts)
	p.names = append(p.names, h.Name)
	p.s.Hosts = append(p.s.Hosts, h)
	return nil
}

func (p *parser) takeAddr(w words.Word, h sim.Host) error {
	if !h.Addr.IsValid() {
		return nil
	}
	if other, taken := p.addrs[h.Addr.Addr()]; taken {
		return &words.Error{Col: w.Col, Text: fmt.Sprintf("%s has the address %s of %s", h.Name, h.Addr.Addr(), other), Want: "an address of its own for each"}
	}
	p.addrs[h.Addr.Addr()] = h.Name
	return nil
}

// reserved are words that stand where a host could: a host of that name could
// not be told from them.
var reserved = []string{"to", "from", "for", "until", "after", "by", "at", "and", "is", "least", "most", "every", "last", "none"}

const mostName = 64

func checkName(w words.Word) error {
	const want = "a name begins with a letter and has letters, digits, - . and _"
	switch {
	case len(w.Text) > mostName:
		return &words.Error{Col: w.Col, Text: "this name is too long", Want: fmt.Sprintf("at most %d characters", mostName)}
	case slices.Contains(reserved, w.Text):
		return w.Wrong("is a word of the language", "another name")
	case !isName(w.Text):
		return w.Wrong("is no name", want)
	}
	return nil
}

func isName(s string) bool {
	for i := 0; i < len(s); i++ {
		c := s[i] | 0x20
		letter := c >= 'a' && c <= 'z'
		if !letter && (i == 0 || (s[i] < '0' || s[i] > '9') && strings.IndexByte("-._", s[i]) < 0) {
			return false
		}
	}
	return s != ""
}

func (k kind) printHosts(s *sim.Scenario) (out []printed) {
	for i := 0; i < len(s.Hosts); {
		h := &s.Hosts[i]
		n := 1
		if h.Element.Kind() == k.keyword {
			var text string
			text, n = k.printSome(s.Hosts[i:])
			out = append(out, printed{i, text})
		}
		i += n
	}
	return out
}

// printSome prints the first of some hosts, or as many as one line can say.
func (k kind) printSome(hosts []sim.Host) (string, int) {
	if k.keyword == phoneKind.keyword {
		if text, n := printPhones(hosts); n > 1 {
			return text, n
		}
	}
	return k.keyword + " " + hosts[0].Name + k.settings(&hosts[0]), 1
}

// settings is what follows the name of a host in its line.
func (k kind) settings(h *sim.Host) string {
	text := ""
	if k.fixed != "" {
		text = k.printFixed(h)
	}
	for _, o := range k.options {
		for _, v := range o.print(h) {
			text += " " + o.word
			if v != "" {
				text += " " + v
			}
		}
	}
	return text
}
