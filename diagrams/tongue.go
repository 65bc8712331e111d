package diagrams

import (
	"strconv"
	"strings"
)

// tongue is a language for sequence diagrams: how it writes a character that
// has a meaning in it.
type tongue struct {
	code  func(b *strings.Builder, r rune)
	ascii bool // every character beyond ASCII is written as its code
}

// text writes s so that the language shows it and does nothing else. Letters,
// digits and single spaces mean nothing in any of them, nor do a few marks that
// are not doubled: what is left is written as its code.
func (t *tongue) text(s string) string {
	var b strings.Builder
	before := ' '
	for _, r := range visible(s) {
		if t.plain(r, before) {
			b.WriteRune(r)
		} else {
			t.code(&b, r)
		}
		before = r
	}
	return b.String()
}

func (t *tongue) plain(r, before rune) bool {
	switch {
	case r >= '0' && r <= '9', r >= 'A' && r <= 'Z', r >= 'a' && r <= 'z':
		return true
	case r >= 0x80:
		return !t.ascii
	}
	return strings.ContainsRune(" (),.-", r) && r != before
}

// lines are texts below one another.
func (t *tongue) lines(text []string, between string) string {
	var b strings.Builder
	for i, line := range text {
		if i > 0 {
			b.WriteString(between)
		}
		b.WriteString(t.text(line))
	}
	return b.String()
}

// lifeline is the name by which the languages know a column.
func lifeline(col int) string { return "h" + strconv.Itoa(col) }

// over names the lifelines that words stand over.
func (s *step) over() string {
	if s.from == s.to {
		return lifeline(s.from)
	}
	return lifeline(s.from) + "," + lifeline(s.to)
}
