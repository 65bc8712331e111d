package sip

import "strings"

// Field is one header field row.
type Field struct {
	Name Name   // NameOther for a name without a constant
	Text string // the name as written; "" for a line that is no header field
	// Value is what follows the colon, without white space around it. Where
	// the row was folded, each fold is one space here (RFC 3261 §7.3.1). A CR
	// or LF in it is a bare one, kept as a byte of the value.
	Value  string
	Origin Origin

	raw  string // the row's own bytes with its line end; "" for a built field
	read string // Value as it was parsed: while they are equal, raw prints
	at   int32  // offset of raw in the message
}

// unchanged says whether the row's own bytes still say what the field says.
func (f *Field) unchanged() bool {
	return f.raw != "" && f.Value == f.read && strings.HasPrefix(f.raw, f.Text)
}

// split divides the row's own bytes at the first colon, which mostly stands
// right after the name.
func (f *Field) split() (name, value string) {
	if n := len(f.Text); n > 0 && n < len(f.raw) && f.raw[n] == ':' {
		return f.raw[:n], f.raw[n+1:]
	}
	name, value, _ = cutByte(f.raw, ':')
	return name, value
}

// appendTo prints the row, which is the first of its message or not. A CR or
// LF in a value becomes a space: no value can begin a new row.
func (f *Field) appendTo(b []byte, first bool) []byte {
	switch {
	case f.Text == "" && !f.standsAlone(first):
		return b
	case f.unchanged():
		return append(b, f.raw...)
	case f.Name == NameOther:
		b = append(b, tokenOf(f.Text)...)
	default:
		b = append(b, f.Text...)
	}
	b = append(b, ": "...)
	b = appendLine(b, f.Value)
	return append(b, "\r\n"...)
}

// standsAlone says whether a line that is no header field may print: its own
// bytes only, and not where white space at its start would make it the end of
// the row before.
func (f *Field) standsAlone(first bool) bool {
	return f.unchanged() && (first || !isSpace(f.raw[0]))
}

// appendLine appends s with each CR and LF as a space.
func appendLine(b []byte, s string) []byte {
	if strings.IndexByte(s, '\n') < 0 && strings.IndexByte(s, '\r') < 0 {
		return append(b, s...)
	}
	for i := 0; i < len(s); i++ {
		if c := s[i]; c == '\r' || c == '\n' {
			b = append(b, ' ')
		} else {
			b = append(b, c)
		}
	}
	return b
}

// oneLine is s with each CR and LF as a space; s itself when it has none.
func oneLine(s string) string {
	if strings.IndexByte(s, '\n') < 0 && strings.IndexByte(s, '\r') < 0 {
		return s
	}
	return string(appendLine(nil, s))
}

// cutElement cuts the first element off a comma list. Commas inside quotes and
// inside <> separate nothing. The element is trimmed.
func cutElement(s string) (element, rest string) {
	if strings.IndexByte(s, ',') < 0 {
		return trim(s), ""
	}
	quoted, angle := false, false
	for i := 0; i < len(s); i++ {
		switch c := s[i]; {
		case quoted && c == '\\':
			i++
		case c == '"' && !angle:
			quoted = !quoted
		case quoted:
		case c == '<':
			angle = true
		case c == '>':
			angle = false
		case c == ',' && !angle:
			return trim(s[:i]), s[i+1:]
		}
	}
	return trim(s), ""
}

// cutByte is strings.Cut at one byte.
func cutByte(s string, c byte) (before, after string, found bool) {
	if i := strings.IndexByte(s, c); i >= 0 {
		return s[:i], s[i+1:], true
	}
	return s, "", false
}

// trim takes SP and HTAB off both ends.
func trim(s string) string {
	return trimRight(trimLeft(s))
}

func trimLeft(s string) string {
	i := 0
	for i < len(s) && isSpace(s[i]) {
		i++
	}
	return s[i:]
}

func trimRight(s string) string {
	i := len(s)
	for i > 0 && isSpace(s[i-1]) {
		i--
	}
	return s[:i]
}
