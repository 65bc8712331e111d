// Package manual finds in a Markdown text where it asks siplab to show
// something, and puts there what siplab gives: beneath a comment
//
//	<!-- siplab: run register --format text -->
//
// and beneath a fenced block of kind siplab, which holds a scenario. What stands
// beneath is replaced; all else stays byte for byte.
package manual

import (
	"fmt"
	"slices"
	"strings"

	"siplab/sim/words"
)

// Page is a Markdown text.
type Page struct {
	Spots []Spot

	lines []string
	crlf  bool
}

// Spot is a place that asks for something to be shown beneath it.
type Spot struct {
	Line     int          // of the comment or the opening fence, from 1
	Args     []words.Word // of the command; of a scenario, what stands behind the kind
	Scenario string
	Fenced   bool // it is a scenario

	from, to int // the lines beneath it that are its own
}

// Shown is what stands beneath a spot.
type Shown struct {
	Text string
	Kind string // of the fenced block; "" for Markdown itself
}

const (
	opening = "<!-- siplab:"
	closing = "-->"
	end     = "<!-- siplab: end -->" // behind what is Markdown itself
)

// Kinds are those of the fenced blocks that are taken for what was shown.
var Kinds = []string{"text", "json", "csv", "mermaid", "plantuml", "dot"}

// Read finds the spots of a text. The error is words.Errors.
func Read(text string) (*Page, error) {
	p := &Page{crlf: strings.Contains(text, "\r\n")}
	p.lines = strings.Split(strings.ReplaceAll(text, "\r\n", "\n"), "\n")
	var errs words.Errors
	for i := 0; i < len(p.lines); {
		s, next, err := p.spot(i)
		switch {
		case err != nil:
			err.Line = i + 1
			errs = append(errs, err)
		case s != nil:
			s.Line, s.from = i+1, next
			s.to = p.beneath(next)
			p.Spots = append(p.Spots, *s)
			next = s.to
		}
		i = next
	}
	return p, errs.Err()
}

// spot is what begins at line i, and the line behind it.
func (p *Page) spot(i int) (s *Spot, next int, err *words.Error) {
	line := p.lines[i]
	if f, ok := fenceOf(line); ok {
		end := p.closes(i, f)
		if f.kind() != "siplab" {
			return nil, end, nil
		}
		if end > len(p.lines) {
			return nil, len(p.lines), &words.Error{Text: "this block does not end", Want: "a line: " + f.mark}
		}
		args, wrong := words.Split(strings.TrimPrefix(f.info, "siplab"))
		return &Spot{Args: args, Scenario: strings.Join(p.lines[i+1:end-1], "\n") + "\n", Fenced: true}, end, asError(wrong)
	}
	body, ok := comment(line)
	if !ok {
		return nil, i + 1, nil
	}
	body, ok = strings.CutSuffix(strings.TrimRight(body, " \t"), closing)
	if !ok {
		return nil, i + 1, &words.Error{Text: "this comment does not end in its line", Want: opening + " run register " + closing}
	}
	args, wrong := words.Split(body)
	switch {
	case wrong != nil:
		return nil, i + 1, asError(wrong)
	case len(args) == 0:
		return nil, i + 1, &words.Error{Text: "the command is missing", Want: opening + " run register " + closing}
	case line == end:
		return nil, i + 1, &words.Error{Text: "nothing ends here", Want: "a command stands above what is shown"}
	}
	return &Spot{Args: args}, i + 1, nil
}

func asError(err error) *words.Error {
	if err == nil {
		return nil
	}
	e := *err.(*words.Error)
	e.Text, e.Col = fmt.Sprintf("column %d of the command: %s", e.Col, e.Text), 0
	return &e
}

func comment(line string) (body string, ok bool) {
	return strings.CutPrefix(strings.TrimLeft(line, " "), opening)
}

// beneath is the line behind what was shown beneath line i: a block of one of
// the kinds, or Markdown up to the comment that ends it; i where there is
// nothing.
func (p *Page) beneath(i int) int {
	at := i
	for at < len(p.lines) && strings.TrimSpace(p.lines[at]) == "" {
		at++
	}
	if at == len(p.lines) {
		return i
	}
	if f, ok := fenceOf(p.lines[at]); ok && slices.Contains(Kinds, f.info) {
		return min(p.closes(at, f), len(p.lines))
	}
	for ; at < len(p.lines); at++ { // what a comment or a scenario asks for ends before the next one
		if p.lines[at] == end {
			return at + 1
		}
		if _, ok := comment(p.lines[at]); ok {
			break
		}
		if f, ok := fenceOf(p.lines[at]); ok {
			if f.kind() == "siplab" {
				break
			}
			at = p.closes(at, f) - 1
		}
	}
	return i
}

// Fill is the text with what show gives beneath each spot: nil for nothing,
// which leaves what is there. All errors are words.Errors.
func (p *Page) Fill(show func(*Spot) (*Shown, error)) (string, error) {
	var out []string
	var errs words.Errors
	at := 0
	for i := range p.Spots {
		s := &p.Spots[i]
		shown, err := show(s)
		if err != nil {
			errs = append(errs, s.wrong(err)...)
			continue
		}
		if shown == nil {
			continue
		}
		out = append(out, p.lines[at:s.from]...)
		out = append(out, shown.lines()...)
		if at = s.to; at < len(p.lines) && strings.TrimSpace(p.lines[at]) != "" {
			out = append(out, "")
		}
	}
	if err := errs.Err(); err != nil {
		return "", err
	}
	between := "\n"
	if p.crlf {
		between = "\r\n"
	}
	text := strings.Join(append(out, p.lines[at:]...), between)
	if at == len(p.lines) {
		text += between
	}
	return text, nil
}

// lines are a block, or Markdown and the comment that ends it, behind an empty
// line.
func (s *Shown) lines() []string {
	lines := strings.Split(strings.Trim(s.Text, "\n"), "\n")
	for i, line := range lines {
		lines[i] = strings.TrimRight(line, " ")
	}
	if s.Kind == "" {
		return slices.Concat([]string{""}, lines, []string{"", end})
	}
	mark := "```"
	for _, line := range lines {
		for strings.HasPrefix(strings.TrimLeft(line, " "), mark) {
			mark += "`"
		}
	}
	return slices.Concat([]string{"", mark + s.Kind}, lines, []string{mark})
}

// wrong gives errors the line of the spot; those of a scenario have a line of
// their own in it.
func (s *Spot) wrong(err error) words.Errors {
	all, ok := err.(words.Errors)
	if !ok {
		return words.Errors{{Line: s.Line, Text: err.Error()}}
	}
	for i, e := range all {
		moved := *e
		moved.Line, moved.File = s.Line, ""
		if s.Fenced && e.Line > 0 {
			moved.Line += e.Line
		} else {
			moved.Col = 0
		}
		all[i] = &moved
	}
	return all
}
