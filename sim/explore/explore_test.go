package explore

import (
	"context"
	"flag"
	"fmt"
	"os"
	"path/filepath"
	"runtime"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"

	"siplab/sim"
	"siplab/sim/fault"
	"siplab/sim/scenario"
	"siplab/sim/trace"
)

var update = flag.Bool("update", false, "write the goldens of testdata afresh")

// read reads a scenario of testdata.
func read(t testing.TB, name string) *sim.Scenario {
	t.Helper()
	text, err := os.ReadFile(filepath.Join("testdata", name+".siplab"))
	require.NoError(t, err)
	return parse(t, string(text))
}

func parse(t testing.TB, text string) *sim.Scenario {
	t.Helper()
	s, err := scenario.Parse("", text)
	require.NoError(t, err)
	return s
}

func table(t testing.TB, s *sim.Scenario, o Options) *Table {
	t.Helper()
	all, err := Each(context.Background(), s, o)
	require.NoError(t, err)
	return all
}

func lose(t testing.TB, s *sim.Scenario) *Table { return table(t, s, Options{}) }

// told is a table as a transcript.
func told(t *Table) string {
	var b strings.Builder
	rows := append([]Row{t.Undisturbed}, t.Rows...)
	for i := range rows {
		tellRow(&b, &rows[i])
	}
	for i := range t.Spared {
		fmt.Fprintf(&b, "no row for %s: %s\n", &t.Spared[i].Packet, t.Spared[i].Why)
	}
	return b.String()
}

func tellRow(b *strings.Builder, r *Row) {
	fmt.Fprintf(b, "== %d\n", r.N)
	for i := range r.Met {
		p := &r.Met[i]
		fmt.Fprintf(b, "%s\n  met %s from %s to %s\n", r.Faults[i], p, p.From, p.To)
		if i < len(r.Repairs) {
			fmt.Fprintf(b, "  made up for by: %s\n", &r.Repairs[i])
		}
		if i < len(r.Effects) {
			fmt.Fprintf(b, "  what came of it: %s\n", &r.Effects[i])
		}
	}
	for i := range r.Users {
		u := &r.Users[i]
		for k := range u.Told {
			fmt.Fprintf(b, "%s is told: %s\n", u.Host, &u.Told[k])
		}
	}
	for i := range r.Ends {
		s := &r.Ends[i]
		fmt.Fprintf(b, "%s: %s: %s\n", s.About, s, either(s.Agree, "agreed", "not agreed"))
	}
	for _, s := range r.WentWrong {
		fmt.Fprintf(b, "wrong: %s\n", s)
	}
}

var (
	loses      = Options{Do: fault.Lose}
	duplicates = Options{Do: fault.Duplicate}
	holds      = Options{Do: fault.Hold}
	losePairs  = Options{Do: fault.Lose, Packets: 2}
)

func TestTables(t *testing.T) {
	for _, c := range []struct {
		scenario, table string
		o               Options
	}{
		{"register", "lose", loses},
		{"register", "duplicate", duplicates},
		{"register", "hold", holds},
		{"register", "pairs", losePairs},
		{"two-phones", "lose", loses},
		{"deaf", "lose", loses},
		{"deaf", "hold", holds},
		{"storm", "lose", loses},
		{"call", "lose", loses},
		{"call", "hold", holds},
		{"cancel", "lose", loses},
	} {
		t.Run(c.scenario+" "+c.table, func(t *testing.T) {
			got := told(table(t, read(t, c.scenario), c.o))
			path := filepath.Join("testdata", c.scenario+"."+c.table+".txt")
			if *update {
				require.NoError(t, os.WriteFile(path, []byte(got), 0o644))
			}
			want, err := os.ReadFile(path)
			require.NoError(t, err)
			require.Equal(t, string(want), got)
		})
	}
}

// scenarios are those of testdata.
func scenarios(t *testing.T) []string {
	files, err := filepath.Glob(filepath.Join("testdata", "*.siplab"))
	require.NoError(t, err)
	require.NotEmpty(t, files)
	var names []string
	for _, f := range files {
		names = append(names, strings.TrimSuffix(filepath.Base(f), ".siplab"))
	}
	return names
}

