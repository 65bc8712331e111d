package diagrams

import (
	"strings"
	"unicode"
	"unicode/utf8"

	"golang.org/x/text/width"

	"siplab/sim/sip"
)

// cells is the number of columns that s takes on a terminal: two for an East
// Asian wide character (UAX #11), none for one that combines with the one
// before it.
func cells(s string) int {
	n := 0
	for i := 0; i < len(s); i++ {
		if s[i] >= utf8.RuneSelf {
			return n + wideCells(s[i:])
		}
		n++
	}
	return n
}

// Cells is how many columns of a terminal a text takes (UAX #11).
func Cells(s string) int { return cells(s) }

func wideCells(s string) int {
	n := 0
	for _, r := range s {
		n += runeCells(r)
	}
	return n
}

func runeCells(r rune) int {
	switch {
	case r < utf8.RuneSelf:
		return 1
	case unicode.In(r, unicode.Mn, unicode.Me, unicode.Cf), r >= 0x1160 && r <= 0x11ff:
		return 0 // the range is the medial and final parts of Hangul syllables
	}
	switch width.LookupRune(r).Kind() {
	case width.EastAsianWide, width.EastAsianFullwidth:
		return 2
	}
	return 1
}

// clip shortens s to n cells; more stands at the end of what was cut.
func clip(s string, n int, more string) string {
	if cells(s) <= n {
		return s
	}
	room, end := n-cells(more), 0
	if room < 0 {
		return ""
	}
	for i, r := range s {
		if room -= runeCells(r); room < 0 {
			break
		}
		end = i + utf8.RuneLen(r)
	}
	return strings.TrimRight(s[:end], " ") + more
}

// clipMiddle shortens s to n cells and keeps its ends: names of one family
// differ in the last of them.
func clipMiddle(s string, n int, more string) string {
	if cells(s) <= n {
		return s
	}
	room := n - cells(more)
	if room < 4 {
		return clip(s, n, more)
	}
	first := s[:cutAt(s, room-room/2)]
	from, left := len(first), cells(s[len(first):])
	for {
		r, size := utf8.DecodeRuneInString(s[from:])
		wide := runeCells(r)
		if wide > 0 && left <= room/2 {
			return first + more + s[from:]
		}
		from, left = from+size, left-wide
	}
}

// wrap breaks s into lines of at most n cells, between words where it can. The
// sign that a text begins with is no line of its own.
func wrap(s string, n int) []string {
	n = max(n, 1)
	var lines []string
	for {
		cut := cutAt(s, n)
		if cut == len(s) {
			return append(lines, s)
		}
		space := strings.LastIndexByte(s[:cut], ' ')
		switch {
		case s[cut] == ' ':
		case space > 0 && cells(s[:space]) > 1:
			cut = space
		default:
			cut = cutWord(s, n)
		}
		lines = append(lines, strings.TrimRight(s[:cut], " "))
		s = strings.TrimLeft(s[cut:], " ")
	}
}

// cutWord is where a word that is too long for n cells is broken: where its
// parts meet, unless the line is half empty then, or anywhere.
func cutWord(word string, n int) int {
	cut := cutAt(word, n)
	for at := min(cut, len(word)-1); at > cut/2; at-- {
		if strings.IndexByte("-_:/,;", word[at-1]) >= 0 || strings.IndexByte(".@?=&", word[at]) >= 0 {
			return at
		}
	}
	return cut
}

// cutAt is where a text reaches n cells; at least one character is taken.
func cutAt(s string, n int) int {
	for i, r := range s {
		if n -= runeCells(r); n < 0 && i > 0 {
			return i
		}
	}
	return len(s)
}

// visible makes any bytes harmless to a terminal; plain text comes back as it
// is.
func visible(s string) string { return sip.Visible(s) }

// toASCII writes what is not ASCII as \u{…}, for the ASCII back-end.
func toASCII(s string) string {
	i := 0
	for i < len(s) && s[i] < utf8.RuneSelf {
		i++
	}
	if i == len(s) {
		return s
	}
	var b strings.Builder
	for _, r := range s {
		if r < utf8.RuneSelf {
			b.WriteByte(byte(r))
			continue
		}
		const hex = "0123456789abcdef"
		b.WriteString(`\u{`)
		for shift := 20; shift >= 0; shift -= 4 {
			if d := r >> shift; d > 0 || shift == 0 {
				b.WriteByte(hex[d&15])
			}
		}
		b.WriteByte('}')
	}
	return b.String()
}
