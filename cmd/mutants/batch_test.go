package main

import (
	"context"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"

	"siplab/lessons"
	"siplab/sim"
	"siplab/sim/explore"
	"siplab/sim/fault"
	"siplab/sim/fsm"
	"siplab/sim/law"
	"siplab/sim/scenario"
	"siplab/sim/trace"
)

// reached is what the runs of a batch have come to.
type reached struct {
	t      *testing.T
	runs   int
	rows   map[string]int // by rowName
	met    []int          // by law
	faults map[fault.Kind]int
	fates  map[string]int
}

// batch makes all runs that are worth a night: the obstacles of the mutants and
// with them the lessons and the flows of the RFCs, the beliefs that the lessons
// refute, the museum of bugs, the services, and what is explored: each fault of
// some scenarios, and seeds of a storm.
func batch(t *testing.T) *reached {
	r := &reached{t: t, rows: map[string]int{}, met: make([]int, len(law.All())), faults: map[fault.Kind]int{}, fates: map[string]int{}}
	obstacles, err := course()
	require.NoError(t, err)
	for _, o := range obstacles {
		r.play(o.name, o.scenario)
	}
	r.beliefs()
	dir, err := root()
	require.NoError(t, err)
	r.sections("testdata/rare.txt")
	r.sections(filepath.Join(dir, "sim/testdata/museum.txt"))
	services, err := filepath.Glob(filepath.Join(dir, "sim/scenario/testdata/services/*.txt"))
	require.NoError(t, err)
	for _, file := range services {
		if filepath.Base(file) != "mistakes.txt" {
			r.sections(file)
		}
	}
	explored, err := filepath.Glob(filepath.Join(dir, "sim/explore/testdata/*.siplab"))
	require.NoError(t, err)
	for _, file := range explored {
		text, err := os.ReadFile(file)
		require.NoError(t, err)
		r.explore(file, string(text))
	}
	return r
}

// beliefs are the runs in which what a wrong option says would be so.
func (r *reached) beliefs() {
	list, err := lessons.All()
	require.NoError(r.t, err)
	for _, l := range list {
		for _, q := range l.Questions() {
			for _, w := range q.Wrong {
				if len(w.Change) == 0 {
					continue
				}
				s, err := lessons.Changed(q.Block.Run.Scenario, w.Change)
				require.NoError(r.t, err, l.ID)
				r.play(l.ID+": "+w.Believes, s)
			}
		}
	}
}

// sections are the scenarios of a file, each after a line that names it. What
// begins with a ? or a ! is for the test that the file belongs to.
func (r *reached) sections(file string) {
	text, err := os.ReadFile(file)
	require.NoError(r.t, err)
	_, rest, found := strings.Cut(string(text), "\n-- ")
	require.True(r.t, found, file)
	for _, section := range strings.Split(rest, "\n-- ") {
		name, lines, _ := strings.Cut(section, " --\n")
		lines = strings.Join(slices.DeleteFunc(strings.Split(lines, "\n"), func(line string) bool {
			return strings.HasPrefix(line, "?") || strings.HasPrefix(line, "!")
		}), "\n")
		s, err := scenario.Parse(name, lines)
		require.NoError(r.t, err, "%s: %s", file, name)
		r.play(name, s)
	}
}

// explore makes each run of a scenario with a loss, a copy and a packet that is
// held, and where its network has chance in it, those of some seeds.
func (r *reached) explore(name, text string) {
	s, err := scenario.Parse(name, text)
	require.NoError(r.t, err, name)
	s = r.watched(s)
	found, err := explore.Search(context.Background(), s, explore.Bounds{Losses: 1, Duplicates: 1, Holds: 1, Faults: 1, Workers: 1})
	require.NoError(r.t, err, name)
	r.count(found)
	found, err = explore.Seeds(context.Background(), s, 20, explore.Bounds{Workers: 1})
	require.NoError(r.t, err, name)
	r.count(found)
}

func (r *reached) count(found *explore.Found) {
	r.runs += found.Runs
	for i, n := range found.Met {
		r.met[i] += n
	}
}

// watched is a scenario whose runs are counted.
func (r *reached) watched(s *sim.Scenario) *sim.Scenario {
	with := *s
	with.Seen = func(m *fsm.Machine, row *fsm.Row) { r.rows[rowName(m, row)]++ }
	return &with
}

func (r *reached) play(name string, s *sim.Scenario) {
	for _, f := range s.Faults {
		r.faults[f.Kind]++
	}
	run, err := explore.Play(r.watched(s))
	require.NoError(r.t, err, name)
	r.runs++
	r.met = run.Met(r.met)
	for i := range run.Trace.Events {
		if e := &run.Trace.Events[i]; e.Kind == trace.Verdict {
			r.fates[e.Name]++
		}
	}
}

// rowName is a row in words.
func rowName(m *fsm.Machine, r *fsm.Row) string {
	name := m.Name + " | " + m.State(r.From) + " | " + m.Event(r.On)
	if r.When != 0 {
		name += " | on condition"
	}
	return name
}
