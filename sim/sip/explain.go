package sip

import (
	"cmp"
	"slices"
	"strings"
)

// Explanation is a message told line by line: what `siplab message` prints.
type Explanation struct {
	Start    Line      `json:"start"`
	Headers  []Line    `json:"headers"`
	Body     *Line     `json:"body,omitempty"`
	Problems []Problem `json:"problems"`         // all of them, in the order of their places
	Status   int       `json:"status,omitempty"` // the response that a server owes; 0: none by syntax alone
	Drop     bool      `json:"drop,omitempty"`   // the message is to be discarded without an answer
}

// Line is a start line, a header field or a body.
type Line struct {
	Offset   int       `json:"offset"`             // in bytes from the start of the text
	Length   int       `json:"length"`             // in bytes, line ends included
	Line     int       `json:"line"`               // from 1
	Name     string    `json:"name,omitempty"`     // of a header field, as it was written
	Header   string    `json:"header,omitempty"`   // its long name
	Value    string    `json:"value"`              // folded lines joined
	Entry    *Entry    `json:"entry,omitempty"`    // what the dictionary says of it
	Problems []Problem `json:"problems,omitempty"` // those that stand in it; what is missing stands in none
}

// ExplainMessage reads a text and tells it line by line. A text that Parse refuses has its first line and the one problem.
// Hostile bytes stay as they are: who prints the result passes it through Visible.
func ExplainMessage(text string) Explanation {
	var m Message
	if err := m.Parse(text); err != nil {
		p := *err.(*Problem)
		p.Drop = p.Status == 0 // nothing can be made of it
		first, _ := cutLine(text, 0)
		e := Explanation{Start: Line{Line: 1, Value: first}, Headers: []Line{}, Problems: []Problem{p}}
		e.Status, e.Drop = Owed(e.Problems)
		return e
	}
	return m.Explain()
}

// Explain tells a message line by line.
func (m *Message) Explain() Explanation {
	if !m.isAsParsed() {
		return ExplainMessage(m.String())
	}
	at := len(m.form.leading)
	start, next := cutLine(m.text, at)
	e := Explanation{
		Start:    Line{Offset: at, Length: next - at, Value: start},
		Headers:  make([]Line, len(m.Fields)),
		Problems: m.Check([]Problem{}),
	}
	for i := range m.Fields {
		e.Headers[i] = headerLine(&m.Fields[i])
	}
	if m.Body != "" {
		e.Body = &Line{Offset: len(m.text) - len(m.Trailing) - len(m.Body), Length: len(m.Body), Value: m.Body}
	}
	e.place(m.text)
	e.Status, e.Drop = Owed(e.Problems)
	return e
}

func headerLine(f *Field) Line {
	line := Line{Offset: int(f.at), Length: len(f.raw), Name: f.Text, Header: cmp.Or(f.Name.String(), f.Text), Value: f.Value}
	if entry, ok := Explain(f.Text); ok {
		line.Entry = &entry
	}
	return line
}

// place gives each line its number and its problems.
func (e *Explanation) place(text string) {
	number, at := 1, 0
	give := func(l *Line) {
		number += strings.Count(text[at:l.Offset], "\n")
		at, l.Line = l.Offset, number
		l.Problems = within(e.Problems, l.Offset, l.Offset+l.Length)
	}
	give(&e.Start)
	for i := range e.Headers {
		give(&e.Headers[i])
	}
	if e.Body != nil {
		give(e.Body)
	}
}

// within cuts the problems of a stretch of the text out of all, which are in the order of their places.
func within(ps []Problem, from, to int) []Problem {
	byOffset := func(p Problem, offset int) int { return cmp.Compare(p.Offset, offset) }
	first, _ := slices.BinarySearchFunc(ps, from, byOffset)
	last, _ := slices.BinarySearchFunc(ps, to, byOffset)
	return ps[first:last]
}
