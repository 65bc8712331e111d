package ua

import (
	"strings"
	"testing"

	"github.com/stretchr/testify/require"

	"siplab/sim/sip"
)

func TestRFC3428_8_Size(t *testing.T) {
	t.Run("MSG-03 a MESSAGE over 1300 bytes is not sent, and its user is told", func(t *testing.T) {
		s := newLine(t)
		s.act("sends", "message", strings.Repeat("x", 1200), "to", "sip:carol@chicago.example.com")
		require.Empty(t, s.sent)
		require.Contains(t, s.out.String(), "tell message failed 0: ")
	})
	t.Run("one that fits is", func(t *testing.T) {
		s := newLine(t)
		s.act("sends", "message", strings.Repeat("x", 900), "to", "sip:carol@chicago.example.com")
		require.LessOrEqual(t, len(s.newest(sip.MESSAGE).m.String()), largest)
	})
}
