package sip

// Auth is a challenge or credentials: a scheme and a comma list of parameters,
// as in WWW-Authenticate, Authorization and their proxy kin (RFC 3261 §20.7,
// §20.44). Authentication-Info is such a list without a scheme.
type Auth struct {
	Scheme string
	Params []AuthParam
}

// AuthParam is one parameter.
type AuthParam struct {
	Name, Value string // Value without quotes and escapes
	Quoted      bool   // it was written in quotes
}

// ParseAuth reads auth-scheme LWS auth-param *(COMMA auth-param). The error is
// a *Problem with its place in s; what could be read is given beside it.
func ParseAuth(s string) (Auth, error) {
	var a Auth
	err := a.Parse(s)
	return a, err
}

// Parse is ParseAuth into memory used before.
func (a *Auth) Parse(s string) error {
	n := spanOf(s, tokenChars)
	a.Scheme, a.Params = s[:n], a.Params[:0]
	if n == 0 || n == len(s) || !isSpace(s[n]) {
		return wrong(n, "RFC 3261 §20.44", "there is no scheme with parameters after it", `a value such as Digest realm="atlanta.com"`)
	}
	return a.parseParams(s, n)
}

// ParseAuthParams reads a list without a scheme, as in Authentication-Info
// (§20.6).
func ParseAuthParams(s string) (Auth, error) {
	var a Auth
	err := a.parseParams(s, 0)
	return a, err
}

func (a *Auth) parseParams(s string, at int) error {
	for {
		at += len(s[at:]) - len(trimLeft(s[at:]))
		next, p := a.parseParam(s, at)
		if p != nil {
			return p
		}
		if next == len(s) {
			return nil
		}
		if s[next] != ',' {
			return wrong(next, "RFC 3261 §25.1", "no comma stands between two parameters", "a comma")
		}
		at = next + 1
	}
}

// parseParam reads token EQUAL ( token / quoted-string ) and the white space
// after it, and returns the place behind. A value of other characters than a
// token's is read up to the comma and refused.
func (a *Auth) parseParam(s string, at int) (int, *Problem) {
	if len(a.Params) == DefaultLimits.Params {
		return at, wrong(at, "RFC 3261 §25.1", "a value has more parameters than the limit", "")
	}
	n := spanOf(s[at:], tokenChars)
	p := AuthParam{Name: s[at : at+n]}
	equal := at + n
	equal += len(s[equal:]) - len(trimLeft(s[equal:]))
	if n == 0 || equal == len(s) || s[equal] != '=' {
		return at, wrong(at+n, "RFC 3261 §25.1", "this is no parameter", `name=value or name="value"`)
	}
	from := len(s) - len(trimLeft(s[equal+1:]))
	end := from + spanOf(s[from:], tokenChars)
	if p.Quoted = from < len(s) && s[from] == '"'; p.Quoted {
		end = quoteEnd(s, from) + 1
	}
	switch {
	case end > len(s):
		return at, wrong(from, "RFC 3261 §25.1", "a quoted value is not closed", `a " after the value`)
	case end == from:
		return at, wrong(from, "RFC 3261 §25.1", "a parameter has no value", `name=value or name="value"`)
	}
	p.Value = Unquote(s[from:end])
	a.Params = append(a.Params, p)
	return len(s) - len(trimLeft(s[end:])), nil
}

// Get is the value of the first parameter of a name, without regard to case,
// and "" when there is none.
func (a *Auth) Get(name string) string {
	v, _ := a.Lookup(name)
	return v
}

// Lookup is Get that tells an absent parameter from an empty one.
func (a *Auth) Lookup(name string) (string, bool) {
	for i := range a.Params {
		if EqualFold(a.Params[i].Name, name) {
			return a.Params[i].Value, true
		}
	}
	return "", false
}

// String is the value as it is written: parameters with ", " between them.
func (a *Auth) String() string {
	b := []byte(a.Scheme)
	for i, p := range a.Params {
		switch {
		case i > 0:
			b = append(b, ", "...)
		case a.Scheme != "":
			b = append(b, ' ')
		}
		b = append(b, p.Name...)
		b = append(b, '=')
		if p.Quoted {
			b = append(b, Quote(p.Value)...)
		} else {
			b = append(b, p.Value...)
		}
	}
	return string(b)
}
