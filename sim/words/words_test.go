package words

import (
	"errors"
	"strings"
	"testing"
	"time"
	"unicode/utf8"

	"github.com/stretchr/testify/require"
	"pgregory.net/rapid"
)

func TestSplit(t *testing.T) {
	ws, err := Split(`  phone	bob  display "Bob \"the\" \\ Builder" # his desk`)
	require.NoError(t, err)
	require.Equal(t, []Word{
		{Text: "phone", Col: 3, End: 8},
		{Text: "bob", Col: 9, End: 12},
		{Text: "display", Col: 14, End: 21},
		{Text: `Bob "the" \ Builder`, Col: 22, End: 46, Quoted: true},
	}, ws)
}

func TestSplitCountsColumnsInRunes(t *testing.T) {
	ws, err := Split("grüße café #no")
	require.NoError(t, err)
	require.Equal(t, 7, ws[1].Col)
	require.Equal(t, 11, ws[1].End)
}

func TestSplitKeepsHashInsideAWord(t *testing.T) {
	ws, err := Split("dials 23# #comment")
	require.NoError(t, err)
	require.Len(t, ws, 2)
	require.Equal(t, "23#", ws[1].Text)
}

// Each line that cannot be split, with the error it gets.
func TestSplitErrors(t *testing.T) {
	for line, want := range map[string]string{
		`title "open`:             `column 7: this quote is never closed; end the text with "`,
		`pass ab"cd"`:             `column 8: a quote in the middle of a word; put the whole word in quotes, and write \" for a quote within`,
		`pass "ab"cd`:             `column 10: text directly after a closing quote; put a space between them, or the quote at the end`,
		`pass "a\nb"`:             `column 8: a backslash that escapes nothing; in quotes write \" for a quote and \\ for a backslash`,
		`pass "a\`:                `column 8: a backslash that escapes nothing; in quotes write \" for a quote and \\ for a backslash`,
		"host a\x00b":             `column 7: control character U+0000; plain text has none`,
		"host \"a\x1b[2Jb\"":      `column 8: control character U+001B; plain text has none`,
		"host a\x80b":             `column 7: byte 0x80 is not UTF-8; save the text as UTF-8`,
		"host x # \xff":           `column 10: byte 0xff is not UTF-8; save the text as UTF-8`,
		"phone\u00a0alice":        `column 6: character U+00A0, which cannot be seen; a plain space between words, or quotes around the text`,
		"title “smart”":           `column 7: a typographic quote “; the straight quote "`,
		"phone al\u202eice":       `column 9: character U+202E, which cannot be seen; a plain space between words, or quotes around the text`,
		"title \"a\u0085b\"":      `column 9: control character U+0085; plain text has none`,
		"title " + `"` + "\u2028": `column 7: this quote is never closed; end the text with "`,
	} {
		_, err := Split(line)
		require.EqualError(t, err, want, "%q", line)
	}
}

func TestPrintIsTheInverseOfSplit(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		texts := rapid.SliceOf(rapid.StringOf(rapid.RuneFrom([]rune(`ab"\# “é`+"\u00a0\u202e")))).Draw(t, "texts")
		printed := make([]string, len(texts))
		for i, s := range texts {
			printed[i] = Print(s)
		}
		ws, err := Split(strings.Join(printed, " "))
		require.NoError(t, err)
		require.Len(t, ws, len(texts))
		for i, w := range ws {
			require.Equal(t, texts[i], w.Text)
			require.Equal(t, printed[i] != texts[i], w.Quoted)
		}
	})
}

func TestSentenceIsTheInverseOfText(t *testing.T) {
	require.Equal(t, "The REGISTER nobody heard", Sentence("The REGISTER nobody heard"))
	require.Equal(t, `"two  spaces"`, Sentence("two  spaces"))
	require.Equal(t, `"a #comment"`, Sentence("a #comment"))
	rapid.Check(t, func(t *rapid.T) {
		text := rapid.StringOf(rapid.RuneFrom([]rune(`ab"\# é`))).Draw(t, "text")
		ws, err := Split(Sentence(text))
		require.NoError(t, err)
		require.Equal(t, text, Text(ws))
	})
}

