package sip

import (
	"fmt"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"
)

// good values of each header field, most of them the examples of its section, and values that leave its grammar with a part
// of what Check says.
var headerValues = []struct {
	name Name
	good []string
	bad  [][2]string
}{
	{NameAccept, []string{"application/sdp;level=1, application/x-private, text/html", "", "*/*;q=0.5", "text/*"},
		[][2]string{{"application", `"/" is missing`}, {"text/html;q=2", "no q value"}, {"a/b,,c/d", "empty value"}}},
	{NameAcceptEncoding, []string{"gzip", "", "*;q=0"}, [][2]string{{"gzip deflate", "after a complete value"}}},
	{NameAcceptLanguage, []string{"da, en-gb;q=0.8, en;q=0.7", "*", ""}, [][2]string{{"12", "a language"}, {"abcdefghi", "a language"}}},
	{NameAlertInfo, []string{"<http://www.example.com/sounds/moo.wav>"}, [][2]string{{"http://www.example.com/", "<"}}},
	{NameAllow, []string{"INVITE, ACK, OPTIONS, CANCEL, BYE", ""}, [][2]string{{"INVITE ACK", "after a complete value"}, {"INVITE,", "empty value"}}},
	{NameAuthenticationInfo, []string{`nextnonce="47364c23432d2e131a5fb210812c"`, `qop=auth,rspauth="6629fae49393a05397450978507c4ef1",cnonce="c",nc=00000001`},
		[][2]string{{`nextnonce`, "has no value"}, {`rspauth="abc"`, "no digest"}}},
	{NameAuthorization, []string{
		`Digest username="Alice", realm="atlanta.com", nonce="84a4cc6f3082121f32b42a2187831a9e", uri="sip:atlanta.com", response="7587245234b3434cc3412213e5f113a5"`,
		`Digest username*=UTF-8''J%C3%A4s%C3%B8n, realm="a", nonce="n", uri="sip:a", response="` + strings.Repeat("0a", 32) + `"`,
		"NoOneKnowsThisScheme opaque-data=here"},
		[][2]string{{"Digest", "a space and the parameters"}, {`Digest username="Alice"`, "Digest without realm"}, {`Digest realm=atlanta.com`, "without quotation marks"},
			{`Digest realm="atlanta.com`, "never closed"}, {`Digest response="abc"`, "no digest"}, {`Digest nc=zzzz`, "nc is no count"}, {`Digest realm="a", realm="b"`, "second time"}, {`Digest a="b" c="d"`, "after a complete value"}}},
	{NameCallID, []string{"f81d4fae-7dec-11d0-a765-00a0c91e6bf6@biloxi.com", "f81d4fae", `intmeth.word%ZK-!.*_+'@word` + "`~)(><:\\/\"][?}{"},
		[][2]string{{"", "is missing"}, {"a@", "after @ is missing"}, {"a@b@c", "after a complete value"}, {"a b", "after a complete value"}}},
	{NameCallInfo, []string{"<http://wwww.example.com/alice/photo.jpg> ;purpose=icon, <http://www.example.com/alice/> ;purpose=info"}, [][2]string{{"<http://a b/>", "cannot stand in a URI"}}},
	{NameContact, []string{`"Mr. Watson" <sip:watson@worcester.bell-telephone.com>;q=0.7; expires=3600, "Mr. Watson" <mailto:watson@bell-telephone.com> ;q=0.1`, "<sips:bob@192.0.2.4>;expires=60", "sip:a@b.c"},
		[][2]string{{"", "empty value"}, {"<sip:a@b.c>;q=1.1", "no q value"}, {"<sip:a@b.c>;q=0.1234", "no q value"}, {"<sip:a@b.c>;expires=soon", "counts as 3600"}, {"<sip:a@b.c>;expires=4294967296", "counts as 4294967295"}, {"<sip:a@b.c", "never closed"},
			{`"a <sip:a@b.c>`, "never closed"}, {`"a" sip:a@b.c`, "URI after a display name"}, {"sip:a@b.c?x=y", "without brackets"}, {"<sip:a@b.c>;a=1;A=2", "second time"}, {"<sip:a@b.c;x;x>", "second time"},
			{"<sip:a@b.c> x", "after a complete value"}, {"<sip:a@b.c>;;", "empty parameter"}, {"<>", "a scheme and a colon"}, {"<sip:a@b.c>;x=", "value of the parameter x is missing"}}},
	{NameContentDisposition, []string{"session", "session;handling=optional"}, [][2]string{{";handling=optional", "a token"}}},
	{NameContentEncoding, []string{"gzip", "tar"}, [][2]string{{"", "empty value"}}},
	{NameContentLanguage, []string{"fr", "en-gb, da"}, [][2]string{{"f1", "a language"}}},
	{NameContentLength, []string{"0"}, [][2]string{{"", "is missing"}, {"-1", `"-"`}, {"0x10", "after a complete value"}, {"4294967328", "out of range"}, {"00000000000", "at most ten digits"}}},
	{NameContentType, []string{"application/sdp", "text/html; charset=ISO-8859-4", `multipart/mixed;boundary="a b"`}, [][2]string{{"text", `"/" is missing`}, {"text/", "media subtype is missing"}, {"text/html charset", "after a complete value"}}},
	{NameCSeq, []string{"4711 INVITE", "0009  INVITE"}, [][2]string{{"INVITE", "the sequence number"}, {"4711", "a method is missing"}, {"4711INVITE", "white space"}, {"2147483648 INVITE", "out of range"}, {"-1 INVITE", `"-"`}, {"1 INVITE x", "after a complete value"}}},
	{NameDate, []string{"Sat, 13 Nov 2010 23:29:00 GMT"}, [][2]string{{"Sat, 13 Nov 2010 23:29:00 EST", "not GMT"}, {"Sat, 13 nov 2010 23:29:00 GMT", "no month"}, {"Sat, 32 Nov 2010 23:29:00 GMT", "no date and time"},
		{"Sat, 13 Nov 2010 24:29:00 GMT", "no date and time"}, {"xxx, 13 Nov 2010 23:29:00 GMT", "no day"}, {"now", "no date"}}},
	{NameErrorInfo, []string{"<sip:not-in-service-recording@atlanta.com>"}, [][2]string{{"sip:a@b", "<"}}},
	{NameExpires, []string{"5", "4294967295"}, [][2]string{{"4294967296", "out of range"}, {"soon", "the number of seconds"}, {"5.5", "after a complete value"}}},
	{NameFrom, []string{`"A. G. Bell" <sip:agb@bell-telephone.com> ;tag=a48s`, "sip:+12125551212@server.phone2net.com;tag=887s", "Anonymous <sip:c8oqz84zk7z@privacy.org>;tag=hyh8", "caller<sip:caller@example.com>;tag=323"},
		[][2]string{{"Bell, Alexander <sip:a@b.c>;tag=1", "cannot stand in a display name"}, {"<sip:a@b.c>;tag", "the tag is missing"}, {"<sip:a@b.c>;tag=a[b", "after a complete value"}, {"< sip:a@b.c>;tag=1", "white space inside"}, {"<sip:a@b.c>, <sip:d@e.f>;tag=1", "after a complete value"}, {"a@b.c;tag=1", "a scheme and a colon"}}},
	{NameInReplyTo, []string{"70710@saturn.bell-tel.com, 17320@saturn.bell-tel.com"}, [][2]string{{"a,,b", "empty value"}}},
	{NameMaxForwards, []string{"6", "0", "255", "0068"}, [][2]string{{"256", "out of range"}, {"-1", `"-"`}, {"abc", `"a"`}, {"4294967295", "out of range"}, {"", "is missing"}}},
	{NameMinExpires, []string{"60"}, [][2]string{{"x", "the number of seconds"}}},
	{NameMIMEVersion, []string{"1.0"}, [][2]string{{"1", "no version"}, {"1.x", "no version"}}},
	{NameOrganization, []string{"Boxes by Bob", ""}, [][2]string{{"Boxes \x01", "control character"}}},
	{NamePriority, []string{"emergency", "non-urgent"}, [][2]string{{"very urgent", "after a complete value"}}},
	{NameProxyAuthenticate, []string{`Digest realm="atlanta.com", domain="sip:ss1.carrier.com", qop="auth", nonce="f84f1cec41e6cbe5aea9c8e88d359", opaque="", stale=FALSE, algorithm=MD5`}, [][2]string{{`Digest realm="a"`, "without nonce"}, {`Digest realm="a", nonce="b", stale=maybe`, "stale"}}},
	{NameProxyAuthorization, []string{`Digest username="Alice", realm="atlanta.com", nonce="c60f3082ee1212b402a21831ae", uri="sip:a", response="245f23415f11432b3434341c02200000"`}, [][2]string{{`Digest`, "a space"}}},
	{NameProxyRequire, []string{"foo"}, [][2]string{{"", "empty value"}, {"foo bar", "after a complete value"}}},
	{NameRecordRoute, []string{"<sip:server10.biloxi.com;lr>, <sip:bigbox3.site3.atlanta.com;lr>"}, [][2]string{{"sip:server10.biloxi.com;lr", "without brackets"}}},
	{NameReplyTo, []string{"Bob <sip:bob@biloxi.com>"}, [][2]string{{"Bob", "a scheme and a colon"}}},
	{NameRequire, []string{"100rel"}, [][2]string{{"100rel,", "empty value"}}},
	{NameRetryAfter, []string{"18000;duration=3600", "120 (I'm in a meeting)", "5 (a (b) c);x=y"}, [][2]string{{"soon", "the number of seconds"}, {"5 (a", "comment is never closed"}, {"5;duration=x", "the number of seconds"}}},
	{NameRoute, []string{"<sip:bigbox3.site3.atlanta.com;lr>, <sip:server10.biloxi.com;lr>", "<sip:a@b.c>;x=y"}, [][2]string{{"sip:a@b.c", "without brackets"}, {"<sip:a@b.c>, sip:d@e.f", "without brackets"}, {"", "empty value"}}},
	{NameServer, []string{"HomeServer v2", "a/1.0 (b (c) d) e"}, [][2]string{{"a/", "version of a product"}, {"(a", "never closed"}, {"a;b", "a product"}}},
	{NameSubject, []string{"Need more boxes", "", "Tech Support"}, [][2]string{{"\xff", "not UTF-8"}}},
	{NameSupported, []string{"100rel", ""}, [][2]string{{"100rel;x", "after a complete value"}}},
	{NameTimestamp, []string{"54", "54.21 0.5"}, [][2]string{{"now", "a time"}, {"54 x", "after a complete value"}}},
	{NameTo, []string{"The Operator <sip:operator@cs.columbia.edu>;tag=287447", "sip:+12125551212@server.phone2net.com", "isbn:2983792873"}, [][2]string{{"", "a URI is missing"}, {`"Mr. J. User <sip:j.user@example.com>`, "never closed"}}},
	{NameUnsupported, []string{"foo"}, [][2]string{{"", "empty value"}}},
	{NameUserAgent, []string{"Softphone Beta1.5", "SIPimp.org/0.2.5 (curses)"}, [][2]string{{"<a>", "a product"}}},
	{NameVia, []string{"SIP/2.0/UDP erlang.bell-telephone.com:5060;branch=z9hG4bK87asdks7", "SIP/2.0/UDP 192.0.2.1:5060 ;received=192.0.2.207;branch=z9hG4bK77asjd",
		"SIP / 2.0 / UDP first.example.com: 4000;ttl=16;maddr=224.2.0.1 ;branch=z9hG4bKa7c6a8dlze.1", "SIP/2.0/TCP [2001:db8::9:1]:6050;branch=z9hG4bKx;rport", "SIP/2.0/UDP a.b;branch=z9hG4bKx;received=2001:db8::1;rport=4000"},
		[][2]string{{"SIP/2.0 a.b", `"/" before the transport`}, {"SIP/2.0/UDP", "white space"}, {"SIP/2.0/UDP ;branch=z9hG4bKx", "host is missing"}, {"SIP/2.0/UDP a.b:0", "port is out of range"}, {"SIP/2.0/UDP a.b:65536", "port is out of range"},
			{"SIP/2.0/UDP a.b:x", "the port should be"}, {"SIP/2.0/UDP [::1;branch=z9hG4bKx", "not closed"}, {"SIP/2.0/UDP a.b;branch=", "value of the parameter branch"}, {"SIP/2.0/UDP a.b;branch=z9hG4bK", "magic cookie"}, {"SIP/2.0/UDP a.b;ttl=256", "time to live"},
			{"SIP/2.0/UDP a.b;received=a.b", "no IP address"}, {"SIP/2.0/UDP a.b;rport=0", "port is out of range"}, {"SIP/2.0/UDP a.b;maddr=a..b", "empty label"}, {"SIP/3.0/UDP a.b", "not SIP/2.0"}, {"", "empty value"}}},
	{NameWarning, []string{`307 isi.edu "Session parameter 'foo' not understood"`, `301 isi.edu:5060 "a", 399 b "c"`}, [][2]string{{`1812 overture "In Progress"`, "three digits"}, {`307 "a"`, "the host that warns"}, {`307 a b`, "text of a warning"}}},
	{NameWWWAuthenticate, []string{`Digest realm="atlanta.com", domain="sip:boxesbybob.com", qop="auth", nonce="f84f1cec41e6cbe5aea9c8e88d359", opaque="", stale=FALSE, algorithm=MD5`}, [][2]string{{`Digest nonce="a"`, "without realm"}}},

	{NameAllowEvents, []string{"presence, dialog"}, [][2]string{{"", "empty value"}}},
	{NameEvent, []string{"presence", "foo;id=1234", "presence.winfo"}, [][2]string{{"", "a token is missing"}, {"a, b", "after a complete value"}}},
	{NameHistoryInfo, []string{"<sip:bob@biloxi.com>;index=1, <sip:c@d.e>;index=1.1"}, [][2]string{{"x", "a scheme and a colon"}}},
	{NameDiversion, []string{`"Bob" <sip:bob@biloxi.com>;reason=no-answer`}, [][2]string{{"x", "a scheme and a colon"}}},
	{NameJoin, []string{"98732@sip.example.com;from-tag=r33th4x0r;to-tag=ff87ff"}, [][2]string{{"a;to-tag=b", "both its tags"}}},
	{NameMaxBreadth, []string{"60"}, [][2]string{{"0", "out of range"}}},
	{NameMinSE, []string{"90", "90;x=y"}, [][2]string{{"x", "the number of seconds"}}},
	{NamePath, []string{"<sip:p1.example.com;lr>, <sip:p2.example.com;lr>"}, [][2]string{{"sip:p1.example.com;lr", "without brackets"}}},
	{NameRAck, []string{"776656 1 INVITE"}, [][2]string{{"0 1 INVITE", "out of range"}, {"1 INVITE", "sequence number"}, {"1", "white space is missing"}}},
	{NameReferSub, []string{"false", "true"}, [][2]string{{"", "a token"}}},
	{NameReferTo, []string{"sip:alice@atlanta.example.com", "<sip:dave@denver.example.org?Replaces=12345%40192.168.118.3%3Bto-tag%3D12345%3Bfrom-tag%3D5FFE-3994>", "<sip:carol@cleveland.example.org;method=SUBSCRIBE>", "http://www.ietf.org"},
		[][2]string{{"sip:dave@denver.example.org?Replaces=a", "without brackets"}}},
	{NameReferredBy, []string{"<sip:referrer@referrer.example>"}, [][2]string{{"x", "a scheme and a colon"}}},
	{NameReplaces, []string{"98732@sip.example.com;from-tag=r33th4x0r;to-tag=ff87ff", "12adf2f34456gs5;to-tag=12345;from-tag=54321;early-only", "87134@171.161.34.23;to-tag=24796;from-tag=0"},
		[][2]string{{"98732@sip.example.com;from-tag=r33th4x0r", "both its tags"}, {";from-tag=a;to-tag=b", "a Call-ID"}, {"a;to-tag=b;to-tag=c;from-tag=d", "second time"}}},
	{NameRSeq, []string{"988789"}, [][2]string{{"0", "out of range"}, {"4294967296", "out of range"}}},
	{NameSessionExpires, []string{"1800;refresher=uac", "90"}, [][2]string{{"x", "the number of seconds"}}},
	{NameSubscriptionState, []string{"active;expires=600", "terminated;reason=timeout"}, [][2]string{{"", "a token"}}},
}

