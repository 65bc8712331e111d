package sip

import (
	"testing"

	"github.com/stretchr/testify/require"
)

// The sets of RFC 3261 §19.1.4, then cases for each of its rules.
var equalURIs = []struct{ a, b, why string }{
	{"sip:%61lice@atlanta.com;transport=TCP", "sip:alice@AtLanTa.CoM;Transport=tcp", "escapes, host and parameters without case"},
	{"sip:carol@chicago.com", "sip:carol@chicago.com;newparam=5", "an unknown parameter in one only"},
	{"sip:carol@chicago.com", "sip:carol@chicago.com;security=on", "an unknown parameter in one only"},
	{"sip:carol@chicago.com;newparam=5", "sip:carol@chicago.com;security=on", "different unknown parameters"},
	{"sip:biloxi.com;transport=tcp;method=REGISTER?to=sip:bob%40biloxi.com", "sip:biloxi.com;method=REGISTER;transport=tcp?to=sip:bob%40biloxi.com", "the order of parameters"},
	{"sip:alice@atlanta.com?subject=project%20x&priority=urgent", "sip:alice@atlanta.com?priority=urgent&subject=project%20x", "the order of headers"},
	{"sip:carol@chicago.com", "sip:carol@chicago.com;security=off", "not transitive: this"},
	{"sip:alice@atlanta.com?to=sip:bob%40biloxi.com", "sip:alice@atlanta.com?To=sip:bob%40BILOXI.com", "From and To are compared by their URIs (§20.20, §20.39)"},
	{"sip:alice@atlanta.com?route=a&route=b", "sip:alice@atlanta.com?route=b&route=a", "a header twice"},
	{"SIP:alice@atlanta.com", "sip:alice@atlanta.com", "the scheme without case"},
	{"sip:a@[2001:db8::10]", "sip:a@[2001:DB8:0::10]", "RFC 5954 §4.2: the same address in binary"},
	{"tel:+358-555-1234567;postd=pp22", "tel:+358-555-1234567;POSTD=PP22", "§19.1.6"},
	{"tel:+358-555-1234567;postd=pp22;isub=1411", "tel:+358-555-1234567;isub=1411;postd=pp22", "§19.1.6"},
	{"tel:+358-555-1234567", "tel:+358(555)1234567", "RFC 3966 §4: without visual separators"},
	{"tel:7042;phone-context=+1-212", "tel:70-42;phone-context=+1212", "RFC 3966 §4: a context that is a number"},
}

var unequalURIs = []struct{ a, b, why string }{
	{"SIP:ALICE@AtLanTa.CoM;Transport=udp", "sip:alice@AtLanTa.CoM;Transport=UDP", "different usernames"},
	{"sip:bob@biloxi.com", "sip:bob@biloxi.com:5060", "can resolve to different ports"},
	{"sip:bob@biloxi.com", "sip:bob@biloxi.com;transport=udp", "can resolve to different transports"},
	{"sip:bob@biloxi.com", "sip:bob@biloxi.com:6000;transport=tcp", "can resolve to different port and transports"},
	{"sip:carol@chicago.com", "sip:carol@chicago.com?Subject=next%20meeting", "different header component"},
	{"sip:bob@phone21.boxesbybob.com", "sip:bob@192.0.2.4", "a name never equals an address"},
	{"sip:carol@chicago.com;security=on", "sip:carol@chicago.com;security=off", "not transitive: that"},
	{"sip:alice@atlanta.com", "sips:alice@atlanta.com", "sip and sips"},
	{"sip:atlanta.com", "sip:alice@atlanta.com", "a user in one only"},
	{"sip:alice@atlanta.com", "sip:alice:pw@atlanta.com", "a password in one only"},
	{"sip:alice@atlanta.com", "sip:alice:@atlanta.com", "an empty password in one only"},
	{"sip:alice:pw@atlanta.com", "sip:alice:PW@atlanta.com", "the password has a case"},
	{"sip:alice@atlanta.com", "sip:alice@atlanta.com;user=ip", "user in one only, even with its default"},
	{"sip:alice@atlanta.com", "sip:alice@atlanta.com;ttl=1", "ttl in one only, even with its default"},
	{"sip:alice@atlanta.com", "sip:alice@atlanta.com;method=INVITE", "method in one only, even with its default"},
	{"sip:alice@atlanta.com", "sip:alice@atlanta.com;maddr=192.0.2.4", "maddr in one only"},
	{"sip:a%3Bb@atlanta.com", "sip:a;b@atlanta.com", "an escaped reserved character is not the plain one"},
	{"sip:alice@atlanta.com?call-id=a", "sip:alice@atlanta.com?call-id=A", "Call-ID has a case (§20.8)"},
	{"sip:alice@atlanta.com?subject=a", "sip:alice@atlanta.com?subject=b", "a header with another value"},
	{"sip:a@[2001:db8::10]", "sip:a@[2001:db8::11]", "another address"},
	{"sip:+358-555-1234567;postd=pp22@foo.com;user=phone", "sip:+358-555-1234567;POSTD=PP22@foo.com;user=phone", "§19.1.6: a user has a case"},
	{"sip:+358-555-1234567;postd=pp22;isub=1411@foo.com;user=phone", "sip:+358-555-1234567;isub=1411;postd=pp22@foo.com;user=phone", "§19.1.6: and an order"},
	{"tel:+358-555-1234567", "tel:+358-555-1234567;isub=1411", "RFC 3966 §4: a parameter in one only"},
	{"tel:+3585551234567", "tel:3585551234567;phone-context=example.com", "RFC 3966 §4: global and local"},
	{"mailto:bob@biloxi.com", "mailto:Bob@biloxi.com", "other schemes as text"},
}

