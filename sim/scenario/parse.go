package scenario

import (
	"fmt"
	"io/fs"
	"net/netip"
	"slices"
	"strings"

	"siplab/netem"
	"siplab/sim"
	"siplab/sim/fault"
	"siplab/sim/words"
)

// Parse reads a scenario. The name stands in errors; "" leaves it out. The
// error is words.Errors: all that is wrong, in the order of the text.
func Parse(name, text string) (*sim.Scenario, error) {
	return ParseIn(nil, name, text)
}

// ParseIn reads a scenario that lies in a folder: what it sends of files it
// finds there, and nowhere else.
func ParseIn(folder fs.FS, name, text string) (*sim.Scenario, error) {
	p := newParser(&sim.Scenario{})
	p.folder = folder
	p.text(text)
	return p.finish(name)
}

// ParseStatement reads one statement into a scenario, which stays as it is
// where that is wrong. A statement that a text may have once replaces what the
// scenario has.
func ParseStatement(s *sim.Scenario, line string) error {
	p := newParser(grown(s))
	p.statement(line)
	changed, err := p.finish("")
	if err == nil {
		*s = *changed
	}
	return err
}

// ParseFault reads a fault between hosts of the scenario.
func ParseFault(s *sim.Scenario, line string) (fault.Fault, error) {
	p := newParser(s)
	f, err := fault.Parse(line)
	if err != nil {
		return f, err
	}
	l, _ := words.Read(line)
	p.checkFault(f, l)
	return f, p.only()
}

// AddFault reads a fault and adds it to the scenario.
func AddFault(s *sim.Scenario, line string) error {
	f, err := ParseFault(s, line)
	if err == nil {
		s.Faults = append(slices.Clip(s.Faults), f)
	}
	return err
}

// ParseNet reads the conditions of links, as after the word net. The error is
// a *words.Error.
func ParseNet(text string) (netem.Conditions, error) {
	c, err := netem.ParseConditions(text)
	return c, conditionsError(err, 1)
}

// SetNet gives conditions to the links that the scenario does not name.
func SetNet(s *sim.Scenario, text string) error {
	c, err := ParseNet(text)
	if err == nil {
		s.Net = c
	}
	return err
}

// conditionsError moves an error in conditions to where they begin.
func conditionsError(err error, col int) error {
	e, ok := err.(*netem.SyntaxError)
	if !ok {
		return err
	}
	return &words.Error{Col: e.Col + col - 1, Text: e.Text, Want: e.Want, Near: e.Near}
}

// parser is a text half read.
type parser struct {
	s        *sim.Scenario
	line     int
	raw      string
	hosts    map[string]int // index of each host by its name
	names    []string
	addrs    map[netip.Addr]string
	once     map[string]int // line of what a text has once
	links    map[[2]string]int
	later    []func() // what is checked when all hosts are known
	errs     words.Errors
	more     int // errors that are not listed
	count    int // statements
	tooBig   bool
	folder   fs.FS          // of the text; nil: it is in none
	messages map[string]int // index of each message by its name
	own      bool           // the list of hosts is this parser's alone
}

func newParser(s *sim.Scenario) *parser {
	p := &parser{
		s: s, hosts: make(map[string]int, len(s.Hosts)), once: map[string]int{}, links: map[[2]string]int{},
		addrs: map[netip.Addr]string{}, messages: make(map[string]int, len(s.Messages)),
	}
	for i, h := range s.Hosts {
		p.hosts[h.Name] = i
		if h.Addr.IsValid() {
			p.addrs[h.Addr.Addr()] = h.Name
		}
		p.names = append(p.names, h.Name)
	}
	for i, m := range s.Messages {
		p.messages[m.Name] = i
	}
	for _, l := range s.Links {
		_ = p.takeLink(l, words.Word{}) // those that are there may be what they are
	}
	return p
}

// grown is a scenario that can be added to without changing s.
func grown(s *sim.Scenario) *sim.Scenario {
	g := *s
	g.Notes, g.Hosts, g.Links = slices.Clip(g.Notes), slices.Clip(g.Hosts), slices.Clip(g.Links)
	g.Faults, g.Acts, g.Messages = slices.Clip(g.Faults), slices.Clip(g.Acts), slices.Clone(g.Messages)
	return &g
}

// text reads line by line. A byte order mark and the line ends of other
// systems are none of the writer's faults.
func (p *parser) text(text string) {
	if len(text) > MaxBytes {
		p.fail(&words.Error{Text: fmt.Sprintf("the text has %d bytes", len(text)), Want: fmt.Sprintf("at most %d", MaxBytes)})
		return
	}
	text = strings.TrimPrefix(text, "\uFEFF")
	for text != "" && !p.tooBig {
		var line string
		line, text, _ = strings.Cut(text, "\n")
		p.line++
		p.statement(strings.TrimSuffix(line, "\r"))
	}
}

