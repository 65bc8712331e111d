package auth

import (
	"strings"

	"siplab/sim/sip"
)

// scheme is the only one of SIP: "SIP clients and servers MUST NOT accept or
// request Basic authentication." (RFC 8760 §2.6)
const scheme = "Digest"

// challengeName is the field that asks: a proxy's or anyone else's.
func challengeName(proxy bool) sip.Name {
	if proxy {
		return sip.NameProxyAuthenticate
	}
	return sip.NameWWWAuthenticate
}

// credentialsName is the field that answers.
func credentialsName(proxy bool) sip.Name {
	if proxy {
		return sip.NameProxyAuthorization
	}
	return sip.NameAuthorization
}

// parameter is a set of parameters of challenges and credentials.
type parameter uint32

const (
	username parameter = 1 << iota
	usernameStar
	realm
	nonce
	uri
	response
	algorithm
	cnonce
	opaque
	qop
	nc
	stale
	userhash
	nextnonce
)

var parameterNames = [...]struct {
	name string
	is   parameter
}{
	{"username", username}, {"username*", usernameStar}, {"realm", realm}, {"nonce", nonce},
	{"uri", uri}, {"response", response}, {"algorithm", algorithm}, {"cnonce", cnonce},
	{"opaque", opaque}, {"qop", qop}, {"nc", nc}, {"stale", stale}, {"userhash", userhash},
	{"nextnonce", nextnonce},
}

// parameterOf knows a parameter by its name, in any case of letters; 0 for
// what has no meaning here.
func parameterOf(name string) parameter {
	for i := range parameterNames {
		if sip.EqualFold(parameterNames[i].name, name) {
			return parameterNames[i].is
		}
	}
	return 0
}

// parameters is the set of parameters read so far.
type parameters parameter

// again adds p and says whether it was there already: which of two values
// would count is anyone's guess, so neither does.
func (s *parameters) again(p parameter) bool {
	was := *s & parameters(p)
	*s |= parameters(p)
	return was != 0
}

func (s parameters) all(ps parameter) bool { return s&parameters(ps) == parameters(ps) }

// appendQuoted appends s as a quoted-string (RFC 3261 §25.1): "the
// double-quote character is not allowed, unless suitably escaped" (RFC 7616
// §3.3).
func appendQuoted(b []byte, s string) []byte {
	b = append(b, '"')
	if strings.IndexByte(s, '"') < 0 && strings.IndexByte(s, '\\') < 0 {
		return append(append(b, s...), '"')
	}
	for i := range len(s) {
		if s[i] == '"' || s[i] == '\\' {
			b = append(b, '\\')
		}
		b = append(b, s[i])
	}
	return append(b, '"')
}