// headerProblems checks one value where only the grammar of its header can be at fault.
func headerProblems(n Name, value string) []Problem {
	m := Message{Method: INVITE, URI: "sip:a@b.c", Version: "SIP/2.0"}
	_ = m.Parse(fmt.Sprintf("INVITE sip:a@b.c SIP/2.0\r\n%s: %s\r\n\r\n", n, value))
	var of []Problem
	for _, p := range m.Check(nil) {
		if p.Header == n.String() && p.Line == 2 && !isAboutTogether(p) {
			of = append(of, p)
		}
	}
	return of
}

// isAboutTogether tells the problems that a header has with the rest of the message.
func isAboutTogether(p Problem) bool {
	return strings.Contains(p.Text, "more than one Contact") || strings.Contains(p.Text, "is no SIP URI") || strings.Contains(p.Text, "has no tag")
}

func TestRFC3261_20_GoodValuesHaveNoProblem(t *testing.T) {
	for _, h := range headerValues {
		for _, value := range h.good {
			require.Empty(t, headerProblems(h.name, value), "%s: %s", h.name, value)
		}
	}
}

func TestRFC3261_20_BadValuesAreNamedWithPlaceAndSection(t *testing.T) {
	for _, h := range headerValues {
		for _, c := range h.bad {
			problems := headerProblems(h.name, c[0])
			require.NotEmpty(t, problems, "%s: %s", h.name, c[0])
			said := ""
			for _, p := range problems {
				said += p.Error() + "\n"
				require.NotEmpty(t, p.Section, p.Error())
				require.NotEmpty(t, p.Want, p.Error())
				require.Greater(t, p.Column, len(h.name.String())+1, p.Error())
			}
			require.Contains(t, said, c[1], "%s: %s", h.name, c[0])
		}
	}
}

