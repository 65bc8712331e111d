package sip

import (
	"iter"
	"strings"
)

// Equal compares two URIs by RFC 3261 §19.1.4, with RFC 5954 §4.2 for addresses; two tel URIs by RFC 3966 §4; two of
// another scheme as text. The relation is not transitive: parameters that only one URI has may be ignored.
func (u URI) Equal(v URI) bool {
	if !EqualFold(u.Scheme, v.Scheme) {
		return false
	}
	if EqualFold(u.Scheme, "tel") {
		return equalTel(&u, &v)
	}
	return u.Opaque == v.Opaque && u.Port == v.Port && sameHost(u.Host, v.Host) &&
		sameText(u.User, v.User, false) && u.HasPassword == v.HasPassword && sameText(u.Password, v.Password, false) &&
		paramsMatch(&u, &v) && paramsMatch(&v, &u) &&
		headersMatch(u.Headers, v.Headers) && headersMatch(v.Headers, u.Headers)
}

// paramsMatch reports whether each parameter of u agrees with v: it has the same value there, or is one that may be missing.
func paramsMatch(u, v *URI) bool {
	for name, value := range uriParts(string(u.Params), ';') {
		other, ok := findPart(string(v.Params), ';', name)
		if ok && !sameText(value, other, true) || !ok && neverMissing(name) {
			return false
		}
	}
	return true
}

// neverMissing names the parameters that count even when only one of two URIs has them: "A user, ttl, or method
// uri-parameter appearing in only one URI never matches", nor does maddr, nor transport (§19.1.4).
func neverMissing(name string) bool {
	for _, n := range [...]string{"user", "ttl", "method", "maddr", "transport"} {
		if sameText(name, n, true) {
			return true
		}
	}
	return false
}

// headersMatch reports whether each header of a is also in b: "URI header components are never ignored."
func headersMatch(a, b string) bool {
	for name, value := range uriParts(a, '&') {
		if !hasHeader(b, name, value) {
			return false
		}
	}
	return true
}

// hasHeader looks at each header of that name: a URI may have several, such as two Routes.
func hasHeader(headers, name, value string) bool {
	for n, v := range uriParts(headers, '&') {
		if sameText(n, name, true) && sameHeader(name, value, v) {
			return true
		}
	}
	return false
}

// sameHeader compares the values of one URI header by the rule of that header field in §20: Call-ID and the method of CSeq
// have a case (§20.8, §20.16), From and To are compared by their URIs and the parameters that both have (§20.20, §20.39);
// for the others "comparison of all other components of the URI is case-insensitive".
func sameHeader(name, a, b string) bool {
	switch {
	case sameText(name, "Call-ID", true), sameText(name, "i", true), sameText(name, "CSeq", true):
		return Unescape(a) == Unescape(b)
	case sameText(name, "From", true), sameText(name, "To", true), sameText(name, "f", true), sameText(name, "t", true):
		return sameNameAddr(Unescape(a), Unescape(b))
	}
	return sameText(a, b, true)
}

func sameNameAddr(a, b string) bool {
	x, errX := ParseNameAddr(a)
	y, errY := ParseNameAddr(b)
	if errX != nil || errY != nil {
		return a == b
	}
	u, errU := ParseURI(x.URI)
	v, errV := ParseURI(y.URI)
	if errU != nil || errV != nil || u.Headers != "" || v.Headers != "" {
		return a == b // a URI in a From or To has no headers (Table 1); so this ends here
	}
	for name, value := range x.Params.All() {
		if other, ok := y.Params.Get(name); ok && !EqualFold(value, other) {
			return false
		}
	}
	return u.Equal(v)
}

// uriParts walks the name=value parts of the parameters (sep ';') or headers (sep '&') of a URI, as written.
func uriParts(s string, sep byte) iter.Seq2[string, string] {
	return func(yield func(name, value string) bool) {
		for s = strings.TrimPrefix(s, ";"); s != ""; {
			part := s
			if n := strings.IndexByte(s, sep); n >= 0 {
				part, s = s[:n], s[n+1:]
			} else {
				s = ""
			}
			if name, value, _ := cutByte(part, '='); !yield(name, value) {
				return
			}
		}
	}
}

func findPart(s string, sep byte, name string) (value string, ok bool) {
	for n, v := range uriParts(s, sep) {
		if sameText(n, name, true) {
			return v, true
		}
	}
	return "", false
}

// sameText compares two components. A character that is not reserved equals its % HEX HEX encoding (§19.1.4), so an
// escaped reserved character equals only itself escaped.
func sameText(a, b string, fold bool) bool {
	for a != "" && b != "" {
		x, escapedX, n := nextChar(a)
		y, escapedY, m := nextChar(b)
		if fold {
			x, y = lower(x), lower(y)
		}
		if x != y || escapedX != escapedY && is(x, reservedChars) {
			return false
		}
		a, b = a[n:], b[m:]
	}
	return a == b
}

func nextChar(s string) (c byte, escaped bool, n int) {
	if isEscape(s) {
		return unhex(s[1])<<4 | unhex(s[2]), true, 3
	}
	return s[0], false, 1
}

// Unescape decodes each "%" HEXDIG HEXDIG of a URI component once. An escaped zero byte is a byte like another: it does not
// end the text (RFC 4475 §3.1.1.4). A percent sign that starts no escape stays.
func Unescape(s string) string {
	if strings.IndexByte(s, '%') < 0 {
		return s
	}
	return string(appendUnescaped(make([]byte, 0, len(s)), s))
}

func appendUnescaped(b []byte, s string) []byte {
	for s != "" {
		c, _, n := nextChar(s)
		b = append(b, c)
		s = s[n:]
	}
	return b
}

// AOR returns the canonical form under which a registrar files an address-of-record (RFC 3261 §10.3 step 5): "all URI
// parameters MUST be removed (including the user-param), and any escaped characters MUST be converted to their unescaped
// form". Scheme and host, which have no case, are in lower case; headers, which no address-of-record has, are left out.
func (u URI) AOR() string {
	var room [128]byte
	return string(u.AppendAOR(room[:0]))
}

// AppendAOR appends the canonical address-of-record to b: bindings[string(u.AppendAOR(buf[:0]))] looks up without allocating.
func (u *URI) AppendAOR(b []byte) []byte {
	b = append(appendLower(b, u.Scheme), ':')
	if EqualFold(u.Scheme, "tel") {
		return appendTelAOR(b, u)
	}
	b = append(b, u.Opaque...)
	b = appendUnescaped(b, u.User)
	if u.HasPassword {
		b = appendUnescaped(append(b, ':'), u.Password)
	}
	if u.Host == "" {
		return b
	}
	n := len(b)
	b = u.appendHost(b)
	for i := n; i < len(b); i++ {
		b[i] = lower(b[i])
	}
	return b
}

func appendLower(b []byte, s string) []byte {
	for i := range len(s) {
		b = append(b, lower(s[i]))
	}
	return b
}
