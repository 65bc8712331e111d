package ua

import (
	"testing"

	"github.com/stretchr/testify/require"

	"siplab/sim/sip"
)

func TestRFC3261Section20_1AnINVITEThatTakesNoSDPIsNotAcceptable(t *testing.T) {
	for accept, want := range map[string]bool{
		"":                                         true,
		"Accept: application/sdp\r\n":              true,
		"Accept: text/html, APPLICATION/SDP\r\n":   true,
		"Accept: application/*;q=0.1\r\n":          true,
		"Accept: */*\r\n":                          true,
		"Accept:\r\n":                              false,
		"Accept: text/html\r\n":                    false,
		"Accept: application/sdp;q=0\r\n":          false,
		"Accept: application/sdp;q=0.000\r\n":      false,
		"Accept: text/html\r\nAccept: */*\r\n":     true,
		"Accept: application/sdp;level=1\r\n":      true,
		"Accept: text/x, application/sdpx;q=1\r\n": false,
	} {
		var m sip.Message
		require.NoError(t, m.Parse("INVITE sip:bob@192.0.2.2 SIP/2.0\r\n"+accept+"\r\n"))
		require.Equal(t, want, takesSDP(&m), "%q", accept)
	}
}
