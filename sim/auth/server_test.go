package auth

import (
	"fmt"
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"siplab/netem"
	"siplab/sim/sip"
)

// users is the password file of these tests.
func users(name string) (Secret, bool) {
	if name == "bob" {
		return "zanzibar", true
	}
	return "", false
}

// trial is a client and a server that talk without a network between them.
type trial struct {
	server Server
	client Client
	sent   Sent
	chance *netem.Chance
	now    time.Duration
}

func newTrial(algorithms ...Algorithm) *trial {
	return &trial{
		server: Server{Realm: "biloxi.example.com", Algorithms: algorithms},
		client: Client{Username: "bob", Password: "zanzibar"},
		chance: netem.NewChance(1, "trial"),
	}
}

// request makes a REGISTER with the credentials that the client has.
func (x *trial) request() *sip.Message {
	m := &sip.Message{}
	m.Request(sip.REGISTER, "sip:biloxi.example.com")
	x.client.Authorize(m, &x.sent, x.chance)
	return m
}

// challenge gives the client a challenge, and says what it made of it.
func (x *trial) challenge(stale bool) Finding {
	m := &sip.Message{}
	m.Response(x.server.Status(), "")
	x.server.Challenge(m, x.now, stale, x.chance)
	return x.client.Hear(m, &x.sent)
}

func (x *trial) verify(m *sip.Message) Verdict { return x.server.Verify(x.now, m, users) }

// try sends a request and takes one challenge in between where one is owed.
func (x *trial) try() Verdict {
	x.sent.Begin()
	v := x.verify(x.request())
	if v.Judgement == OK {
		return v
	}
	x.challenge(v.Retry())
	return x.verify(x.request())
}

// edit changes the credentials of a request.
func edit(m *sip.Message, old, with string) *sip.Message {
	value := m.Get(sip.NameAuthorization)
	if !strings.Contains(value, old) {
		panic(old + " is not in " + value)
	}
	m.Set(sip.NameAuthorization, strings.Replace(value, old, with, 1), sip.Origin{})
	return m
}

