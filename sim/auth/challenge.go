package auth

import (
	"strings"

	"siplab/sim/sip"
)

// The values of qop (RFC 7616 §3.3).
const (
	authOnly = "auth"
	authInt  = "auth-int"
)

// Challenge is a digest challenge: one value of WWW-Authenticate, or of
// Proxy-Authenticate where Proxy is set. Strings are without quotes and
// escapes.
type Challenge struct {
	Realm     string
	Nonce     string
	Opaque    string
	HasOpaque bool   // also where it is ""
	Algorithm string // as written; "" stands for MD5
	QOP       string // the offer as written, as in "auth,auth-int"; "" for none
	Stale     bool
	UserHash  bool
	Proxy     bool
}

// ParseChallenge reads one value of WWW-Authenticate or Proxy-Authenticate. It
// is false for what cannot be a digest challenge: another scheme, no realm or
// no nonce, a parameter given twice. "The client MUST ignore any challenge it
// does not understand." (RFC 8760 §2.4)
func ParseChallenge(value string) (Challenge, bool) {
	var c Challenge
	var list sip.Auth
	ok := c.read(value, &list)
	return c, ok
}

// read is ParseChallenge into memory used before.
func (c *Challenge) read(value string, a *sip.Auth) bool {
	*c = Challenge{}
	if a.Parse(value) != nil || !sip.EqualFold(a.Scheme, scheme) {
		return false
	}
	var seen parameters
	for i := range a.Params {
		p := parameterOf(a.Params[i].Name)
		if seen.again(p) {
			return false
		}
		c.set(p, a.Params[i].Value)
	}
	return seen.all(realm | nonce)
}

func (c *Challenge) set(p parameter, value string) {
	switch p {
	case realm:
		c.Realm = value
	case nonce:
		c.Nonce = value
	case opaque:
		c.Opaque, c.HasOpaque = value, true
	case algorithm:
		c.Algorithm = value
	case qop:
		c.QOP = value
	case stale:
		c.Stale = sip.EqualFold(value, "true")
	case userhash:
		c.UserHash = sip.EqualFold(value, "true")
	}
}

// challenges appends the digest challenges of a response, in their order: all
// of WWW-Authenticate, then all of Proxy-Authenticate, since a forking proxy
// puts both into one response (RFC 3261 §22.3).
func challenges(m *sip.Message, list *sip.Auth, out []Challenge) []Challenge {
	for _, proxy := range [...]bool{false, true} {
		for value := range m.Values(challengeName(proxy)) {
			var c Challenge
			if c.read(value, list) {
				c.Proxy = proxy
				out = append(out, c)
			}
		}
	}
	return out
}

// Choose keeps, in place, the challenges to answer: of each realm the topmost
// that can be answered. "it SHOULD use the topmost header field that it
// supports" (RFC 8760 §2.4)
func Choose(cs []Challenge) []Challenge {
	kept := cs[:0]
	for _, c := range cs {
		if c.Answerable() && find(kept, c.Realm, c.Proxy) < 0 {
			kept = append(kept, c)
		}
	}
	return kept
}

func find(cs []Challenge, realm string, proxy bool) int {
	for i := range cs {
		if cs[i].Proxy == proxy && cs[i].Realm == realm {
			return i
		}
	}
	return -1
}

// Answerable says whether this package can compute an answer: the algorithm is
// known, a qop is offered that is known or none at all, and a -sess algorithm
// comes with a qop, since without one there is no cnonce (RFC 3261 §22.4 item
// 8).
func (c *Challenge) Answerable() bool {
	a, known := ParseAlgorithm(c.Algorithm)
	chosen, ok := chooseQOP(c.QOP)
	return known && ok && (chosen != "" || !a.Session())
}

// chooseQOP takes auth where it is offered, since a body may change on its way
// through proxies, else auth-int. It is false where only others are offered:
// "Unrecognized options MUST be ignored." (RFC 7616 §3.3)
func chooseQOP(offer string) (chosen string, ok bool) {
	if offer == "" {
		return "", true
	}
	for option := range strings.SplitSeq(offer, ",") {
		switch option = strings.TrimSpace(option); {
		case sip.EqualFold(option, authOnly):
			return authOnly, true
		case sip.EqualFold(option, authInt):
			chosen = authInt
		}
	}
	return chosen, chosen != ""
}

// String is the header field value, with the quotes that RFC 7616 §3.3 asks
// for.
func (c *Challenge) String() string {
	b := make([]byte, 0, 192)
	b = append(b, scheme+" realm="...)
	b = appendQuoted(b, c.Realm)
	b = appendQuoted(append(b, ", nonce="...), c.Nonce)
	if c.HasOpaque || c.Opaque != "" {
		b = appendQuoted(append(b, ", opaque="...), c.Opaque)
	}
	if c.Stale {
		b = append(b, ", stale=true"...)
	}
	if c.Algorithm != "" {
		b = append(append(b, ", algorithm="...), c.Algorithm...)
	}
	if c.QOP != "" {
		b = appendQuoted(append(b, ", qop="...), c.QOP)
	}
	if c.UserHash {
		b = append(b, ", userhash=true"...)
	}
	return string(b)
}
