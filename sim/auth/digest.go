package auth

// Digest is all that a response is computed from (RFC 7616 §3.4.1 to §3.4.3).
// Strings are as they are without their quotes and escapes.
type Digest struct {
	Algorithm Algorithm
	Username  string
	Realm     string
	Password  Secret
	Nonce     string
	QOP       string // auth, auth-int, or "" for the form of RFC 2069
	NC        string // eight hexadecimal digits
	CNonce    string
	// The nonces that began the session: A1 of a -sess algorithm holds them.
	FirstNonce, FirstCNonce string
	Method                  string // "" computes rspauth (§3.5)
	URI                     string
	Body                    string // what auth-int protects
}

// scratch is enough for the usual hash input, which then stays on the stack.
const scratch = 512

// Append appends the response, in lower-case hexadecimal.
func (d *Digest) Append(dst []byte) []byte {
	var room [scratch]byte
	b := d.appendHA1(room[:0])
	b = appendParts(append(b, ':'), d.Nonce)
	if d.QOP != "" {
		b = appendParts(append(b, ':'), d.NC, d.CNonce, d.QOP)
	}
	b = d.appendHA2(append(b, ':'))
	return d.Algorithm.appendHash(dst, b)
}

// appendHA1 appends H(A1) (§3.4.2).
func (d *Digest) appendHA1(dst []byte) []byte {
	var room [scratch]byte
	a1 := appendParts(room[:0], d.Username, d.Realm, string(d.Password))
	if !d.Algorithm.Session() {
		return d.Algorithm.appendHash(dst, a1)
	}
	var more [scratch]byte
	a1 = d.Algorithm.appendHash(more[:0], a1)
	a1 = appendParts(append(a1, ':'), d.FirstNonce, d.FirstCNonce)
	return d.Algorithm.appendHash(dst, a1)
}

// appendHA2 appends H(A2) (§3.4.3).
func (d *Digest) appendHA2(dst []byte) []byte {
	var room [scratch]byte
	a2 := appendParts(room[:0], d.Method, d.URI)
	if d.QOP == authInt {
		var body [scratch]byte
		a2 = d.Algorithm.appendHash(append(a2, ':'), append(body[:0], d.Body...))
	}
	return d.Algorithm.appendHash(dst, a2)
}

// userHash is what stands for the username where the server offers userhash
// (§3.4.4).
func userHash(a Algorithm, username, realm string) string {
	var room, sum [scratch]byte
	return string(a.appendHash(sum[:0], appendParts(room[:0], username, realm)))
}

// appendParts appends the parts with colons between them.
func appendParts(dst []byte, parts ...string) []byte {
	for i, p := range parts {
		if i > 0 {
			dst = append(dst, ':')
		}
		dst = append(dst, p...)
	}
	return dst
}
