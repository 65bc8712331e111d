package sip

import (
	"strings"
	"testing"

	"github.com/stretchr/testify/require"
)

func TestName(t *testing.T) {
	t.Run("§7.3.1 every name is found in any case, every compact form too", func(t *testing.T) {
		for n := Name(1); n < nameCount; n++ {
			require.NotEmpty(t, n.String())
			require.Equal(t, n, ParseName(n.String()))
			require.Equal(t, n, ParseName(strings.ToUpper(n.String())))
			require.Equal(t, n, ParseName(strings.ToLower(n.String())))
			if c := n.Compact(); c != "" {
				require.Equal(t, n, ParseName(c))
				require.Equal(t, n, ParseName(strings.ToUpper(c)))
			}
		}
	})
	t.Run("what is like a name is none", func(t *testing.T) {
		for _, s := range []string{"", "q", "Vi", "Viaa", "To ", "\x00", "@", "T\x4f\x00", "[ia", "F\x52oM\xa0", "V\u0131a"} {
			require.Equal(t, NameOther, ParseName(s), s)
		}
	})
	t.Run("the table has room: no look-up passes more than four slots", func(t *testing.T) {
		for n := Name(1); n < nameCount; n++ {
			steps := 0
			for i := nameHash(n.String()); nameTable[i] != n; i = (i + 1) % nameSlots {
				steps++
			}
			require.Less(t, steps, 4, n.String())
		}
	})
	t.Run("the dictionary and the names agree on names and compact forms", func(t *testing.T) {
		for _, e := range Dictionary() {
			n := ParseName(e.Name)
			require.Equal(t, e.Name, n.String())
			require.Equal(t, e.Compact, n.Compact(), e.Name)
		}
	})
}

func TestVia(t *testing.T) {
	read := func(s string) Via {
		v, err := ParseVia(s)
		require.NoError(t, err, s)
		return v
	}
	t.Run("§20.42 protocol, transport, sent-by and parameters", func(t *testing.T) {
		v := read("SIP/2.0/UDP pc33.atlanta.com:5066;branch=z9hG4bK776;received=192.0.2.1")
		require.Equal(t, []any{"SIP/2.0", "UDP", "pc33.atlanta.com", 5066}, []any{v.Protocol, v.Transport, v.Host, v.Port})
		require.Equal(t, "z9hG4bK776", v.Branch())
		require.Equal(t, "192.0.2.1", v.Received())
		require.Equal(t, "pc33.atlanta.com:5066", v.SentBy())
	})
	t.Run("§20.42 white space may stand around the slashes, the colon and the semicolons", func(t *testing.T) {
		v := read("SIP / 2.0 / UDP first.example.com: 4000;ttl=16 ;maddr=224.2.0.1 ; branch = z9hG4bKa7c6a8dlze.1")
		require.Equal(t, "SIP/2.0/UDP first.example.com:4000", strings.SplitN(v.String(), ";", 2)[0])
		require.Equal(t, "z9hG4bKa7c6a8dlze.1", v.Branch())
	})
	t.Run("§25.1 an IPv6 reference keeps its brackets", func(t *testing.T) {
		v := read("SIP/2.0/TCP [2001:db8::9:1]:5060;rport")
		require.Equal(t, "[2001:db8::9:1]", v.Host)
		require.Equal(t, 5060, v.Port)
		require.Equal(t, "[2001:db8::9:1]:5060", v.SentBy())
	})
	t.Run("RFC 3581 §3 rport is there without a value, and with one", func(t *testing.T) {
		port, present := read("SIP/2.0/UDP a;rport").RPort()
		require.Equal(t, []any{0, true}, []any{port, present})
		port, present = read("SIP/2.0/UDP a;rport=9988").RPort()
		require.Equal(t, []any{9988, true}, []any{port, present})
		_, present = read("SIP/2.0/UDP a").RPort()
		require.False(t, present)
	})
	t.Run("sent-by follows a change of its parts", func(t *testing.T) {
		v := read("SIP/2.0/UDP a:5060")
		v.Port = 5062
		require.Equal(t, "a:5062", v.SentBy())
		v.Host = "ab"
		require.Equal(t, "ab:5062", v.SentBy())
		require.Equal(t, "SIP/2.0/UDP h:7;branch=x", Via{Transport: "UDP", Host: "h", Port: 7, Params: ";branch=x"}.String())
	})
	for _, s := range []string{
		"", "SIP/2.0", "SIP/2.0/", "SIP/2.0/UDP", "SIP/2.0/UDP ", "/2.0/UDP a", "SIP/2.0/UDP;branch=a", "SIP/2.0/UDP a b",
		"SIP/2.0/UDP a;;b=c", "SIP/2.0/UDP a;=c", "SIP/2.0/UDP a;b=", "SIP/2.0/UDP a;branch=\"x",
		"SIP/2.0/UDP a:0", "SIP/2.0/UDP a:65536", "SIP/2.0/UDP a:99999", "SIP/2.0/UDP a:", "SIP/2.0/UDP [::1", "SIP/2.0/UDP [::1]:]", "SIP/2.0/UDP [fe80::1%eth0]",
	} {
		t.Run("§20.42, SEC-20 refused: "+s, func(t *testing.T) {
			_, err := ParseVia(s)
			require.Error(t, err)
			require.LessOrEqual(t, err.(*Problem).Offset, len(s))
		})
	}
	t.Run("SEC-04 more parameters than the limit are refused", func(t *testing.T) {
		_, err := ParseVia("SIP/2.0/UDP a" + strings.Repeat(";a=b", 30_000))
		require.ErrorContains(t, err, "limit")
	})
}