// TestAFaultMeetsItsPacketAndNoOther: until that packet is sent the run is the
// undisturbed one, and then the network does what the fault says to it alone.
func TestAFaultMeetsItsPacketAndNoOther(t *testing.T) {
	for _, name := range scenarios(t) {
		s := read(t, name)
		base, err := Play(s)
		require.NoError(t, err)
		for _, o := range []Options{loses, duplicates, holds} {
			for _, r := range table(t, s, o).Rows {
				run, err := Play(s, r.Faults...)
				require.NoError(t, err)
				last := int(r.Met[0].event)
				require.Equal(t, base.Trace.Events[:last+1], run.Trace.Events[:last+1], "%s: %s", name, r.Faults[0])
				require.Equal(t, r.Met[0].N, met(run.Trace, &target{Packet: r.Met[0], fault: r.Faults[0]}), "%s: %s", name, r.Faults[0])
			}
		}
	}
}

func TestEachPacketHasARowOrAReasonForNone(t *testing.T) {
	for _, name := range scenarios(t) {
		s := read(t, name)
		base, err := Play(s)
		require.NoError(t, err)
		sent := 0
		for i := range base.Trace.Events {
			if base.Trace.Events[i].Kind == trace.Send {
				sent++
			}
		}
		all := lose(t, s)
		require.Equal(t, sent, len(all.Rows)+len(all.Spared), name)
	}
}

// TestPairs: a pair is a packet and one that is sent after it in the run
// without the first. So the repetition of a lost packet is lost too.
func TestPairsComeOnceEach(t *testing.T) {
	seen := map[string]bool{}
	repeated := 0
	for _, r := range table(t, read(t, "register"), losePairs).Rows {
		require.Len(t, r.Met, 2)
		require.Less(t, r.Met[0].event, r.Met[1].event)
		key := r.Faults[0].String() + "\n" + r.Faults[1].String()
		require.False(t, seen[key], key)
		seen[key] = true
		if r.Met[1].Of == r.Met[0].Label {
			repeated++
		}
	}
	require.Equal(t, 4, repeated)
}

func TestTheSameTableWithOneWorkerOrMany(t *testing.T) {
	for _, name := range []string{"register", "storm", "call"} {
		s := read(t, name)
		o := Options{Do: fault.Hold, Packets: 2, Workers: 1}
		one := table(t, s, o)
		o.Workers = 7
		require.Equal(t, one, table(t, s, o))
	}
}

func TestTheSameTableOnOneProcessorOrTwo(t *testing.T) {
	defer runtime.GOMAXPROCS(runtime.GOMAXPROCS(1))
	one := table(t, read(t, "call"), losePairs)
	runtime.GOMAXPROCS(2)
	require.Equal(t, one, table(t, read(t, "call"), losePairs))
}

func TestAContextEndsTheWork(t *testing.T) {
	ctx, cancel := context.WithCancel(context.Background())
	cancel()
	_, err := Each(ctx, read(t, "register"), Options{})
	require.ErrorIs(t, err, context.Canceled)
}

func TestTooManyRunsAreRefused(t *testing.T) {
	s := read(t, "register")
	pairs := len(table(t, s, losePairs).Rows)
	require.Len(t, table(t, s, Options{Packets: 2, Most: pairs}).Rows, pairs)
	_, err := Each(context.Background(), s, Options{Packets: 2, Most: pairs - 1})
	require.ErrorContains(t, err, "are more than the")
}

func TestAScenarioThatCannotBeIsAnError(t *testing.T) {
	s := read(t, "register")
	s.Hosts = append(s.Hosts, s.Hosts[0])
	_, err := Each(context.Background(), s, Options{})
	require.ErrorContains(t, err, "two hosts are called bob")
}

func TestTheScenarioStaysAsItIs(t *testing.T) {
	s, same := read(t, "two-phones"), read(t, "two-phones")
	table(t, s, losePairs)
	require.Equal(t, same, s)
}

func TestNothingSentGivesNoRows(t *testing.T) {
	all := lose(t, parse(t, "phone bob sip:bob@biloxi.example.com\n"))
	require.Empty(t, all.Rows)
	require.Empty(t, all.Undisturbed.Users)
}

func either(is bool, yes, no string) string {
	if is {
		return yes
	}
	return no
}