func TestShowSpellsOutWhatCannotBeSeen(t *testing.T) {
	require.Equal(t, `"a\x1b[2J"`, Show("a\x1b[2J"))
	require.Equal(t, 43, utf8.RuneCountInString(Show(strings.Repeat("é", 10_000))))
}

func TestNearest(t *testing.T) {
	hosts := []string{"alice", "bob", "biloxi", "proxy1"}
	for word, want := range map[string]string{
		"bbo": "bob", "BOB": "bob", "alcie": "alice", "bilxoi": "biloxi", "biloxii": "biloxi", "boloxy": "biloxi",
		"carol": "", "": "", "prox": "proxy1", "pro": "proxy1", "p": "", "bo": "bob", "zz": "", "alice": "",
		strings.Repeat("a", 1_000_000): "",
	} {
		require.Equal(t, want, Nearest(word, hosts), "%.20q", word)
	}
}

func TestNearestCountsATranspositionAsOneMistake(t *testing.T) {
	require.Equal(t, 1, distance("regsiter", "register"))
	require.Equal(t, 1, distance("registr", "register"))
	require.Equal(t, 2, distance("rgeistr", "register"))
	require.Equal(t, 3, distance("", "abc"))
}

func TestDuration(t *testing.T) {
	for text, want := range map[string]time.Duration{
		"0": 0, "0s": 0, "500ms": 500 * time.Millisecond, "1.5s": 1500 * time.Millisecond, "2m": 2 * time.Minute, "1h": time.Hour,
		"1h30m": 90 * time.Minute, "1h2m3.5s": time.Hour + 2*time.Minute + 3500*time.Millisecond,
		"100usec": 100 * time.Microsecond, "100us": 100 * time.Microsecond, "3secs": 3 * time.Second, "20msecs": 20 * time.Millisecond,
		"1ns": 1, "0.000000001s": 1, "0.00000000025m": 15, "0.5h": 30 * time.Minute, "8760h": LongestDuration, "1.500000000000000000000s": 1500 * time.Millisecond,
	} {
		got, err := Duration(text)
		require.NoError(t, err, text)
		require.Equal(t, want, got, text)
	}
}

// SEC-48: a time that is none is refused with what would be right.
func TestDurationErrors(t *testing.T) {
	const want = "; a time is a number with a unit: 500ms, 1.5s, 2m, 1h"
	for text, msg := range map[string]string{
		"":                           `column 1: "" is no time` + want,
		"500":                        `column 4: "500" has no unit of time` + want,
		"soon":                       `column 1: "soon" is no time` + want,
		"-5s":                        `column 1: "-5s" is before the start` + want,
		"NaN":                        `column 1: "NaN" is no time` + want,
		"Inf":                        `column 1: "Inf" is no time` + want,
		"1e309":                      `column 2: "e" is no unit of time` + want,
		"1parsec":                    `column 2: "parsec" is no unit of time` + want,
		"5S":                         `column 2: "S" is no unit of time` + want + `; did you mean s?`,
		"500MS":                      `column 4: "MS" is no unit of time` + want + `; did you mean ms?`,
		"1,5s":                       `column 2: "1,5s" is no time` + want,
		"1.5.5s":                     `column 4: "1.5.5s" is no time` + want,
		"1s5":                        `column 4: "5" has no unit of time` + want,
		"0.3ns":                      `column 1: "0.3ns" is finer than a nanosecond` + want,
		"0.0000000000000000000001h":  `column 1: "0.0000000000000000000001h" is finer than a nanosecond` + want,
		"1000000000000000000s":       `column 1: "1000000000000000000s" is too long a time; at most 8760h`,
		"1000000000000000000ns":      `column 1: "1000000000000000000ns" is too long a time; at most 8760h`,
		"99999999999999999999999h":   `column 1: "99999999999999999999999h" is too long a time; at most 8760h`,
		"8760h1ns":                   `column 1: "8760h1ns" is too long a time; at most 8760h`,
		"8760.5h":                    `column 1: "8760.5h" is too long a time; at most 8760h`,
		strings.Repeat("8760h", 100): `column 1: "8760h8760h8760h8760h8760h8760h8760h8760h…" is too long a time; at most 8760h`,
	} {
		_, err := Duration(text)
		require.EqualError(t, err, msg, text)
	}
}

