package sip

import (
	"strconv"
	"strings"
)

// URI is a SIP, SIPS or tel URI, or one of another scheme kept as it is. The texts are as they were written, escapes and
// case included; Unescape, Equal and AOR give their meaning. Source: RFC 3261 §19.1, RFC 3966.
type URI struct {
	Scheme      string // "sip" as written; SIP and sip are the same
	User        string // of a tel URI: the number
	Password    string
	HasPassword bool   // tells "sip:alice:@host" from "sip:alice@host"
	Host        string // a name, an IPv4 address, or an IPv6 reference with its brackets
	Port        int    // 0: not written
	Params      Params // ";transport=tcp;lr"
	Headers     string // "subject=project%20x&priority=urgent", without the question mark
	Opaque      string // what follows the colon in a scheme other than sip, sips and tel
}

// maxURIParts bounds the parameters, and the headers, of one URI, so that comparing two takes bounded time.
const maxURIParts = 64

// ParseURI reads a whole string as a URI. The error is a *Problem whose Offset counts bytes from the start of s.
// A scheme that it does not know is no error: what follows it stays in Opaque (RFC 3261 §8.2.2.1 answers such a
// Request-URI with 416, not with 400).
func ParseURI(s string) (URI, error) {
	var u URI
	f := u.read(s)
	if f.found() {
		return URI{}, wrong(f.at, "RFC 3261 §19.1.1", f.text, f.want)
	}
	return u, nil
}

func (u *URI) read(s string) (f *flaw) {
	n := spanOf(s, schemeChars)
	switch {
	case n == len(s) || s[n] != ':':
		return &flaw{at: n, text: "this is no URI: a scheme and a colon must come first", want: `a URI such as "sip:alice@atlanta.com"`}
	case n == 0 || !is(s[0], alphaChars):
		return &flaw{at: 0, text: "a scheme begins with a letter", want: `"sip:", "sips:" or "tel:"`}
	}
	u.Scheme = s[:n]
	rest := s[n+1:]
	switch {
	case u.IsSIP():
		f = u.readSIP(rest)
	case EqualFold(u.Scheme, "tel"):
		f = u.readTel(rest)
	default:
		u.Opaque = rest
		f = opaqueFlaw(rest)
	}
	return f.after(n + 1)
}

// IsSIP reports whether the scheme is sip or sips.
func (u *URI) IsSIP() bool { return EqualFold(u.Scheme, "sip") || u.IsSecure() }

// IsSecure reports whether the scheme is sips.
func (u *URI) IsSecure() bool { return EqualFold(u.Scheme, "sips") }

func (u *URI) readSIP(s string) *flaw {
	i := 0
	if at := strings.IndexByte(s, '@'); at >= 0 {
		if f := u.readUserinfo(s[:at]); f.found() {
			return f
		}
		i = at + 1
	}
	n := hostSpan(s[i:])
	u.Host = s[i : i+n]
	if f := hostFlaw(u.Host); f.found() {
		if bare, _, _ := strings.Cut(s[i:], ";"); isBareIPv6(bare) {
			f = &flaw{text: "an IPv6 address without brackets", want: "[" + bare + "]"}
		}
		return f.after(i)
	}
	i += n
	if i == len(s) {
		return nil
	}
	if s[i] == ':' {
		i++
		n, f := u.readPort(s[i:])
		if f.found() {
			return f.after(i)
		}
		i += n
	}
	if i == len(s) {
		return nil
	}
	return u.readTail(s[i:]).after(i)
}

// readUserinfo reads user [":" password]. A semicolon, a slash or a question mark in it is part of the user (RFC 4475 §3.1.1.9).
func (u *URI) readUserinfo(s string) *flaw {
	user, password, colon := cutByte(s, ':')
	u.User, u.Password, u.HasPassword = user, password, colon
	if user == "" {
		return &flaw{at: 0, text: "the user before @ is empty", want: "a user, or no @"}
	}
	if f := escapedFlaw(user, userChars, "the user part"); f.found() || !colon {
		return f
	}
	return escapedFlaw(password, passwordChars, "the password").after(len(user) + 1)
}

// hostSpan returns the length of the host at the start of s: up to the port, the parameters or the headers.
func hostSpan(s string) int {
	if strings.HasPrefix(s, "[") {
		if end := strings.IndexByte(s, ']'); end >= 0 {
			return end + 1
		}
		return len(s)
	}
	return spanOf(s, inHostChars)
}

func (u *URI) readPort(s string) (n int, f *flaw) {
	n = spanOf(s, digitChars)
	port, ok := parseDigits(s[:n], 65535)
	if !ok || port == 0 {
		return n, &flaw{at: 0, text: "this is no port", want: "a number from 1 to 65535 after the colon; an IPv6 address stands in [ ]"}
	}
	u.Port = int(port)
	return n, nil
}

// readTail reads what may follow the host: parameters, then headers.
func (u *URI) readTail(s string) *flaw {
	params, headers, mark := cutByte(s, '?')
	u.Params, u.Headers = Params(params), headers
	if f := paramsFlaw(params); f.found() {
		return f
	}
	if !mark {
		return nil
	}
	return headersFlaw(headers).after(len(params) + 1)
}

