package sip

import (
	"slices"
	"strings"
)

// Parse frames the text of one datagram as a message (RFC 3261 §7, §18.3). It
// refuses only what cannot be represented: a text that begins with no start
// line, or one over the Limits. Everything else is kept, and Check tells what
// is wrong with it.
//
// Line ends: the start line's decides. When it ends in CRLF, only CRLF ends a
// line, and a bare CR or LF is a byte of its value. When it ends in a bare LF,
// each LF ends a line, with the CR before it if there is one.
//
// The body has the length that Content-Length tells, never more than there is;
// without the field it is the rest. When the field is malformed, or rows of it
// differ, nothing is taken as body: all that follows is Trailing.
//
// The error is a *Problem. The message is empty after it.
func (m *Message) Parse(text string) error {
	return m.parseWithin(text, m.limits().Message)
}

// ParseFrame is Parse for one message of a stream, as a Framer cuts it: its
// limit is that of streams.
func (m *Message) ParseFrame(text string) error {
	return m.parseWithin(text, m.limits().Stream)
}

func (m *Message) parseWithin(text string, limit int) error {
	m.Reset()
	if p := m.parse(text, limit); p != nil {
		m.Reset()
		return p
	}
	return nil
}

func (m *Message) parse(text string, limit int) *Problem {
	if len(text) > limit {
		return &Problem{Line: 1, Column: 1, Section: "RFC 3261 §21.5.7", Text: "the message is longer than the limit", Status: 513}
	}
	m.text = text
	at := leadingLineEnds(text)
	m.form.leading = text[:at]
	next, p := m.parseStart(at)
	if p != nil {
		return p
	}
	at, p = m.parseFields(next)
	if p != nil {
		return p
	}
	m.form.body = at
	m.cutBody(text[at:])
	return nil
}

// leadingLineEnds counts the line ends before the start line: they "MUST" be
// ignored (§7.5).
func leadingLineEnds(text string) int {
	i := 0
	for i < len(text) && (text[i] == '\n' || text[i] == '\r' && i+1 < len(text) && text[i+1] == '\n') {
		i++
	}
	return i
}

// parseFields reads header rows up to the empty line and returns where the
// body begins.
func (m *Message) parseFields(at int) (int, *Problem) {
	text, limit := m.text, m.limits().Fields
	for at < len(text) {
		end, next, folded := m.row(at)
		if end == at && next > at {
			if blank := text[at:next]; blank != "\r\n" {
				m.form.blank = blank
			}
			return next, nil
		}
		if len(m.Fields) == limit {
			return 0, m.tooManyFields(at)
		}
		m.addRow(at, end, next, folded)
		at = next
	}
	m.form.open = true
	return at, nil
}

func (m *Message) tooManyFields(at int) *Problem {
	return &Problem{Offset: at, Line: 1 + strings.Count(m.text[:at], "\n"), Column: 1, Section: "RFC 3261 §21.5.7",
		Text: "the message has more header fields than the limit", Status: 513}
}

// row finds the end of the row at a place, the place of the next row, and
// whether lines are folded into it.
func (m *Message) row(at int) (end, next int, folded bool) {
	text := m.text
	for from := at; ; {
		i := strings.IndexByte(text[from:], '\n')
		if i < 0 {
			return len(text), len(text), folded
		}
		end, next = from+i, from+i+1
		from = next
		if end > at && text[end-1] == '\r' {
			end--
		} else if !m.form.lf {
			continue
		}
		m.form.lines++
		if end == at || next == len(text) || !isSpace(text[next]) {
			return end, next, folded
		}
		folded = true
	}
}

// addRow appends the row text[at:end] as a field.
func (m *Message) addRow(at, end, next int, folded bool) {
	line := m.text[at:end]
	name, value := "", line
	if colon := strings.IndexByte(line, ':'); colon > 0 && !isSpace(line[0]) {
		name, value = trimRight(line[:colon]), line[colon+1:]
	}
	if folded {
		value = m.unfold(value)
	}
	value = trim(value)
	f := m.grow()
	f.Name, f.Text, f.Value = ParseName(name), name, value
	f.raw, f.read, f.at = m.text[at:next], value, int32(at)
}

// usualFields are how many fields a message gets room for at a time: most have
// no more.
const usualFields = 16

// grow adds a field with nothing in it, in memory used before if there is any.
func (m *Message) grow() *Field {
	n := len(m.Fields)
	if n == cap(m.Fields) {
		m.Fields = append(slices.Grow(m.Fields, usualFields), Field{})
		return &m.Fields[n]
	}
	m.Fields = m.Fields[:n+1]
	f := &m.Fields[n]
	f.Origin.Kind, f.Origin.Packet, f.Origin.Ref = OriginNone, 0, ""
	f.raw, f.read, f.at = "", "", 0
	return f
}

// unfold makes each fold one space: "The line break and the whitespace at the
// beginning of the next line are treated as a single SP character" (§7.3.1).
func (m *Message) unfold(s string) string {
	var b strings.Builder
	b.Grow(len(s))
	for {
		i := strings.IndexByte(s, '\n')
		if i < 0 {
			b.WriteString(s)
			return b.String()
		}
		next := i + 1
		if i > 0 && s[i-1] == '\r' {
			i--
		}
		if n := m.fold(s[i:]); n > 0 {
			b.WriteString(trimRight(s[:i]))
			b.WriteByte(' ')
			next = i + n
		} else {
			b.WriteString(s[:next])
		}
		s = s[next:]
	}
}

// fold is the length of the line break and white space at the start of s, 0
// when s does not begin with a fold.
func (m *Message) fold(s string) int {
	n := 0
	switch {
	case strings.HasPrefix(s, "\r\n"):
		n = 2
	case m.form.lf && s[0] == '\n':
		n = 1
	default:
		return 0
	}
	if n == len(s) || !isSpace(s[n]) {
		return 0
	}
	for n < len(s) && isSpace(s[n]) {
		n++
	}
	return n
}

// cutBody divides what follows the empty line into body and trailing bytes.
func (m *Message) cutBody(rest string) {
	n, state := m.ContentLength()
	switch {
	case state == LengthAbsent || state == LengthGood && n >= len(rest):
		m.Body = rest
	case state == LengthGood:
		m.Body, m.Trailing = rest[:n], rest[n:]
	default:
		m.Trailing = rest
	}
}

// LengthState says what Content-Length tells.
type LengthState uint8

// What Content-Length tells.
const (
	LengthAbsent   LengthState = iota // there is no such field
	LengthGood                        // one number, perhaps in several equal rows
	LengthBad                         // no number of at most ten digits that an int holds
	LengthConflict                    // rows that differ
)

// ContentLength reads Content-Length: 1*DIGIT (§20.14), at most ten digits and
// below 2³¹. Rows that repeat one number count as one.
func (m *Message) ContentLength() (int, LengthState) {
	length, state := 0, LengthAbsent
	for i := range m.Fields {
		if m.Fields[i].Name != NameContentLength {
			continue
		}
		v := m.Fields[i].Value
		n, ok := parseDigits(v, 1<<31-1)
		switch {
		case !ok || len(v) > 10:
			return 0, LengthBad
		case state == LengthGood && int(n) != length:
			return 0, LengthConflict
		}
		length, state = int(n), LengthGood
	}
	return length, state
}