// statement reads one line.
func (p *parser) statement(line string) {
	if len(line) > MaxLineBytes {
		p.fail(&words.Error{Text: fmt.Sprintf("a line of %d bytes", len(line)), Want: fmt.Sprintf("at most %d", MaxLineBytes)})
		return
	}
	p.raw = line
	statement, _, _ := bar(line)
	l, err := words.Read(statement)
	if err != nil || !l.More() {
		p.fail(err)
		return
	}
	if p.count++; p.count > MaxStatements {
		p.fail(&words.Error{Text: "this is one statement too many", Want: fmt.Sprintf("at most %d", MaxStatements)})
		p.tooBig = true
		return
	}
	p.words(l)
}

// words reads a line that has some.
func (p *parser) words(l *words.Line) {
	w, _ := l.Next("")
	if st := find(w); st != nil {
		p.fail(st.read(p, l))
		return
	}
	p.atEnd(func() error { return p.unknown(w) })
}

// elsewhere are words of other tools, and what they are called here.
var elsewhere = map[string]string{
	"client": "phone", "ua": "phone", "uac": "phone", "uas": "phone", "user": "phone", "host": "phone", "server": "registrar", "sbc": "proxy", "b2bua": "proxy", "redirector": "redirect",
	"dns": "record", "srv": "record", "naptr": "record", "zone": "record", "forward": "route",
	"drop": "lose", "loss": "net", "latency": "net", "name": "title", "stop": "run", "end": "run", "limit": "bound",
}

func unknownStatement(w words.Word) *words.Error {
	bare := strings.TrimRight(w.Text, ":=")
	e := w.Wrong("begins no statement", "one of: "+strings.Join(keywords(), ", "))
	e.Near = elsewhere[strings.ToLower(bare)]
	if find(words.Word{Text: bare}) != nil {
		e.Want, e.Near = "no : or = here: a space comes next", bare
	}
	if e.Near == "" {
		e.Near = words.Nearest(bare, keywords())
	}
	return e
}

// unknown is the error for a word that begins no statement; a host's name
// there wants to begin an act.
func (p *parser) unknown(w words.Word) error {
	e := unknownStatement(w)
	if _, host := p.hosts[w.Text]; host && e.Near == "" {
		e.Want = "what somebody does begins with a time, as in: at 0s " + w.Text
	}
	return e
}

// fail keeps an error of this line; nil is none.
func (p *parser) fail(err error) {
	if err == nil {
		return
	}
	e, ok := err.(*words.Error)
	if !ok {
		e = &words.Error{Text: err.Error()}
	}
	if len(p.errs) == maxErrors {
		p.more++
		return
	}
	if e.Line == 0 {
		e.Line = p.line
	}
	p.errs = append(p.errs, e)
}

// atEnd checks something when all hosts are known, as if on this line.
func (p *parser) atEnd(check func() error) {
	line := p.line
	p.later = append(p.later, func() {
		p.line = line
		p.fail(check())
	})
}

// finish checks what had to wait and gives the scenario, or what is wrong.
func (p *parser) finish(name string) (*sim.Scenario, error) {
	for _, check := range p.later {
		check()
	}
	p.errs.Sort()
	if p.more > 0 {
		p.errs = append(p.errs, &words.Error{Text: fmt.Sprintf("and %d more errors", p.more)})
	}
	if len(p.errs) > 0 {
		return nil, p.errs.In(name)
	}
	return p.s, nil
}

// only is the error of a parser of one line.
func (p *parser) only() error {
	if len(p.errs) == 0 {
		return nil
	}
	return p.errs[0]
}

// first refuses what a text may say once.
func (p *parser) first(what string, w words.Word) error {
	if line, twice := p.once[what]; twice {
		return &words.Error{Col: w.Col, Text: what + " is said twice", Want: sayOnce(line, p.line)}
	}
	p.once[what] = p.line
	return nil
}

// sayOnce names the line that says it already, where that is another one.
func sayOnce(line, here int) string {
	if line == 0 || line == here {
		return "say it once"
	}
	return fmt.Sprintf("say it once; it stands on line %d", line)
}

// host is an error unless the word is the name of a host.
func (p *parser) host(w words.Word) error {
	if _, ok := p.hosts[w.Text]; ok {
		return nil
	}
	if len(p.errs) >= maxErrors {
		return w.Wrong("is no host", "") // it is only counted: no need to look through all names
	}
	e := words.Unknown(w, "host", p.names)
	switch {
	case len(p.names) == 0:
		e.Want = "there is no host yet: make one with phone, registrar or proxy"
	case len(p.names) == 1:
		e.Want = "the only host is " + p.names[0]
	case e.Want == "":
		e.Want = "the name of a host"
	}
	return e
}
