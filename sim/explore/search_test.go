package explore

import (
	"context"
	"fmt"
	"maps"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"

	"siplab/sim"
	"siplab/sim/fault"
	"siplab/sim/words"
)

func searched(t testing.TB, s *sim.Scenario, b Bounds) *Found {
	t.Helper()
	f, err := Search(context.Background(), s, b)
	require.NoError(t, err)
	return f
}

// toldFound is what was found as a transcript.
func toldFound(f *Found) string {
	var b strings.Builder
	fmt.Fprintf(&b, "%d runs, %s\n", f.Runs, f.Of)
	for i := range f.Outcomes {
		o := &f.Outcomes[i]
		fmt.Fprintf(&b, "== %d: %d runs: %s\n", o.N, o.Runs, &o.Smallest)
		for k := range o.Users {
			for n := range o.Users[k].Told {
				fmt.Fprintf(&b, "%s is told: %s\n", o.Users[k].Host, &o.Users[k].Told[n])
			}
		}
		for k := range o.Ends {
			fmt.Fprintf(&b, "%s: %s: %s\n", o.Ends[k].About, &o.Ends[k], either(o.Ends[k].Agree, "agreed", "not agreed"))
		}
		if o.Ghost() {
			b.WriteString("a ghost call\n")
		}
	}
	for i := range f.Situations {
		x := &f.Situations[i]
		fmt.Fprintf(&b, "%s (%s), %d runs: %s\n", x.Meeting, x.Section, x.Runs, &x.Witness)
	}
	return b.String()
}

func TestFound(t *testing.T) {
	one := Bounds{Losses: 1, Duplicates: 1, Holds: 1, Cuts: 1, Faults: 1}
	for _, name := range []string{"call", "register", "cancel", "tcp-call"} {
		t.Run(name, func(t *testing.T) {
			got := toldFound(searched(t, read(t, name), one))
			path := filepath.Join("testdata", name+".found.txt")
			if *update {
				require.NoError(t, os.WriteFile(path, []byte(got), 0o644))
			}
			want, err := os.ReadFile(path)
			require.NoError(t, err)
			require.Equal(t, string(want), got)
		})
	}
}

// keyOf is the outcome of a scenario with faults, and whether each of them met a
// packet.
func keyOf(t *testing.T, s *sim.Scenario, faults []fault.Fault) (key string, met bool) {
	t.Helper()
	run, err := Play(s, faults...)
	require.NoError(t, err)
	for i := range run.Trace.Events {
		if strings.HasPrefix(run.Trace.Events[i].Text, "no packet met the fault") {
			return "", false
		}
	}
	return string(outcomeKey(nil, run)), true
}

// losable are the losses that can be named in runs with so many of them.
func losable(t *testing.T, s *sim.Scenario, losses int, before []fault.Fault, into map[fault.Fault]bool) {
	t.Helper()
	run, err := Play(s, before...)
	require.NoError(t, err)
	for _, x := range targets(run.Trace, fault.Lose, -1) {
		if x.spared != "" {
			continue
		}
		into[x.fault] = true
		if losses > 1 {
			losable(t, s, losses-1, append(slices.Clip(before), x.fault), into)
		}
	}
}

// Every set of losses is tried, and none twice: the tree of the search, which
// asks of each run what it sends, has as many runs as there are sets of names of
// which each meets a packet, and the same outcomes.
func TestTheTreeHasEverySetOnce(t *testing.T) {
	const losses = 2
	for _, name := range []string{"call", "register", "cancel"} {
		s := read(t, name)
		known := map[fault.Fault]bool{}
		losable(t, s, losses, nil, known)
		all := slices.SortedFunc(maps.Keys(known), func(a, b fault.Fault) int { return strings.Compare(a.String(), b.String()) })
		runs, keys := 0, map[string]int{}
		try := func(faults ...fault.Fault) {
			if key, met := keyOf(t, s, faults); met {
				runs++
				keys[key]++
			}
		}
		try()
		for i := range all {
			try(all[i])
			for k := range i {
				try(all[k], all[i])
			}
		}
		f := searched(t, s, Bounds{Losses: losses})
		require.Equal(t, runs, f.Runs, name)
		require.Len(t, f.Outcomes, len(keys), name)
		for i := range f.Outcomes {
			key, met := keyOf(t, s, f.Outcomes[i].Smallest.Faults)
			require.True(t, met)
			require.Equal(t, keys[key], f.Outcomes[i].Runs, name)
		}
	}
}

