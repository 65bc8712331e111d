package main

import (
	"encoding/json"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"

	"github.com/goccy/go-graphviz"
	"github.com/stretchr/testify/require"

	"siplab/diagrams"
	"siplab/diagrams/hostile"
	"siplab/sim/fsm"
)

func TestTheKeptLayoutsAreWhatGraphvizGives(t *testing.T) {
	dir := t.TempDir()
	machines, networks := filepath.Join(dir, "layouts.json"), filepath.Join(dir, "networks.json")
	require.NoError(t, write(machines, networks))
	require.Equal(t, text(t, machines), text(t, "../../layouts.json"), "go generate ./diagrams")
	made := decode(t, networks)
	for key, l := range decode(t, "../../networks.json") {
		if now, ok := made[key]; ok {
			require.Equal(t, now, l, "go generate ./diagrams")
		}
	}
	require.NotEmpty(t, made)
}

func text(t *testing.T, name string) string {
	t.Helper()
	b, err := os.ReadFile(name)
	require.NoError(t, err)
	return string(b)
}

// decode are the layouts of a file by what they are of.
func decode(t *testing.T, name string) map[string]diagrams.Layout {
	t.Helper()
	var all []diagrams.Layout
	require.NoError(t, json.Unmarshal([]byte(text(t, name)), &all))
	of := make(map[string]diagrams.Layout)
	for _, l := range all {
		of[l.Machine] = l
	}
	return of
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

// TestHostileNetworksAreValidDOT reads the DOT of maps.
func TestHostileNetworksAreValidDOT(t *testing.T) {
	for _, text := range hostile.Texts {
		g, err := graphviz.ParseBytes([]byte(diagrams.NewNetwork(hostile.Run(text.Text), diagrams.Options{}).DOT()))
		require.NoError(t, err, "%q", text.Text)
		n, err := g.EdgeNum()
		require.NoError(t, err)
		require.Equal(t, 1, n, "%q", text.Text)
		require.NoError(t, g.Close())
	}
}

// TestHostileLaddersAreValidDOT reads the DOT of ladders: an edge for each
// packet and each lifeline, and one for the media.
func TestHostileLaddersAreValidDOT(t *testing.T) {
	for _, text := range hostile.Texts {
		l := diagrams.NewLadder(hostile.Run(text.Text), diagrams.Options{Raw: true, Notes: true, Show: diagrams.Segments})
		g, err := graphviz.ParseBytes([]byte(l.DOT()))
		require.NoError(t, err, "%q", text.Text)
		n, err := g.EdgeNum()
		require.NoError(t, err)
		require.Equal(t, hostile.Hosts+hostile.Messages+1, n, "%q", text.Text)
		require.NoError(t, g.Close())
	}
}
