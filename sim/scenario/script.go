package scenario

import (
	"cmp"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"

	"siplab/sim"
	"siplab/sim/words"
)

var scriptKind = kind{
	keyword: "script",
	means:   "A host that sends the messages of the scenario when an act says so, and reacts to nothing.",
	example: "script network domain biloxi.example.com",
	element: func() sim.Element { return &sim.Script{} },
	options: []option{
		domainsOption("a domain whose requests come to it", func(h *sim.Host) *[]string { return &h.Element.(*sim.Script).Serves }),
		labelOption,
		addressOption,
		noTCPOption,
	},
}

// messageStatement says one line of a message. What follows its bar is the
// message's own text, whatever it is.
var messageStatements = []Statement{{
	Keyword: messageKeyword, Usage: "message NAME | TEXT",
	Means: "The next line of a message that script hosts send. An empty line ends its header fields; without one they end with it. " +
		"In braces stands what the run alone knows: {Via of 1st INVITE}, {tag of From of 1st INVITE}, {uri of Contact of 1st INVITE} " +
		"are taken from what came to the host that sends it, {length} is the length of the body; {{ is a brace.",
	Example: "message ringing | SIP/2.0 180 Ringing", About: aboutMessages,
	read: readMessage,
	print: func(s *sim.Scenario) (out []printed) {
		for i, m := range s.Messages {
			for _, line := range m.Lines {
				if line != "" {
					line = " " + line
				}
				out = append(out, printed{i, messageKeyword + " " + m.Name + " |" + line})
			}
		}
		return out
	},
}}

const messageKeyword = "message"

// bar takes a line of a message apart: what the language reads, and what the
// message says. False: it is no such line.
func bar(line string) (statement, text string, ok bool) {
	if word, _, _ := strings.Cut(strings.TrimLeft(line, " \t"), " "); word != messageKeyword {
		return line, "", false
	}
	statement, text, ok = strings.Cut(line, "|")
	return statement, strings.TrimPrefix(text, " "), ok
}

func readMessage(p *parser, l *words.Line) error {
	name, err := l.Next("the name of the message")
	if err != nil {
		return err
	}
	_, text, ok := bar(p.raw)
	if !ok {
		return &words.Error{Col: words.End(l.Words), Text: "the text of the line is missing", Want: "a bar comes before it, as in: message ringing | SIP/2.0 180 Ringing"}
	}
	if err := cmp.Or(checkName(name), ended(l, nil)); err != nil {
		return err
	}
	if strings.Contains(name.Text, ".") {
		return name.Wrong("would name a file", "a name without a dot")
	}
	_, err = sim.ParseTemplate(text)
	if err := cmp.Or(isText(text), err); err != nil {
		from := utf8.RuneCountInString(p.raw[:len(p.raw)-len(text)])
		return words.Shift(err, words.Word{Col: from + 1})
	}
	p.addLine(name.Text, text)
	return nil
}

// isText wants what a terminal can show.
func isText(text string) error {
	col := 0
	for _, r := range text {
		if col++; r == utf8.RuneError || unicode.IsControl(r) && r != '\t' {
			return &words.Error{Col: col, Text: fmt.Sprintf("character %U, which is no text", r), Want: "plain text; other bytes come from a file: at 1s x sends my.sip to bob"}
		}
	}
	return nil
}

// addLine adds a line to a message, a new one at need.
func (p *parser) addLine(name, text string) {
	i, begun := p.messages[name]
	if !begun {
		i = len(p.s.Messages)
		p.messages[name] = i
		p.s.Messages = append(p.s.Messages, sim.Message{Name: name})
	}
	m := &p.s.Messages[i]
	m.Lines = append(slices.Clip(m.Lines), text)
}

// checkSends wants what a script host sends, and to whom, to be there.
func (p *parser) checkSends(e sim.Element, verb words.Word, args []words.Word) error {
	if _, ok := e.(*sim.Script); !ok || !verb.Is("sends") {
		return nil
	}
	if err := p.host(args[2]); err != nil {
		return err
	}
	if _, known := p.messages[args[0].Text]; known {
		return nil
	}
	if strings.Contains(args[0].Text, ".") {
		return p.addFile(args[0])
	}
	var names []string
	for _, m := range p.s.Messages {
		names = append(names, m.Name)
	}
	err := words.Unknown(args[0], "message", names)
	if len(names) == 0 {
		err.Want = "lines say it: message " + args[0].Text + " | SIP/2.0 180 Ringing"
	}
	return err
}

// addFile reads a file that lies beside the scenario, or below it: a name that
// leads elsewhere is refused, and so is a link that does.
func (p *parser) addFile(w words.Word) error {
	const want = "the name of a file beside the scenario"
	switch {
	case p.folder == nil:
		return w.Wrong("cannot be read: this scenario is no file", "messages in lines of their own: message ringing | SIP/2.0 180 Ringing")
	case !fs.ValidPath(w.Text):
		return w.Wrong("does not lie beside the scenario", want)
	}
	f, err := p.folder.Open(w.Text)
	if err != nil {
		return w.Wrong("cannot be read: "+reason(err), want)
	}
	defer f.Close()
	text, err := io.ReadAll(io.LimitReader(f, maxFile+1))
	switch {
	case err != nil:
		return w.Wrong("cannot be read: "+reason(err), want)
	case len(text) > maxFile:
		return w.Wrong("is too long", fmt.Sprintf("at most %d bytes", maxFile))
	case len(text) == 0:
		return w.Wrong("is empty", "at least one byte")
	}
	p.messages[w.Text] = len(p.s.Messages)
	p.s.Messages = append(p.s.Messages, sim.Message{Name: w.Text, File: string(text)})
	return nil
}

// reason is what stands behind an error of a file system, without the path.
func reason(err error) string {
	var at *fs.PathError
	if errors.As(err, &at) {
		return at.Err.Error()
	}
	return err.Error()
}
