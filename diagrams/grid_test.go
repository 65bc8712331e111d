package diagrams

import (
	"testing"

	"github.com/stretchr/testify/require"
)

func TestGridBreaksLinesBetweenWords(t *testing.T) {
	for _, c := range []struct {
		s    string
		most int
		want []string
	}{
		{"", 5, []string{""}},
		{"one two", 7, []string{"one two"}},
		{"one two", 6, []string{"one", "two"}},
		{"sip:bob@biloxi", 6, []string{"sip:", "bob@bi", "loxi"}},
		{"名前が長い", 4, []string{"名前", "が長", "い"}},
		{"名", 1, []string{"名"}},
	} {
		require.Equal(t, c.want, Wrapped(c.s, c.most), c.s)
	}
}
