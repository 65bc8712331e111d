package auth

import (
	"slices"
	"strings"

	"siplab/netem"
	"siplab/sim/sip"
)

// Account is a user and a password that a client has with one realm.
type Account struct {
	Realm    string
	Username string
	Password Secret
}

// Client answers for one user. It keeps the authentication sessions (RFC 7616
// §3.6) of the requests that share a Call-ID: "it should incorporate
// credentials for that realm in all subsequent requests that contain the same
// Call-ID" (RFC 3261 §22.3).
type Client struct {
	Username string // "": it has a password with none but the Realms
	Password Secret
	Realms   []Account // where another user or password is good

	sessions []*session
	heard    []Challenge // scratch
	list     sip.Auth    // scratch
}

// session is what is remembered of one realm: the challenge, how often its
// nonce was used, and whether that was accepted.
type session struct {
	Challenge
	count uint32
	// cnonce is one for the whole session, so that a server finds the same A1
	// whether it takes the session's first or the request's own (§3.4.2).
	cnonce     string
	firstNonce string
	proved     bool
}

// Sent is what one request carried, and how many challenges it has met. Whoever
// sends the request keeps it until the final response, and through the tries
// that challenges bring. The zero value is for a new request.
type Sent struct {
	carried []carried
	answers int
}

type carried struct {
	realm, nonce string
	proxy        bool
	proved       bool // the nonce had worked before
}

// Begin forgets the request before.
func (s *Sent) Begin() { s.carried, s.answers = s.carried[:0], 0 }

func (s *Sent) find(c *Challenge) *carried {
	for i := range s.carried {
		if s.carried[i].proxy == c.Proxy && s.carried[i].realm == c.Realm {
			return &s.carried[i]
		}
	}
	return nil
}

// Finding is what a 401 or 407 was found to mean.
type Finding struct {
	Meaning
	Realm   string // to be shown to the user (RFC 3261 §22.1)
	Offered string // Unanswerable: what the server asks for
}

// Hear reads a 401 or 407 to the request that sent describes, and takes up
// the sessions to answer with. Whether there is an answer says Row().Answer.
func (c *Client) Hear(m *sip.Message, sent *Sent) Finding {
	if !m.Has(challengeName(m.Status == 407)) {
		return Finding{Meaning: NoChallenge}
	}
	c.heard = challenges(m, &c.list, c.heard[:0])
	cs := Choose(c.heard)
	if len(cs) == 0 {
		return Finding{Meaning: Unanswerable, Offered: offers(c.heard)}
	}
	wanted := cs[0].Realm
	cs = slices.DeleteFunc(cs, func(ch Challenge) bool { return c.account(ch.Realm).Username == "" })
	if len(cs) == 0 {
		return Finding{Meaning: NoPassword, Realm: wanted}
	}
	f := Finding{Meaning: Endless, Realm: cs[0].Realm}
	if sent.answers >= MaxAnswers {
		return f
	}
	for i := range cs {
		f = Finding{Meaning: meaningOf(&cs[i], sent.find(&cs[i])), Realm: cs[i].Realm}
		if !f.Row().Answer {
			c.forget(&cs[i])
			return f
		}
		c.take(cs[i])
	}
	sent.answers++
	return f
}

// account is the user and the password for a realm: "each such protection domain
// has its own set of usernames and passwords" (RFC 3261 §22.1).
func (c *Client) account(realm string) Account {
	for _, a := range c.Realms {
		if a.Realm == realm {
			return a
		}
	}
	return Account{Username: c.Username, Password: c.Password}
}

// meaningOf is the table of Meaning: had is what the refused request carried
// for the challenge's realm, nil for nothing.
func meaningOf(c *Challenge, had *carried) Meaning {
	switch {
	case had == nil:
		return Asked
	case had.nonce == c.Nonce:
		// "A UAC MUST NOT re-attempt requests with the credentials that have
		// just been rejected" (RFC 3261 §22.1), and without another nonce
		// there are no others.
		return Refused
	case c.Stale:
		return Outdated
	case had.proved:
		return RefusedLater
	}
	return Refused
}

