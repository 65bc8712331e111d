package sip

import (
	"testing"

	"github.com/stretchr/testify/require"
)

func mustURI(t testing.TB, s string) URI {
	u, err := ParseURI(s)
	require.NoError(t, err, s)
	return u
}

// The URIs of RFC 3261 §19.1.3, §19.1.1 and §19.1.6, and forms that RFC 4475 and RFC 5118 test.
var goodURIs = []struct {
	text string
	want URI
}{
	{"sip:alice@atlanta.com", URI{Scheme: "sip", User: "alice", Host: "atlanta.com"}},
	{"sip:alice:secretword@atlanta.com;transport=tcp", URI{Scheme: "sip", User: "alice", Password: "secretword", HasPassword: true, Host: "atlanta.com", Params: ";transport=tcp"}},
	{"sips:alice@atlanta.com?subject=project%20x&priority=urgent", URI{Scheme: "sips", User: "alice", Host: "atlanta.com", Headers: "subject=project%20x&priority=urgent"}},
	{"sip:+1-212-555-1212:1234@gateway.com;user=phone", URI{Scheme: "sip", User: "+1-212-555-1212", Password: "1234", HasPassword: true, Host: "gateway.com", Params: ";user=phone"}},
	{"sips:1212@gateway.com", URI{Scheme: "sips", User: "1212", Host: "gateway.com"}},
	{"sip:alice@192.0.2.4", URI{Scheme: "sip", User: "alice", Host: "192.0.2.4"}},
	{"sip:atlanta.com;method=REGISTER?to=alice%40atlanta.com", URI{Scheme: "sip", Host: "atlanta.com", Params: ";method=REGISTER", Headers: "to=alice%40atlanta.com"}},
	{"sip:alice;day=tuesday@atlanta.com", URI{Scheme: "sip", User: "alice;day=tuesday", Host: "atlanta.com"}},
	{"sip:alice@atlanta.com;maddr=239.255.255.1;ttl=15", URI{Scheme: "sip", User: "alice", Host: "atlanta.com", Params: ";maddr=239.255.255.1;ttl=15"}},
	{"sip:alice:@atlanta.com", URI{Scheme: "sip", User: "alice", HasPassword: true, Host: "atlanta.com"}},
	{"sip:[2001:db8::10]:5070", URI{Scheme: "sip", Host: "[2001:db8::10]", Port: 5070}},
	{"sip:[2001:db8::10:5070]", URI{Scheme: "sip", Host: "[2001:db8::10:5070]"}},
	{"sip:user@[2001:db8:::192.0.2.1]", URI{Scheme: "sip", User: "user", Host: "[2001:db8:::192.0.2.1]"}},
	{"sip:user;par=u%40example.net@example.com", URI{Scheme: "sip", User: "user;par=u%40example.net", Host: "example.com"}},
	{"sip:atlanta.com.", URI{Scheme: "sip", Host: "atlanta.com."}},
	{"tel:+358-555-1234567;postd=pp22", URI{Scheme: "tel", User: "+358-555-1234567", Params: ";postd=pp22"}},
	{"tel:7042;phone-context=example.com", URI{Scheme: "tel", User: "7042", Params: ";phone-context=example.com"}},
	{"nobodyKnowsThisScheme:totallyopaquecontent", URI{Scheme: "nobodyKnowsThisScheme", Opaque: "totallyopaquecontent"}},
	{"soap.beep://192.0.2.103:3002", URI{Scheme: "soap.beep", Opaque: "//192.0.2.103:3002"}},
}

func TestParseURI(t *testing.T) {
	for _, c := range goodURIs {
		require.Equal(t, c.want, mustURI(t, c.text), c.text)
	}
}

func TestStringIsTheInverseOfParseURI(t *testing.T) {
	for _, c := range goodURIs {
		require.Equal(t, c.text, mustURI(t, c.text).String())
	}
}

