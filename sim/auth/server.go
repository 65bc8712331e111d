package auth

import (
	"crypto/subtle"
	"strings"
	"time"

	"siplab/netem"
	"siplab/sim/sip"
)

// Server is the side that challenges: a registrar or UAS with 401, a proxy
// with 407. Only Realm must be set; set everything before the first use.
type Server struct {
	Realm string
	// Algorithms are offered in this order, the most preferred first. None:
	// SHA-256, then MD5 (RFC 8760 §2.3).
	Algorithms []Algorithm
	QOP        string        // what is offered: "" for auth, NoQOP for none
	Lifetime   time.Duration // of a nonce: 0 for DefaultLifetime
	Opaque     string        // sent where it is not ""
	Proxy      bool          // challenge with Proxy-Authenticate
	// Nonces bounds how many nonces in use are remembered; 0 for
	// DefaultNonces. Past it the oldest become stale before their time.
	Nonces int
	// Stateless servers keep no counts: "they do not have the ability to
	// distinguish a retransmission from the original message" (RFC 3261 §16.11).
	Stateless bool
	// Same says whether credentials for one URI are good for a request to
	// another. Nil: if the two are equal by RFC 3261 §19.1.4.
	Same func(credentials, request string) bool

	key    key
	counts counts
	heard  sip.Auth // scratch
}

// What a Server does where its fields do not say.
const (
	// NoQOP is the QOP of a server that offers none, as those before RFC 2617
	// did: the answer has neither nc nor cnonce.
	NoQOP           = "none"
	DefaultLifetime = 5 * time.Minute
	DefaultNonces   = 1 << 16
)

var defaultAlgorithms = []Algorithm{SHA256, MD5}

// Lookup gives the password of a user, and false where there is none of that
// name.
type Lookup func(username string) (Secret, bool)

// Status is the response that carries this server's challenges.
func (s *Server) Status() int {
	if s.Proxy {
		return 407
	}
	return 401
}

// Challenge adds to the response one challenge for each algorithm, all with
// one fresh nonce. "The UAS MUST add these header fields to the response in
// the order in which it would prefer to see them used" (RFC 8760 §2.3)
func (s *Server) Challenge(m *sip.Message, now time.Duration, staleNonce bool, chance *netem.Chance) {
	if !s.key.drawn {
		s.key.draw(chance)
	}
	c := Challenge{
		Realm: s.Realm, Opaque: s.Opaque, QOP: s.offer(), Stale: staleNonce,
		Nonce: s.key.nonce(nonceID{now, chance.Uint64()}),
	}
	for _, a := range s.algorithms() {
		c.Algorithm = a.String()
		m.Add(challengeName(s.Proxy), c.String(), sip.Fresh("RFC 7616 §3.3"))
	}
}

func (s *Server) algorithms() []Algorithm {
	if len(s.Algorithms) == 0 {
		return defaultAlgorithms
	}
	return s.Algorithms
}

func (s *Server) offer() string {
	switch s.QOP {
	case "":
		return authOnly
	case NoQOP:
		return ""
	}
	return s.QOP
}

func (s *Server) lifetime() time.Duration {
	if s.Lifetime == 0 {
		return DefaultLifetime
	}
	return s.Lifetime
}

// Verify judges the credentials of a request. It looks at those for its own
// realm only, since the others are for others (RFC 3261 §22.3).
func (s *Server) Verify(now time.Duration, m *sip.Message, password Lookup) Verdict {
	for value := range m.Values(credentialsName(s.Proxy)) {
		var c Credentials
		err := c.read(value, &s.heard)
		switch {
		case err == ErrScheme, c.Realm != "" && c.Realm != s.Realm:
			continue
		case err != nil:
			return Verdict{Judgement: Malformed, Username: c.Username, Why: err.Error(), Ref: "RFC 7616 §3.4"}
		}
		v := s.judge(now, &c, m, password)
		v.Username = c.Username
		return v
	}
	return Verdict{Judgement: None, Why: "there are no credentials for the realm " + s.Realm, Ref: "RFC 3261 §22.2"}
}

