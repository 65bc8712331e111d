package main

import (
	"bytes"
	"encoding/csv"
	"encoding/json"
	"flag"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"
	"github.com/yuin/goldmark"
	"github.com/yuin/goldmark/extension"
	"github.com/yuin/goldmark/renderer/html"

	"siplab/diagrams"
	"siplab/diagrams/hostile"
	"siplab/sim/ask"
	"siplab/sim/explore"
	"siplab/sim/fault"
	"siplab/sim/law"
	"siplab/sim/sip"
	"siplab/sim/words"
)

var update = flag.Bool("update", false, "write the tables of testdata/lose-each afresh")

// siplab runs the command and returns what it printed.
func siplab(t *testing.T, code int, args ...string) (out, errs string) {
	t.Helper()
	var o, e bytes.Buffer
	require.Equal(t, code, run(args, strings.NewReader(""), &o, &e), e.String())
	return o.String(), e.String()
}

const (
	callFile = "testdata/lose-each/call.siplab"
	deafFile = "testdata/lose-each/deaf.siplab"
)

func TestLoseEachTables(t *testing.T) {
	for _, c := range []struct {
		golden string
		args   []string
	}{
		{"register.txt", []string{"register"}},
		{"register.md", []string{"register", "--format", "markdown"}},
		{"register.csv", []string{"register", "--format", "csv"}},
		{"register.json", []string{"register", "--format", "json"}},
		{"register.held.txt", []string{"register", "--hold-each"}},
		{"register.twice.txt", []string{"register", "--duplicate-each"}},
		{"register.pairs.txt", []string{"register", "--pairs"}},
		{"register.row.txt", []string{"register", "--row", "2"}},
		{"deaf.txt", []string{deafFile}},
		{"call.txt", []string{callFile}},
		{"call.md", []string{callFile, "--format", "markdown"}},
	} {
		t.Run(c.golden, func(t *testing.T) {
			got, errs := siplab(t, exitDone, append([]string{"lose-each"}, c.args...)...)
			require.Empty(t, errs)
			path := filepath.Join("testdata", "lose-each", c.golden)
			if *update {
				require.NoError(t, os.WriteFile(path, []byte(got), 0o644))
			}
			want, err := os.ReadFile(path)
			require.NoError(t, err)
			require.Equal(t, string(want), got)
		})
	}
}

func TestATableFitsATerminal(t *testing.T) {
	for _, args := range [][]string{
		{"register", "--pairs"}, {callFile}, {callFile, "--pairs", "--hold-each"}, {deafFile, "--hold-each"},
		{"register", "--net", "delay 40ms 15ms loss 30%", "--seed", "7"},
	} {
		out, _ := siplab(t, exitDone, append([]string{"lose-each"}, args...)...)
		for line := range strings.SplitSeq(out, "\n") {
			require.LessOrEqual(t, diagrams.Cells(line), widest, line)
		}
	}
}

// TestARowIsTheRunOfItsCommand: the line that a row begins with gives the same
// picture and story.
func TestARowIsTheRunOfItsCommand(t *testing.T) {
	for _, args := range [][]string{
		{"register", "--row", "3"}, {callFile, "--row", "4"}, {callFile, "--row", "7", "--pairs"},
		{callFile, "--row", "2", "--hold-each"}, {callFile, "--row", "0"},
		{"register", "--row", "1", "--net", "delay 40ms 15ms loss 30%", "--seed", "7", "--fault", "lose 1st 200 from biloxi"},
	} {
		out, _ := siplab(t, exitDone, append([]string{"lose-each"}, args...)...)
		command, rest, _ := strings.Cut(out, "\n\n")
		words := strings.Split(strings.ReplaceAll(command, " \"", "\""), "\"")
		var line []string
		for i, w := range words {
			if i%2 == 1 {
				line = append(line, w)
			} else {
				line = append(line, strings.Fields(w)...)
			}
		}
		require.Equal(t, []string{"siplab", "run"}, line[:2])
		again, _ := siplab(t, exitDone, line[1:]...)
		require.Equal(t, again, rest, command)
	}
}

func TestARowInOtherFormats(t *testing.T) {
	svg, _ := siplab(t, exitDone, "lose-each", "register", "--row", "1", "--format", "svg")
	require.True(t, strings.HasPrefix(svg, "<svg") || strings.HasPrefix(svg, "<?xml"), svg[:40])
	lines, _ := siplab(t, exitDone, "lose-each", "register", "--row", "1", "--format", "json")
	require.True(t, strings.HasPrefix(lines, `{"siplab_trace":1`))
}

func TestATableInAFile(t *testing.T) {
	for _, name := range []string{"t.txt", "t.md", "t.csv", "t.json"} {
		path := filepath.Join(t.TempDir(), name)
		siplab(t, exitDone, "lose-each", "register", "-o", path)
		got, err := os.ReadFile(path)
		require.NoError(t, err)
		want, err := os.ReadFile(filepath.Join("testdata", "lose-each", "register"+filepath.Ext(name)))
		require.NoError(t, err)
		require.Equal(t, string(want), string(got))
	}
}

