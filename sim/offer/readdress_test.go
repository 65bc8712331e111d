package offer

import (
	"net/netip"
	"strconv"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"

	"siplab/sim/sip"
)

// carrying is a request with that body.
func carrying(t *testing.T, kind, body string) *sip.Message {
	m := new(sip.Message)
	require.NoError(t, m.Parse("INVITE sip:bob@192.0.2.4 SIP/2.0\r\nX-Odd:  kept \r\nc: "+kind+"\r\nl: "+strconv.Itoa(len(body))+"\r\n\r\n"+body))
	return m
}

var gatewayAddr = netip.MustParseAddr("203.0.113.9")

// gateway gives each place that it is asked about the next port.
func gateway(asked *[]Place) func(Place) (int, bool) {
	return func(p Place) (int, bool) {
		*asked = append(*asked, p)
		return 1998 + 2*len(*asked), true
	}
}

func TestReaddress(t *testing.T) {
	for _, c := range []struct {
		claim, body, want string
		asked             []Place
	}{
		{"RFC 3665 3.5 address and port change, all else stays, in its order",
			lines("v=0", "o=alice 2890844526 2890844526 IN IP4 client.atlanta.example.com", "s=-", "c=IN IP4 192.0.2.101", "t=0 0", "m=audio 49172 RTP/AVP 0", "a=rtpmap:0 PCMU/8000", "a=x-odd: kept"),
			lines("v=0", "o=alice 2890844526 2890844526 IN IP4 client.atlanta.example.com", "s=-", "c=IN IP4 203.0.113.9", "t=0 0", "m=audio 2000 RTP/AVP 0", "a=rtpmap:0 PCMU/8000", "a=x-odd: kept"),
			[]Place{{"192.0.2.101", 49172, 1}}},
		{"streams with a c= line of their own, a name for an address, RTCP at a port of its own",
			lines("v=0", "o=- 1 1 IN IP6 2001:db8::1", "s=-", "t=0 0", "m=audio 5004/2 RTP/AVP 0", "c=IN IP6 2001:db8::1", "a=rtcp:5020", "m=video 5006 RTP/AVP 31", "c=IN IP4 media.example.com"),
			lines("v=0", "o=- 1 1 IN IP6 2001:db8::1", "s=-", "t=0 0", "m=audio 2000/2 RTP/AVP 0", "c=IN IP4 203.0.113.9", "a=rtcp:2001", "m=video 2002 RTP/AVP 31", "c=IN IP4 203.0.113.9"),
			[]Place{{"2001:db8::1", 5004, 2}, {"media.example.com", 5006, 1}}},
		{"two streams by the session's c= line: it changes once",
			lines("v=0", "o=- 1 1 IN IP4 192.0.2.1", "s=-", "c=IN IP4 192.0.2.1", "t=0 0", "m=audio 5004 RTP/AVP 0", "m=video 5006 RTP/AVP 31"),
			lines("v=0", "o=- 1 1 IN IP4 192.0.2.1", "s=-", "c=IN IP4 203.0.113.9", "t=0 0", "m=audio 2000 RTP/AVP 0", "m=video 2002 RTP/AVP 31"),
			[]Place{{"192.0.2.1", 5004, 1}, {"192.0.2.1", 5006, 1}}},
		{"bare line ends stay",
			"v=0\no=- 1 1 IN IP4 192.0.2.1\ns=-\nc=IN IP4 192.0.2.1\nt=0 0\nm=audio 5004 RTP/AVP 0\na=sendrecv\n",
			"v=0\no=- 1 1 IN IP4 192.0.2.1\ns=-\nc=IN IP4 203.0.113.9\nt=0 0\nm=audio 2000 RTP/AVP 0\na=sendrecv\n",
			[]Place{{"192.0.2.1", 5004, 1}}},
		{"RFC 3264 6, 8.4 and multicast: what is off, on hold at 0.0.0.0, or for many stays",
			lines("v=0", "o=- 1 1 IN IP4 192.0.2.1", "s=-", "c=IN IP4 0.0.0.0", "t=0 0", "m=audio 5004 RTP/AVP 0", "m=video 0 RTP/AVP 31", "c=IN IP4 192.0.2.1", "m=audio 5008 RTP/AVP 0", "c=IN IP4 224.2.1.1/127"),
			"", nil},
	} {
		t.Run(c.claim, func(t *testing.T) {
			var asked []Place
			m := carrying(t, "application/sdp", c.body)
			before := m.String()
			require.NoError(t, Readdress(m, gatewayAddr, gateway(&asked)))
			require.Equal(t, c.asked, asked)
			if c.want == "" {
				require.Equal(t, before, m.String())
				return
			}
			require.Equal(t, c.want, m.Body)
			require.Equal(t, "INVITE sip:bob@192.0.2.4 SIP/2.0\r\nX-Odd:  kept \r\nc: application/sdp\r\nContent-Length: "+strconv.Itoa(len(c.want))+"\r\n\r\n"+c.want, m.String())
		})
	}
}