// judge takes the checks that say something about the sender last: who does
// not know the password is told nothing of nonces.
func (s *Server) judge(now time.Duration, c *Credentials, m *sip.Message, password Lookup) Verdict {
	if !s.same(c.URI, m.URI) {
		return Verdict{Judgement: WrongURI, Ref: "RFC 7616 §3.4.6",
			Why: "the credentials are for " + sip.Visible(c.URI) + ", the request is for " + sip.Visible(m.URI)}
	}
	a, _ := ParseAlgorithm(c.Algorithm)
	if !s.offers(a) {
		return Verdict{Judgement: Wrong, Why: a.String() + " was not offered", Ref: "RFC 7616 §3.4"}
	}
	if c.QOP != "" && !offersQOP(s.offer(), c.QOP) {
		return Verdict{Judgement: Wrong, Why: "the qop " + c.QOP + " was not offered", Ref: "RFC 7616 §3.4"}
	}
	if c.UserHash {
		return Verdict{Judgement: Wrong, Why: "hashed usernames were not offered", Ref: "RFC 7616 §3.4.4"}
	}
	id, ours := s.key.read(c.Nonce)
	last, known := s.counts.get(id)
	if v := s.match(c, a, m, last.cnonce, password); v.Judgement != OK {
		return v
	}
	oldest := now - s.lifetime()
	switch {
	case !ours:
		return Verdict{Judgement: Stale, Why: "the nonce is none of this server's", Ref: "RFC 7616 §3.3"}
	case id.made < oldest || !known:
		return Verdict{Judgement: Stale, Why: "the nonce is too old", Ref: "RFC 7616 §3.3"}
	}
	return s.use(c, a, id, last, oldest)
}

var accepted = Verdict{Judgement: OK, Why: "the response is the one that the password gives", Ref: "RFC 7616 §3.6"}

// match compares the response with the one that the password gives. A name
// that nobody has costs the same work.
func (s *Server) match(c *Credentials, a Algorithm, m *sip.Message, firstCNonce string, password Lookup) Verdict {
	secret, exists := password(c.Username)
	d := c.digest(a, m.Method, m.Body)
	d.Password = secret
	if firstCNonce != "" {
		d.FirstCNonce = firstCNonce
	}
	var room [scratch]byte
	want := d.Append(room[:0])
	got := append(make([]byte, 0, 64), c.Response...)
	right := subtle.ConstantTimeCompare(got, want) == 1
	switch {
	case !exists:
		return Verdict{Judgement: WrongUser, Why: "no user has that name", Ref: "RFC 3261 §22.1"}
	case !right:
		return Verdict{Judgement: Wrong, Why: "the response is not the one that the password gives", Ref: "RFC 7616 §3.6"}
	}
	return accepted
}

// use takes the nonce count: "if the same nc value is seen twice, then the
// request is a replay" (RFC 7616 §3.4). Without a count a nonce is good once.
func (s *Server) use(c *Credentials, a Algorithm, id nonceID, last use, oldest time.Duration) Verdict {
	count := c.count()
	switch {
	case s.Stateless:
		return accepted
	case c.QOP == "" && last.count > 0:
		return Verdict{Judgement: Stale, Why: "the nonce was used before, and there is no nc", Ref: "RFC 7616 §5.5"}
	case c.QOP == "":
		count = 1
	case count <= last.count:
		return Verdict{Judgement: Replayed, Why: "the nonce count " + c.NC + " was seen before", Ref: "RFC 7616 §3.4"}
	}
	last.count = count
	if a.Session() && last.cnonce == "" {
		last.cnonce = strings.Clone(c.CNonce)
	}
	if s.counts.most = s.Nonces; s.Nonces == 0 {
		s.counts.most = DefaultNonces
	}
	s.counts.set(id, last, oldest)
	return accepted
}

func (s *Server) offers(a Algorithm) bool {
	for _, offered := range s.algorithms() {
		if a == offered {
			return true
		}
	}
	return false
}

// offersQOP says whether the offer holds the option.
func offersQOP(offer, option string) bool {
	for o := range strings.SplitSeq(offer, ",") {
		if strings.TrimSpace(o) == option {
			return true
		}
	}
	return false
}

// same says whether credentials for one URI are good for a request to another.
// The server "SHOULD return a 400 Bad Request error" where they are not (RFC
// 7616 §3.4.6); in SIP it "MAY still accept" them (RFC 8760 §2.6 item 6).
func (s *Server) same(credentials, request string) bool {
	if credentials == request {
		return true
	}
	if s.Same != nil {
		return s.Same(credentials, request)
	}
	c, errC := sip.ParseURI(credentials)
	r, errR := sip.ParseURI(request)
	return errC == nil && errR == nil && c.Equal(r)
}
