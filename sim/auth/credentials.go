package auth

import (
	"errors"
	"fmt"
	"strings"

	"siplab/sim/sip"
)

// Credentials are one value of Authorization or Proxy-Authorization. Strings
// are without quotes and escapes. There is no secret in them.
type Credentials struct {
	Username  string
	Realm     string
	Nonce     string
	URI       string
	Response  string // lower-case hexadecimal
	Algorithm string // as written; "" stands for MD5
	CNonce    string
	Opaque    string
	HasOpaque bool
	QOP       string // auth, auth-int, or "" for the form of RFC 2069
	NC        string // eight hexadecimal digits; "" without qop
	UserHash  bool   // Username is a hash (RFC 7616 §3.4.4)
}

// ErrScheme says that credentials are of another scheme than Digest.
var ErrScheme = errors.New("the scheme is not Digest, the only one of SIP (RFC 8760 §2.6)")

// ParseCredentials reads one value of Authorization or Proxy-Authorization.
// The error says what RFC 7616 §3.4 finds improper: "If a parameter or its
// value is improper, or required parameters are missing, the proper response
// is a 4xx error code."
func ParseCredentials(value string) (Credentials, error) {
	var c Credentials
	var list sip.Auth
	err := c.read(value, &list)
	return c, err
}

// read is ParseCredentials into memory used before.
func (c *Credentials) read(value string, a *sip.Auth) error {
	*c = Credentials{}
	switch err := a.Parse(value); {
	case err != nil:
		return err
	case !sip.EqualFold(a.Scheme, scheme):
		return ErrScheme
	}
	var seen parameters
	for i := range a.Params {
		p := parameterOf(a.Params[i].Name)
		if seen.again(p) {
			return fmt.Errorf("the parameter %s is given twice", sip.Visible(a.Params[i].Name))
		}
		c.set(p, a.Params[i].Value)
	}
	return c.improper(seen)
}

func (c *Credentials) set(p parameter, value string) {
	switch p {
	case username:
		c.Username = value
	case realm:
		c.Realm = value
	case nonce:
		c.Nonce = value
	case uri:
		c.URI = value
	case response:
		c.Response = value
	case algorithm:
		c.Algorithm = value
	case cnonce:
		c.CNonce = value
	case opaque:
		c.Opaque, c.HasOpaque = value, true
	case qop:
		c.QOP = value
	case nc:
		c.NC = value
	case userhash:
		c.UserHash = sip.EqualFold(value, "true")
	}
}

// longest bounds what a client chooses and a server may have to keep.
const longest = 256

// improper says what is wrong with the parameters, nil for nothing.
func (c *Credentials) improper(seen parameters) error {
	for _, must := range [...]struct {
		is   parameter
		name string
	}{{username, "username"}, {realm, "realm"}, {nonce, "nonce"}, {uri, "uri"}, {response, "response"}} {
		if !seen.all(must.is) {
			return fmt.Errorf("the parameter %s is missing", must.name)
		}
	}
	a, known := ParseAlgorithm(c.Algorithm)
	switch {
	case !known:
		return fmt.Errorf("the algorithm %s is unknown; known are %s",
			sip.Visible(c.Algorithm), strings.Join(Algorithms(), ", "))
	case !hexadecimal(c.Response, a.digits()):
		return fmt.Errorf("the response is not %d lower-case hexadecimal digits", a.digits())
	case len(c.CNonce) > longest:
		return fmt.Errorf("the cnonce has %d bytes; %d are the most", len(c.CNonce), longest)
	case c.QOP == "":
		return c.improperOld(seen, a)
	case c.QOP != authOnly && c.QOP != authInt:
		return fmt.Errorf("the qop %s is unknown; known are auth and auth-int", sip.Visible(c.QOP))
	case !seen.all(cnonce):
		return errors.New("there is a qop but no cnonce")
	case !hexadecimal(strings.ToLower(c.NC), 8):
		return errors.New("nc is not eight hexadecimal digits")
	}
	return nil
}

// improperOld is for the form without qop, in which nothing may depend on a
// cnonce (RFC 3261 §22.4 item 8).
func (c *Credentials) improperOld(seen parameters, a Algorithm) error {
	if a.Session() {
		return fmt.Errorf("%s needs a qop", a)
	}
	if seen.all(nc) {
		return errors.New("there is an nc but no qop")
	}
	return nil
}

// lowerHex is true at each lower-case hexadecimal digit. Digits and letters of
// a digest follow each other at random: no branch on them is predicted.
var lowerHex = [256]bool{
	'0': true, '1': true, '2': true, '3': true, '4': true, '5': true, '6': true, '7': true,
	'8': true, '9': true, 'a': true, 'b': true, 'c': true, 'd': true, 'e': true, 'f': true,
}

// hexadecimal says whether s is n lower-case hexadecimal digits.
func hexadecimal(s string, n int) bool {
	if len(s) != n {
		return false
	}
	for i := range n {
		if !lowerHex[s[i]] {
			return false
		}
	}
	return true
}

// count is the nonce count as a number.
func (c *Credentials) count() uint32 {
	var n uint32
	for i := range len(c.NC) {
		n = n<<4 | digit(c.NC[i])
	}
	return n
}

func digit(c byte) uint32 {
	if c <= '9' {
		return uint32(c - '0')
	}
	return uint32(c|0x20-'a') + 10
}

// String is the header field value, with the quotes that RFC 7616 §3.4 asks
// for.
func (c *Credentials) String() string {
	b := make([]byte, 0, 384)
	b = appendQuoted(append(b, scheme+" username="...), c.Username)
	b = appendQuoted(append(b, ", realm="...), c.Realm)
	b = appendQuoted(append(b, ", nonce="...), c.Nonce)
	b = appendQuoted(append(b, ", uri="...), c.URI)
	b = appendQuoted(append(b, ", response="...), c.Response)
	if c.Algorithm != "" {
		b = append(append(b, ", algorithm="...), c.Algorithm...)
	}
	if c.QOP != "" {
		b = append(append(b, ", qop="...), c.QOP...)
		b = append(append(b, ", nc="...), c.NC...)
		b = appendQuoted(append(b, ", cnonce="...), c.CNonce)
	}
	if c.HasOpaque {
		b = appendQuoted(append(b, ", opaque="...), c.Opaque)
	}
	if c.UserHash {
		b = append(b, ", userhash=true"...)
	}
	return string(b)
}

// digest is what the response of these credentials has to be computed from,
// as far as they say it.
func (c *Credentials) digest(a Algorithm, method, body string) Digest {
	return Digest{
		Algorithm: a, Username: c.Username, Realm: c.Realm, Nonce: c.Nonce,
		QOP: c.QOP, NC: c.NC, CNonce: c.CNonce, FirstNonce: c.Nonce, FirstCNonce: c.CNonce,
		Method: method, URI: c.URI, Body: body,
	}
}
