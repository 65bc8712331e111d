package netem

import (
	"fmt"
	"strconv"
	"strings"
	"unicode/utf8"
)

// SyntaxError says where conditions are wrong and what would be right.
type SyntaxError struct {
	Col  int    // from 1, in runes
	Text string // what is wrong
	Want string // what would be right
	Near string // the nearest valid word; "" for none
}

// Error is one line: place, what is wrong, what would be right, and the
// nearest valid word.
func (e *SyntaxError) Error() string {
	s := fmt.Sprintf("column %d: %s; %s", e.Col, e.Text, e.Want)
	if e.Near != "" {
		s += "; did you mean " + e.Near + "?"
	}
	return s
}

// word is one word of the conditions, with the column of its first rune.
type word struct {
	text string
	col  int
}

func split(s string) []word {
	var ws []word
	for col := 1; s != ""; col++ {
		n := strings.IndexAny(s, " \t")
		if n < 0 {
			return append(ws, word{s, col})
		}
		if n > 0 {
			ws = append(ws, word{s[:n], col})
		}
		col += utf8.RuneCountInString(s[:n])
		s = s[n+1:]
	}
	return ws
}

func (p *parser) more() bool { return p.err == nil && p.at < len(p.words) }

// next reads a word, or fails with what is wanted.
func (p *parser) next(want string) word {
	if p.err != nil {
		return word{}
	}
	if !p.more() {
		col := 1
		if n := len(p.words); n > 0 {
			col = p.words[n-1].col + utf8.RuneCountInString(p.words[n-1].text)
		}
		p.err = &SyntaxError{Col: col, Text: "the conditions end too early", Want: want}
		return word{}
	}
	p.at++
	return p.words[p.at-1]
}

// numeral reports whether a number comes next.
func (p *parser) numeral() bool {
	if !p.more() {
		return false
	}
	c := strings.TrimLeft(p.words[p.at].text, "+-.")
	return c != "" && '0' <= c[0] && c[0] <= '9'
}

func (p *parser) accept(keyword string) bool {
	if !p.more() || p.words[p.at].text != keyword {
		return false
	}
	p.at++
	return true
}

// fail keeps the first error.
func (p *parser) fail(w word, text, want, near string) {
	if p.err == nil {
		p.err = &SyntaxError{w.col, quote(w.text) + text, want, near}
	}
}

func (p *parser) unknown(w word, what string, valid []string) {
	p.fail(w, " is no "+what, "one of: "+strings.Join(valid, ", "), nearest(w.text, valid))
}

// quote shows a word of anybody's: shortened, and all of it visible.
func quote(s string) string {
	const most = 40
	if utf8.RuneCountInString(s) > most {
		s = string([]rune(s)[:most]) + "…"
	}
	return strconv.QuoteToGraphic(s)
}

// nearest is the valid word that was most likely meant: at most one letter in
// three wrong, missing, too many or swapped with its neighbour.
func nearest(w string, valid []string) string {
	near, least := "", len(w)/3+1
	if len(w) > 20 {
		return ""
	}
	for _, v := range valid {
		if d := distance(strings.ToLower(w), v); d < least {
			near, least = v, d
		}
	}
	return near
}

// distance is how many letters lie between two words: optimal string
// alignment.
func distance(a, b string) int {
	rows := make([][]int, len(a)+1)
	for i := range rows {
		rows[i] = make([]int, len(b)+1)
		rows[i][0] = i
	}
	for j := range rows[0] {
		rows[0][j] = j
	}
	for i := 1; i <= len(a); i++ {
		for j := 1; j <= len(b); j++ {
			wrong := 1
			if a[i-1] == b[j-1] {
				wrong = 0
			}
			rows[i][j] = min(rows[i-1][j]+1, rows[i][j-1]+1, rows[i-1][j-1]+wrong)
			if i > 1 && j > 1 && a[i-1] == b[j-2] && a[i-2] == b[j-1] {
				rows[i][j] = min(rows[i][j], rows[i-2][j-2]+1)
			}
		}
	}
	return rows[len(a)][len(b)]
}