func TestVerify(t *testing.T) {
	t.Run("3261 22.2 a request without credentials has none", func(t *testing.T) {
		x := newTrial()
		v := x.verify(x.request())
		require.Equal(t, None, v.Judgement)
		require.True(t, v.Challenges())
		require.False(t, v.Retry())
	})
	for a := MD5; a <= SHA512_256Sess; a++ {
		for _, offer := range []string{"auth", "auth-int", "auth-int,auth"} {
			t.Run(fmt.Sprintf("%s with qop %s is accepted again and again", a, offer), func(t *testing.T) {
				x := newTrial(a)
				x.server.QOP = offer
				for range 3 {
					v := x.try()
					require.Equal(t, OK, v.Judgement, v.Why)
					require.Equal(t, "bob", v.Username)
				}
			})
		}
	}
	t.Run("7616 3.4.2 a -sess server takes a new cnonce in a session that began with another", func(t *testing.T) {
		x := newTrial(SHA256Sess)
		require.Equal(t, OK, x.try().Judgement)
		m := x.request()
		c, err := ParseCredentials(m.Get(sip.NameAuthorization))
		require.NoError(t, err)
		d := c.digest(SHA256Sess, m.Method, "")
		d.Password, d.CNonce = "zanzibar", "another"
		m = edit(m, `cnonce="`+c.CNonce, `cnonce="another`)
		v := x.verify(edit(m, c.Response, respond(d)))
		require.Equal(t, OK, v.Judgement, v.Why)
	})
	t.Run("8760 2.3 one challenge for each algorithm, the most preferred at the top", func(t *testing.T) {
		x := newTrial()
		m := &sip.Message{}
		m.Response(401, "")
		x.server.Challenge(m, 0, false, x.chance)
		cs := challenges(m, new(sip.Auth), nil)
		require.Len(t, cs, 2)
		require.Equal(t, "SHA-256", cs[0].Algorithm)
		require.Equal(t, "MD5", cs[1].Algorithm)
		require.Equal(t, "auth", cs[1].QOP)
	})
	t.Run("8760 3 an algorithm that was not offered is refused", func(t *testing.T) {
		x := newTrial(MD5)
		x.challenge(false)
		m := x.request()
		x.server.Algorithms = []Algorithm{SHA256}
		require.Equal(t, Wrong, x.verify(m).Judgement)
	})
	t.Run("7616 3.4 a qop that was not offered is refused", func(t *testing.T) {
		x := newTrial()
		x.server.QOP = "auth-int"
		x.challenge(false)
		m := x.request()
		x.server.QOP = "auth"
		require.Equal(t, Wrong, x.verify(m).Judgement)
	})
	t.Run("3261 22.3 credentials for another realm are another's", func(t *testing.T) {
		x := newTrial()
		x.challenge(false)
		m := x.request()
		x.server.Realm = "chicago.example.com"
		require.Equal(t, None, x.verify(m).Judgement)
	})
	t.Run("DIG-18 credentials for another URI are not accepted", func(t *testing.T) {
		x := newTrial()
		x.challenge(false)
		m := x.request()
		m.URI = "sip:chicago.example.com"
		v := x.verify(m)
		require.Equal(t, WrongURI, v.Judgement)
		require.False(t, v.Challenges())
	})
	t.Run("DIG-18 an equal URI written otherwise is the same", func(t *testing.T) {
		x := newTrial()
		x.challenge(false)
		m := x.request()
		m.URI = "SIP:BILOXI.example.com"
		require.Equal(t, OK, x.verify(m).Judgement)
	})
	t.Run("8760 2.6 a server may accept another URI all the same", func(t *testing.T) {
		x := newTrial()
		x.server.Same = func(credentials, _ string) bool { return credentials == "sip:biloxi.example.com" }
		x.challenge(false)
		m := x.request()
		m.URI = "sip:192.0.2.1"
		require.Equal(t, OK, x.verify(m).Judgement)
	})
	t.Run("DIG-21 an unknown name and a wrong password get the same answer", func(t *testing.T) {
		answer := func(name string) (Verdict, string) {
			x := newTrial()
			x.client = Client{Username: name, Password: "guess"}
			x.challenge(false)
			v := x.verify(x.request())
			m := &sip.Message{}
			m.Response(x.server.Status(), "")
			x.server.Challenge(m, x.now, v.Retry(), x.chance)
			return v, m.String()
		}
		wrong, wrongBytes := answer("bob")
		unknown, unknownBytes := answer("carol")
		require.Equal(t, Wrong, wrong.Judgement)
		require.Equal(t, WrongUser, unknown.Judgement)
		require.True(t, wrong.Challenges() && unknown.Challenges())
		require.Equal(t, wrongBytes, unknownBytes)
	})
	t.Run("DIG-23 one digit off is wrong", func(t *testing.T) {
		x := newTrial()
		x.challenge(false)
		m := x.request()
		c, err := ParseCredentials(m.Get(sip.NameAuthorization))
		require.NoError(t, err)
		last := c.Response[len(c.Response)-1]
		other := byte('0')
		if last == '0' {
			other = '1'
		}
		off := c.Response[:len(c.Response)-1] + string(other)
		require.Equal(t, Wrong, x.verify(edit(m, c.Response, off)).Judgement)
	})
}