func TestEveryRuleIsTested(t *testing.T) {
	tested := map[Name]bool{}
	for _, h := range headerValues {
		tested[h.name] = true
	}
	for n := Name(1); n < nameCount; n++ {
		if rules[n].read != nil {
			require.True(t, tested[n], "%s has no values in the table", n)
		}
	}
}

func TestRFC3261_16_3_AMalformedHeaderThatNobodyNeedsIsNoReasonToReject(t *testing.T) {
	for n := Name(1); n < nameCount; n++ {
		for _, p := range headerProblems(n, "\x01,") {
			if !rules[n].needed {
				require.Equal(t, 0, p.Status, p.Error())
			}
		}
	}
}

const sound = "INVITE sip:bob@biloxi.com SIP/2.0\r\n" +
	"Via: SIP/2.0/UDP pc33.atlanta.com;branch=z9hG4bKnashds8\r\n" +
	"To: Bob <sip:bob@biloxi.com>\r\n" +
	"From: Alice <sip:alice@atlanta.com>;tag=1928301774\r\n" +
	"Call-ID: a84b4c76e66710\r\n" +
	"CSeq: 314159 INVITE\r\n" +
	"Max-Forwards: 70\r\n" +
	"Contact: <sip:alice@pc33.atlanta.com>\r\n" +
	"Content-Length: 0\r\n\r\n"