func TestNameAddr(t *testing.T) {
	for _, c := range []struct {
		claim, in string
		want      NameAddr
		printed   string
	}{
		{"§20.10 display name, URI and parameters", `"Bob" <sips:bob@biloxi.com>;tag=a48s`, NameAddr{"Bob", "sips:bob@biloxi.com", ";tag=a48s", true}, ``},
		{"§25.1 a display name of tokens needs no quotes", `Anonymous User <sip:c8oqz84zk7z@privacy.org>;tag=hyh8`, NameAddr{"Anonymous User", "sip:c8oqz84zk7z@privacy.org", ";tag=hyh8", true}, `"Anonymous User" <sip:c8oqz84zk7z@privacy.org>;tag=hyh8`},
		{"RFC 4475 §3.1.1.6 no space before the bracket", `caller<sip:caller@example.com>;tag=323`, NameAddr{"caller", "sip:caller@example.com", ";tag=323", true}, `"caller" <sip:caller@example.com>;tag=323`},
		{"§25.1 quoted pairs are taken off and put back", `"J Rosenberg \\\"" <sip:j@e>`, NameAddr{`J Rosenberg \"`, "sip:j@e", "", true}, ``},
		{"§20.10 without brackets, parameters are the header's", `sip:+12125551212@phone2net.com;tag=887s`, NameAddr{"", "sip:+12125551212@phone2net.com", ";tag=887s", false}, `<sip:+12125551212@phone2net.com>;tag=887s`},
		{"§20.10 in brackets, parameters are the URI's", `<sip:a@b;lr?x=y>`, NameAddr{"", "sip:a@b;lr?x=y", "", true}, ``},
		{"§20.10 a quoted parameter of a bare URI may hold brackets", `sip:a@b;x="<;>"`, NameAddr{"", "sip:a@b", `;x="<;>"`, false}, `<sip:a@b>;x="<;>"`},
		{"§20.10 the star", `*`, NameAddr{"", "*", "", false}, `*`},
		{"§25.1 an empty display name", `"" <sip:a@b> ;tag=1`, NameAddr{"", "sip:a@b", ";tag=1", true}, `<sip:a@b>;tag=1`},
	} {
		t.Run(c.claim, func(t *testing.T) {
			a, err := ParseNameAddr(c.in)
			require.NoError(t, err)
			require.Equal(t, c.want, a)
			if c.printed == "" {
				c.printed = c.in
			}
			require.Equal(t, c.printed, a.String())
		})
	}
	for _, s := range []string{``, `"Mr J. <sip:a@b>`, `"a" sip:a@b`, `Bell, Alexander <sip:a@b>`, `<sip:a@b`, `<sip:a@b> x`, `sip:a@b?x=y`, `sip:a,b@c`, `<sip:a@b>;`, `<sip:a@b>;;tag=1`, `a:b <sip:a@b>`} {
		t.Run("§20.10 refused: "+s, func(t *testing.T) {
			_, err := ParseNameAddr(s)
			require.Error(t, err)
			require.LessOrEqual(t, err.(*Problem).Offset, len(s))
		})
	}
	t.Run("what could be read is given beside the error", func(t *testing.T) {
		a, err := ParseNameAddr(`Bell, Alexander <sip:a@b>;tag=43`)
		require.Error(t, err)
		require.Equal(t, "sip:a@b", a.URI)
		require.Equal(t, "43", a.Tag())
	})
	t.Run("SEC-15 a display name cannot break out of its quotes or its row", func(t *testing.T) {
		s := NameAddr{Display: "a\"\r\nVia: x", URI: "sip:a@b"}.String()
		require.Equal(t, `"a\"  Via: x" <sip:a@b>`, s)
	})
}