func TestReaddressInAPartOfABody(t *testing.T) {
	part := lines("v=0", "o=- 1 1 IN IP4 192.0.2.1", "s=-", "c=IN IP4 192.0.2.1", "t=0 0", "m=audio 5004 RTP/AVP 0")
	around := func(part string) string {
		return "--b\r\nContent-Type: text/plain\r\n\r\n192.0.2.1 5004\r\n--b\r\nContent-Type: application/sdp\r\n\r\n" + part + "\r\n--b--\r\n"
	}
	var asked []Place
	m := carrying(t, "multipart/mixed;boundary=b", around(part))
	require.NoError(t, Readdress(m, gatewayAddr, gateway(&asked)))
	require.Equal(t, around(strings.Replace(strings.Replace(part, "c=IN IP4 192.0.2.1", "c=IN IP4 203.0.113.9", 1), "5004", "2000", 1)), m.Body)
	require.Equal(t, strconv.Itoa(len(m.Body)), m.Get(sip.NameContentLength))
}

func TestReaddressLeavesWhatItCannotRead(t *testing.T) {
	none := func(Place) (int, bool) { return 0, false }
	for _, body := range []string{"", "v=0\r\nm=", "hello", lines("v=0", "o=- 1 1 IN IP4 192.0.2.1", "s=-", "c=IN IP4 192.0.2.1", "t=0 0", "m=audio 5004 RTP/AVP 0")} {
		m := carrying(t, "application/sdp", body)
		before := m.String()
		_ = Readdress(m, gatewayAddr, none)
		require.Equal(t, before, m.String())
	}
	m := carrying(t, "text/plain", "hello")
	require.NoError(t, Readdress(m, gatewayAddr, none), "no session description, no error")
}

func FuzzReaddress(f *testing.F) {
	f.Add(lines("v=0", "o=- 1 1 IN IP4 192.0.2.1", "s=-", "c=IN IP4 192.0.2.1", "t=0 0", "m=audio 5004/3 RTP/AVP 0", "a=rtcp:1"))
	f.Add("v=0\r\nm=")
	f.Add("v=0\no=- 1 1 IN IP4 192.0.2.1\ns=-\nt=0 0\nm=audio  05004 RTP/AVP 0\nc=IN IP4 192.0.2.1\n")
	f.Fuzz(func(t *testing.T, body string) {
		var asked []Place
		m := carrying(t, "application/sdp", body)
		if Readdress(m, gatewayAddr, gateway(&asked)) == nil && len(asked) > 0 {
			require.Equal(t, strconv.Itoa(len(m.Body)), m.Get(sip.NameContentLength))
			var now []Place
			require.NoError(t, Readdress(m, gatewayAddr, gateway(&now)))
			for i := range asked {
				require.Equal(t, Place{gatewayAddr.String(), 2000 + 2*i, asked[i].Count}, now[i], "read back as it was written")
			}
		}
	})
}