const soundResponse = "SIP/2.0 200 OK\r\n" +
	"Via: SIP/2.0/UDP pc33.atlanta.com;branch=z9hG4bKnashds8\r\n" +
	"To: Bob <sip:bob@biloxi.com>;tag=a6c85cf\r\n" +
	"From: Alice <sip:alice@atlanta.com>;tag=1928301774\r\n" +
	"Call-ID: a84b4c76e66710\r\n" +
	"CSeq: 314159 INVITE\r\n" +
	"Contact: <sip:bob@192.0.2.4>\r\n" +
	"Content-Length: 0\r\n\r\n"

func TestASoundMessageHasNoProblem(t *testing.T) {
	for _, text := range []string{sound, soundResponse} {
		_, problems := judge(text)
		require.Empty(t, problems)
	}
}

// Each row changes a sound message in one place and says what is owed, where, and by which section.
func TestRulesOfTheWholeMessage(t *testing.T) {
	for _, c := range []struct{ from, old, new, verdict, says, section string }{
		{sound, "SIP/2.0\r\nVia", "SIP/3.0\r\nVia", "505", "nobody speaks", "§21.5.6"},
		{sound, "SIP/2.0\r\nVia", "SIP/two\r\nVia", "400", "no version", "§7.1"},
		{sound, "SIP/2.0\r\nVia", "sip/2.0\r\nVia", "none", "", ""},
		{sound, "INVITE sip", "INV<TE sip", "400", "in a method", "§7.1"},
		{sound, "sip:bob@biloxi.com SIP", "sip:" + strings.Repeat("b", 4100) + "@biloxi.com SIP", "414", "too long", "§21.4.12"},
		{sound, "sip:bob@biloxi.com SIP", "sip:bob@biloxi.com;method=INVITE SIP", "none", "parameter method", "§19.1.5"},
		{sound, "sip:bob@biloxi.com SIP", "unknown:whatever SIP", "none", "", ""},
		{sound, "sip:bob@biloxi.com SIP", "bob SIP", "400", "no URI", "§19.1.1"},
		{sound, "To: Bob <sip:bob@biloxi.com>\r\n", "", "400", "To is missing", "§8.1.1"},
		{sound, "From: Alice <sip:alice@atlanta.com>;tag=1928301774\r\n", "", "400", "From is missing", "§8.1.1"},
		{sound, "Call-ID: a84b4c76e66710\r\n", "", "400", "Call-ID is missing", "§8.1.1"},
		{sound, "CSeq: 314159 INVITE\r\n", "", "400", "CSeq is missing", "§8.1.1"},
		{sound, "Via: SIP/2.0/UDP pc33.atlanta.com;branch=z9hG4bKnashds8\r\n", "", "400", "Via is missing", "§8.1.1"},
		{sound, "Max-Forwards: 70\r\n", "", "none", "Max-Forwards is missing", "§8.1.1"},
		{sound, "Contact: <sip:alice@pc33.atlanta.com>\r\n", "", "none", "Contact is missing", "§8.1.1.8"},
		{sound, ";tag=1928301774", "", "none", "From has no tag", "§8.1.1.3"},
		{sound, ";branch=z9hG4bKnashds8", "", "none", "no branch", "§8.1.1.7"},
		{sound, "314159 INVITE", "314159 BYE", "400", "method differs", "§8.1.1.5"},
		{sound, "314159 INVITE", "314159 invite", "400", "method differs", "§8.1.1.5"},
		{sound, "Contact: <", "Contact: <sip:a@b.c>, <", "400", "more than one Contact", "§8.1.1.8"},
		{sound, "<sip:alice@pc33.atlanta.com>", "<mailto:alice@atlanta.com>", "400", "no SIP URI", "§8.1.1.8"},
		{sound, "<sip:alice@pc33.atlanta.com>", "*", "400", "no REGISTER", "§10.2.2"},
		{sound, "Max-Forwards: 70", "Max-Forwards: 70\r\nMax-Forwards: 70", "400", "second time", "§7.3.1"},
		{sound, "Max-Forwards: 70", "Max-Forwards: 70\r\nSubject: a\r\ns: b", "none", "second time", "§7.3.1"},
		{sound, "Max-Forwards: 70", "Max-Forwards: 70\r\nthis line has no colon", "400", "no header field", "§7.3.1"},
		{sound, "Max-Forwards: 70", "Max-Forwards: 70\r\nX(Y): z", "400", "in the name of a header field", "§25.1"},
		{sound, "Max-Forwards: 70", "Max-Forwards: 70\r\nReplaces: a;to-tag=b;from-tag=c\r\nJoin: a;to-tag=b;from-tag=c", "400", "Join stands beside", "RFC 3891 §3"},
		{sound, "Content-Length: 0", "Content-Length: 1", "400", "larger than", "§18.3"},
		{sound, "Content-Length: 0\r\n\r\n", "Content-Length: 0\r\n\r\nmore", "none", "after the end of the body", "§18.3"},
		{sound, "Content-Length: 0\r\n\r\n", "\r\nbody", "400", "without Content-Type", "§20.15"},
		{sound, "Content-Length: 0\r\n\r\n", "Content-Length: 0\r\n", "none", "empty line", "§7"},
		{sound, "sip:bob@biloxi.com>\r\n", "sip:bob@biloxi.com>\r\n  ;tag=a\r\n  ;tag=b\r\n", "400", "second time", "§7.3.1"},
		{soundResponse, "SIP/2.0 200 OK", "SIP/2.0 700 OK", "drop", "no such class", "§7.2"},
		{soundResponse, "SIP/2.0 200 OK", "SIP/2.0 200", "none", "space after the status code", "§7.2"},
		{soundResponse, "SIP/2.0 200 OK", "SIP/2.0 200 \xff", "none", "not UTF-8", "§25.1"},
		{soundResponse, "CSeq: 314159 INVITE\r\n", "", "drop", "CSeq is missing", "§8.2.6.2"},
		{soundResponse, ";tag=a6c85cf", "", "none", "To has no tag", "§8.2.6.2"},
		{soundResponse, "SIP/2.0 200 OK", "SIP/2.0 401 Unauthorized", "none", "WWW-Authenticate is missing", "§22.2"},
		{soundResponse, "SIP/2.0 200 OK", "SIP/2.0 423 Interval Too Brief", "none", "Min-Expires is missing", "§10.3"},
	} {
		require.Contains(t, c.from, c.old)
		verdict, problems := judge(strings.Replace(c.from, c.old, c.new, 1))
		require.Equal(t, c.verdict, verdict, "%q for %q: %v", c.new, c.old, problems)
		said := ""
		for _, p := range problems {
			said += p.Error() + "\n"
		}
		require.Contains(t, said, c.says)
		require.Contains(t, said, c.section)
	}
}

