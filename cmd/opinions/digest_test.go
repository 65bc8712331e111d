package opinions

import (
	"fmt"
	"io"
	"strings"
	"testing"
	"time"

	"github.com/icholy/digest"
	"github.com/stretchr/testify/require"

	"siplab/netem"
	"siplab/sim/auth"
	"siplab/sim/sip"
)

const (
	user     = "bob"
	password = "zanzibar"
	uri      = "sip:biloxi.example.com"
	cnonce   = "0a4f113b"
	body     = "Watson, come here."
)

// realms are the realm and nonce values of each case.
var realms = []struct{ realm, nonce, opaque string }{
	{"biloxi.example.com", "dcd98b7102dd2f0e8b11d0f600bfb0c093", ""},
	{"biloxi.example.com", "7ypf/xlj9XXwfDPEoM4URrv/xwf94BcCAzFZH4GiTo0v", "5ccc069c403ebaf9f0171e9517f40e41"},
	{"a realm, with a comma", "n=o,n c;e", "o=p,a q"},
	{"réalm 例", "é", "é"},
	{`a "quoted\ realm`, `n"\`, `"`},
}

// both are the algorithms that siplab and icholy/digest compute.
var both = []string{"", "MD5", "SHA-256", "SHA-512-256"}

func theirBody() (io.ReadCloser, error) { return io.NopCloser(strings.NewReader(body)), nil }

// each runs f for every case that both know, with the challenge's text.
func each(t *testing.T, f func(t *testing.T, challenge string, count uint32)) {
	for _, algorithm := range both {
		for _, qop := range []string{"", "auth", "auth-int", "auth,auth-int"} {
			for i, r := range realms {
				for _, count := range []uint32{1, 2, 255, 1 << 20} {
					c := auth.Challenge{
						Realm: r.realm, Nonce: r.nonce, Opaque: r.opaque,
						Algorithm: algorithm, QOP: qop, UserHash: i == 1,
					}
					t.Run(fmt.Sprintf("%q qop %q realm %d count %d", algorithm, qop, i, count), func(t *testing.T) {
						f(t, c.String(), count)
					})
				}
			}
		}
	}
}

func ours(t *testing.T, challenge string, count uint32) auth.Credentials {
	t.Helper()
	c, ok := auth.ParseChallenge(challenge)
	require.True(t, ok, challenge)
	return c.Answer(&auth.Question{
		Method: "MESSAGE", URI: uri, Body: body, Username: user, Password: password, Count: count, CNonce: cnonce,
	})
}

func theirs(t *testing.T, challenge string, count uint32) *digest.Credentials {
	t.Helper()
	c, err := digest.ParseChallenge(challenge)
	require.NoError(t, err)
	require.True(t, digest.CanDigest(c))
	cred, err := digest.Digest(c, digest.Options{
		Method: "MESSAGE", URI: uri, GetBody: theirBody, Count: int(count),
		Username: user, Password: password, Cnonce: cnonce,
	})
	require.NoError(t, err)
	return cred
}

func TestBothComputeTheSameResponse(t *testing.T) {
	each(t, func(t *testing.T, challenge string, count uint32) {
		we, they := ours(t, challenge, count), theirs(t, challenge, count)
		require.Equal(t, they.Response, we.Response)
		require.Equal(t, they.Username, we.Username)
	})
}

func TestEachReadsWhatTheOtherWrites(t *testing.T) {
	each(t, func(t *testing.T, challenge string, count uint32) {
		we, they := ours(t, challenge, count), theirs(t, challenge, count)
		read, err := digest.ParseCredentials(we.String())
		require.NoError(t, err)
		require.Equal(t, they.String(), read.String())
		back, err := auth.ParseCredentials(they.String())
		require.NoError(t, err)
		back.HasOpaque = we.HasOpaque
		require.Equal(t, we, back)
	})
}

// TestOurServerTakesTheirAnswers asks with siplab and answers with theirs.
func TestOurServerTakesTheirAnswers(t *testing.T) {
	for _, algorithm := range []auth.Algorithm{auth.MD5, auth.SHA256, auth.SHA512_256} {
		for _, qop := range []string{"auth", "auth-int", "auth,auth-int"} {
			t.Run(algorithm.String()+" qop "+qop, func(t *testing.T) {
				chance := netem.NewChance(1, "opinions")
				server := auth.Server{Realm: "biloxi.example.com", Algorithms: []auth.Algorithm{algorithm}, QOP: qop}
				var m sip.Message
				m.Response(401, "")
				server.Challenge(&m, 0, false, chance)
				challenge := m.Get(sip.NameWWWAuthenticate)
				for count := uint32(1); count <= 3; count++ {
					require.Equal(t, auth.OK, verify(&server, theirs(t, challenge, count).String()))
				}
				require.Equal(t, auth.Replayed, verify(&server, theirs(t, challenge, 3).String()))
			})
		}
	}
}

func verify(s *auth.Server, value string) auth.Judgement {
	var m sip.Message
	m.Request(sip.MESSAGE, uri)
	m.Add(sip.NameAuthorization, value, sip.Origin{})
	m.SetBody("text/plain", body)
	v := s.Verify(time.Second, &m, func(name string) (auth.Secret, bool) { return password, name == user })
	return v.Judgement
}

// TestDifferences lists where the two part, each with the reason. An entry that
// stops being true fails.
func TestDifferences(t *testing.T) {
	const head = `Digest realm="a", nonce="b"`
	we := func(challenge string) bool {
		c, ok := auth.ParseChallenge(challenge)
		return ok && c.Answerable()
	}
	they := func(challenge string) bool {
		c, err := digest.ParseChallenge(challenge)
		return err == nil && digest.CanDigest(c)
	}
	for _, d := range []struct {
		challenge  string
		we, they   bool
		difference string
	}{
		{head + `, qop="auth", algorithm=MD5-sess`, true, false,
			"RFC 7616 §3.4.2 has -sess algorithms; they compute none"},
		{head + `, qop="auth", algorithm=SHA-256-sess`, true, false,
			"RFC 7616 §3.4.2 has -sess algorithms; they compute none"},
		{head + `, qop="auth", algorithm=SHA-512-256-sess`, true, false,
			"RFC 7616 §3.4.2 has -sess algorithms; they compute none"},
		{head + `, qop="auth", algorithm=SHA-512`, false, true,
			"RFC 7616 §6.1 registers no SHA-512"},
		{head + `, qop="auth-conf, auth"`, true, false,
			"RFC 7616 §3.3 shows qop with a space after the comma; they keep the space"},
		{`Digest realm="a", qop="auth"`, false, true,
			"RFC 8760 §2.4: a challenge without a nonce is not understood; they take it for an empty one"},
		{head + `, nonce="c", qop="auth"`, false, true,
			"of two nonces neither is taken; they take the last"},
	} {
		t.Run(d.challenge, func(t *testing.T) {
			require.Equal(t, d.we, we(d.challenge), d.difference)
			require.Equal(t, d.they, they(d.challenge), d.difference)
		})
	}
	t.Run("an empty opaque comes back from us, RFC 7616 §3.4, and not from them", func(t *testing.T) {
		const challenge = head + `, opaque="", qop="auth"`
		we := ours(t, challenge, 1)
		require.Contains(t, we.String(), `opaque=""`)
		require.NotContains(t, theirs(t, challenge, 1).String(), "opaque")
	})
	t.Run("they write what cannot be seen as Go does, which RFC 3261 §25.1 reads otherwise", func(t *testing.T) {
		const challenge = `Digest realm="a` + "\u200b" + `b", nonce="c"`
		we := ours(t, challenge, 1)
		require.Contains(t, we.String(), "a\u200bb")
		require.Contains(t, theirs(t, challenge, 1).String(), `a\u200bb`)
	})
	t.Run("they read an nc of other than eight digits, RFC 7616 §3.5, and we do not", func(t *testing.T) {
		cred := ours(t, head+`, qop="auth"`, 1)
		value := strings.Replace(cred.String(), "nc=00000001", "nc=1", 1)
		_, err := auth.ParseCredentials(value)
		require.Error(t, err)
		_, err = digest.ParseCredentials(value)
		require.NoError(t, err)
	})
}
