package offer

import (
	"net/netip"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"
)

// plainTexts are session descriptions that are read at a glance.
var plainTexts = []string{
	lines("v=0", "o=alice 2890844526 2890844527 IN IP4 192.0.2.1", "s=-", "c=IN IP4 192.0.2.1", "t=0 0", "m=audio 49170 RTP/AVP 0 8 97", "a=rtpmap:0 PCMU/8000", "a=rtpmap:97 iLBC/8000", "a=sendonly", "m=video 0 RTP/AVP 31"),
	lines("v=0", "o=- 1 1 IN IP6 2001:db8::1", "s=-", "c=IN IP6 2001:db8::1", "t=0 0", "m=audio 0 RTP/AVP 0"),
}

// same holds what is read at a glance against what pion/sdp reads.
func same(t *testing.T, text string) {
	t.Helper()
	if bounds(text) != nil {
		return
	}
	if d := plain(text); d != nil {
		want, err := parse(text)
		require.NoError(t, err, "%q", text)
		require.Equal(t, want, d, "%q", text)
	}
}

func TestPlainIsWhatPionReads(t *testing.T) {
	for _, text := range plainTexts {
		require.NotNil(t, plain(text))
		same(t, text)
		for i := range len(text) {
			same(t, text[:i])
			same(t, text[:i]+text[i+1:])
			for _, b := range []string{"\r", "\n", "\r\n", " ", "\t", "0", "9", "-", "/", ":", "=", "a", "m", "\x00", "\x7f", "\xff"} {
				same(t, text[:i]+b+text[i:])
				same(t, text[:i]+b+text[i+1:])
			}
		}
	}
}

// What a phone writes is plain, so that a call is read at a glance.
func TestPlainReadsWhatIsWritten(t *testing.T) {
	at := netip.MustParseAddr("192.0.2.1")
	for _, text := range plainTexts {
		d, err := parse(text)
		require.NoError(t, err)
		written := d.text(at, at)
		require.NotNil(t, plain(written), written)
		same(t, written)
	}
}

func TestNotPlain(t *testing.T) {
	for from, to := range map[string]string{
		"s=-": "s= ", "t=0 0": "t=1 2", "a=sendonly": "a=ptime:20", "RTP/AVP 31": "RTP/SAVP 31", "49170": "49170/2",
		"2890844527": "9223372036854775808", "c=IN IP4 192.0.2.1": "c=IN IP4 233.252.0.1/127", "\r\n": "\n",
	} {
		require.Nil(t, plain(strings.ReplaceAll(plainTexts[0], from, to)), to)
	}
}

func FuzzPlain(f *testing.F) {
	for _, text := range plainTexts {
		f.Add(text)
	}
	f.Fuzz(func(t *testing.T, text string) { same(t, text) })
}

func BenchmarkParse(b *testing.B) {
	for b.Loop() {
		_, _ = Parse(plainTexts[0])
	}
}

func BenchmarkParseWhatIsNotPlain(b *testing.B) {
	text := strings.Replace(plainTexts[0], "s=-", "s= ", 1)
	for b.Loop() {
		_, _ = Parse(text)
	}
}