func TestRFC3261_10_3_Step6_TheStarOfContact(t *testing.T) {
	register := strings.NewReplacer("INVITE sip:bob@", "REGISTER sip:", "INVITE", "REGISTER", "<sip:alice@pc33.atlanta.com>", "*").Replace(sound)
	for extra, verdict := range map[string]string{"Expires: 0\r\n": "none", "": "400", "Expires: 60\r\n": "400", "Expires: 0\r\nContact: <sip:a@b.c>\r\n": "400"} {
		got, problems := judge(strings.Replace(register, "Content-Length", extra+"Content-Length", 1))
		require.Equal(t, verdict, got, "%q: %v", extra, problems)
	}
}

func TestAnAckIsDroppedAndNeverAnswered(t *testing.T) {
	verdict, _ := judge(strings.NewReplacer("INVITE", "ACK", "Max-Forwards: 70", "Max-Forwards: 300").Replace(sound))
	require.Equal(t, "drop", verdict)
}

func TestABuiltMessageIsCheckedAsItWouldBePrinted(t *testing.T) {
	var m Message
	require.NoError(t, m.Parse(sound))
	m.Set(NameCSeq, "4294967296 INVITE", Origin{})
	problems := m.Check(nil)
	require.Len(t, problems, 1)
	require.Equal(t, "CSeq", problems[0].Header)
	require.Equal(t, 400, problems[0].Status)
}