// No smaller set leads to an outcome or a situation: all smaller sets are run.
func TestTheWitnessIsTheSmallest(t *testing.T) {
	s := read(t, "call")
	wide := Bounds{Losses: 1, Duplicates: 1, Holds: 1, Cuts: 1}
	for size := range 2 {
		wide.Faults = size + 1
		fewer := wide
		fewer.Faults = size
		if size == 0 {
			fewer = Bounds{}
		}
		if size == 1 {
			wide.Only = words.Packets{Message: "BYE"} // two faults of all are many
			fewer.Only = wide.Only
		}
		small := searched(t, s, fewer)
		for _, o := range searched(t, s, wide).Outcomes {
			if len(o.Smallest.Faults) <= size {
				continue
			}
			key, _ := keyOf(t, s, o.Smallest.Faults)
			for _, p := range small.Outcomes {
				other, _ := keyOf(t, s, p.Smallest.Faults)
				require.NotEqual(t, key, other, o.Smallest.String())
			}
		}
	}
}

func ghosts(f *Found) (list []Outcome) {
	for _, o := range f.Outcomes {
		if o.Ghost() {
			list = append(list, o)
		}
	}
	return list
}

// RFC 3261 §15.1.1: a phone that hangs up takes the call to be over, whatever
// comes of its BYE. One cut makes the ghost; of lost packets it takes all eleven
// BYEs that Timer E and Timer F leave time for, and no ten do.
func TestTheGhostCall(t *testing.T) {
	s := read(t, "call")
	all := ghosts(searched(t, s, Bounds{Losses: 2, Duplicates: 1, Holds: 1, Cuts: 1, Faults: 1}))
	require.Len(t, all, 1)
	require.Equal(t, "cut alice to bob from 5s", all[0].Smallest.String())
	require.Equal(t, "alice Morgue, bob Established", all[0].Ends[0].String())

	bye := Bounds{Only: words.Packets{Message: "BYE", From: "alice"}}
	for bye.Losses = 1; bye.Losses < 11; bye.Losses++ {
		require.Empty(t, ghosts(searched(t, s, bye)))
	}
	all = ghosts(searched(t, s, bye))
	require.Len(t, all, 1)
	require.Len(t, all[0].Smallest.Faults, 11)
}

// RFC 5407 §3.1: of its six situations, one fault and the plain call bring about
// those in which the caller only calls and hangs up. A re-INVITE, and a BYE
// before the answer, take a human who does otherwise.
func TestTheRacesOfAPlainCall(t *testing.T) {
	f := searched(t, read(t, "call"), Bounds{Losses: 1, Duplicates: 1, Holds: 1, Cuts: 1, Faults: 1})
	smallest := map[string]string{}
	for _, x := range f.Situations {
		if x.Section != "" {
			smallest[x.Section] = x.Witness.String()
		}
	}
	require.Equal(t, map[string]string{
		"RFC 5407 §3.1.1": "cut bob to alice from 20ms",
		"RFC 5407 §3.1.2": "cut bob to alice from 2s",
		"RFC 5407 §3.1.6": "cut alice to bob from 2.02s until 5s",
		"RFC 5407 §3.2.1": "lose 1st 200 for BYE from bob",
	}, smallest)
	require.Empty(t, searched(t, read(t, "call"), Bounds{}).Situations)
}

// What is named is what happens: a held packet goes when the packet of its words
// has been sent, and a cut takes what it says.
func TestEachWitnessIsWhatItSays(t *testing.T) {
	s := read(t, "call")
	f := searched(t, s, Bounds{Losses: 1, Duplicates: 1, Holds: 1, Cuts: 1, Faults: 1})
	for i := range f.Outcomes {
		_, met := keyOf(t, s, f.Outcomes[i].Smallest.Faults)
		require.True(t, met, f.Outcomes[i].Smallest.String())
	}
	for _, x := range f.Situations {
		run, err := Play(x.Scenario)
		require.NoError(t, err)
		require.Empty(t, run.Trace.End.Held, x.Witness.String())
		require.Contains(t, new(room).findMeetings(run.Trace), x.Meeting)
	}
}

