package scenario

import (
	"cmp"
	"strings"

	"siplab/sim"
	"siplab/sim/core"
	"siplab/sim/words"
)

var actStatements = []Statement{{
	Keyword: "at", Usage: "at TIME HOST ACT", Means: "What a human does at a host, and when.",
	Example: "at 0s bob registers", About: aboutActs,
	read: readAct,
	print: func(s *sim.Scenario) (out []printed) {
		for i, a := range s.Acts {
			out = append(out, printed{i, printAct(a)})
		}
		return out
	},
}}

func readAct(p *parser, l *words.Line) error {
	at, err := l.Duration("when, such as 0s")
	if err != nil {
		return err
	}
	host, err := l.Next("who does it: the name of a host")
	if err != nil {
		return err
	}
	verb, err := l.Next("what " + host.Text + " does")
	if err != nil {
		p.atEnd(func() error { return cmp.Or(p.actor(host), err) })
		return nil
	}
	args := l.Rest()
	p.s.Acts = append(p.s.Acts, sim.Act{At: at, Host: host.Text, Act: core.Act{Verb: verb.Text, Args: texts(args)}})
	p.atEnd(func() error { return p.checkAct(host, verb, args) })
	return nil
}

func texts(ws []words.Word) []string {
	var out []string
	for _, w := range ws {
		out = append(out, w.Text)
	}
	return out
}

func (p *parser) checkAct(host, verb words.Word, args []words.Word) error {
	if err := p.actor(host); err != nil {
		return err
	}
	element := p.s.Hosts[p.hosts[host.Text]].Element
	var names []string
	for _, v := range element.Verbs() {
		if verb.Is(v.Name) {
			if err := checkArgs(v, verb, args); err != nil {
				return err
			}
			return p.checkSends(element, verb, args)
		}
		names = append(names, v.Name)
	}
	return words.Unknown(verb, "act of a "+element.Kind(), names)
}

// actor is an error unless the word is a host; an act there lacks one.
func (p *parser) actor(w words.Word) error {
	err := p.host(w)
	if err == nil {
		return nil
	}
	for _, e := range Elements() {
		for _, v := range e.Verbs() {
			if w.Is(v.Name) {
				return w.Wrong("is no host", "who does it comes first, as in: at 0s bob "+w.Text)
			}
		}
	}
	return err
}

// checkArgs asks the element about the words after its verb.
func checkArgs(v core.Verb, verb words.Word, args []words.Word) error {
	if v.Check == nil {
		return nil
	}
	err := v.Check(texts(args))
	if err == nil {
		return nil
	}
	moved := words.Error{Text: err.Error()}
	if e, ok := err.(*words.Error); ok {
		moved = *e
	}
	moved.Col = blamed(&moved, verb, args).Col
	if moved.Want == "" {
		moved.Want = "as in: " + verbUsage(v)
	}
	return &moved
}

// blamed is the word that an error shows, the last of the line where it shows
// none.
func blamed(e *words.Error, verb words.Word, args []words.Word) words.Word {
	for _, w := range args {
		if strings.Contains(e.Text, words.Show(w.Text)) {
			return w
		}
	}
	if len(args) == 0 {
		return verb
	}
	return args[len(args)-1]
}

func printAct(a sim.Act) string {
	parts := []string{"at", words.FormatDuration(a.At), words.Print(a.Host), words.Print(a.Verb)}
	for _, arg := range a.Args {
		parts = append(parts, words.Print(arg))
	}
	return strings.Join(parts, " ")
}