func TestNonces(t *testing.T) {
	t.Run("DIG-07 a count seen before, or a lower one, is a replay", func(t *testing.T) {
		x := newTrial()
		x.challenge(false)
		first, second := x.request(), x.request()
		require.Equal(t, OK, x.verify(second).Judgement)
		for _, m := range []*sip.Message{second, first} {
			v := x.verify(m)
			require.Equal(t, Replayed, v.Judgement)
			require.True(t, v.Challenges() && v.Retry())
		}
	})
	t.Run("DIG-24 captured credentials are worth nothing, from wherever they are sent", func(t *testing.T) {
		x := newTrial()
		x.challenge(false)
		m := x.request()
		require.Equal(t, OK, x.verify(m).Judgement)
		captured := &sip.Message{}
		captured.Request(sip.REGISTER, "sip:biloxi.example.com")
		captured.Add(sip.NameAuthorization, m.Get(sip.NameAuthorization), sip.Origin{})
		require.Equal(t, Replayed, x.verify(captured).Judgement)
	})
	t.Run("DIG-08 an old nonce with the right password is stale", func(t *testing.T) {
		x := newTrial()
		x.server.Lifetime = time.Minute
		require.Equal(t, OK, x.try().Judgement)
		x.now = time.Minute
		require.Equal(t, OK, x.verify(x.request()).Judgement)
		x.now++
		v := x.verify(x.request())
		require.Equal(t, Stale, v.Judgement)
		require.True(t, v.Retry())
	})
	t.Run("7616 3.3 an old nonce with a wrong password is not called stale", func(t *testing.T) {
		x := newTrial()
		x.client.Password = "guess"
		x.challenge(false)
		x.now = time.Hour
		require.Equal(t, Wrong, x.verify(x.request()).Judgement)
	})
	t.Run("a server that came back without its state calls its old nonces stale", func(t *testing.T) {
		x := newTrial()
		x.challenge(false)
		x.server = Server{Realm: x.server.Realm}
		require.Equal(t, Stale, x.verify(x.request()).Judgement)
		x.challenge(true)
		require.Equal(t, OK, x.verify(x.request()).Judgement)
	})
	t.Run("a nonce that another made is none of this server's", func(t *testing.T) {
		x, y := newTrial(), newTrial()
		y.chance = netem.NewChance(2, "trial")
		y.challenge(false)
		x.challenge(false)
		v := x.verify(y.request())
		require.Equal(t, Stale, v.Judgement)
	})
	t.Run("without a count a nonce is good once", func(t *testing.T) {
		x := newTrial()
		x.challenge(false)
		x.client.sessions[0].QOP = ""
		m := x.request()
		require.NotContains(t, m.Get(sip.NameAuthorization), "nc=")
		require.Equal(t, OK, x.verify(m).Judgement)
		require.Equal(t, Stale, x.verify(m).Judgement)
	})
	t.Run("the table is bounded, and what it forgot cannot be replayed", func(t *testing.T) {
		x := newTrial()
		x.server.Nonces = 8
		var heard []*sip.Message
		for range 100 {
			x.now += time.Millisecond
			x.client.Forget()
			x.sent.Begin()
			x.challenge(false)
			m := x.request()
			require.Equal(t, OK, x.verify(m).Judgement)
			heard = append(heard, m)
		}
		require.LessOrEqual(t, len(x.server.counts.used), 8)
		require.LessOrEqual(t, len(x.server.counts.queue), 16)
		for _, m := range heard {
			require.Contains(t, []Judgement{Stale, Replayed}, x.verify(m).Judgement)
		}
	})
	t.Run("nonces past their lifetime leave the table", func(t *testing.T) {
		x := newTrial()
		for range 10 {
			x.now += time.Hour
			require.Equal(t, OK, x.try().Judgement)
		}
		require.Len(t, x.server.counts.used, 1)
	})
	t.Run("each challenge has a nonce of its own, of one width", func(t *testing.T) {
		x := newTrial(MD5)
		seen := map[string]bool{}
		for range 100 {
			x.client.Forget()
			x.sent.Begin()
			x.challenge(false)
			nonce := x.client.sessions[0].Nonce
			require.Len(t, nonce, nonceDigits)
			require.False(t, seen[nonce])
			seen[nonce] = true
		}
	})
}

// BenchmarkRegistration is the digest part of one registration: a challenge,
// its answer and the verdict.
func BenchmarkRegistration(b *testing.B) {
	x := newTrial(MD5)
	var req, resp sip.Message
	b.ReportAllocs()
	for b.Loop() {
		x.now += time.Millisecond
		x.client.Forget()
		x.sent.Begin()
		resp.Response(401, "")
		x.server.Challenge(&resp, x.now, false, x.chance)
		x.client.Hear(&resp, &x.sent)
		req.Request(sip.REGISTER, "sip:biloxi.example.com")
		x.client.Authorize(&req, &x.sent, x.chance)
		if v := x.verify(&req); v.Judgement != OK {
			b.Fatal(v.Why)
		}
	}
}