func TestFormatDuration(t *testing.T) {
	for d, want := range map[time.Duration]string{
		0: "0s", time.Millisecond * 500: "500ms", 1500 * time.Millisecond: "1.5s", 32 * time.Second: "32s", time.Minute: "1m", 90 * time.Second: "90s",
		time.Hour: "1h", 61 * time.Minute: "61m", 20500 * time.Microsecond: "20.5ms", 1: "1ns", 1001: "1.001us", -time.Second: "-1s",
	} {
		require.Equal(t, want, FormatDuration(d))
	}
}

func TestFormatDurationIsTheInverseOfDuration(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		unit := rapid.SampledFrom([]time.Duration{1, time.Microsecond, time.Millisecond, time.Second, time.Minute, time.Hour}).Draw(t, "unit")
		d := time.Duration(rapid.Int64Range(0, int64(LongestDuration/unit)).Draw(t, "n")) * unit
		got, err := Duration(FormatDuration(d))
		require.NoError(t, err)
		require.Equal(t, d, got)
	})
}

func TestOrdinal(t *testing.T) {
	for text, want := range map[string]int{"1st": 1, "2nd": 2, "3rd": 3, "4th": 4, "11th": 11, "12th": 12, "13th": 13, "21st": 21, "102nd": 102, "111th": 111, "1000000th": 1_000_000} {
		got, ok := Ordinal(text)
		require.True(t, ok, text)
		require.Equal(t, want, got)
		require.Equal(t, text, FormatOrdinal(want))
	}
	for _, text := range []string{"", "0th", "1th", "2th", "1ST", "st", "-1st", "+1st", "01st", "1000001st", "99999999999999999999th", "1st ", "1"} {
		_, ok := Ordinal(text)
		require.False(t, ok, text)
	}
}

func TestErrorsJoinOneALine(t *testing.T) {
	es := Errors{
		{Line: 4, Col: 7, Text: `"bbo" is no host`, Want: "one of: alice, bob", Near: "bob"},
		{Line: 2, Col: 1, Text: "a\x1b[2Jb\u202e\xff"},
	}.In("my.siplab")
	es.Sort()
	require.EqualError(t, es, `my.siplab:2:1: a\x1b[2Jb\u{202e}\xff`+"\n"+`my.siplab:4:7: "bbo" is no host; one of: alice, bob; did you mean bob?`)
	require.NoError(t, Errors{}.Err())
	var e *Error
	require.True(t, errors.As(es[:1].Err(), &e))
}

func TestErrorNamesThePlaceAsFarAsItIsKnown(t *testing.T) {
	require.EqualError(t, &Error{Line: 3, Text: "x"}, "line 3: x")
	require.EqualError(t, &Error{Line: 3, Col: 2, Text: "x"}, "line 3, column 2: x")
	require.EqualError(t, &Error{File: "f", Line: 3, Text: "x"}, "f:3: x")
	require.EqualError(t, &Error{File: "f", Text: "x"}, "f: x")
	require.EqualError(t, &Error{Text: "x"}, "x")
}

// Any bytes are split or refused, and what is split prints back to itself.
func FuzzSplit(f *testing.F) {
	for _, s := range []string{`lose 1st INVITE from alice # x`, `title "a \" b"`, "\x00", `"`, `\`, "a\xffb"} {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, line string) {
		ws, err := Split(line)
		if err != nil {
			var e *Error
			require.ErrorAs(t, err, &e)
			require.Positive(t, e.Col)
			require.LessOrEqual(t, e.Col, utf8.RuneCountInString(line)+1)
			return
		}
		for _, w := range ws {
			again, err := Split(Print(w.Text))
			require.NoError(t, err)
			require.Equal(t, w.Text, again[0].Text)
			_, _ = Duration(w.Text)
			_, _ = Ordinal(w.Text)
		}
		_, _, _ = ParsePackets(ws)
	})
}

func BenchmarkSplit(b *testing.B) {
	b.ReportAllocs()
	for b.Loop() {
		_, _ = Split(`phone bob sip:bob@biloxi.example.com password zanzibar display "Bob B" # his desk`)
	}
}

func BenchmarkSplitOneMegabyte(b *testing.B) {
	line := strings.Repeat(`"a\"b" `, 1<<20/7)
	b.SetBytes(int64(len(line)))
	for b.Loop() {
		_, _ = Split(line)
	}
}
