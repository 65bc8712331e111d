package scenario

import (
	"cmp"
	"fmt"
	"slices"
	"time"
	"unicode/utf8"

	"siplab/netem"
	"siplab/sim"
	"siplab/sim/words"
)

// runStatements say things of the whole run.
var runStatements = []Statement{
	{
		Keyword: "title", Usage: "title TEXT", Means: "Says what the run shows; it stands above every picture.",
		Example: "title The REGISTER nobody heard", About: aboutRun,
		read: func(p *parser, l *words.Line) (err error) {
			p.s.Title, err = sentence(l, "the text of the title")
			return cmp.Or(p.first("the title", l.Words[0]), err)
		},
		print: func(s *sim.Scenario) []printed { return one(s.Title != "", "title "+words.Sentence(s.Title)) },
	},
	{
		Keyword: "note", Usage: "note TEXT", Means: "A remark for whoever reads the scenario; unlike a comment after # it stays with it.",
		Example: "note RFC 3665 section 2.1", About: aboutRun,
		read: func(p *parser, l *words.Line) error {
			text, err := sentence(l, "the text of the note")
			if err == nil {
				p.s.Notes = append(p.s.Notes, text)
			}
			return err
		},
		print: func(s *sim.Scenario) (out []printed) {
			for _, n := range s.Notes {
				out = append(out, printed{text: "note " + words.Sentence(n)})
			}
			return out
		},
	},
	{
		Keyword: "seed", Usage: "seed NUMBER", Means: "Where chance begins: the same seed gives the same losses, tags and branches.",
		Example: "seed 7", About: aboutRun,
		read: func(p *parser, l *words.Line) (err error) {
			p.s.Seed, err = natural(l, "a whole number, such as 7", 64)
			return cmp.Or(p.first("the seed", l.Words[0]), ended(l, err))
		},
		print: func(s *sim.Scenario) []printed { return one(s.Seed != 0, fmt.Sprintf("seed %d", s.Seed)) },
	},
	{
		Keyword: "timers", Usage: "timers [T1 TIME] [T2 TIME] [T4 TIME]", Means: "The values of RFC 3261 Table 4; what is not said is 500ms, 4s and 5s.",
		Example: "timers T1 100ms", About: aboutRun,
		read: readTimers, print: printTimers,
	},
	{
		Keyword: "net", Usage: "net CONDITIONS", Means: "What every link does that no link statement names, in the words of tc netem: delay, loss, duplicate, reorder, corrupt, rate, limit.",
		Example: "net delay 20ms 5ms loss 10%", About: aboutRun,
		read: func(p *parser, l *words.Line) (err error) {
			if !l.More() {
				return l.Missing("conditions, such as delay 20ms loss 5%")
			}
			p.s.Net, err = p.conditions(l)
			return cmp.Or(p.first("net", l.Words[0]), err)
		},
		print: func(s *sim.Scenario) []printed {
			return one(s.Net != (netem.Conditions{}), "net "+s.Net.String())
		},
	},
	tcpStatement,
}

// sentence reads the rest of the line as text.
func sentence(l *words.Line, want string) (string, error) {
	if !l.More() {
		return "", l.Missing(want)
	}
	w := l.Peek()
	text := words.Text(l.Rest())
	l.At = len(l.Words)
	if text == "" {
		return "", &words.Error{Col: w.Col, Text: "an empty text", Want: "leave the line out, or say something"}
	}
	if utf8.RuneCountInString(text) > maxText {
		return "", &words.Error{Col: w.Col, Text: "this text is too long", Want: fmt.Sprintf("at most %d characters", maxText)}
	}
	return text, nil
}

// conditions reads the rest of the line as netem does, from the line itself,
// so that columns stay what they are.
func (p *parser) conditions(l *words.Line) (netem.Conditions, error) {
	if !l.More() {
		return netem.Conditions{}, nil
	}
	from, to := l.Peek().Col, words.End(l.Words)
	c, err := netem.ParseConditions(string([]rune(p.raw)[from-1 : to-1]))
	l.At = len(l.Words)
	return c, conditionsError(err, from)
}

// mostTimer keeps 64*T1 well inside what can be simulated.
const mostTimer = time.Hour

var timerNames = []string{"T1", "T2", "T4"}

func timersOf(s *sim.Scenario) []*time.Duration {
	return []*time.Duration{&s.Timing.T1, &s.Timing.T2, &s.Timing.T4}
}

func readTimers(p *parser, l *words.Line) error {
	if err := p.first("timers", l.Words[0]); err != nil {
		return err
	}
	if !l.More() {
		return l.Missing("T1, T2 or T4 and its time")
	}
	for l.More() {
		if err := readTimer(p, l); err != nil {
			return err
		}
	}
	return nil
}

func readTimer(p *parser, l *words.Line) error {
	w, err := l.Expect("parameter of RFC 3261 Table 4", timerNames...)
	if err != nil {
		return err
	}
	if err := p.first(w.Text, w); err != nil {
		return err
	}
	at := l.Peek()
	d, err := lasting(l, "the time for "+w.Text+", such as 500ms")
	if err == nil && d > mostTimer {
		err = at.Wrong("is too long for "+w.Text, "at most "+words.FormatDuration(mostTimer))
	}
	*timersOf(p.s)[slices.Index(timerNames, w.Text)] = d
	return err
}

func printTimers(s *sim.Scenario) []printed {
	text := "timers"
	for i, d := range timersOf(s) {
		if *d != 0 {
			text += " " + timerNames[i] + " " + words.FormatDuration(*d)
		}
	}
	return one(text != "timers", text)
}
