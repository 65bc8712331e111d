package auth

import (
	"encoding/json"
	"fmt"
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"siplab/netem"
	"siplab/sim/sip"
)

// response401 is a 401 with these values of WWW-Authenticate.
func response401(values ...string) *sip.Message {
	m := &sip.Message{}
	m.Response(401, "")
	for _, v := range values {
		m.Add(sip.NameWWWAuthenticate, v, sip.Origin{})
	}
	return m
}

// credentials are those of the request's nth Authorization.
func credentials(t *testing.T, m *sip.Message) Credentials {
	t.Helper()
	c, err := ParseCredentials(m.Get(sip.NameAuthorization))
	require.NoError(t, err)
	return c
}

func TestMeaningOfA401(t *testing.T) {
	t.Run("no credentials in the request: answer", func(t *testing.T) {
		x := newTrial()
		x.request()
		f := x.challenge(false)
		require.Equal(t, Asked, f.Meaning)
		require.Equal(t, "biloxi.example.com", f.Realm)
		require.True(t, f.Row().Answer)
	})
	t.Run("DIG-08 stale=true: answer the new nonce", func(t *testing.T) {
		x := newTrial()
		x.challenge(false)
		x.request()
		f := x.challenge(true)
		require.Equal(t, Outdated, f.Meaning)
		require.True(t, f.Row().Answer)
		require.Equal(t, "00000001", credentials(t, x.request()).NC)
	})
	t.Run("DIG-09 the nonce's first use, no stale: stop", func(t *testing.T) {
		x := newTrial()
		x.challenge(false)
		x.request()
		f := x.challenge(false)
		require.Equal(t, Refused, f.Meaning)
		require.False(t, f.Row().Answer)
		require.False(t, x.request().Has(sip.NameAuthorization))
	})
	t.Run("a nonce that worked before, no stale: once more, then stop", func(t *testing.T) {
		x := newTrial()
		require.Equal(t, OK, x.try().Judgement)
		x.client.Accepted(&sip.Message{}, &x.sent)
		x.sent.Begin()
		x.request()
		f := x.challenge(false)
		require.Equal(t, RefusedLater, f.Meaning)
		require.True(t, f.Row().Answer)
		x.request()
		require.Equal(t, Refused, x.challenge(false).Meaning)
	})
	t.Run("DIG-19 no WWW-Authenticate: the server is broken", func(t *testing.T) {
		x := newTrial()
		require.Equal(t, NoChallenge, x.client.Hear(response401(), &x.sent).Meaning)
		m := response401()
		m.Add(sip.NameProxyAuthenticate, `Digest realm="a", nonce="b"`, sip.Origin{})
		require.Equal(t, NoChallenge, x.client.Hear(m, &x.sent).Meaning)
	})
	t.Run("the refused nonce given again: stop, whatever stale says", func(t *testing.T) {
		x := newTrial()
		x.client.Hear(response401(`Digest realm="a", nonce="b", qop="auth"`), &x.sent)
		x.request()
		f := x.client.Hear(response401(`Digest realm="a", nonce="b", qop="auth", stale=true`), &x.sent)
		require.Equal(t, Refused, f.Meaning)
	})
	t.Run("a server that is never satisfied is left after a bound", func(t *testing.T) {
		x := newTrial()
		x.request()
		for i := range MaxAnswers {
			require.True(t, x.challenge(i > 0).Row().Answer)
			x.request()
		}
		require.Equal(t, Endless, x.challenge(true).Meaning)
	})
	t.Run("a server that names another realm each time too", func(t *testing.T) {
		x := newTrial()
		for i := range MaxAnswers {
			f := x.client.Hear(response401(fmt.Sprintf(`Digest realm="%d", nonce="n"`, i)), &x.sent)
			require.Equal(t, Asked, f.Meaning)
			x.request()
		}
		require.Equal(t, Endless, x.client.Hear(response401(`Digest realm="x", nonce="n"`), &x.sent).Meaning)
	})
	t.Run("3261 22.1 without a password the user is to be asked, and told the realm", func(t *testing.T) {
		x := newTrial()
		x.client = Client{}
		f := x.challenge(false)
		require.Equal(t, NoPassword, f.Meaning)
		require.Equal(t, "biloxi.example.com", f.Realm)
	})
	t.Run("each meaning has its row", func(t *testing.T) {
		for i, row := range rows {
			require.Equal(t, Meaning(i+1), row.Meaning)
			require.Equal(t, row, *row.Meaning.Row())
			require.Contains(t, row.Ref, "§")
		}
	})
}

