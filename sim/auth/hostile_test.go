package auth

import (
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"siplab/netem"
	"siplab/sim/sip"
)

func TestHostileCredentials(t *testing.T) {
	const good = `username="bob", realm="biloxi.example.com", nonce="n", uri="sip:biloxi.example.com", response="` +
		"0123456789abcdef0123456789abcdef" + `"`
	many := strings.Repeat(`, x="y"`, 5000)
	hostile := map[string]string{
		"5,000 parameters":        `Digest ` + good + many,
		"an unclosed quote":       `Digest username="bob, realm=`,
		"nc=zzzz":                 `Digest ` + good + `, qop=auth, cnonce="c", nc=zzzz`,
		"nc of nine digits":       `Digest ` + good + `, qop=auth, cnonce="c", nc=000000001`,
		"qop without nc":          `Digest ` + good + `, qop=auth, cnonce="c"`,
		"qop without cnonce":      `Digest ` + good + `, qop=auth, nc=00000001`,
		"nc without qop":          `Digest ` + good + `, nc=00000001`,
		"qop of no known kind":    `Digest ` + good + `, qop=auth-conf, cnonce="c", nc=00000001`,
		"response of 3 digits":    `Digest username="bob", realm="biloxi.example.com", nonce="n", uri="sip:biloxi.example.com", response="abc"`,
		"response in capitals":    strings.Replace(`Digest `+good, "abcdef", "ABCDEF", 1),
		"response of another sum": `Digest ` + good + `, algorithm=SHA-256`,
		"an unknown algorithm":    `Digest ` + good + `, algorithm=MD4`,
		"-sess without qop":       `Digest ` + good + `, algorithm=MD5-sess`,
		"two responses":           `Digest ` + good + `, response="fedcba9876543210fedcba9876543210"`,
		"no nonce":                `Digest username="bob", realm="biloxi.example.com", uri="sip:b", response="x"`,
		"a cnonce of 100 KB":      `Digest ` + good + `, qop=auth, nc=00000001, cnonce="` + strings.Repeat("c", 100_000) + `"`,
		"no parameters":           `Digest`,
		"only commas":             `Digest ,,,,`,
		"bytes of no alphabet":    "Digest \x00\xff=\xfe",
		"nothing":                 "",
		"only spaces":             "   ",
		"a name of 60 KB":         `Digest ` + strings.Repeat("a", 60_000) + `=b`,
		"quotes and backslashes":  `Digest username="` + strings.Repeat(`\"`, 30_000),
	}
	chance := netem.NewChance(1, "biloxi")
	for name, value := range hostile {
		t.Run("SEC-24 "+name, func(t *testing.T) {
			m := &sip.Message{}
			m.Request(sip.REGISTER, "sip:biloxi.example.com")
			m.Add(sip.NameAuthorization, value, sip.Origin{})
			s := Server{Realm: "biloxi.example.com"}
			s.Challenge(&sip.Message{}, 0, false, chance)
			v := s.Verify(time.Second, m, users)
			require.Contains(t, []Judgement{Malformed, None, Wrong}, v.Judgement)
			require.NotEmpty(t, v.Why)
			require.NotEmpty(t, v.Ref)
		})
	}
	t.Run("DIG-23 a response is as many lower-case digits as its algorithm gives", func(t *testing.T) {
		for _, digits := range []string{"0123456789ABCDEF0123456789abcdef", "0123456789abcdef0123456789abcde", "0123456789abcdef0123456789abcdeg"} {
			_, err := ParseCredentials(strings.Replace(`Digest `+good, "0123456789abcdef0123456789abcdef", digits, 1))
			require.ErrorContains(t, err, "32 lower-case hexadecimal digits", digits)
		}
		_, err := ParseCredentials(`Digest ` + good + `, algorithm=SHA-256`)
		require.ErrorContains(t, err, "64 lower-case hexadecimal digits")
	})
	t.Run("RFC 8760 2.6 credentials of Basic are none", func(t *testing.T) {
		m := &sip.Message{}
		m.Request(sip.REGISTER, "sip:biloxi.example.com")
		m.Add(sip.NameAuthorization, `Basic realm="biloxi.example.com"`, sip.Origin{})
		s := Server{Realm: "biloxi.example.com"}
		v := s.Verify(0, m, users)
		require.Equal(t, None, v.Judgement)
	})
}

func TestHostileChallenges(t *testing.T) {
	for _, value := range []string{
		"", "Digest", "Digest realm", `Digest realm="a"`, `Digest nonce="a"`, `Basic realm="a", nonce="b"`,
		`Digest realm="a", realm="b", nonce="c"`, `Digest realm="a", nonce="c`, "Digest \xff",
		`Digest realm="a", nonce="b"` + strings.Repeat(`, x="y"`, 5000),
	} {
		_, ok := ParseChallenge(value)
		require.False(t, ok, value)
	}
}