func TestLoseEachMistakes(t *testing.T) {
	for _, c := range []struct {
		says string
		args []string
	}{
		{"are two tables", []string{"register", "--duplicate-each", "--hold-each"}},
		{"rows 1 to 4", []string{"register", "--row", "5"}},
		{"rows 1 to 4", []string{"register", "--row", "-1"}},
		{"did you mean register?", []string{"registre"}},
		{"needs a lesson or a file", nil},
		{`"csv" is none of text, ascii, svg, json`, []string{"register", "--row", "1", "--format", "csv"}},
		{`"svg" is none of text, markdown, csv, json`, []string{"register", "--format", "svg"}},
		{"ends in .svg", []string{"register", "-o", "x.svg"}},
		{"column 28", []string{"register", "--fault", "lose 1st REGISTER from bob bbo"}},
		{"no such file", []string{"nowhere.siplab"}},
	} {
		out, errs := siplab(t, exitBad, append([]string{"lose-each"}, c.args...)...)
		require.Empty(t, out)
		require.Contains(t, errs, c.says)
	}
}

// hostileTable is a table in which every text is an attack.
func hostileTable(text string) *explore.Table {
	row := explore.Row{
		N:       1,
		Met:     []explore.Packet{{Label: text, Message: text, From: text, To: text, Copy: 1}},
		Faults:  []fault.Fault{{Packets: words.Packets{Nth: 1, Message: "INVITE", From: text}}},
		Users:   []explore.User{{Host: text, Told: []explore.Told{{What: text}}, Missed: []explore.Told{{What: text}}}},
		Repairs: []explore.Repair{{Steps: []explore.Step{{Host: text, Message: text, Timer: text, Ref: text}}}},
		Ends:    []ask.Subject{{About: text, Beliefs: []ask.Belief{{Host: text, Says: text}}}},
	}
	return &explore.Table{Title: text, Rows: []explore.Row{row}, Undisturbed: explore.Row{Users: row.Users}}
}

// attacks are the project's hostile texts, and what only a table could fall for.
func attacks() []string {
	all := []string{"![x](http://x)", "`rm`", "\\|", "&lt;b&gt;", "\r=1", "# x"}
	for _, t := range hostile.Texts {
		all = append(all, t.Text)
	}
	return all
}

// SEC-42: what stands in a name is shown as it is, and does nothing.
func TestMarkdownIsEscaped(t *testing.T) {
	page := goldmark.New(goldmark.WithExtensions(extension.GFM), goldmark.WithRendererOptions(html.WithUnsafe()))
	for _, text := range attacks() {
		table := hostileTable(text)
		var b, shown bytes.Buffer
		require.NoError(t, writeTable(&b, table, "markdown"))
		require.NoError(t, page.Convert(b.Bytes(), &shown))
		for _, tag := range []string{`href="javascript`, `href="data`, "<img", "<code", "<script", "<strong", "<em", "<del", "<b>", "<h1"} {
			require.NotContains(t, shown.String(), tag, text)
		}
		require.Equal(t, 3, strings.Count(shown.String(), "<tr>"), text)
		require.Equal(t, 10, strings.Count(shown.String(), "<td>"), text)
		requireHarmless(t, b.String(), text)
	}
}

// requireHarmless says that nothing in s can steer a terminal.
func requireHarmless(t *testing.T, s, from string) {
	t.Helper()
	for line := range strings.SplitSeq(s, "\n") {
		require.Equal(t, sip.Visible(line), line, "%q", from)
	}
}

// SEC-44: no cell is a formula, and JSON is valid and without a bare <.
func TestCSVAndJSONAreEscaped(t *testing.T) {
	for _, text := range attacks() {
		table := hostileTable(text)
		var b bytes.Buffer
		require.NoError(t, writeTable(&b, table, "csv"))
		records, err := csv.NewReader(&b).ReadAll()
		require.NoError(t, err)
		require.Len(t, records, 3)
		for _, record := range records {
			for _, cell := range record {
				require.NotContains(t, "=+-@\t\r", (cell + " ")[:1], text)
			}
		}
		b.Reset()
		require.NoError(t, writeTable(&b, table, "json"))
		require.True(t, json.Valid(b.Bytes()))
		require.NotContains(t, b.String(), "<")
	}
}

func TestTextIsMadeVisible(t *testing.T) {
	for _, text := range attacks() {
		var b bytes.Buffer
		require.NoError(t, writeTable(&b, hostileTable(text), "text"))
		requireHarmless(t, b.String(), text)
	}
}

func TestABrokenLawFails(t *testing.T) {
	table := hostileTable("x")
	require.NoError(t, anyBroken(table))
	table.Rows[0].Broken = []law.Breach{{Law: "silence"}}
	require.Equal(t, exitFailed, exitCode(anyBroken(table)))
	table.Rows[0].Broken = nil
	table.Undisturbed.Broken = []law.Breach{{Law: "silence"}}
	require.Equal(t, exitFailed, exitCode(anyBroken(table)))
}

func TestQuoted(t *testing.T) {
	for word, want := range map[string]string{
		"register": "register", "": `""`, "lose 1st BYE": `"lose 1st BYE"`, `from "to"`: `'from "to"'`, "it's $HOME": `'it'\''s $HOME'`, "a;b": `"a;b"`,
	} {
		require.Equal(t, want, quoted(word))
	}
}