func TestChoice(t *testing.T) {
	const (
		sha512 = `Digest realm="a", nonce="1", qop="auth", algorithm=SHA-512-256`
		sha256 = `Digest realm="a", nonce="2", qop="auth", algorithm=SHA-256`
		md5    = `Digest realm="a", nonce="3", qop="auth", algorithm=MD5`
		sha3   = `Digest realm="a", nonce="4", qop="auth", algorithm=SHA3-256`
		basic  = `Basic realm="a"`
	)
	t.Run("DIG-11 of one realm the topmost that is known", func(t *testing.T) {
		for want, offer := range map[string][]string{
			"1": {sha512, sha256, md5}, "2": {sha3, sha256, md5}, "3": {basic, md5, sha256},
		} {
			cs := Choose(challenges(response401(offer...), new(sip.Auth), nil))
			require.Len(t, cs, 1)
			require.Equal(t, want, cs[0].Nonce)
		}
	})
	t.Run("DIG-12 only what is unknown: no answer", func(t *testing.T) {
		x := newTrial()
		for _, value := range []string{
			sha3, basic, `Digest realm="a", nonce="b", qop="auth-conf"`,
			`Digest realm="a", nonce="b", algorithm=MD5-sess`,
		} {
			f := x.client.Hear(response401(value), &x.sent)
			require.Equal(t, Unanswerable, f.Meaning, value)
			require.False(t, x.request().Has(sip.NameAuthorization))
		}
	})
	t.Run("8760 2.4 two realms: an answer for each", func(t *testing.T) {
		cs := Choose(challenges(response401(md5, strings.Replace(sha256, `"a"`, `"b"`, 1)), new(sip.Auth), nil))
		require.Len(t, cs, 2)
	})
	t.Run("DIG-15 two proxies and a UAS: one value for each realm, all kept in the next try", func(t *testing.T) {
		x := newTrial()
		for _, realm := range []string{"one", "two"} {
			m := &sip.Message{}
			m.Response(407, "")
			m.Add(sip.NameProxyAuthenticate, `Digest realm="`+realm+`", nonce="n", qop="auth"`, sip.Origin{})
			require.Equal(t, Asked, x.client.Hear(m, &x.sent).Meaning)
			x.request()
		}
		require.Equal(t, Asked, x.client.Hear(response401(md5), &x.sent).Meaning)
		m := x.request()
		require.Equal(t, 2, m.Count(sip.NameProxyAuthorization))
		require.Equal(t, 1, m.Count(sip.NameAuthorization))
	})
}

func TestAnswer(t *testing.T) {
	const challenge = `Digest realm="a", nonce="n", opaque="5cc\\069\"c4", qop="auth,auth-int", algorithm=md5`
	t.Run("DIG-04 no qop: neither qop nor nc nor cnonce", func(t *testing.T) {
		x := newTrial()
		x.client.Hear(response401(`Digest realm="a", nonce="n"`), &x.sent)
		value := x.request().Get(sip.NameAuthorization)
		for _, name := range []string{"qop=", "nc=", "cnonce=", "algorithm=", "opaque="} {
			require.NotContains(t, value, name)
		}
	})
	t.Run("DIG-05 qop without quotes, nc of eight digits, a cnonce", func(t *testing.T) {
		x := newTrial()
		x.client.Hear(response401(challenge), &x.sent)
		require.Regexp(t, `, qop=auth, nc=00000001, cnonce="[0-9a-f]{16}"`, x.request().Get(sip.NameAuthorization))
	})
	t.Run("DIG-06 the nonce used again: nc counts up", func(t *testing.T) {
		x := newTrial()
		x.client.Hear(response401(challenge), &x.sent)
		for i := 1; i <= 17; i++ {
			require.Equal(t, fmt.Sprintf("%08x", i), credentials(t, x.request()).NC)
		}
	})
	t.Run("DIG-10 opaque and algorithm come back as they were written", func(t *testing.T) {
		x := newTrial()
		x.client.Hear(response401(challenge), &x.sent)
		value := x.request().Get(sip.NameAuthorization)
		require.Contains(t, value, `opaque="5cc\\069\"c4"`)
		require.Contains(t, value, `algorithm=md5`)
	})
	t.Run("DIG-10 an empty opaque too", func(t *testing.T) {
		x := newTrial()
		x.client.Hear(response401(`Digest realm="a", nonce="n", opaque=""`), &x.sent)
		require.Contains(t, x.request().Get(sip.NameAuthorization), `opaque=""`)
	})
	t.Run("DIG-22 nextnonce is used next, from one", func(t *testing.T) {
		x := newTrial()
		x.client.Hear(response401(challenge), &x.sent)
		x.request()
		ok := &sip.Message{}
		ok.Response(200, "")
		ok.Add(sip.NameAuthenticationInfo, `nextnonce="fresh", qop=auth`, sip.Origin{})
		x.client.Accepted(ok, &x.sent)
		c := credentials(t, x.request())
		require.Equal(t, "fresh", c.Nonce)
		require.Equal(t, "00000001", c.NC)
	})
	t.Run("7616 3.4.2 a -sess session goes on under nextnonce", func(t *testing.T) {
		x := newTrial(MD5Sess)
		x.challenge(false)
		x.request()
		ok := &sip.Message{}
		ok.Add(sip.NameAuthenticationInfo, `nextnonce="fresh"`, sip.Origin{})
		first := x.client.sessions[0].Nonce
		x.client.Accepted(ok, &x.sent)
		c := credentials(t, x.request())
		d := c.digest(MD5Sess, sip.REGISTER, "")
		d.Password, d.FirstNonce = "zanzibar", first
		require.Equal(t, respond(d), c.Response)
	})
}