func BenchmarkCheck(b *testing.B) {
	var m Message
	if err := m.Parse(sound); err != nil {
		b.Fatal(err)
	}
	var ps []Problem
	b.ReportAllocs()
	for b.Loop() {
		ps = m.Check(ps[:0])
	}
}

// A message that was changed is checked as it would be printed, whatever was
// changed: no place may lie outside the text.
func TestCheckOfAChangedMessage(t *testing.T) {
	changes := map[string]func(*Message){
		"method": func(m *Message) { m.Method = strings.Repeat("M", 1000) },
		"URI":    func(m *Message) { m.URI = "sip:" + strings.Repeat("u", 1000) },
		"status": func(m *Message) { m.Method, m.URI, m.Status = "", "", 200 },
		"body":   func(m *Message) { m.Body = strings.Repeat("b", 1000) },
		"rest":   func(m *Message) { m.Trailing = strings.Repeat("r", 1000) },
	}
	for name, change := range changes {
		m := parsed(t, "OPTIONS sip:a@b SIP/2.0\nVia: SIP/2.0/UDP a;branch=z9hG4bK1\nContent-Length: 1\n\nxy")
		change(m)
		var again Message
		require.NoError(t, again.Parse(m.String()), name)
		require.Equal(t, again.Check(nil), m.Check(nil), name)
	}
}
