package sip

import "strings"

// NameAddr is a value of From, To, Contact, Route and their kin: a display
// name, a URI and the parameters of the header (RFC 3261 §20.10).
type NameAddr struct {
	Display   string // without quotes and escapes
	URI       string // as written, without angle brackets
	Params    Params // of the header, never of the URI
	Bracketed bool   // the URI stood in angle brackets; String always writes them
}

// ParseNameAddr reads ( name-addr / addr-spec ) *( SEMI param ). Without angle
// brackets a semicolon begins the parameters of the header: "If the URI is not
// enclosed in angle brackets, any semicolon-delimited parameters are
// header-parameters, not URI parameters" (§20.10). "*" reads as the URI "*".
//
// The error is a *Problem with its place in s; what could be read is given
// beside it.
func ParseNameAddr(s string) (a NameAddr, err error) {
	s = trimRight(s)
	p := a.read(s)
	if p != nil {
		return a, p
	}
	return a, nil
}

func (a *NameAddr) read(s string) *Problem {
	open, p := a.readDisplay(s)
	if open == len(s) {
		if p == nil {
			p = a.readBare(s)
		}
		return p
	}
	if q := a.readBracketed(s, open); p == nil {
		p = q
	}
	return p
}

// readBracketed reads LAQUOT addr-spec RAQUOT and the parameters after it.
func (a *NameAddr) readBracketed(s string, open int) *Problem {
	a.Bracketed = true
	uri := s[open+1:]
	end := strings.IndexByte(uri, '>')
	if end < 0 {
		a.URI = uri
		return wrong(len(s), "RFC 3261 §20.10", "the angle bracket before the URI is not closed", "a > after the URI")
	}
	a.URI = uri[:end]
	return a.readParams(s, open+1+end+1)
}

// readDisplay reads the display name, if there is one, and returns the place
// of "<" or of what stands in its stead.
func (a *NameAddr) readDisplay(s string) (int, *Problem) {
	if strings.HasPrefix(s, `"`) {
		return a.readQuoted(s)
	}
	n := 0
	for n < len(s) && (is(s[n], tokenChars) || isSpace(s[n])) {
		n++
	}
	open := n
	for open < len(s) && s[open] != '<' && s[open] != ';' {
		open++
	}
	if open == len(s) || s[open] != '<' {
		return len(s), nil
	}
	a.Display = trim(s[:open])
	if n < open {
		return open, wrong(n, "RFC 3261 §25.1", Visible(s[n:n+1])+" cannot stand in a display name without quotes", `the name in quotes: "Bell, Alexander"`)
	}
	return open, nil
}

func (a *NameAddr) readQuoted(s string) (int, *Problem) {
	end := quoteEnd(s, 0)
	if end >= len(s) {
		a.Display = s[1:]
		return len(s), wrong(len(s), "RFC 3261 §25.1", "the quotes around the display name are not closed", `a " after the name`)
	}
	a.Display = Unquote(s[:end+1])
	open := len(s) - len(trimLeft(s[end+1:]))
	if open == len(s) || s[open] != '<' {
		return len(s), wrong(open, "RFC 3261 §25.1", "no URI in angle brackets follows the display name", `a value such as "Bob" <sip:bob@biloxi.com>`)
	}
	return open, nil
}

// readBare reads addr-spec, which ends at the first semicolon.
func (a *NameAddr) readBare(s string) *Problem {
	end := strings.IndexByte(s, ';')
	if end < 0 {
		end = len(s)
	}
	a.URI = trim(s[:end])
	if i := strings.IndexAny(a.URI, ",?"); i >= 0 {
		return wrong(i, "RFC 3261 §20.10", "a URI with a comma or a question mark stands without angle brackets", "the URI in < and >")
	}
	if a.URI == "" {
		return wrong(0, "RFC 3261 §20.10", "there is no URI", "a value such as <sip:bob@biloxi.com>")
	}
	return a.readParams(s, end)
}

func (a *NameAddr) readParams(s string, at int) *Problem {
	rest := trimLeft(s[at:])
	if rest == "" {
		return nil
	}
	if rest[0] != ';' {
		return wrong(len(s)-len(rest), "RFC 3261 §20.10", "something other than a parameter follows the URI", "a semicolon before each parameter")
	}
	a.Params = Params(rest)
	return paramsProblem(a.Params, len(s)-len(rest), "RFC 3261 §20.10")
}

// Tag is the tag parameter, "" when there is none (§19.3).
func (a NameAddr) Tag() string { t, _ := a.Params.Get("tag"); return t }

// String is the value as it is written, with angle brackets, but for "*".
func (a NameAddr) String() string {
	var room [128]byte
	return string(a.AppendTo(room[:0]))
}

// AppendTo appends String.
func (a *NameAddr) AppendTo(b []byte) []byte {
	if a.URI == "*" && !a.Bracketed {
		return append(append(b, '*'), a.Params...)
	}
	if a.Display != "" {
		b = append(appendQuoted(b, a.Display), ' ')
	}
	b = append(append(append(b, '<'), a.URI...), '>')
	return append(b, a.Params...)
}
