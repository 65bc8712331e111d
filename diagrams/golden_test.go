package diagrams

import (
	"flag"
	"os"
	"path/filepath"
	"testing"

	"github.com/stretchr/testify/require"

	"siplab/sim/trace"
)

var update = flag.Bool("update", false, "write the goldens of testdata afresh")

// runs are the traces whose pictures are kept.
var runs = []struct {
	name  string
	trace func() *trace.Trace
	opt   Options
}{
	{"registration", registration, Options{}},
	{"registration-raw", registration, Options{Raw: true}},
	{"registration-bare", registration, Options{Hide: States | Timers, To: 100 * ms}},
	{"lost-register", lossyRegistration, Options{}},
	{"silence", silence, Options{}},
	{"crossing", crossing, Options{}},
	{"trapezoid", trapezoid, Options{}},
	{"trapezoid-proxies", trapezoid, Options{Hosts: []string{"proxy1", "proxy2"}, From: 20 * ms}},
	{"storm", storm, Options{Notes: true}},
	{"names", names, Options{}},
	{"long-names", longNames, Options{}},
	{"call", call, Options{}},
	{"cancel-crosses", cancelCrosses, Options{}},
	{"glare", glare, Options{}},
}

func golden(t *testing.T, name, got string) {
	t.Helper()
	path := filepath.Join("testdata", name)
	if *update {
		require.NoError(t, os.WriteFile(path, []byte(got), 0o644))
	}
	want, err := os.ReadFile(path)
	require.NoError(t, err)
	require.Equal(t, string(want), got, name)
}

func TestLaddersAreAsKept(t *testing.T) {
	for _, r := range runs {
		t.Run(r.name, func(t *testing.T) {
			l := NewLadder(r.trace(), r.opt)
			golden(t, r.name+".txt", l.Text())
			golden(t, r.name+".ascii.txt", l.ASCII())
			golden(t, r.name+".svg", l.SVG())
			golden(t, r.name+".mmd", l.Mermaid())
			golden(t, r.name+".puml", l.PlantUML())
			golden(t, r.name+".dot", l.DOT())
		})
	}
}

func TestStoriesAreAsKept(t *testing.T) {
	for _, r := range runs {
		text := ""
		for _, s := range Story(r.trace()) {
			text += s + "\n"
		}
		golden(t, r.name+".story.txt", text)
	}
}

func TestMachinesAreAsKept(t *testing.T) {
	for _, m := range Machines() {
		d := Machine(MachineOf(m), Options{})
		golden(t, m.Name+".txt", d.Text())
		golden(t, m.Name+".ascii.txt", d.ASCII())
		golden(t, m.Name+".svg", d.SVG())
		golden(t, m.Name+".dot", d.DOT())
	}
}

func TestTheSameTraceGivesTheSameBytes(t *testing.T) {
	for _, r := range runs {
		a, b := NewLadder(r.trace(), r.opt), NewLadder(r.trace(), r.opt)
		require.Equal(t, a.Text(), b.Text())
		require.Equal(t, a.ASCII(), b.ASCII())
		require.Equal(t, a.SVG(), b.SVG())
		require.Equal(t, a.Mermaid(), b.Mermaid())
		require.Equal(t, a.PlantUML(), b.PlantUML())
		require.Equal(t, a.DOT(), b.DOT())
		require.Equal(t, a.SVG(), a.SVG(), "a second drawing of one ladder")
	}
}
