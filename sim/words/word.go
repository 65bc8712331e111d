package words

import (
	"fmt"
	"strings"
	"unicode"
	"unicode/utf8"
)

// Word is one word of a line.
type Word struct {
	Text   string
	Col    int  // column of its first rune, or of the opening quote; from 1
	Quoted bool // written in quotes: text, never a keyword
	End    int  // column after its last rune, or after the closing quote
}

// Is reports whether w is the keyword, which is never written in quotes.
func (w Word) Is(keyword string) bool { return !w.Quoted && w.Text == keyword }

// Split cuts a line at spaces and tabs. A word in double quotes may hold
// spaces, and \" and \\; a # where a word could begin starts a comment. The
// error is an *Error with the column.
func Split(line string) ([]Word, error) {
	s := splitter{line: line, col: 1}
	var ws []Word
	for {
		s.space()
		if s.at == len(line) || line[s.at] == '#' {
			return ws, s.comment()
		}
		w, err := s.word()
		if err != nil {
			return ws, err
		}
		ws = append(ws, w)
	}
}

// splitter is a place in a line.
type splitter struct {
	line string
	at   int // byte
	col  int // column of that byte
}

func (s *splitter) space() {
	for s.at < len(s.line) && isSpace(s.line[s.at]) {
		s.at++
		s.col++
	}
}

// comment reads over a comment: what is no text is refused there too, so that
// nothing hides in a file.
func (s *splitter) comment() error {
	for s.at < len(s.line) {
		if _, err := s.rune(false); err != nil {
			return err
		}
	}
	return nil
}

func (s *splitter) word() (Word, error) {
	if s.line[s.at] == '"' {
		return s.quoted()
	}
	w := Word{Col: s.col}
	from := s.at
	for s.at < len(s.line) && !isSpace(s.line[s.at]) {
		col := s.col
		r, err := s.rune(true)
		if err != nil {
			return w, err
		}
		if r == '"' {
			return w, &Error{Col: col, Text: "a quote in the middle of a word", Want: `put the whole word in quotes, and write \" for a quote within`}
		}
	}
	w.Text, w.End = s.line[from:s.at], s.col
	return w, nil
}

func (s *splitter) quoted() (Word, error) {
	w := Word{Col: s.col, Quoted: true}
	s.at++
	s.col++
	var b strings.Builder
	for s.at < len(s.line) {
		col := s.col
		r, err := s.rune(false)
		if err != nil {
			return w, err
		}
		switch r {
		case '"':
			w.Text, w.End = b.String(), s.col
			return w, s.afterQuote()
		case '\\':
			if r, err = s.escaped(col); err != nil {
				return w, err
			}
		}
		b.WriteRune(r)
	}
	return w, &Error{Col: w.Col, Text: "this quote is never closed", Want: `end the text with "`}
}

// escaped reads what follows a backslash at col.
func (s *splitter) escaped(col int) (rune, error) {
	if s.at < len(s.line) && (s.line[s.at] == '"' || s.line[s.at] == '\\') {
		return s.rune(false)
	}
	return 0, &Error{Col: col, Text: "a backslash that escapes nothing", Want: `in quotes write \" for a quote and \\ for a backslash`}
}

// afterQuote refuses a word glued to a closing quote.
func (s *splitter) afterQuote() error {
	if s.at == len(s.line) || isSpace(s.line[s.at]) {
		return nil
	}
	return &Error{Col: s.col, Text: "text directly after a closing quote", Want: "put a space between them, or the quote at the end"}
}

// rune reads one rune of text. In a bare word every rune must be one that can
// be seen.
func (s *splitter) rune(bare bool) (rune, error) {
	if c := s.line[s.at]; c >= ' ' && c <= '~' {
		s.at++
		s.col++
		return rune(c), nil
	}
	r, size := utf8.DecodeRuneInString(s.line[s.at:])
	switch {
	case r == utf8.RuneError && size == 1:
		return r, &Error{Col: s.col, Text: fmt.Sprintf("byte %#02x is not UTF-8", s.line[s.at]), Want: "save the text as UTF-8"}
	case unicode.IsControl(r) && r != '\t':
		return r, &Error{Col: s.col, Text: fmt.Sprintf("control character %U", r), Want: "plain text has none"}
	case bare && strings.ContainsRune("“”„«»", r):
		return r, &Error{Col: s.col, Text: fmt.Sprintf("a typographic quote %c", r), Want: `the straight quote "`}
	case bare && !unicode.IsPrint(r):
		return r, &Error{Col: s.col, Text: fmt.Sprintf("character %U, which cannot be seen", r), Want: "a plain space between words, or quotes around the text"}
	}
	s.at += size
	s.col++
	return r, nil
}

func isSpace(c byte) bool { return c == ' ' || c == '\t' }
