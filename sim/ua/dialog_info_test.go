package ua

import (
	"strings"
	"testing"

	"github.com/stretchr/testify/require"
)

func TestRFC4235_4_1_DialogInfo(t *testing.T) {
	t.Run("what a phone says of its dialogs another reads back", func(t *testing.T) {
		s := newLine(t)
		s.sends("INVITE", "sdp", nil)
		body := s.phone.dialogInfo()
		all := parseDialogInfo(body)
		require.Len(t, all, 1)
		d := s.phone.lines[0].legs[0].d
		require.Equal(t, dialogInfo{
			callID: d.CallID, local: d.LocalTag, remote: d.RemoteTag, recipient: true, state: "early",
			own: "sip:bob@192.0.2.1:5060", target: d.Target,
		}, all[0])
		require.Equal(t, d.AsSeenHere(), all[0].asSeenHere())
		require.Equal(t, d.AsSeenByPeer(), all[0].asSeenByPeer())
	})
	t.Run("what is escaped comes back as it was", func(t *testing.T) {
		require.Equal(t, `a"<&>`, attribute(`call-id="`+xmlText(`a"<&>`)+`"`, "call-id"))
	})
	t.Run("what is no document says nothing, and a long one only so much", func(t *testing.T) {
		for _, bad := range []string{"", "<dialog ", "<dialog>", "<dialog id=\"1\"", "</dialog>", strings.Repeat("<dialog ", 1000)} {
			require.Empty(t, parseDialogInfo(bad))
		}
		require.Len(t, parseDialogInfo(strings.Repeat(`<dialog id="1"><state>early</state></dialog>`, 1000)), maxDialogs)
	})
}