func TestSecretsStaySecret(t *testing.T) {
	x := newTrial()
	x.challenge(false)
	m := x.request()
	q := Question{Username: "bob", Password: "zanzibar"}
	d := bob(MD5, "auth")
	text, err := json.Marshal([]any{x.client, q, d})
	require.NoError(t, err)
	all := fmt.Sprintf("%v %+v %#v %v %+v %#v %v %+v %#v %v", x.client, x.client, x.client, q, q, q, d, d, d, x.verify(m)) +
		string(text) + m.String()
	require.NotContains(t, all, "zanzibar", "SEC-63")
	require.Contains(t, all, hidden)
}

func TestReturnTrip(t *testing.T) {
	t.Run("what is printed reads back", func(t *testing.T) {
		x := newTrial(SHA256)
		x.server.Opaque = `o"p\a`
		x.challenge(true)
		value := x.request().Get(sip.NameAuthorization)
		c, err := ParseCredentials(value)
		require.NoError(t, err)
		require.Equal(t, value, c.String())
		ch := x.client.sessions[0].Challenge
		back, ok := ParseChallenge(ch.String())
		require.True(t, ok)
		require.Equal(t, ch, back)
	})
	t.Run("a proxy asks with 407, and accepts what is meant for it", func(t *testing.T) {
		x := newTrial()
		x.server.Proxy = true
		require.Equal(t, 407, x.server.Status())
		require.Equal(t, OK, x.try().Judgement)
		m := x.request()
		require.True(t, m.Has(sip.NameProxyAuthorization))
		require.False(t, m.Has(sip.NameAuthorization))
		x.now = time.Second
		require.Equal(t, OK, x.verify(m).Judgement)
	})
}

func TestTwoClientsThatShareASessionCountTheUsesOfItsNonceTogether(t *testing.T) {
	ask := &sip.Message{}
	ask.Response(407, "")
	ask.Add(sip.NameProxyAuthenticate, `Digest realm="atlanta", nonce="n", algorithm=SHA-256, qop="auth"`, sip.Origin{})
	one, other := &Client{Username: "alice", Password: "zanzibar"}, &Client{Username: "alice", Password: "zanzibar"}
	var sent Sent
	require.True(t, one.Hear(ask, &sent).Row().Answer)
	other.Share(one, "chicago")
	other.Share(one, "atlanta")
	other.Share(one, "atlanta")
	for i, c := range []*Client{one, other, one} {
		m := &sip.Message{}
		m.Request(sip.INVITE, "sip:bob@biloxi.example.com")
		c.Authorize(m, &sent, netem.NewChance(1, "alice"))
		got, err := ParseCredentials(m.Get(sip.NameProxyAuthorization))
		require.NoError(t, err)
		require.Equal(t, 1, m.Count(sip.NameProxyAuthorization))
		require.Equal(t, fmt.Sprintf("%08x", i+1), got.NC)
	}
	other.Forget()
	m := &sip.Message{}
	m.Request(sip.INVITE, "sip:bob@biloxi.example.com")
	other.Authorize(m, &sent, netem.NewChance(1, "alice"))
	require.False(t, m.Has(sip.NameProxyAuthorization))
}