func TestParseURITellsThePlaceOfTheError(t *testing.T) {
	for _, c := range []struct {
		text   string
		offset int
		says   string
	}{
		{"", 0, "a scheme and a colon"},
		{"alice@atlanta.com", 5, "a scheme and a colon"},
		{"5ip:alice@atlanta.com", 0, "begins with a letter"},
		{"sip:@atlanta.com", 4, "user before @ is empty"},
		{"sip:alice@", 10, "host is missing"},
		{"sip:al ice@atlanta.com", 6, `" " cannot stand in the user`},
		{"sip:al%4gice@atlanta.com", 6, "percent sign"},
		{"sip:al%4", 6, "no escapes"},
		{"sip:alice@atl%61nta.com", 13, "a host has no escapes"},
		{"sip:alice@atlanta_x.com", 17, `"_" cannot stand in a host`},
		{"sip:alice@-atlanta.com", 10, "begins with a hyphen"},
		{"sip:alice@atlanta-.com", 17, "ends in a hyphen"},
		{"sip:alice@atlanta..com", 18, "empty label"},
		{"sip:alice@atlanta.5", 18, "last label"},
		{"sip:alice@300.1.1.1", 10, "no IPv4 address"},
		{"sip:2001:db8::10", 4, "an IPv6 address without brackets"},
		{"sip:[2001:db8::10", 17, "not closed"},
		{"sip:[2001:db8::g]", 5, "no IPv6 address"},
		{"sip:[fe80::1%25eth0]", 5, "no IPv6 address"},
		{"sip:alice@atlanta.com:0", 22, "no port"},
		{"sip:alice@atlanta.com:65536", 22, "no port"},
		{"sip:alice@atlanta.com:", 22, "no port"},
		{"sip:alice@atlanta.com:5060x", 26, "cannot follow the host"},
		{"sip:alice@atlanta.com;", 22, "without a name"},
		{"sip:alice@atlanta.com;;lr", 22, "without a name"},
		{"sip:alice@atlanta.com;transport=", 32, "no value"},
		{"sip:alice@atlanta.com;lr;%6Cr=on", 25, "a second time"},
		{"sip:alice@atlanta.com;a=b c", 25, `" " cannot stand in the value`},
		{"sip:alice@atlanta.com?", 22, "no header"},
		{"sip:alice@atlanta.com?subject", 22, "no header"},
		{"sip:alice@atlanta.com?subject=a&", 32, "no header"},
		{"sip:alice@atlanta.com?subject=a b", 31, "cannot stand in the value of a URI header"},
		{"tel:", 4, "without a digit"},
		{"tel:+", 4, "without a digit"},
		{"tel:+358x", 8, `"x" cannot stand in a telephone number`},
		{"tel:7042", 4, "without phone-context"},
		{"mailto:", 7, "nothing follows the scheme"},
		{"mailto:a b", 8, "cannot stand in a URI"},
	} {
		_, err := ParseURI(c.text)
		require.Error(t, err, c.text)
		p := err.(*Problem)
		require.Contains(t, p.Text, c.says, c.text)
		require.Equal(t, c.offset, p.Offset, "%s: %s", c.text, p.Text)
	}
}

func TestParseURIDoesNotAllocate(t *testing.T) {
	for _, s := range []string{"sip:alice@atlanta.com", "sip:bob@[2001:db8::10]:5070;transport=tcp;lr", "tel:+358-555-1234567"} {
		require.Zero(t, testing.AllocsPerRun(100, func() { _, _ = ParseURI(s) }), s)
	}
}

func TestRFC4475_3_1_1_3_EscapesAreDecodedOnce(t *testing.T) {
	u := mustURI(t, "sip:cal%6Cer@host5.example.net;%6C%72;n%61me=v%61lue%25%34%31")
	require.Equal(t, "caller", Unescape(u.User))
	require.True(t, u.HasParam("lr"))
	value, ok := u.Param("name")
	require.True(t, ok)
	require.Equal(t, "value%41", value)
}

func TestRFC4475_3_1_1_4_AnEscapedZeroByteDoesNotEndTheUser(t *testing.T) {
	one, two := mustURI(t, "sip:%00@host5.example.com"), mustURI(t, "sip:%00%00@host5.example.com")
	require.False(t, one.Equal(two))
	require.Equal(t, "\x00\x00", Unescape(two.User))
	require.NotEqual(t, one.AOR(), two.AOR())
}

func BenchmarkParseURI(b *testing.B) {
	for _, s := range []string{"sip:alice@atlanta.com", "sip:alice@192.0.2.4:5060;transport=tcp;lr"} {
		b.Run(s, func(b *testing.B) {
			b.ReportAllocs()
			for b.Loop() {
				_, _ = ParseURI(s)
			}
		})
	}
}

func FuzzParseURI(f *testing.F) {
	for _, c := range goodURIs {
		f.Add(c.text)
	}
	f.Fuzz(func(t *testing.T, s string) {
		u, err := ParseURI(s)
		if err != nil {
			p := err.(*Problem)
			if p.Offset < 0 || p.Offset > len(s) {
				t.Fatalf("offset %d of %d", p.Offset, len(s))
			}
			return
		}
		again, err := ParseURI(u.String())
		if err != nil || again != u {
			t.Fatalf("%q prints as %q, which reads as %+v, %v", s, u.String(), again, err)
		}
		if u.AOR() == "" || !u.Equal(u) {
			t.Fatalf("%q does not equal itself", s)
		}
	})
}
