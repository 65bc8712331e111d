package main

import (
	"strconv"
	"strings"

	"siplab/sim/sip"
)

// widest is how many columns of a terminal a table takes.
const widest = 100

// list is words with a comma between each two.
func list(names []string) string { return strings.Join(names, ", ") }

// grouped is a number with a comma between its thousands.
func grouped(n int) string {
	s := strconv.Itoa(n)
	for i := len(s) - 3; i > 0; i -= 3 {
		s = s[:i] + "," + s[i:]
	}
	return s
}

// quoted is a word as a shell takes it.
func quoted(s string) string {
	switch {
	case s != "" && !strings.ContainsFunc(s, special):
		return s
	case !strings.ContainsAny(s, "\"$`\\!"):
		return `"` + s + `"`
	}
	return "'" + strings.ReplaceAll(s, "'", `'\''`) + "'"
}

// special says whether a character may mean something to a shell.
func special(r rune) bool {
	return (r < 'a' || r > 'z') && (r < 'A' || r > 'Z') && (r < '0' || r > '9') && !strings.ContainsRune("-_./:@%+,", r)
}

// markdown is a text as a cell of a table that shows it as it is: nothing in it
// is a link, code, HTML or the end of the cell.
func markdown(s string) string {
	var b strings.Builder
	for i, line := range strings.Split(s, "\n") {
		if i > 0 {
			b.WriteString("<br>")
		}
		for _, r := range sip.Visible(line) {
			switch r {
			case '<':
				b.WriteString("&lt;")
			case '&':
				b.WriteString("&amp;")
			case '\\', '`', '*', '_', '[', ']', '|', '~', '>', '#', '!':
				b.WriteByte('\\')
				fallthrough
			default:
				b.WriteRune(r)
			}
		}
	}
	return b.String()
}
