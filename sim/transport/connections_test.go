package transport

import (
	"net/netip"
	"testing"

	"github.com/stretchr/testify/require"

	"siplab/sim/sip"
)

func TestTheConnectionToAPeerIsUsedAgain(t *testing.T) {
	var c Connections[string]
	at := netip.MustParseAddrPort("192.0.2.1:5060")
	_, ok := c.Find(Peer{at, TCP})
	require.False(t, ok)
	c.Add(Peer{at, TCP}, "first")
	got, ok := c.Find(Peer{at, TCP})
	require.True(t, ok)
	require.Equal(t, "first", got)
	_, ok = c.Find(Peer{at, TLS})
	require.False(t, ok, "18 the index has the transport protocol")

	c.Add(Peer{at, TCP}, "second")
	c.Remove(Peer{at, TCP}, "first")
	got, _ = c.Find(Peer{at, TCP})
	require.Equal(t, "second", got, "the one that went is not the one that is there")
	c.Clear()
	_, ok = c.Find(Peer{at, TCP})
	require.False(t, ok)
}

func TestConnectionTarget(t *testing.T) {
	for _, c := range []struct{ claim, via, want string }{
		{"18.2.2 the address in received with the port in the sent-by", "SIP/2.0/TCP 10.0.0.1:5070;received=192.0.2.1", "192.0.2.1:5070"},
		{"18.2.2 rport is of UDP alone", "SIP/2.0/TCP 10.0.0.1;received=192.0.2.1;rport=50123", "192.0.2.1:5060"},
		{"18.2.2 the sent-by where nothing was received", "SIP/2.0/TCP 192.0.2.1", "192.0.2.1:5060"},
		{"18.1.1 the default port of TLS", "SIP/2.0/TLS 192.0.2.1", "192.0.2.1:5061"},
		{"a name has to be resolved", "SIP/2.0/TCP pc33.example.com", ""},
	} {
		via, err := sip.ParseVia(c.via)
		require.NoError(t, err)
		got, ok := ConnectionTarget(via)
		require.Equal(t, c.want != "", ok, c.claim)
		if ok {
			require.Equal(t, c.want, got.String(), c.claim)
		}
	}
}

func TestTheProtocolThatAURIAsksFor(t *testing.T) {
	for uri, want := range map[string]string{
		"sip:b@example.com;transport=TCP":   "tcp",
		"sip:b@example.com;transport=udp":   "udp",
		"sip:b@example.com;transport=tls":   "tls",
		"sips:b@example.com":                "tls",
		"sips:b@example.com;transport=tcp":  "tls",
		"sip:b@example.com":                 "",
		"sip:b@example.com;transport=sctp":  "",
		"sip:b@example.com;transport=x;y=z": "",
	} {
		u, err := sip.ParseURI(uri)
		require.NoError(t, err)
		got, ok := Asked(&u)
		require.Equal(t, want != "", ok, uri)
		if ok {
			require.Equal(t, want, got.String(), uri)
		}
	}
	require.Equal(t, "TLS", TLS.Via())
	require.True(t, TLS.Reliable())
	require.False(t, UDP.Reliable())
}
