package auth

import (
	"strings"
	"testing"

	"github.com/stretchr/testify/require"
)

// bob is the user of the examples whose digests were computed beforehand, by
// other means than this package.
func bob(a Algorithm, qop string) Digest {
	d := Digest{
		Algorithm: a, Username: "bob", Realm: "biloxi.example.com", Password: "zanzibar",
		Nonce: "dcd98b7102dd2f0e8b11d0f600bfb0c093", QOP: qop, Method: "REGISTER", URI: "sip:biloxi.example.com",
	}
	if qop != "" {
		d.NC, d.CNonce = "00000001", "0a4f113b"
	}
	d.FirstNonce, d.FirstCNonce = d.Nonce, d.CNonce
	return d
}

func respond(d Digest) string { return string(d.Append(nil)) }

// rfc7616 is the challenge of RFC 7616 §3.9.1 and what answers it.
func rfc7616(a Algorithm) Digest {
	return Digest{
		Algorithm: a, Username: "Mufasa", Realm: "http-auth@example.org", Password: "Circle of Life",
		Nonce: "7ypf/xlj9XXwfDPEoM4URrv/xwf94BcCAzFZH4GiTo0v", QOP: "auth", NC: "00000001",
		CNonce: "f2/wE4q74E6zIJEtWaHKaf5wv/H5QzzpXusqGemxURZJ", Method: "GET", URI: "/dir/index.html",
	}
}

func TestResponse(t *testing.T) {
	t.Run("DIG-01 SHA-256 of RFC 7616 3.9.1", func(t *testing.T) {
		require.Equal(t, "753927fa0e85d155564e2e272a28d1802ca10daf4496794697cf8db5856cb6c1", respond(rfc7616(SHA256)))
	})
	t.Run("DIG-02 MD5 of RFC 7616 3.9.1", func(t *testing.T) {
		require.Equal(t, "8ca523f5e9506fed4657c9700eebdbec", respond(rfc7616(MD5)))
	})
	t.Run("DIG-03 MD5 of RFC 2617 3.5", func(t *testing.T) {
		d := Digest{
			Algorithm: MD5, Username: "Mufasa", Realm: "testrealm@host.com", Password: "Circle Of Life",
			Nonce: "dcd98b7102dd2f0e8b11d0f600bfb0c093", QOP: "auth", NC: "00000001", CNonce: "0a4f113b",
			Method: "GET", URI: "/dir/index.html",
		}
		require.Equal(t, "6629fae49393a05397450978507c4ef1", respond(d))
	})
	t.Run("DIG-04 without qop neither cnonce nor nc counts", func(t *testing.T) {
		for a, want := range map[Algorithm]string{
			MD5:        "49432686c424d8e18f8b90037473a170",
			SHA256:     "3bac8ab2b66102cff2a20e86820d9cce4d8bcdeab8ebf51befba2997f2197e19",
			SHA512_256: "0eaa64d770751854a9748fd0c75b32de6a0ade9d54e7f8f7b7150e5c0ebc4335",
		} {
			require.Equal(t, want, respond(bob(a, "")), a)
			d := bob(a, "")
			d.NC, d.CNonce = "00000007", "x"
			require.Equal(t, want, respond(d), a)
		}
	})
	t.Run("DIG-13 the A1 of a -sess algorithm holds the nonces", func(t *testing.T) {
		for a, want := range map[Algorithm]string{
			MD5Sess:        "c4914a8117e80f007c44a0e046865994",
			SHA256Sess:     "e7473a6107b409b6cb5d9aeaf0634ae2c4d8952dc0068ef27397ddad2df8244c",
			SHA512_256Sess: "f7610ad1f79994fba496054c6e01f371816c6872caf4aa09cf844152dca55a3f",
		} {
			require.Equal(t, want, respond(bob(a, "auth")), a)
		}
	})
	t.Run("DIG-13 and those that began the session, when the nonce has changed since", func(t *testing.T) {
		d := bob(SHA256Sess, "auth")
		d.Nonce, d.FirstNonce = "second", "first"
		require.Equal(t, "dda49b559b0b45fa587b335038b4d87ca5697389f98dcfc655da7220559bad17", respond(d))
	})
	t.Run("DIG-14 auth-int covers the body, and no body is hashed as empty", func(t *testing.T) {
		for a, want := range map[Algorithm]string{
			MD5:            "d44351942bc195cd1a33e893487e342c",
			MD5Sess:        "c341da3fc33e743dfdb53ff4d1c64829",
			SHA256:         "a021bd4aa18d99266ec76c9c8c35a8ec86339dcd1d148dac2ac0ea3cfaf33de2",
			SHA256Sess:     "fe1af5ffb1656c6fc1198c894d148b0953a3d6ace2e9a5058578a4b79bb8c80b",
			SHA512_256:     "5d04815c0300adc90ffacfad1a3ea046c95dc0270ab2105d331879289a93a671",
			SHA512_256Sess: "27c60c88dc1f36b9af672c8c56c099f9a9a8e30b90803986b247cae4faaf2b94",
		} {
			require.Equal(t, want, respond(bob(a, "auth-int")), a)
		}
		d := bob(MD5, "auth-int")
		d.Method, d.Body = "MESSAGE", "Watson, come here."
		require.Equal(t, "a1a6d1684955c62da2e077c7c64a5e2b", respond(d))
	})
	t.Run("RFC 8760 2.6 item 7 an empty body is the hash of nothing", func(t *testing.T) {
		require.Equal(t, "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855",
			string(SHA256.appendHash(nil, nil)))
	})
	t.Run("DIG-20 the values count without their quotes and escapes", func(t *testing.T) {
		c, ok := ParseChallenge(`Digest realm="a \"quoted\\ realm é", nonce="n\"\\é", qop="auth", algorithm=MD5`)
		require.True(t, ok)
		answer := c.Answer(&Question{
			Method: "REGISTER", URI: "sip:biloxi.example.com", Username: "bob", Password: "zanzibar",
			Count: 1, CNonce: "0a4f113b",
		})
		require.Equal(t, "e53633bd81bee0577415a0c345aa75bf", answer.Response)
		require.Contains(t, answer.String(), `realm="a \"quoted\\ realm é", nonce="n\"\\é"`)
	})
	t.Run("values longer than the scratch are hashed whole", func(t *testing.T) {
		d, e := bob(SHA256, "auth-int"), bob(SHA256, "auth-int")
		d.Body, e.Body = strings.Repeat("x", 70_000)+"1", strings.Repeat("x", 70_000)+"2"
		require.NotEqual(t, respond(d), respond(e))
	})
}