func TestParams(t *testing.T) {
	const p = Params(`;a=b; c ;D = "x;\"y" ;e=`)
	t.Run("§7.3.1 names compare without case; a value is as written", func(t *testing.T) {
		v, ok := p.Get("d")
		require.True(t, ok)
		require.Equal(t, `"x;\"y"`, v)
		require.Equal(t, `x;"y`, Unquote(v))
		v, ok = p.Get("C")
		require.Equal(t, []any{"", true}, []any{v, ok})
		require.False(t, p.Has("f"))
		require.Equal(t, 4, p.Len())
	})
	t.Run("one parameter is set in its place, or at the end, or taken out", func(t *testing.T) {
		require.Equal(t, Params(";rport=5;branch=x"), Params(";rport;branch=x").With("rport", "5"))
		require.Equal(t, Params(";branch=x;received=1"), Params(";branch=x").With("received", "1"))
		require.Equal(t, Params(";branch=x;lr"), Params(";branch=x").With("lr", ""))
		require.Equal(t, Params(";a;c"), Params(";a;B=2;c").Without("b"))
		require.Equal(t, Params(";a"), Params(";a").Without("b"))
	})
	t.Run("§25.1 quoting is undone by unquoting", func(t *testing.T) {
		for _, s := range []string{"", "a", `a"b\c`, `\`, `"`, "\x00\x7f\xff"} {
			require.Equal(t, s, Unquote(Quote(s)))
		}
	})
}

func TestCSeq(t *testing.T) {
	t.Run("§20.16 a number and a method", func(t *testing.T) {
		c, err := ParseCSeq("0009  \tINVITE")
		require.NoError(t, err)
		require.Equal(t, CSeq{9, "INVITE"}, c)
		require.Equal(t, "9 INVITE", c.String())
		c, err = ParseCSeq("2147483647 BYE")
		require.NoError(t, err)
		require.Equal(t, uint32(2147483647), c.Seq)
	})
	for _, s := range []string{"", "INVITE", "1", "1 ", "1INVITE", "-1 INVITE", "+1 INVITE", "1 IN VITE", "1 \x00", "2147483648 INVITE", "4294967296 INVITE", "99999999999999999999 INVITE"} {
		t.Run("SEC-17 refused, without a wrap: "+Visible(s), func(t *testing.T) {
			c, err := ParseCSeq(s)
			require.Error(t, err)
			require.LessOrEqual(t, c.Seq, uint32(1))
		})
	}
}

