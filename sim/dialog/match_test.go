package dialog

import (
	"testing"

	"github.com/stretchr/testify/require"
)

func TestRFC3891_3_Matching(t *testing.T) {
	t.Run("to-tag is the local tag, from-tag the remote one", func(t *testing.T) {
		set, d := confirmedCaller(t)
		require.Equal(t, "c1@192.0.2.101;to-tag=a1;from-tag=b1", d.AsSeenHere().String())
		found, ended := set.Matching(d.AsSeenHere())
		require.Same(t, d, found)
		require.False(t, ended)
		found, _ = set.Matching(d.AsSeenByPeer())
		require.Nil(t, found)
	})
	t.Run("what has ended is remembered, and what never was is not", func(t *testing.T) {
		set, d := confirmedCaller(t)
		d.End("power off", "")
		_, ended := set.Matching(d.AsSeenHere())
		require.True(t, ended)
		_, ended = set.Matching(Match{CallID: "x", ToTag: "a1", FromTag: "b1"})
		require.False(t, ended)
	})
	t.Run("a tag of zero matches none at all, and two matches are no match", func(t *testing.T) {
		set, d := confirmedCaller(t)
		set.dialogs[ID{d.CallID, "a1", ""}] = d
		found, _ := set.Matching(Match{CallID: d.CallID, ToTag: "a1", FromTag: "0"})
		require.Same(t, d, found)
		set.dialogs[ID{d.CallID, "a1", "0"}] = d
		found, _ = set.Matching(Match{CallID: d.CallID, ToTag: "a1", FromTag: "0"})
		require.Nil(t, found)
	})
	t.Run("6.1 exactly one of each tag", func(t *testing.T) {
		m, err := ParseMatch("12adf2f34456gs5;to-tag=12345;from-tag=54321;early-only")
		require.NoError(t, err)
		require.Equal(t, Match{"12adf2f34456gs5", "12345", "54321", true}, m)
		require.Equal(t, "12adf2f34456gs5;to-tag=12345;from-tag=54321;early-only", m.String())
		for _, bad := range []string{"", "a", "a;to-tag=b", "a;from-tag=c", ";to-tag=b;from-tag=c", "a;to-tag=b;from-tag=c;to-tag=d"} {
			_, err := ParseMatch(bad)
			require.Error(t, err, bad)
		}
	})
}