func TestTheOrderOfWorkersDoesNotShow(t *testing.T) {
	b := Bounds{Losses: 2, Workers: 1}
	one := toldFound(searched(t, read(t, "call"), b))
	b.Workers = 7
	require.Equal(t, one, toldFound(searched(t, read(t, "call"), b)))
}

// Who interrupts a search gets what was found so far.
func TestASearchCanBeInterrupted(t *testing.T) {
	ctx, stop := context.WithCancel(context.Background())
	b := Bounds{Losses: 20, Workers: 1, Report: func(p Progress) {
		if p.Runs > 200 {
			stop()
		}
	}}
	f, err := Search(ctx, read(t, "call"), b)
	require.ErrorIs(t, err, context.Canceled)
	require.Greater(t, f.Runs, 200)
	require.NotEmpty(t, f.Outcomes)
	require.Empty(t, f.Outcomes[0].Smallest.Faults)
}

func TestASearchHasABound(t *testing.T) {
	f, err := Search(context.Background(), read(t, "call"), Bounds{Losses: 3, Most: 100})
	require.ErrorContains(t, err, "--most is 100")
	require.LessOrEqual(t, f.Runs, 100)
}

// Seeds find by chance, and shrink to named faults, what lies on the way.
func TestSeeds(t *testing.T) {
	s := parse(t, strings.Replace(text(t, "call"), "net delay 20ms", "net delay 20ms loss 20%", 1))
	f, err := Seeds(context.Background(), s, 300, Bounds{})
	require.NoError(t, err)
	require.Equal(t, 300, f.Runs)
	require.Greater(t, len(f.Outcomes), 2)
	sum := 0
	for _, o := range f.Outcomes {
		sum += o.Runs
		require.False(t, o.Smallest.Seeded)
		key, met := keyOf(t, o.Smallest.Scenario, nil)
		require.True(t, met)
		for i := range o.Smallest.Faults { // none can be left out
			fewer := *o.Smallest.Scenario
			fewer.Faults = slices.Delete(slices.Clone(fewer.Faults), i, i+1)
			other, _ := keyOf(t, &fewer, nil)
			require.NotEqual(t, key, other, o.Smallest.String())
		}
	}
	require.Equal(t, 300, sum)
}

// A run that never ends is told, and not made again and again.
func TestAScenarioThatNeverEndsIsNotSearched(t *testing.T) {
	s := parse(t, `net delay 20ms
phone bob sip:bob@biloxi.example.com password wrong bug never-stops
registrar biloxi domain biloxi.example.com user sip:bob@biloxi.example.com password zanzibar
at 0s bob registers`)
	s.Bounds.Events = 3000
	_, err := Search(context.Background(), s, Bounds{Losses: 1})
	require.ErrorContains(t, err, "too long to be run many times: the run has had 3")
}

func TestALawThatIsKeptEndsNothing(t *testing.T) {
	f, err := Search(context.Background(), read(t, "call"), Bounds{Losses: 2, Law: true})
	require.NoError(t, err)
	require.False(t, f.Stopped)
	require.NotEmpty(t, f.Outcomes)
}

func text(t testing.TB, name string) string {
	t.Helper()
	b, err := os.ReadFile(filepath.Join("testdata", name+".siplab"))
	require.NoError(t, err)
	return string(b)
}

func TestShrinkLeavesNothingOut(t *testing.T) {
	all := make([]fault.Fault, 13)
	for i := range all {
		all[i].Packets.Nth = i
	}
	needs := func(list []fault.Fault) bool { // 2 and 11
		has := map[int]bool{}
		for _, f := range list {
			has[f.Packets.Nth] = true
		}
		return has[2] && has[11]
	}
	left := shrink(all, needs)
	require.Len(t, left, 2)
	require.True(t, needs(left))
	require.Empty(t, shrink(all, func([]fault.Fault) bool { return true }))
}
