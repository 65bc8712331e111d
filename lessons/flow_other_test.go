package lessons_test

import (
	"fmt"
	"slices"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"

	"siplab/lessons"
	"siplab/sim/scenario"
	"siplab/sim/trace"
)

// TestFlowsNeedTheirFaults: without one of its faults or acts no run is its
// drawing any more.
func TestFlowsNeedTheirFaults(t *testing.T) {
	each(t, func(t *testing.T, f flow, l *lessons.Lesson, _ *trace.Trace) {
		s := l.Flow.Run.Scenario
		for _, line := range strings.Split(strings.TrimSpace(scenario.Print(s)), "\n") {
			fault := strings.HasPrefix(line, "lose ") || strings.HasPrefix(line, "hold ") || strings.HasPrefix(line, "delay ")
			if !fault && !strings.HasPrefix(line, "at ") {
				continue
			}
			changed, err := lessons.Changed(s, []lessons.Change{{Out: true, Line: line}})
			require.NoError(t, err)
			tr, err := (&lessons.Run{Scenario: changed}).Trace()
			require.NoError(t, err)
			require.Error(t, f.held(tr, l.Flow), "without %q", line)
		}
	})
}

// TestARunWithoutOneOfItsMessagesIsNoFlow takes each sending and each arrival
// out of the run, and makes a new message of each repeated one.
func TestARunWithoutOneOfItsMessagesIsNoFlow(t *testing.T) {
	each(t, func(t *testing.T, f flow, l *lessons.Lesson, tr *trace.Trace) {
		for i := range tr.Events {
			e := &tr.Events[i]
			if e.Kind != trace.Send && e.Kind != trace.Arrive && e.Kind != trace.Lose || !l.Flow.Holds(e.At) {
				continue
			}
			cut := *tr
			cut.Events = slices.Delete(slices.Clone(tr.Events), i, i+1)
			require.Error(t, f.held(&cut, l.Flow), "without the %s of %s", e.Kind, e.Packet.Label)
			if e.Kind == trace.Send && e.Packet.Again != "" {
				p := *e.Packet
				p.Again = ""
				fresh := *tr
				fresh.Events = slices.Clone(tr.Events)
				for j := range fresh.Events {
					if fresh.Events[j].Packet == e.Packet {
						fresh.Events[j].Packet = &p
					}
				}
				require.Error(t, f.held(&fresh, l.Flow), "%s as a message of its own", e.Packet.Label)
			}
		}
	})
}

// TestADrawingThatIsAnotherIsNotHeld changes each fact of each drawing.
func TestADrawingThatIsAnotherIsNotHeld(t *testing.T) {
	each(t, func(t *testing.T, f flow, l *lessons.Lesson, tr *trace.Trace) {
		for _, d := range l.Flow.Differences {
			require.NoError(t, f.differs(d))
		}
		as := *l.Flow
		as.Differences = nil
		for name, other := range f.mutants() {
			require.Error(t, other.held(tr, &as), name)
		}
	})
}

// TestWhatADrawingLeavesOpen: a pair without an order, a message that need not
// be there, and one that nobody answers.
func TestWhatADrawingLeavesOpen(t *testing.T) {
	f, l := flowNamed(t, "rfc5407-3.1.2")
	tr, err := l.Flow.Run.Trace()
	require.NoError(t, err)
	as := *l.Flow
	as.Differences = nil
	require.Error(t, f.held(tr, &as), "F7 leaves before F5 is there")
	f.unordered = [][]string{{"F5", "F7"}}
	require.NoError(t, f.held(tr, &as))
	f.unordered = [][]string{{"F7", "F8"}}
	require.Error(t, f.held(tr, &as))

	f, l = flowNamed(t, "rfc5407-3.1.1")
	tr, err = l.Flow.Run.Trace()
	require.NoError(t, err)
	f.message("F4").unanswered = true
	require.NoError(t, f.held(tr, l.Flow), "the repeated INVITE is absorbed")
	f.message("F1").unanswered = true
	require.ErrorContains(t, f.held(tr, l.Flow), "F2 answers it")
	f.message("F1").unanswered = false
	extra, err := parseMessage(strings.Fields("F0 bob to alice 100 for INVITE optional"))
	require.NoError(t, err)
	f.messages = append(f.messages, extra)
	f.order["alice"] = slices.Insert(f.order["alice"], 1, step{"recv", "F0"})
	f.order["bob"] = slices.Insert(f.order["bob"], 1, step{"send", "F0"})
	require.NoError(t, f.held(tr, l.Flow), "no 100 is sent")
	f.message("F0").optional = false
	require.Error(t, f.held(tr, l.Flow))
}

func flowNamed(t *testing.T, id string) (flow, *lessons.Lesson) {
	l, err := lessons.Find(id)
	require.NoError(t, err)
	all := flows(t)
	return all[slices.IndexFunc(all, func(f flow) bool { return f.id == id })], l
}

