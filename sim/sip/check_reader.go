package sip

import (
	"strconv"
	"strings"
	"unicode/utf8"
)

// flaw is where a text leaves its grammar: a byte offset in that text, what is wrong there and what would be right.
// Nil means that there is none: only a text that is wrong costs an allocation.
type flaw struct {
	at         int
	text, want string
	section    string // of the rule that is broken, where it is not the header's own
	status     int    // that a server owes, where it is not 400
	mild       bool   // receivers live with it: nobody owes an answer for it
}

func (f *flaw) found() bool { return f != nil }

// after moves a flaw that was found in s[n:] to its place in s.
func (f *flaw) after(n int) *flaw {
	if f != nil {
		f.at += n
	}
	return f
}

// reader walks one header value by the grammar of RFC 3261 §25.1 and notes each place where the value leaves it. After a flaw
// it goes on behind the next delimiter, so that one value may show several. It never goes back and never recurses.
type reader struct {
	s      string
	i      int
	limits *Limits
	flaws  []flaw
	names  []string // of the parameters of the value being read; memory used again
}

// maxValues bounds the lists that Limits says nothing of.
const maxValues = 256

// maxFlaws bounds what is noted of one value: a value of 30,000 commas needs no list of 30,000 flaws.
const maxFlaws = 16

func (r *reader) note(at int, text, want string) { r.add(&flaw{at: at, text: text, want: want}) }

// remark notes what receivers live with.
func (r *reader) remark(at int, section, text, want string) {
	r.add(&flaw{at: at, section: section, text: text, want: want, mild: true})
}

func (r *reader) add(f *flaw) {
	if f.found() && len(r.flaws) < maxFlaws {
		r.flaws = append(r.flaws, *f)
	}
}

func (r *reader) full() bool { return len(r.flaws) == maxFlaws }

func (r *reader) end() bool { return r.i >= len(r.s) }

// peek returns the next byte; at the end it is zero, which no delimiter is.
func (r *reader) peek() byte {
	if r.end() {
		return 0
	}
	return r.s[r.i]
}

// sws skips optional linear white space, folded lines included, and reports whether there was any.
func (r *reader) sws() bool {
	start := r.i
	for !r.end() && is(r.s[r.i], blankChars) && (isSpace(r.s[r.i]) || isFold(r.s[r.i:])) {
		r.i++
	}
	return r.i > start
}

func isSpace(c byte) bool { return c == ' ' || c == '\t' }

// isFold reports whether s begins with a line end that a space or tab follows, or is inside one.
func isFold(s string) bool {
	if s[0] == '\r' {
		s = s[1:]
	}
	return len(s) >= 2 && s[0] == '\n' && isSpace(s[1])
}

// accept skips c, white space around it included (SEMI, COMMA, EQUAL, SLASH, COLON).
func (r *reader) accept(c byte) bool {
	start := r.i
	r.sws()
	if r.peek() != c || r.end() {
		r.i = start
		return false
	}
	r.i++
	r.sws()
	return true
}

// span takes the bytes of set.
func (r *reader) span(set charset) string {
	n := spanOf(r.s[r.i:], set)
	r.i += n
	return r.s[r.i-n : r.i]
}

// token takes a token; what names it in the flaw.
func (r *reader) token(what, example string) string {
	t := r.span(tokenChars)
	if t == "" {
		r.missing(what, example)
	}
	return t
}

// missing notes that what should stand here does not.
func (r *reader) missing(what, example string) {
	if r.end() {
		r.note(r.i, what+" is missing", example)
		return
	}
	r.note(r.i, show(r.s[r.i:])+" stands where "+what+" should be", example)
}

// show quotes the first character of s for a message.
func show(s string) string {
	_, n := utf8.DecodeRuneInString(s)
	return `"` + Visible(s[:n]) + `"`
}

// number takes 1*DIGIT between low and high.
func (r *reader) number(what string, low, high uint64) (uint64, bool) {
	start := r.i
	digits := r.span(digitChars)
	if n, ok := parseDigits(digits, high); ok && low <= n {
		return n, true
	}
	want := "a decimal number from " + strconv.FormatUint(low, 10) + " to " + strconv.FormatUint(high, 10)
	if digits == "" {
		r.i = start
		r.missing(what, want)
	} else {
		r.note(start, what+" is out of range", want)
	}
	return 0, false
}

// quoted takes a quoted-string that begins here. Line ends, other control characters without a backslash, and bytes that
// are no UTF-8 do not belong in it.
func (r *reader) quoted() string {
	start := r.i
	r.i++
	if r.span(plainQuotedChars); r.peek() == '"' { // as nearly all are
		r.i++
		return r.s[start:r.i]
	}
	for ; !r.end(); r.i++ {
		switch c := r.s[r.i]; {
		case c == '"':
			r.i++
			r.text(start+1, r.s[start+1:r.i-1])
			return r.s[start:r.i]
		case c == '\\' && r.i+1 < len(r.s) && r.s[r.i+1] != '\r' && r.s[r.i+1] != '\n':
			r.i++
		}
	}
	r.note(start, "a quotation mark is never closed", `a second " after the text; a " inside it is written \"`)
	return r.s[start:]
}

