package sip

import (
	"net/netip"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"
)

// plainValues lie near the border of what the plain functions know.
var plainValues = []string{
	"", "*", "<>", "<sip:>", "<sip:a@>", "<sip:@b>", "<sip:a@b>", "<sip:a@b", "<sip:a@b>x", "<sip:a@b> ", "<sip:a@b>;", "<SIP:a@b>", "<sips:a@b>",
	"<sip:a@1.2.3.4>", "<sip:a@1.2.3>", "<sip:a@1.2.3.456>", "<sip:a@1.2.3.04>", "<sip:a@b.>", "<sip:a@.b>", "<sip:a@-b>", "<sip:a@b.1>",
	"<sip:a@b:>", "<sip:a@b:0>", "<sip:a@b:5060>", "<sip:a@b:65536>", "<sip:a%20@b>", "<sip:a:p@b>", "<sip:a@b;lr>", "<sip:a@b?x=y>",
	"<sip:a@b>;tag", "<sip:a@b>;tag=", "<sip:a@b>;tag=1", "<sip:a@b>;tag=1;tag=2", "<sip:a@b>;tag=\"1\"", "<sip:a@b>;tag=1 ", "<sip:a@b>;tag=1,<sip:c@d>",
	"<sip:a@b>;expires=", "<sip:a@b>;expires=1", "<sip:a@b>;expires=4294967295", "<sip:a@b>;expires=4294967296", "<sip:a@b>;expires=1;expires=2", "<sip:a@b>;expires=x",
	"SIP/2.0/TCP a:5060;branch=z9hG4bK1", "<sip:a@b;transport=tcp>", "<sip:a@b;transport=>", "<sip:a@b;transport=tcp;lr>", "application/sdp", "a/", "1 INVITE", "1  INVITE ", "70", "255", "256", "00000000070", "a@b", "a@", "@b",
	"SIP/2.0/UDP a;branch=z9hG4bK", "SIP/2.0/UDP a;branch=z9hG4bKx", "SIP/2.0/UDP a;branch=z9hG4bKx;rport", "SIP/2.0/UDP a:5060;branch=z9hG4bKx", "SIP/2.0/UDP a:0;branch=z9hG4bKx",
	"A <sip:a@b>", "A<sip:a@b>", "A B <sip:a@b>", "A  <sip:a@b>", "é <sip:a@b>", "A", "A ", "A sip:a@b", "<sip:b>", "<sip:b:5060>;tag=1", "<sip:1.2.3.4>",
	"<sip:a-.b>", "<sip:a-b.c-d>", "<sip:a..b>", "<sip:a.b->", "<sip:1.b>", "<sip:b.1a>", "<sip:b.a1>", "<sip:->",
	"<sip:b;lr>", "<sip:a@b:5060;lr>", "<sip:b;lr>, <sip:c;lr>", "<sip:b;lr>,<sip:c;lr>", "<sip:b;lr>, ", "<sip:b;lr>;x", "<sip:b;lr=on>", "sip:b;lr",
	"INVITE, ACK", "INVITE,ACK", "INVITE ,ACK", "INVITE, ", ", ACK", "INVITE, ACK, BYE, x y", "100rel", "é",
	"SIP/2.0/UDP a;branch=z9hG4bKx;received=192.0.2.1", "SIP/2.0/UDP a;branch=z9hG4bKx;received=192.0.2", "SIP/2.0/UDP a;branch=z9hG4bKx;received=a", "SIP/2.0/UDP a;branch=z9hG4bKx;received=192.0.2.1;rport=1",
	"SIP/2.0/UDP a;branch=Z9HG4BK", "SIP/2.0/UDP ;branch=z9hG4bKx", "SIP/2.0/UDP a;branch=z9hG4bKx, SIP/2.0/UDP b", "SIP/2.0/UDP  a;branch=z9hG4bKx", "SIP/2.0/TCP a;branch=z9hG4bKx",
}

// plainHolds says that where a plain function knows a value, the reader finds nothing wrong with it.
func plainHolds(t require.TestingT, value string) {
	for n := range rules {
		row := &rules[n]
		if row.plain == nil || !row.plain(&Message{}, value) {
			continue
		}
		r := reader{s: value, limits: &DefaultLimits}
		row.read(&r)
		r.done(0)
		require.Empty(t, r.flaws, "%s: %q", Name(n), value)
	}
}

// glanceHolds says that what is read at a glance is what the whole grammar reads.
func glanceHolds(t require.TestingT, value string) {
	var v Via
	if v.glance(value) {
		want, err := ParseVia(value)
		require.NoError(t, err, "%q", value)
		require.Equal(t, want, v, "%q", value)
	}
	var a NameAddr
	if a.glance(value) {
		want, err := ParseNameAddr(value)
		require.NoError(t, err, "%q", value)
		require.Equal(t, want, a, "%q", value)
	}
}

func TestWhatIsPlainHasNoFlaw(t *testing.T) {
	for _, v := range plainValues {
		plainHolds(t, v)
		glanceHolds(t, v)
	}
}

func FuzzPlain(f *testing.F) {
	for _, v := range plainValues {
		f.Add(v)
	}
	f.Fuzz(func(t *testing.T, value string) {
		plainHolds(t, value)
		glanceHolds(t, value)
	})
}

func TestAnIPv4AddressIsReadAsNetipReadsIt(t *testing.T) {
	for _, s := range []string{
		"", ".", "...", "a", "1.2.3.a", "1.2.3.:", "1.2.3.4 ", "1", "1.2", "1.2.3", "1.2.3.4", "1.2.3.4.", ".1.2.3.4", "1.2.3.4.5", "1..3.4", "0.0.0.0", "00.0.0.0",
		"01.2.3.4", "1.2.3.04", "255.255.255.255", "256.1.1.1", "1.2.3.256", "1.2.3.1000", "99999999999999999999.1.1.1",
	} {
		_, err := netip.ParseAddr(s)
		require.Equal(t, err == nil, isIPv4(s), s)
	}
}

// nameHolds says that plainHost knows exactly the names that hostnameFlaw finds nothing wrong with, but for those with a dot
// at their end, which it leaves to it; IPv4 addresses it knows as well.
func nameHolds(t require.TestingT, s string) {
	if s == "" {
		return // hostFlaw has seen to it
	}
	bad := false
	for i, label := range strings.Split(s, ".") {
		last := i == strings.Count(s, ".")
		bad = bad || labelFlaw(label).found() || last && !is(label[0], alphaChars)
	}
	rest, ok := plainHost(s)
	require.Equal(t, !bad || isIPv4(s), ok && rest == "", "%q", s)
}

var hostnames = []string{
	"a", "1", "-", ".", "a.", ".a", "a.b", "a..b", "a.1", "1.a", "a.1b", "a.b1", "a-", "-a", "a-b", "a-.b", "a.-b", "a.b-", "a--b", "a_b", "a%20b", "é", "a.b.c-d.example.com",
}

func TestAHostNameIsKnownAtAGlance(t *testing.T) {
	for _, s := range hostnames {
		nameHolds(t, s)
	}
}

func FuzzHostname(f *testing.F) {
	for _, s := range hostnames {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, s string) { nameHolds(t, s) })
}
