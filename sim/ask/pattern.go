package ask

import (
	"strings"

	"siplab/sim/words"
)

// part is one piece of a form's usage: a word as it stands, a slot in
// capitals, or a group in brackets that may be left out.
type part struct {
	literal string // of a slot: its name
	slot    slot
	arg     int // of a slot: index of what fills it
	group   []part
}

// pattern is a form's usage, taken apart.
type pattern struct {
	parts []part
	slots int
}

// compile takes a usage apart. It is given nothing but the usages of Forms; a
// wrong one fails the tests.
func compile(usage string) pattern {
	var p pattern
	spaced := strings.NewReplacer("[", "[ ", "]", " ]").Replace(usage)
	p.parts, _ = p.compile(strings.Fields(spaced))
	return p
}

func (p *pattern) compile(tokens []string) ([]part, []string) {
	var parts []part
	for len(tokens) > 0 {
		token := tokens[0]
		tokens = tokens[1:]
		s, isSlot := slots[token]
		switch {
		case token == "]":
			return parts, tokens
		case token == "[":
			var group []part
			group, tokens = p.compile(tokens)
			parts = append(parts, part{group: group})
		case isSlot:
			parts = append(parts, part{literal: token, slot: s, arg: p.slots})
			p.slots++
		default:
			parts = append(parts, part{literal: token})
		}
	}
	return parts, nil
}

// match is an attempt to read a line as a pattern. It remembers the furthest
// place at which any attempt failed: that is where the writer went wrong.
type match struct {
	line  *words.Line
	args  []arg
	far   int // index of a word
	wants []string
	err   *words.Error
}

// try reads the line from its start as one pattern.
func (m *match) try(p pattern) bool {
	m.line.At = 0
	m.args = make([]arg, p.slots)
	return m.parts(p.parts)
}

func (m *match) parts(ps []part) bool {
	for _, p := range ps {
		if !m.part(p) {
			return false
		}
	}
	return true
}

func (m *match) part(p part) bool {
	at := m.line.At
	switch {
	case p.group != nil:
		if !m.parts(p.group) {
			m.line.At = at
			clearArgs(m.args, p.group)
		}
		return true
	case p.slot.read == nil:
		if m.line.Accept(p.literal) {
			return true
		}
		m.fail(at, p.literal, nil)
		return false
	}
	a, err := p.slot.read(m.line)
	if err != nil {
		m.fail(at, "", err)
		return false
	}
	a.set, a.slot = true, p.literal
	m.args[p.arg] = a
	return true
}

// fail notes what was expected at a word; what fails further on counts more.
func (m *match) fail(at int, literal string, err error) {
	if at < m.far {
		return
	}
	if at > m.far {
		m.far, m.wants, m.err = at, nil, nil
	}
	if literal != "" {
		m.wants = append(m.wants, literal)
	}
	if e, ok := err.(*words.Error); ok && m.err == nil {
		m.err = e
	}
}

func clearArgs(args []arg, group []part) {
	for _, p := range group {
		if p.slot.read != nil {
			args[p.arg] = arg{}
		}
	}
}

// print is the inverse of try.
func (p pattern) print(args []arg) string {
	var b strings.Builder
	printParts(&b, p.parts, args)
	return b.String()
}

func printParts(b *strings.Builder, ps []part, args []arg) {
	for _, p := range ps {
		switch {
		case p.group != nil:
			if given(p.group, args) {
				printParts(b, p.group, args)
			}
			continue
		case b.Len() > 0:
			b.WriteByte(' ')
		}
		if p.slot.read == nil {
			b.WriteString(p.literal)
			continue
		}
		b.WriteString(p.slot.print(args[p.arg]))
	}
}

// given reports whether what a group holds was said.
func given(group []part, args []arg) bool {
	for _, p := range group {
		if p.slot.read != nil && args[p.arg].set {
			return true
		}
	}
	return false
}
