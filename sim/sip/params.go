package sip

import (
	"iter"
	"strings"
)

// Params are the parameters of a header value or a URI as written, each with
// the semicolon before it: ";ttl=16;maddr=192.0.2.2;lr".
type Params string

// Get is the value of a parameter, as written: a quoted value has its quotes
// (Unquote takes them off). Names compare without case (RFC 3261 §7.3.1). ok
// tells whether the parameter is there; without "=" its value is "".
func (p Params) Get(name string) (value string, ok bool) {
	for rest := string(p); rest != ""; {
		var n string
		n, value, rest = cutParam(rest)
		if EqualFold(n, name) {
			return value, true
		}
	}
	return "", false
}

// Has says whether a parameter is there.
func (p Params) Has(name string) bool { _, ok := p.Get(name); return ok }

// All are the parameters in order, name and value as written.
func (p Params) All() iter.Seq2[string, string] {
	return func(yield func(string, string) bool) {
		for rest := string(p); rest != ""; {
			var n, v string
			n, v, rest = cutParam(rest)
			if n != "" && !yield(n, v) {
				return
			}
		}
	}
}

// Len is how many parameters there are.
func (p Params) Len() int {
	n := 0
	for range p.All() {
		n++
	}
	return n
}

// With is p with one parameter set: in its place when p has it, else at the
// end. An empty value stands for a parameter without "=".
func (p Params) With(name, value string) Params {
	before, after, _ := p.cut(name)
	if value == "" {
		return before + ";" + Params(name) + after
	}
	return before + ";" + Params(name) + "=" + Params(value) + after
}

// Without is p without the parameters of a name.
func (p Params) Without(name string) Params {
	for {
		before, after, found := p.cut(name)
		if !found {
			return p
		}
		p = before + after
	}
}

// cut divides p around the first parameter of a name.
func (p Params) cut(name string) (before, after Params, found bool) {
	for rest := string(p); rest != ""; {
		n, _, next := cutParam(rest)
		if EqualFold(n, name) {
			return p[:len(p)-len(rest)], Params(next), true
		}
		rest = next
	}
	return p, "", false
}

// cutParam cuts the first parameter off ";a=b;c": its name and value trimmed,
// and the rest from the next semicolon on. A semicolon or "=" inside quotes
// separates nothing.
func cutParam(s string) (name, value, rest string) {
	s = strings.TrimPrefix(s, ";")
	equal, end := -1, len(s)
scan:
	for i := 0; i < len(s); i++ {
		switch s[i] {
		case '=':
			if equal < 0 {
				equal = i
			}
		case '"':
			i = quoteEnd(s, i)
		case ';':
			end = i
			break scan
		}
	}
	if equal < 0 {
		return trim(s[:end]), "", s[end:]
	}
	return trim(s[:equal]), trim(s[equal+1 : end]), s[end:]
}

// quoteEnd is the index of the quote that closes the one at i, or len(s) when
// none does.
func quoteEnd(s string, i int) int {
	for i++; i < len(s); i++ {
		switch s[i] {
		case '\\':
			i++
		case '"':
			return i
		}
	}
	return len(s)
}

// Unquote is the meaning of a quoted-string: without its quotes, and without
// the backslash of each quoted-pair (§25.1). A text without quotes is itself.
func Unquote(s string) string {
	if len(s) < 2 || s[0] != '"' || s[len(s)-1] != '"' {
		return s
	}
	s = s[1 : len(s)-1]
	if strings.IndexByte(s, '\\') < 0 {
		return s
	}
	b := make([]byte, 0, len(s))
	for i := 0; i < len(s); i++ {
		if s[i] == '\\' && i+1 < len(s) {
			i++
		}
		b = append(b, s[i])
	}
	return string(b)
}

// Quote writes s as a quoted-string. CR and LF, which no quoted-pair can hold,
// become spaces.
func Quote(s string) string { return string(appendQuoted(make([]byte, 0, len(s)+2), s)) }

func appendQuoted(b []byte, s string) []byte {
	b = append(b, '"')
	for i := 0; i < len(s); i++ {
		switch c := s[i]; c {
		case '"', '\\':
			b = append(b, '\\', c)
		case '\r', '\n':
			b = append(b, ' ')
		default:
			b = append(b, c)
		}
	}
	return append(b, '"')
}

// cutParams divides a value at the semicolon before its first parameter.
func cutParams(s string) (head string, params Params) {
	if i := strings.IndexByte(s, ';'); i >= 0 {
		return s[:i], Params(s[i:])
	}
	return s, ""
}

// paramsProblem is what is wrong with *( SEMI generic-param ) at a place of its
// value: generic-param = token [ EQUAL gen-value ] (RFC 3261 §25.1).
func paramsProblem(p Params, at int, section string) *Problem {
	if plainParams(string(p)) {
		return nil
	}
	for rest, n := string(p), 0; rest != ""; n++ {
		name, value, next := cutParam(rest)
		switch {
		case n == DefaultLimits.Params:
			return wrong(at, section, "a value has more parameters than the limit", "")
		case !only(name, tokenChars):
			return wrong(at, section, "a parameter has no name that is a token", ";name or ;name=value")
		case !genValue(value) || value == "" && strings.IndexByte(rest[:len(rest)-len(next)], '=') >= 0:
			return wrong(at, section, "the parameter "+Visible(name)+" has no value that can stand there", "a token, a host or a quoted string")
		}
		at += len(rest) - len(next)
		rest = next
	}
	return nil
}

// plainParams says whether parameters are right at a glance: tokens and hosts
// without white space or quotes, as nearly all are.
func plainParams(s string) bool {
	for n := 0; s != ""; n++ {
		name := spanOf(s[1:], tokenChars)
		if s[0] != ';' || name == 0 || n == DefaultLimits.Params {
			return false
		}
		if s = s[1+name:]; s != "" && s[0] == '=' {
			value := spanOf(s[1:], tokenChars|colonChars)
			if value == 0 {
				return false
			}
			s = s[1+value:]
		}
	}
	return true
}

// genValue says whether a value is empty or gen-value = token / host /
// quoted-string. An IPv6 address may stand without its brackets, as in
// received (§25.1).
func genValue(s string) bool {
	if s == "" || s[0] == '"' {
		return s == "" || len(s) > 1 && quoteEnd(s, 0) == len(s)-1
	}
	return only(s, tokenChars|colonChars)
}