func TestNumbers(t *testing.T) {
	with := func(name, value string) *Message {
		return parsed(t, start+name+": "+value+"\n\n")
	}
	t.Run("§20.22, SEC-18 Max-Forwards is 0 to 255", func(t *testing.T) {
		n, ok := with("Max-Forwards", "70").MaxForwards()
		require.Equal(t, []any{70, true}, []any{n, ok})
		for _, s := range []string{"4294967295", "-1", "256", "abc", "", "7 0", "18446744073709551617"} {
			_, ok := with("Max-Forwards", s).MaxForwards()
			require.False(t, ok, s)
		}
	})
	t.Run("§20.19, SEC-19 Expires never wraps: more than 2**32-1 counts as that", func(t *testing.T) {
		for s, want := range map[string]uint32{"0": 0, "3600": 3600, "4294967295": 4294967295, "4294967296": 4294967295, "18446744073709551616": 4294967295} {
			n, ok := with("Expires", s).Expires()
			require.True(t, ok, s)
			require.Equal(t, want, n, s)
		}
		for _, s := range []string{"", "-1", "soon", "1 2", "99999999999999999999x"} {
			_, ok := with("Expires", s).Expires()
			require.False(t, ok, s)
		}
	})
}

func TestAuth(t *testing.T) {
	t.Run("§20.44 a challenge: a scheme and parameters", func(t *testing.T) {
		const s = `Digest realm="atlanta.com", qop="auth,auth-int", nonce="f84f\"1c4", stale=FALSE, algorithm=MD5`
		a, err := ParseAuth(s)
		require.NoError(t, err)
		require.Equal(t, "Digest", a.Scheme)
		require.Equal(t, "auth,auth-int", a.Get("QOP"))
		require.Equal(t, `f84f"1c4`, a.Get("nonce"))
		require.Equal(t, "FALSE", a.Get("stale"))
		_, ok := a.Lookup("opaque")
		require.False(t, ok)
		require.Equal(t, s, a.String())
	})
	t.Run("§25.1 white space may stand around commas and equal signs", func(t *testing.T) {
		a, err := ParseAuth("Digest\t a = b ,c= \"d\"")
		require.NoError(t, err)
		require.Equal(t, `Digest a=b, c="d"`, a.String())
	})
	t.Run("§20.6 Authentication-Info has no scheme", func(t *testing.T) {
		a, err := ParseAuthParams(`nextnonce="47364c23432d2e131a5fb210812c"`)
		require.NoError(t, err)
		require.Equal(t, "47364c23432d2e131a5fb210812c", a.Get("nextnonce"))
		require.Equal(t, `nextnonce="47364c23432d2e131a5fb210812c"`, a.String())
	})
	for _, s := range []string{"", "Digest", "Digest ", `Digest realm`, `Digest realm=`, `Digest realm="a`, `Digest realm="a" nonce="b"`, `Digest a=b,`, `Digest ,a=b`, `Digest =b`, "Digest " + strings.Repeat("a=b,", 5000) + "a=b"} {
		t.Run("SEC-24 refused: "+s[:min(len(s), 40)], func(t *testing.T) {
			a, err := ParseAuth(s)
			require.Error(t, err)
			require.LessOrEqual(t, len(a.Params), 64)
			require.LessOrEqual(t, err.(*Problem).Offset, len(s))
		})
	}
}

func TestReason(t *testing.T) {
	t.Run("§21 the RFC's phrases; a code that none defines has the name of its class", func(t *testing.T) {
		require.Equal(t, "Trying", Reason(100))
		require.Equal(t, "Unauthorized", Reason(401))
		require.Equal(t, "Interval Too Brief", Reason(423))
		require.Equal(t, "Client Error", Reason(431))
		require.Equal(t, "Global Failure", Reason(699))
		require.Equal(t, "", Reason(99)+Reason(700)+Reason(-1))
	})
}

func TestVisible(t *testing.T) {
	for in, want := range map[string]string{
		"plain text ~":            "plain text ~",
		"héllo 文":                 "héllo 文",
		"\x00\x1b[2J\r\n\t\x7f":   `\x00\x1b[2J\x0d\x0a\x09\x7f`,
		"\xff\xc0\xaf":            `\xff\xc0\xaf`,
		"\u202eevil\u2028\u200b.": `\u{202e}evil\u{2028}\u{200b}.`,
		"\u009b31m":               `\u{9b}31m`,
		"\ufffd":                  "\ufffd",
		"\U000e0041":              `\u{e0041}`,
	} {
		t.Run("SEC-16 shown without harm: "+want, func(t *testing.T) { require.Equal(t, want, Visible(in)) })
	}
}
