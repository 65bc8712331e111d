package lessons

import (
	"os"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"

	"siplab/sim/words"
)

type file struct{ name, text, says string }

// hostile are files that are no lessons, and a part of what is said of each.
func hostile() []file {
	return []file{
		{"nothing", "", "the title is missing"},
		{"one byte too many", strings.Repeat("a", MaxBytes+1), "at most 1048576"},
		{"a megabyte of one line", "# " + strings.Repeat("a", MaxBytes-2), "there is no lesson block"},
		{"a megabyte of lines", "# t\n" + strings.Repeat("a\n", MaxBytes/2-4), "there is no lesson block"},
		{"an open fence", "# t\n```", "not closed"},
		{"an open fence with a kind", "# t\n\n```scenario\nnet delay 20ms", "not closed"},
		{"an open fence of tildes", "# t\n\n~~~~expect\n~~~\n", "not closed"},
		{"an open fence in a quote", "# t\n\n> ```expect\n> count REGISTER\n", "inside a list or a quote"},
		{"a fence with an attribute", "# t\n\n```scenario{a=b}\n```\n", "there is no lesson block"},
		{"zero bytes", "# t\x00", "U+0000"},
		{"an escape sequence", "# t\n\x1b[2J", "2:1: the control character U+001B"},
		{"writing that turns round", "# t\u202e", "U+202E"},
		{"a control character of the upper half", "# t\u009b2J", "U+009B"},
		{"no UTF-8", "# t\n\nab\xff", "3:3: the byte ff is no UTF-8"},
		{"a picture", "\x89PNG\r\n\x1a\n", "no UTF-8"},
		{"a carriage return alone", "# t\rx", "U+000D"},
		{"many wrong lines", "# t\n```lesson\n" + strings.Repeat("x\n", 10000) + "```\n", "and 9952 more errors"},
		{"many scenarios", "# t\n" + strings.Repeat("```scenario\nx\n```\n", 1000), "more errors"},
		{"quotes in quotes", "# t\n" + strings.Repeat(">", 5000) + "\n", "there is no lesson block"},
		{"lists in lists", "# t\n" + strings.Repeat("- ", 5000) + "\n", "there is no lesson block"},
		{"open brackets", "# t\n" + strings.Repeat("[", 20000) + "\n", "there is no lesson block"},
		{"open links", "# t\n" + strings.Repeat("[a](", 20000) + "\n", "there is no lesson block"},
		{"stars", "# t\n" + strings.Repeat("*a _b ", 20000) + "\n", "there is no lesson block"},
		{"backticks", "# t\n" + backticks() + "\n", "there is no lesson block"},
		{"a megabyte of open links", "# t\n" + strings.Repeat("[a](", MaxBytes/4-2) + "\n", "there is no lesson block"},
		{"a megabyte of stars", "# t\n" + strings.Repeat("*a _b ", MaxBytes/6-2) + "\n", "there is no lesson block"},
		{"a megabyte of backticks", "# t\n" + strings.Repeat("a ` b `` ", MaxBytes/9-2) + "\n", "there is no lesson block"},
		{"a megabyte of quotes", "# t\n" + strings.Repeat("> a\n", MaxBytes/4-2) + "\n", "there is no lesson block"},
		{"deeper and deeper lists", "# t\n" + deeper(), "there is no lesson block"},
		{"a megabyte of digits", "# t\n" + strings.Repeat("1", MaxBytes-8) + "\n", "there is no lesson block"},
		{"a megabyte of sections", "# t\n" + strings.Repeat("§", MaxBytes/2-8) + "\n", "more errors"},
		{"angles", "# t\n" + strings.Repeat("<a ", 20000) + "\n", "there is no lesson block"},
	}
}

// backticks are code spans that never end, each with a fence of its own
// length.
func backticks() string {
	var b strings.Builder
	for i := 1; i < 600; i++ {
		b.WriteString(strings.Repeat("`", i) + "a ")
	}
	return b.String()
}

// deeper are lists in lists, each on a line of its own.
func deeper() string {
	var b strings.Builder
	for indent := 0; b.Len()+indent+4 < MaxBytes/8; indent += 2 {
		b.WriteString(strings.Repeat(" ", indent) + "- a\n")
	}
	return b.String()
}

// The reader is linear: a megabyte takes no longer than the test of a package
// may, and a quadratic one would run into its time-out.
func TestHostileFilesGiveErrors(t *testing.T) {
	for _, h := range hostile() {
		t.Run(h.name, func(t *testing.T) {
			_, err := Read("x.md", []byte(h.text))
			require.ErrorContains(t, err, h.says)
			var all words.Errors
			require.ErrorAs(t, err, &all)
			require.LessOrEqual(t, len(all), mostErrors+1)
		})
	}
}

func FuzzRead(f *testing.F) {
	for _, h := range hostile() {
		if len(h.text) < 10000 {
			f.Add(h.text)
		}
	}
	text, err := os.ReadFile("testdata/right.md")
	require.NoError(f, err)
	f.Add(string(text))
	f.Add(strings.ReplaceAll(string(text), "\n", "\r\n"))
	f.Fuzz(func(t *testing.T, text string) {
		l, err := Read("x.md", []byte(text))
		if err != nil {
			return
		}
		for _, run := range l.Runs {
			run.Scenario.Bounds.Events = 2000 // the World's bounds are tested there
		}
		l.Prove()
		drawn, err := l.Update()
		if err != nil {
			return
		}
		again, err := Read("x.md", drawn)
		require.NoError(t, err)
		for _, run := range again.Runs {
			run.Scenario.Bounds.Events = 2000
		}
		twice, err := again.Update()
		require.NoError(t, err)
		require.Equal(t, string(drawn), string(twice), "drawn twice")
	})
}
