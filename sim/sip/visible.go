package sip

import (
	"strings"
	"unicode/utf8"
)

// Visible is s for a terminal or a page: each control byte and each byte that
// is no UTF-8 as \xNN, and each control, format, bidirectional or line
// separating character beyond ASCII as \u{N}. A backslash stays: the result is
// for eyes.
func Visible(s string) string {
	i := 0
	for i < len(s) && s[i] >= 0x20 && s[i] < 0x7f {
		i++
	}
	if i == len(s) {
		return s
	}
	var b strings.Builder
	b.WriteString(s[:i])
	for i < len(s) {
		r, n := utf8.DecodeRuneInString(s[i:])
		switch {
		case n == 1 && (s[i] < 0x20 || s[i] >= 0x7f):
			b.WriteString(`\x`)
			b.WriteByte(hexDigits[s[i]>>4])
			b.WriteByte(hexDigits[s[i]&15])
		case hidden(r):
			writeCode(&b, r)
		default:
			b.WriteString(s[i : i+n])
		}
		i += n
	}
	return b.String()
}

const hexDigits = "0123456789abcdef"

func writeCode(b *strings.Builder, r rune) {
	b.WriteString(`\u{`)
	started := false
	for shift := 20; shift >= 0; shift -= 4 {
		d := r >> shift & 15
		if started = started || d != 0; started {
			b.WriteByte(hexDigits[d])
		}
	}
	b.WriteByte('}')
}

// hidden says whether a character changes how others are shown, or shows
// nothing itself.
func hidden(r rune) bool {
	switch {
	case r < 0x80:
		return false
	case r < 0xa0, r == 0xad, r == 0x61c, r == 0x180e, r == 0xfeff:
		return true
	case r >= 0x200b && r <= 0x200f, r >= 0x2028 && r <= 0x202e, r >= 0x2060 && r <= 0x206f:
		return true
	case r >= 0xfff9 && r <= 0xfffb, r >= 0xe0000 && r <= 0xe0fff, r >= 0xe000 && r <= 0xf8ff, r >= 0xf0000:
		return true
	}
	return false
}