// escapedFlaw finds the first byte of s that set does not hold and that is not part of an escape.
func escapedFlaw(s string, set charset, what string) *flaw {
	n := escapedSpan(s, set)
	switch {
	case n == len(s):
		return nil
	case s[n] == '%':
		return &flaw{at: n, text: "a percent sign in " + what + " without two hexadecimal digits", want: "an escape such as %20, or %25 for the sign itself"}
	}
	return &flaw{at: n, text: show(s[n:]) + " cannot stand in " + what, want: "its escape, %" + upperHex(s[n])}
}

func upperHex(c byte) string {
	const digits = "0123456789ABCDEF"
	return string([]byte{digits[c>>4], digits[c&15]})
}

// paramsFlaw reads *( ";" pname [ "=" pvalue ] ); "any given parameter-name MUST NOT appear more than once" (§19.1.1).
func paramsFlaw(s string) *flaw {
	for i, count := 0, 0; i < len(s); count++ {
		if s[i] != ';' {
			return &flaw{at: i, text: show(s[i:]) + " cannot follow the host", want: `":" and a port, ";" and a parameter, "?" and a header, or the end`}
		}
		if count == maxURIParts {
			return &flaw{at: i, text: "too many parameters in one URI", want: "at most " + strconv.Itoa(maxURIParts)}
		}
		i++
		part, _, _ := strings.Cut(s[i:], ";")
		if f := paramFlaw(part); f.found() {
			return f.after(i)
		}
		name, _, _ := strings.Cut(part, "=")
		if _, twice := findPart(s[:i-1], ';', name); twice {
			return &flaw{at: i, text: "the URI parameter " + name + " stands here a second time", want: "each parameter once"}
		}
		i += len(part)
	}
	return nil
}

func paramFlaw(s string) *flaw {
	name, value, equal := strings.Cut(s, "=")
	if name == "" {
		return &flaw{at: 0, text: "a URI parameter without a name", want: "a name such as lr or transport=udp"}
	}
	if f := escapedFlaw(name, paramChars, "the name of a URI parameter"); f.found() {
		return f
	}
	if equal && value == "" {
		return &flaw{at: len(s), text: "a URI parameter has = and no value", want: "a value, or no ="}
	}
	return escapedFlaw(value, paramChars, "the value of a URI parameter").after(len(name) + 1)
}

// headersFlaw reads hname "=" hvalue *( "&" hname "=" hvalue ).
func headersFlaw(s string) *flaw {
	for i, count := 0, 0; ; count++ {
		if count == maxURIParts {
			return &flaw{at: i, text: "too many headers in one URI", want: "at most " + strconv.Itoa(maxURIParts)}
		}
		part, _, more := strings.Cut(s[i:], "&")
		name, value, equal := strings.Cut(part, "=")
		f := escapedFlaw(name, headerChars, "the name of a URI header")
		switch {
		case f.found():
			return f.after(i)
		case name == "" || !equal:
			return &flaw{at: i, text: "this is no header of a URI", want: "name=value after ? and after &"}
		}
		if f := escapedFlaw(value, headerChars, "the value of a URI header"); f.found() {
			return f.after(i + len(name) + 1)
		}
		if i += len(part) + 1; !more {
			return nil
		}
	}
}

func opaqueFlaw(s string) *flaw {
	if s == "" {
		return &flaw{at: 0, text: "nothing follows the scheme", want: "the rest of the URI"}
	}
	return escapedFlaw(s, uriChars, "a URI")
}

// String writes the URI; ParseURI of it gives u again.
func (u URI) String() string {
	var room [128]byte
	return string(u.AppendTo(room[:0]))
}

// AppendTo appends the URI to b.
func (u *URI) AppendTo(b []byte) []byte {
	b = append(append(b, u.Scheme...), ':')
	b = append(b, u.Opaque...)
	b = append(b, u.User...)
	if u.HasPassword {
		b = append(append(b, ':'), u.Password...)
	}
	if u.Host != "" {
		b = u.appendHost(b)
	}
	b = append(b, u.Params...)
	if u.Headers != "" {
		b = append(append(b, '?'), u.Headers...)
	}
	return b
}

func (u *URI) appendHost(b []byte) []byte {
	if u.User != "" {
		b = append(b, '@')
	}
	b = append(b, u.Host...)
	if u.Port != 0 {
		b = strconv.AppendInt(append(b, ':'), int64(u.Port), 10)
	}
	return b
}

// Param returns the value of a URI parameter, escapes decoded, and whether the parameter is there. Its name is compared
// without case and with its escapes decoded (RFC 4475 §3.1.1.3: %6C%72 is lr).
func (u *URI) Param(name string) (value string, ok bool) {
	for n, v := range uriParts(string(u.Params), ';') {
		if sameText(n, name, true) {
			return Unescape(v), true
		}
	}
	return "", false
}

// HasParam reports whether a URI parameter is there, with or without a value: u.HasParam("lr") is loose routing (§19.1.1).
func (u *URI) HasParam(name string) bool {
	_, ok := u.Param(name)
	return ok
}