// offers names what was asked for, for a user who cannot be helped.
func offers(cs []Challenge) string {
	if len(cs) == 0 {
		return "no Digest"
	}
	var names []string
	for i := range cs {
		name := cs[i].Algorithm
		if a, known := ParseAlgorithm(name); known {
			name = a.String() + " with qop \"" + cs[i].QOP + "\""
		}
		names = append(names, sip.Visible(name))
	}
	return strings.Join(names, ", ")
}

// take begins a session with the challenge, in place of the realm's last one.
func (c *Client) take(ch Challenge) {
	s := session{Challenge: ch, firstNonce: ch.Nonce}
	if i := c.find(&ch); i >= 0 {
		*c.sessions[i] = s
		return
	}
	c.sessions = append(c.sessions, &s)
}

func (c *Client) forget(ch *Challenge) {
	if i := c.find(ch); i >= 0 {
		c.sessions = append(c.sessions[:i], c.sessions[i+1:]...)
	}
}

func (c *Client) find(ch *Challenge) int {
	for i := range c.sessions {
		if c.sessions[i].Proxy == ch.Proxy && c.sessions[i].Realm == ch.Realm {
			return i
		}
	}
	return -1
}

// Authorize puts credentials for each session into the request, whose body is
// set already, and notes them in sent.
func (c *Client) Authorize(m *sip.Message, sent *Sent, chance *netem.Chance) {
	sent.carried = sent.carried[:0]
	for i := range c.sessions {
		s := c.sessions[i]
		if s.cnonce == "" {
			s.cnonce = token(chance)
		}
		s.count++
		user := c.account(s.Realm)
		q := Question{
			Method: m.Method, URI: m.URI, Body: m.Body,
			Username: user.Username, Password: user.Password,
			Count: s.count, CNonce: s.cnonce, FirstNonce: s.firstNonce, FirstCNonce: s.cnonce,
		}
		answer := s.Answer(&q)
		m.Add(credentialsName(s.Proxy), answer.String(), sip.Rule(credentialsRef(s.Proxy)))
		sent.carried = append(sent.carried, carried{s.Realm, s.Nonce, s.Proxy, s.proved})
	}
}

func credentialsRef(proxy bool) string {
	if proxy {
		return "RFC 3261 §22.3"
	}
	return "RFC 3261 §22.2"
}

// token is a cnonce: 64 random bits of fixed width.
func token(chance *netem.Chance) string {
	var b [16]byte
	r := chance.Uint64()
	for i := range b {
		b[i] = "0123456789abcdef"[r&15]
		r >>= 4
	}
	return string(b[:])
}

// Accepted notes that the request was let in: m is its response. The nonces
// that it carried have worked. "If the nextnonce field is present, the client
// SHOULD use it" (RFC 7616 §3.5); it counts as one that worked, since it comes
// with the acceptance.
func (c *Client) Accepted(m *sip.Message, sent *Sent) {
	for i := range c.sessions {
		s := c.sessions[i]
		had := sent.find(&s.Challenge)
		if had == nil || had.nonce != s.Nonce {
			continue
		}
		s.proved = true
		if next := nextNonce(m, s.Proxy); next != "" && next != s.Nonce {
			s.Nonce, s.count = next, 0
		}
	}
}

func nextNonce(m *sip.Message, proxy bool) string {
	name := "Authentication-Info"
	if proxy {
		name = "Proxy-Authentication-Info"
	}
	value := m.Lookup(name)
	if value == "" {
		return ""
	}
	a, err := sip.ParseAuthParams(value)
	if err != nil {
		return ""
	}
	for i := range a.Params {
		if parameterOf(a.Params[i].Name) == nextnonce {
			return a.Params[i].Value
		}
	}
	return ""
}

// Share has c go on with the session that another client has with the proxies of
// a realm: the uses of its nonce are counted together. "if a UA is configured
// with the realm of its local outbound proxy, when one exists, then the UA MAY
// cache credentials for that realm across dialogs." (RFC 3261 §22.3)
func (c *Client) Share(with *Client, realm string) {
	ch := Challenge{Proxy: true, Realm: realm}
	theirs, mine := with.find(&ch), c.find(&ch)
	switch {
	case theirs < 0:
	case mine < 0:
		c.sessions = append(c.sessions, with.sessions[theirs])
	default:
		c.sessions[mine] = with.sessions[theirs]
	}
}

// Forget ends all sessions: the next request goes without credentials.
func (c *Client) Forget() { c.sessions = c.sessions[:0] }
