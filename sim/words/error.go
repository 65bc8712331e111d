package words

import (
	"cmp"
	"fmt"
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"
)

// Error says where a text is wrong and what would be right.
type Error struct {
	Line, Col int    // from 1, the column in runes; 0: unknown
	Text      string // what is wrong
	Want      string // what would be right
	Near      string // the nearest valid word; "" for none
	File      string // "" for none
}

// Error is one line: place, what is wrong, what would be right, and the
// nearest valid word. Whatever cannot be seen is spelled out.
func (e *Error) Error() string {
	var b strings.Builder
	b.WriteString(e.place())
	b.WriteString(e.Text)
	if e.Want != "" {
		b.WriteString("; " + e.Want)
	}
	if e.Near != "" {
		b.WriteString("; did you mean " + e.Near + "?")
	}
	return visible(b.String())
}

// place is "file:line:col: ", as far as it is known.
func (e *Error) place() string {
	switch {
	case e.File != "" && e.Line > 0 && e.Col > 0:
		return fmt.Sprintf("%s:%d:%d: ", e.File, e.Line, e.Col)
	case e.File != "" && e.Line > 0:
		return fmt.Sprintf("%s:%d: ", e.File, e.Line)
	case e.File != "":
		return e.File + ": "
	case e.Line > 0 && e.Col > 0:
		return fmt.Sprintf("line %d, column %d: ", e.Line, e.Col)
	case e.Line > 0:
		return fmt.Sprintf("line %d: ", e.Line)
	case e.Col > 0:
		return fmt.Sprintf("column %d: ", e.Col)
	}
	return ""
}

// Wrong is an error at a word: what the word is not, and what would be right.
func (w Word) Wrong(what, want string) *Error {
	return &Error{Col: w.Col, Text: Show(w.Text) + " " + what, Want: want}
}

// Errors are all errors of a text.
type Errors []*Error

// Error joins the errors, one a line.
func (es Errors) Error() string {
	lines := make([]string, len(es))
	for i, e := range es {
		lines[i] = e.Error()
	}
	return strings.Join(lines, "\n")
}

// Unwrap lets errors.As find each of them.
func (es Errors) Unwrap() []error {
	all := make([]error, len(es))
	for i, e := range es {
		all[i] = e
	}
	return all
}

// Err is es as an error, nil where there is none.
func (es Errors) Err() error {
	if len(es) == 0 {
		return nil
	}
	return es
}

// In names the file in each error that has none.
func (es Errors) In(file string) Errors {
	for _, e := range es {
		if e.File == "" {
			e.File = file
		}
	}
	return es
}

// Sort orders the errors by file, line and column.
func (es Errors) Sort() {
	slices.SortStableFunc(es, func(a, b *Error) int {
		return cmp.Or(cmp.Compare(a.File, b.File), cmp.Compare(a.Line, b.Line), cmp.Compare(a.Col, b.Col))
	})
}

// Unknown is the error for a word that is none of the valid ones: what it
// should be, the nearest of them, and where there are few, all of them.
func Unknown(w Word, what string, valid []string) *Error {
	e := w.Wrong("is no "+what, "")
	e.Near = Nearest(w.Text, valid)
	switch {
	case len(valid) == 1:
		e.Want = "expected " + valid[0]
	case len(valid) > 1 && len(valid) <= 12:
		e.Want = "one of: " + strings.Join(valid, ", ")
	}
	return e
}

// Either is "a, b or c", each once.
func Either(ws []string) string {
	var once []string
	for _, w := range ws {
		if !slices.Contains(once, w) {
			once = append(once, w)
		}
	}
	if n := len(once) - 1; n > 0 {
		return strings.Join(once[:n], ", ") + " or " + once[n]
	}
	return strings.Join(once, "")
}

// visible spells out every control character, every character that turns the
// direction of text and every byte that is not UTF-8: an error goes to a
// terminal.
func visible(s string) string {
	var b strings.Builder
	for i, r := range s {
		switch {
		case r == utf8.RuneError && s[i] != "\uFFFD"[0]:
			fmt.Fprintf(&b, `\x%02x`, s[i])
		case unicode.IsPrint(r):
			b.WriteRune(r)
		case r < utf8.RuneSelf:
			fmt.Fprintf(&b, `\x%02x`, r)
		default:
			fmt.Fprintf(&b, `\u{%x}`, r)
		}
	}
	return b.String()
}