func TestUserHash(t *testing.T) {
	const challenge = `Digest realm="api@example.org", qop="auth", algorithm=SHA-512-256, ` +
		`nonce="5TsQWLVdgBdmrQ0XsxbDODV+57QdFR34I9HAbC/RVvkK", ` +
		`opaque="HRPCssKJSGjCrkzDg8OhwpzCiGPChXYjwrI2QmXDnsOS", charset=UTF-8, userhash=true`
	t.Run("RFC 7616 3.9.2 the name is hashed where the server offers it", func(t *testing.T) {
		c, ok := ParseChallenge(challenge)
		require.True(t, ok)
		answer := c.Answer(&Question{
			Method: "GET", URI: "/doe.json", Username: "Jäsøn Doe", Password: "Secret, or not?",
			Count: 1, CNonce: "NTg6RKcb9boFIAS3KrFK9BGeh+iDa/sm6jUMp2wds69v",
		})
		// RFC 7616 prints 488869… and ae66e6…: the first half of SHA-512, which has
		// other initial values than SHA-512/256 (erratum 4897, reported).
		require.Equal(t, "793263caabb707a56211940d90411ea4a575adeccb7e360aeb624ed06ece9b0b", answer.Username)
		require.Equal(t, "3798d4131c277846293534c3edc11bd8a5e4cdcbff78b05db9d95eeb1cec68a5", answer.Response)
		require.Contains(t, answer.String(), "userhash=true")
	})
}
