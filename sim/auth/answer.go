package auth

// Question is what a challenge is answered for: a request, a user, and how
// often the nonce has been used.
type Question struct {
	Method, URI, Body       string
	Username                string
	Password                Secret
	Count                   uint32
	CNonce                  string
	FirstNonce, FirstCNonce string // of a session that goes on with another nonce; "" for this one
}

// Answer computes the credentials that answer the challenge; count is which
// request of its nonce this is, from 1. It is for a challenge that is
// Answerable. opaque comes back byte for byte, and the algorithm as the server
// wrote it: "The values of the opaque and algorithm fields must be those
// supplied" (RFC 7616 §3.4).
func (c *Challenge) Answer(q *Question) Credentials {
	a, _ := ParseAlgorithm(c.Algorithm)
	out := Credentials{
		Username: q.Username, Realm: c.Realm, Nonce: c.Nonce, URI: q.URI,
		Algorithm: c.Algorithm, Opaque: c.Opaque, HasOpaque: c.HasOpaque,
	}
	if out.QOP, _ = chooseQOP(c.QOP); out.QOP != "" {
		out.NC, out.CNonce = formatCount(q.Count), q.CNonce
	}
	d := out.digest(a, q.Method, q.Body)
	d.Password = q.Password
	if q.FirstNonce != "" {
		d.FirstNonce, d.FirstCNonce = q.FirstNonce, q.FirstCNonce
	}
	var room [scratch]byte
	out.Response = string(d.Append(room[:0]))
	if c.UserHash {
		out.Username, out.UserHash = userHash(a, q.Username, c.Realm), true
	}
	return out
}

// formatCount writes a nonce count: "the nc value MUST be exactly 8
// hexadecimal digits" (RFC 7616 §3.5)
func formatCount(n uint32) string {
	var b [8]byte
	for i := len(b) - 1; i >= 0; i-- {
		b[i] = "0123456789abcdef"[n&15]
		n >>= 4
	}
	return string(b[:])
}
