package sim

import (
	"fmt"
	"slices"
	"strings"
	"unicode/utf8"

	"siplab/sim/sip"
	"siplab/sim/words"
)

// Template is a text with references to what a run alone knows:
//
//	{Via of 1st INVITE}            the values of a header field of a packet that has come
//	{tag of From of 1st INVITE}    a parameter of its first value
//	{uri of Contact of 1st INVITE} the URI in it
//	{length}                       the length of the body, in bytes
//
// The packet is chosen as package words has it, of those that came to the host
// that sends the text. {{ is a brace.
type Template []piece

// piece is a part of a Template: text as it stands, or a reference.
type piece struct {
	literal string
	ref     *reference // nil: the piece is literal
}

// reference is what stands in braces.
type reference struct {
	length bool
	part   string // a parameter, uri, or "" for all values
	header string
	of     words.Packets
}

const refersTo = "a header field of a message that came, such as {Via of 1st INVITE}, or {length}"

// ParseTemplate reads a text with references. The error is a *words.Error with
// the column in its line.
func ParseTemplate(text string) (Template, error) {
	var t Template
	rest := text
	for {
		i := strings.IndexByte(rest, '{')
		if i < 0 {
			return t.and(rest), nil
		}
		t = t.and(rest[:i])
		if rest = rest[i+1:]; strings.HasPrefix(rest, "{") {
			t, rest = t.and("{"), rest[1:]
			continue
		}
		inside, after, closed := strings.Cut(rest, "}")
		at := len(text) - len(rest)
		at = utf8.RuneCountInString(text[strings.LastIndexByte(text[:at], '\n')+1 : at]) // columns before what is inside
		if !closed || strings.Contains(inside, "\n") {
			return nil, &words.Error{Col: at, Text: "this brace is never closed", Want: "write {{ for a brace, or " + refersTo}
		}
		ref, err := parseReference(inside)
		if err == nil && ref.length && t.hasLength() {
			err = &words.Error{Col: 1, Text: "the length stands here twice", Want: "one Content-Length"}
		}
		if err != nil {
			return nil, words.Shift(err, words.Word{Col: at + 1})
		}
		t, rest = append(t, piece{ref: ref}), after
	}
}

func (t Template) and(literal string) Template {
	if literal == "" {
		return t
	}
	return append(t, piece{literal: literal})
}

func (t Template) hasLength() bool {
	return slices.ContainsFunc(t, func(p piece) bool { return p.ref != nil && p.ref.length })
}

// parseReference reads what stands in braces: [PART of] HEADER of PACKETS.
func parseReference(text string) (*reference, error) {
	l, err := words.Read(text)
	if err != nil {
		return nil, err
	}
	if len(l.Words) == 1 && l.Accept("length") {
		return &reference{length: true}, nil
	}
	r := &reference{}
	for _, into := range []*string{&r.header, &r.part} {
		w, err := l.Next(refersTo)
		if err != nil {
			return nil, err
		}
		if !l.Accept("of") {
			return nil, w.Wrong("says nothing here", "expected "+refersTo)
		}
		*into = w.Text
		if len(l.Words) <= l.At+1 || !l.Words[l.At+1].Is("of") {
			break
		}
	}
	if r.part != "" {
		r.header, r.part = r.part, r.header
	}
	if r.of, err = l.Packets(); err != nil {
		return nil, err
	}
	return r, l.Done()
}

// Fill is the text with the values of what find gives for a choice of packets.
// The error says what has not come.
func (t Template) Fill(find func(words.Packets) (string, bool)) (string, error) {
	var b strings.Builder
	lengthAt := -1
	for _, p := range t {
		switch {
		case p.ref == nil:
			b.WriteString(p.literal)
		case p.ref.length:
			lengthAt = b.Len()
		default:
			value, err := p.ref.value(find)
			if err != nil {
				return "", err
			}
			b.WriteString(value)
		}
	}
	text := b.String()
	if lengthAt < 0 {
		return text, nil
	}
	_, body, _ := strings.Cut(text, "\r\n\r\n")
	return text[:lengthAt] + fmt.Sprint(len(body)) + text[lengthAt:], nil
}

// value is what a reference stands for. The lines of a header field are one
// list (RFC 3261 §7.3.1).
func (r *reference) value(find func(words.Packets) (string, bool)) (string, error) {
	raw, ok := find(r.of)
	if !ok {
		return "", fmt.Errorf("no %s has come", r.of)
	}
	var m sip.Message
	if err := m.Parse(raw); err != nil {
		return "", fmt.Errorf("%s cannot be read: %w", r.of, err)
	}
	var values []string
	for i := range m.Fields {
		f := &m.Fields[i]
		if sip.EqualFold(f.Name.String(), r.header) || sip.EqualFold(f.Text, r.header) {
			values = append(values, f.Value)
		}
	}
	switch {
	case len(values) == 0:
		return "", fmt.Errorf("%s has no %s", r.of, r.header)
	case r.part == "":
		return strings.Join(values, ", "), nil
	}
	if value, ok := r.inside(values[0]); ok {
		return value, nil
	}
	return "", fmt.Errorf("%s of %s has no %s", r.header, r.of, r.part)
}

// inside is the part of a value.
func (r *reference) inside(value string) (string, bool) {
	if sip.EqualFold(r.header, sip.NameVia.String()) {
		via, err := sip.ParseVia(value)
		if err != nil {
			return "", false
		}
		return via.Params.Get(r.part)
	}
	a, err := sip.ParseNameAddr(value)
	switch {
	case err != nil:
		return "", false
	case r.part == "uri":
		return a.URI, true
	}
	return a.Params.Get(r.part)
}