// TestADifferenceThatIsNoneIsAnError: what a lesson says of a drawing is about
// that drawing.
func TestADifferenceThatIsNoneIsAnError(t *testing.T) {
	f, _ := flowNamed(t, "rfc5407-3.1.2")
	for instead, want := range map[string]string{
		"before F8 at alice":    "F7 is not drawn after F8 at alice",
		"before F9 at alice":    "F7 is not drawn after F9 at alice",
		"later":                 `what is "later"?`,
		"alice to bob BYE loud": `message F7: "loud"`,
	} {
		require.EqualError(t, f.differs(lessons.Difference{Messages: []string{"F7"}, Instead: instead}), want)
	}
	require.EqualError(t, f.differs(lessons.Difference{Messages: []string{"F9"}, Instead: "none"}), "no F9 is drawn")
	const more = "alice to bob INFO after "
	require.EqualError(t, f.differs(lessons.Difference{Messages: []string{"F7"}, Instead: more + "F6"}), "F7 cannot be put after F6")
	require.EqualError(t, f.differs(lessons.Difference{Messages: []string{"F9"}, Instead: more + "F99"}), "F9 cannot be put after F99")
	require.NoError(t, f.differs(lessons.Difference{Messages: []string{"F9"}, Instead: more + "F6"}))
}

// TestEachDifferenceIsOne: without one of them, for one of its messages, the run
// is not what is drawn.
func TestEachDifferenceIsOne(t *testing.T) {
	each(t, func(t *testing.T, f flow, l *lessons.Lesson, tr *trace.Trace) {
		for i, d := range l.Flow.Differences {
			for j, n := range d.Messages {
				as := *l.Flow
				as.Differences = slices.Clone(l.Flow.Differences)
				as.Differences[i].Messages = slices.Delete(slices.Clone(d.Messages), j, j+1)
				require.Error(t, f.held(tr, &as), "%s %s: %s", n, d.Instead, d.Why)
			}
		}
	})
}

// mutants are drawings that differ from f in one fact.
func (f *flow) mutants() map[string]flow {
	out := map[string]flow{}
	change := func(name string, do func(g *flow)) {
		g := f.clone()
		do(&g)
		out[name] = g
	}
	for i, m := range f.messages {
		n := m.n
		change(n+" is another message", func(g *flow) { g.messages[i].what = "OPTIONS" })
		change(n+" goes the other way", func(g *flow) { g.messages[i].from, g.messages[i].to = m.to, m.from })
		change(n+" is lost or arrives", func(g *flow) { g.messages[i].lost = !m.lost })
		change(n+" is not there", func(g *flow) { g.drop(n) })
		if m.repeats != "" {
			change(n+" repeats nothing", func(g *flow) { g.messages[i].repeats = "" })
		} else if i > 0 {
			change(n+" repeats the first", func(g *flow) { g.messages[i].repeats = f.messages[0].n })
		}
		if m.dialog != "" {
			change(n+" is in another dialog", func(g *flow) { g.messages[i].dialog = map[string]string{"A": "B", "B": "A"}[m.dialog] })
		}
		for _, o := range f.messages {
			if !slices.Contains(m.crosses, o.n) && (f.before(step{"recv", o.n}, step{"send", n}) || f.before(step{"recv", n}, step{"send", o.n})) {
				change(n+" crosses "+o.n, func(g *flow) { g.messages[i].crosses = append(slices.Clone(m.crosses), o.n) })
			}
		}
	}
	for host, steps := range f.order {
		for i := range len(steps) - 1 {
			if f.leavesOpen(steps[i].n, steps[i+1].n) {
				continue
			}
			change(fmt.Sprintf("%s: %v and %v swapped", host, steps[i], steps[i+1]), func(g *flow) {
				g.order[host][i], g.order[host][i+1] = steps[i+1], steps[i]
			})
		}
	}
	f.mutateFields(change)
	for i, m := range f.media {
		change(fmt.Sprintf("media %d before the call", i), func(g *flow) { g.media[i].after = f.messages[0].n })
		change(fmt.Sprintf("media %d again", i), func(g *flow) { g.media = append(slices.Clone(g.media), m) })
	}
	for i, s := range f.states {
		change(fmt.Sprintf("state %d: %v", i, s), func(g *flow) { g.states[i].state = map[bool]string{true: "Mora", false: "Est"}[s.state == "Est"] })
		change(fmt.Sprintf("no state %d: %v", i, s), func(g *flow) { g.states = slices.Delete(g.states, i, i+1) })
		if s.after != (step{}) {
			change(fmt.Sprintf("state %d: %v at another step", i, s), func(g *flow) {
				steps := f.order[s.host]
				at := slices.Index(steps, s.after)
				g.states[i].after = steps[(at+len(steps)/2)%len(steps)]
			})
		}
	}
	return out
}