func TestRFC3261_19_1_4_EqualURIs(t *testing.T) {
	for _, c := range equalURIs {
		a, b := mustURI(t, c.a), mustURI(t, c.b)
		require.True(t, a.Equal(b), "%s and %s: %s", c.a, c.b, c.why)
		require.True(t, b.Equal(a), "%s and %s: %s", c.b, c.a, c.why)
	}
}

func TestRFC3261_19_1_4_UnequalURIs(t *testing.T) {
	for _, c := range unequalURIs {
		a, b := mustURI(t, c.a), mustURI(t, c.b)
		require.False(t, a.Equal(b), "%s and %s: %s", c.a, c.b, c.why)
		require.False(t, b.Equal(a), "%s and %s: %s", c.b, c.a, c.why)
	}
}

func TestRFC3261_10_3_Step5_CanonicalAddressOfRecord(t *testing.T) {
	for _, c := range []struct{ uri, aor string }{
		{"sip:alice@atlanta.com", "sip:alice@atlanta.com"},
		{"SIP:%61lice@Atlanta.COM;transport=tcp;user=phone", "sip:alice@atlanta.com"},
		{"sip:Alice@atlanta.com:5070", "sip:Alice@atlanta.com:5070"},
		{"sips:bob%40home@[2001:DB8::1]", "sips:bob@home@[2001:db8::1]"},
		{"sip:null-%00-null@example.com", "sip:null-\x00-null@example.com"},
		{"sip:alice@atlanta.com?subject=x", "sip:alice@atlanta.com"},
		{"tel:+1-212-555-1212;isub=12", "tel:+12125551212"},
		{"tel:70-42;phone-context=Example.com", "tel:7042;phone-context=example.com"},
		{"isbn:2983792873", "isbn:2983792873"},
	} {
		u := mustURI(t, c.uri)
		require.Equal(t, c.aor, u.AOR(), c.uri)
	}
}

func TestAppendAORDoesNotAllocate(t *testing.T) {
	u, buf := mustURI(t, "sip:%61lice@Atlanta.COM;transport=tcp"), make([]byte, 0, 64)
	require.Zero(t, testing.AllocsPerRun(100, func() { buf = u.AppendAOR(buf[:0]) }))
}

func BenchmarkURIEqual(b *testing.B) {
	u, _ := ParseURI("sip:alice@atlanta.com;transport=tcp;lr")
	v, _ := ParseURI("sip:%61lice@Atlanta.com;lr;Transport=TCP")
	b.ReportAllocs()
	for b.Loop() {
		if !u.Equal(v) {
			b.Fatal("they are equal")
		}
	}
}
