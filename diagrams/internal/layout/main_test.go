package main

import (
	"os"
	"os/exec"
	"strings"
	"testing"

	"github.com/goccy/go-graphviz"
	"github.com/stretchr/testify/require"

	"siplab/diagrams"
	"siplab/diagrams/internal/hostile"
	"siplab/sim/fsm"
)

func TestTheKeptLayoutsAreWhatGraphvizGives(t *testing.T) {
	want, err := layouts()
	require.NoError(t, err)
	kept, err := os.ReadFile("../../layouts.json")
	require.NoError(t, err)
	require.Equal(t, string(want), string(kept), "go generate ./diagrams")
}

// TestOnlyThisProgramLinksGraphviz keeps the start of siplab quick: go-graphviz
// compiles 1.5 MB of WebAssembly when a program that links it begins.
func TestOnlyThisProgramLinksGraphviz(t *testing.T) {
	for pkg, links := range map[string]bool{"siplab/diagrams": false, "siplab/cmd/siplab": false, "siplab/diagrams/internal/layout": true} {
		out, err := exec.Command("go", "list", "-deps", pkg).CombinedOutput()
		require.NoError(t, err, "%s: %s", pkg, out)
		require.Equal(t, links, strings.Contains(string(out), "goccy/go-graphviz"), pkg)
	}
}

// TestHostileNamesAreValidDOT reads the DOT of a machine whose words try to
// leave their quotes.
func TestHostileNamesAreValidDOT(t *testing.T) {
	for _, text := range []string{`"`, `\`, `\"`, `"];}`, "<b>", "]]>", "-->", "&", "&amp", "\x00\x1b[2J", "\xff", "日本語", "a\nb", "->", "//", "#", "{}", ""} {
		a, b := "A"+text, "B"+text
		d := diagrams.Machine(diagrams.MachineData{Name: text, States: []string{a, b}, Final: b, Rows: []fsm.RowData{
			{Event: text, Next: a, Section: text}, {State: &a, Event: text, Condition: &text, Action: []string{text}, Next: b},
		}}, diagrams.Options{})
		g, err := graphviz.ParseBytes([]byte(d.DOT()))
		require.NoError(t, err, "%q", text)
		n, err := g.NodeNum()
		require.NoError(t, err)
		require.Equal(t, 3, n, "%q", text)
		require.NoError(t, g.Close())
	}
}

// TestHostileLaddersAreValidDOT reads the DOT of ladders: an edge for each
// packet and each lifeline, and one for the media.
func TestHostileLaddersAreValidDOT(t *testing.T) {
	for _, text := range hostile.Texts {
		l := diagrams.NewLadder(hostile.Run(text.Text), diagrams.Options{Raw: true, Notes: true})
		g, err := graphviz.ParseBytes([]byte(l.DOT()))
		require.NoError(t, err, "%q", text.Text)
		n, err := g.EdgeNum()
		require.NoError(t, err)
		require.Equal(t, hostile.Hosts+hostile.Messages+1, n, "%q", text.Text)
		require.NoError(t, g.Close())
	}
}
