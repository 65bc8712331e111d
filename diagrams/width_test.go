package diagrams

import (
	"strings"
	"testing"

	"github.com/stretchr/testify/require"
	"pgregory.net/rapid"
)

func TestCellsOfText(t *testing.T) {
	for text, want := range map[string]int{
		"":              0,
		"REGISTER":      8,
		"日本":            4, // East Asian wide: two cells each
		"ｈｉ":            4, // fullwidth forms
		"e\u0301":       1, // a letter and a combining accent
		"Müller":        6,
		"한":             2,
		"\u1112\u1161":  2, // the same syllable of two parts
		"──▶":           3,
		"😀":             2,
		"e\u0301\u0301": 1,
		"\u200b":        0, // no width at all
	} {
		require.Equal(t, want, cells(text), "%q", text)
	}
}

func TestClipNeverCutsACharacter(t *testing.T) {
	require.Equal(t, "REG…", clip("REGISTER", 4, "…"))
	require.Equal(t, "REGISTER", clip("REGISTER", 8, "…"))
	require.Equal(t, "日…", clip("日本語", 4, "…"), "half a wide character is no character")
	require.Equal(t, "e\u0301e\u0301…", clip(strings.Repeat("e\u0301", 5), 3, "…"))
	require.Equal(t, "", clip("REGISTER", 0, "…"))
}

func TestClipMiddleKeepsWhatTellsNamesApart(t *testing.T) {
	require.Equal(t, "phone-o…ber-12", clipMiddle("phone-of-the-third-floor-number-12", 14, "…"))
	require.Equal(t, "phone", clipMiddle("phone", 5, "…"))
	require.Equal(t, "p…", clipMiddle("phone", 2, "…"))
	require.Equal(t, "", clipMiddle("phone", 0, "…"))
	rapid.Check(t, func(t *rapid.T) {
		name, n := visible(rapid.String().Draw(t, "name")), rapid.IntRange(0, 20).Draw(t, "width")
		require.LessOrEqual(t, cells(clipMiddle(name, n, "…")), n)
	})
}

func TestWrapKeepsWordsAndWidth(t *testing.T) {
	require.Equal(t, []string{"lose 1st", "REGISTER", "from bob"}, wrap("lose 1st REGISTER from bob", 8))
	require.Equal(t, []string{"sip:bob", "@biloxi"}, wrap("sip:bob@biloxi", 8), "a long word is cut where its parts meet")
	require.Equal(t, []string{"● a-phone-", "of-many", "registers"}, wrap("● a-phone-of-many registers", 11), "no line is a sign alone, and no word is cut inside a part")
	require.Equal(t, []string{"a-nameinon", "epart"}, wrap("a-nameinonepart", 10), "unless that leaves half of the line empty")
	require.Equal(t, []string{""}, wrap("", 8))
	require.Equal(t, []string{"日", "本"}, wrap("日本", 1), "a character wider than the line has one for itself")
	rapid.Check(t, func(t *rapid.T) {
		text, n := rapid.String().Draw(t, "text"), rapid.IntRange(2, 20).Draw(t, "width")
		text = visible(text)
		back := ""
		for _, l := range wrap(text, n) {
			require.LessOrEqual(t, cells(l), n, "%q", l)
			back += l
		}
		require.Equal(t, strings.ReplaceAll(text, " ", ""), strings.ReplaceAll(back, " ", ""), "only spaces are lost")
	})
}

// A trace of somebody else's may hold a name of any length.
func TestALongTextIsNotReadAgainForEachOfItsLines(t *testing.T) {
	long := strings.Repeat("x", 1<<20)
	require.Equal(t, "xxxxxxx…xxxxxx", clipMiddle(long, 14, "…"))
	require.Len(t, wrap(long, 16), 1<<16)
	require.Len(t, Wrapped(long, 16), 1<<16)
}

func TestASCIIWritesCodes(t *testing.T) {
	require.Equal(t, `M\u{fc}ller \u{1f600}`, toASCII("Müller 😀"))
	require.Equal(t, "bob", toASCII("bob"))
}