// text looks for bytes that cannot stand in quoted or free text; they hurt nobody who copies them as they are.
func (r *reader) text(at int, s string) {
	if spanOf(s, textChars) == len(s) {
		return
	}
	if !utf8.ValidString(s) {
		r.remark(at, "RFC 3261 §25.1", "this text is not UTF-8", "text in UTF-8")
		return
	}
	for i := range len(s) {
		escaped := i > 0 && s[i-1] == '\\'
		if c := s[i]; (c < ' ' || c == 0x7f) && !isSpace(c) && !escaped && !isFold(s[i:]) {
			r.remark(at+i, "RFC 3261 §25.1", "the control character "+show(s[i:])+" stands in text", "printable text")
			return
		}
	}
}

// comment takes "(" ... ")", which may nest; it counts and does not recurse.
func (r *reader) comment() {
	start, depth := r.i, 0
	for ; !r.end(); r.i++ {
		switch r.s[r.i] {
		case '\\':
			r.i++
		case '(':
			depth++
		case ')':
			if depth--; depth == 0 {
				r.i++
				return
			}
		}
	}
	r.i = len(r.s)
	r.note(start, "a comment is never closed", "a ) for each (")
}

// skip goes to the next of the delimiters that stands neither in quotation marks nor in angle brackets, or to the end.
func (r *reader) skip(delimiters string) {
	quoted, angle := false, false
	for ; !r.end(); r.i++ {
		switch c := r.s[r.i]; {
		case c == '\\' && quoted:
			r.i++
		case c == '"':
			quoted = !quoted
		case quoted:
		case c == '<', c == '>':
			angle = c == '<'
		case !angle && strings.IndexByte(delimiters, c) >= 0:
			return
		}
	}
	r.i = min(r.i, len(r.s))
}

// list takes value *( COMMA value ), at most max of them.
func (r *reader) list(max int, value func(*reader)) {
	for count := 1; !r.full(); count++ {
		r.sws()
		before := len(r.flaws)
		switch {
		case count > max:
			r.add(overLimit(r.i, "values", max))
			r.i = len(r.s)
			return
		case r.end() || r.peek() == ',':
			r.note(r.i, "an empty value in a list", "a value between the commas")
		default:
			value(r)
		}
		if !r.next(before) {
			return
		}
	}
}

// next goes behind the comma after a value and reports whether there is one. What stands before the comma is a flaw,
// unless the value has noted one already.
func (r *reader) next(before int) bool {
	r.sws()
	if !r.end() && r.peek() != ',' {
		if len(r.flaws) == before {
			r.note(r.i, show(r.s[r.i:])+" stands after a complete value", "a comma and the next value, or the end of the line")
		}
		r.skip(",")
	}
	r.i++
	return r.i <= len(r.s)
}

// done notes what stands after a complete value that is no list, unless the value has noted a flaw already.
func (r *reader) done(before int) {
	r.sws()
	if !r.end() && len(r.flaws) == before {
		r.note(r.i, show(r.s[r.i:])+" stands after a complete value", "the end of the line")
	}
}

// param is one parameter of a header value.
type param struct {
	name, value string // the value as written, with its quotation marks
	at          int    // of the name
	valueAt     int
	equal       bool // an equal sign was there
}

func (p param) is(name string) bool { return EqualFold(p.name, name) }

// params takes *( SEMI generic-param ) and hands each to see, which may be nil. "any given parameter-name MUST NOT appear
// more than once" (§7.3.1).
func (r *reader) params(see func(*reader, param)) {
	r.names = r.names[:0]
	for !r.full() && r.accept(';') {
		if len(r.names) == r.limits.Params {
			r.add(overLimit(r.i, "parameters", r.limits.Params))
			r.skip(",")
			return
		}
		before := len(r.flaws)
		p := r.param()
		if p.name != "" && twice(r.names, p.name) {
			r.add(&flaw{at: p.at, text: "the parameter " + p.name + " stands here a second time", want: "each parameter once", section: "RFC 3261 §7.3.1"})
		}
		r.names = append(r.names, p.name)
		switch {
		case len(r.flaws) > before:
			r.skip(";,")
		case see != nil:
			see(r, p)
		}
	}
}

// overLimit is a flaw of a value that the grammar allows and that siplab refuses for its size.
func overLimit(at int, what string, most int) *flaw {
	return &flaw{at: at, text: "too many " + what, want: "at most " + strconv.Itoa(most), section: sectionLimits}
}

// sectionLimits stands where no RFC sets the bound.
const sectionLimits = "limits of siplab"

func twice(names []string, name string) bool {
	for _, n := range names {
		if EqualFold(n, name) {
			return true
		}
	}
	return false
}

// param takes generic-param = token [ EQUAL ( token / host / quoted-string ) ].
func (r *reader) param() (p param) {
	p.at = r.i
	if r.end() || r.peek() == ';' || r.peek() == ',' {
		r.note(r.i, "an empty parameter", "a parameter after each semicolon")
		return p
	}
	p.name = r.token("the name of a parameter", "a name such as tag or branch")
	if p.name == "" || !r.accept('=') {
		return p
	}
	p.equal, p.valueAt = true, r.i
	if r.peek() == '"' {
		p.value = r.quoted()
	} else if p.value = r.span(tokenChars | colonChars); p.value == "" {
		r.missing("the value of the parameter "+p.name, "a token, a host or a quoted string after =")
	}
	return p
}

// value reads a parameter's value by another rule, which wants all of it, and returns the flaws that this added.
func (r *reader) value(p param, rule func(*reader)) []flaw {
	s, i, before := r.s, r.i, len(r.flaws)
	r.s, r.i = p.value, 0
	rule(r)
	r.done(before)
	r.s, r.i = s, i
	added := r.flaws[before:]
	for k := range added {
		added[k].at += p.valueAt
	}
	return added
}
