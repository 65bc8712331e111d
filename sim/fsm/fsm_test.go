package fsm

import (
	"testing"
	"time"

	"github.com/stretchr/testify/require"
)

// The machine of these tests is a lamp on a switch: it blinks until somebody
// answers, glows for a while and goes out.
const (
	_ State = iota
	blinking
	glowing
	out
)

const (
	_ Event = iota
	blink
	fade
	push
	answer
)

const (
	_ Action = iota
	flash
	ring
)

const (
	_ Condition = iota
	dark
)

const (
	_ Base = iota
	short
	long
)

var lampWords = Words{
	States:     []string{"", "blinking", "glowing", "out"},
	Events:     []string{"", "Timer blink", "Timer fade", "push", "answer"},
	Actions:    []string{"", "flash", "ring"},
	Conditions: []string{"", "it is dark"},
	Bases:      []string{"", "short", "long"},
}

var values = Lengths{short: time.Second, long: 3 * time.Second}

func lampRules() []Rule {
	return []Rule{
		Begin(push, blinking, "lamp 1", flash),
		On(blinking, blink, blinking, "lamp 2", flash),
		On(blinking, answer, glowing, "lamp 3", ring).If(dark),
		On(blinking, answer, out, "lamp 3"),
		Drop(blinking, push, "lamp 4", "it blinks already"),
		On(glowing, fade, out, "lamp 5"),
		Drop(glowing, push, "lamp 4", "it has been answered"),
		On(glowing, answer, glowing, "lamp 6"),
		Live(blink, short.DoublingTo(long).UnreliableOnly(), "lamp 2", "interval between flashes", blinking),
		Live(fade, long.Times(2).ZeroIfReliable(), "lamp 5", "afterglow", glowing),
		Waits(blinking, "an answer", "lamp 3"),
	}
}

func lamp(more ...Rule) *Machine {
	return New("lamp", "lamp 0", &lampWords, out, append(lampRules(), more...)...)
}

// without makes the lamp with one of its rules left out.
func without(i int) *Machine {
	rules := lampRules()
	return New("lamp", "lamp 0", &lampWords, out, append(rules[:i:i], rules[i+1:]...)...)
}

func TestARunFollowsTheRows(t *testing.T) {
	m := lamp()
	require.Empty(t, m.Check())
	var r Run

	row := r.Step(m, push, 0)
	require.Equal(t, []Action{flash}, row.Do)
	require.Equal(t, blinking, r.State)
	require.Len(t, row.Starts, 1, "blink lives in blinking")
	require.Equal(t, blink, row.Starts[0].Timer)

	row = r.Step(m, answer, Conditions(0).With(dark))
	require.Equal(t, glowing, r.State)
	require.Equal(t, blink, row.Stops[0].Timer, "blink does not live in glowing")
	require.Equal(t, fade, row.Starts[0].Timer)

	row = r.Step(m, answer, 0)
	require.Empty(t, row.Starts, "a timer that lives on goes on running")
	require.Empty(t, row.Stops)

	row = r.Step(m, fade, 0)
	require.Equal(t, out, r.State)
	require.Empty(t, row.Stops, "a timer that fired does not run any more")
	require.Nil(t, r.Step(m, answer, 0), "nothing happens after the end")
}

func TestARowWithoutAConditionSpeaksWhereNoneHolds(t *testing.T) {
	m := lamp()
	require.Equal(t, glowing, m.Row(blinking, answer, Conditions(0).With(dark)).To)
	require.Equal(t, out, m.Row(blinking, answer, 0).To)
}

func TestADoublingTimerDoublesUpToItsLimit(t *testing.T) {
	m := lamp()
	var r Run
	row := r.Step(m, push, 0)
	var got []time.Duration
	for range 4 {
		got = append(got, r.After(&row.Starts[0], &values))
		row = r.Step(m, blink, 0)
	}
	require.Equal(t, []time.Duration{time.Second, 2 * time.Second, 3 * time.Second, 3 * time.Second}, got)
}

func TestAReliableChannelDoesWithoutSomeTimersAndShortensOthers(t *testing.T) {
	m := lamp()
	r := Run{Reliable: true}
	row := r.Step(m, push, 0)
	require.False(t, r.Has(&row.Starts[0]))
	row = r.Step(m, answer, Conditions(0).With(dark))
	require.Zero(t, r.After(&row.Starts[0], &values))
}

func TestLeavingStopsWhatRuns(t *testing.T) {
	m := lamp()
	var r Run
	r.Step(m, push, 0)
	row := r.Leave(m)
	require.Equal(t, out, r.State)
	require.Equal(t, blink, row.Stops[0].Timer)
}

func TestCheckNames(t *testing.T) {
	for _, c := range []struct {
		claim, want string
		m           *Machine
	}{
		{"two rows for one state, event and condition", "lamp: two rows for blinking, answer", lamp(On(blinking, answer, glowing, "x"))},
		{"a row that cites nothing", "lamp: the row for glowing, push cites nothing", New("lamp", "", &lampWords, out, append(lampRules()[:6:6], append(lampRules()[7:], Drop(glowing, push, "", "x"))...)...)},
		{"a row out of the final state", "lamp: a row leaves the final state on answer", lamp(On(out, answer, out, "x"))},
		{"a state that cannot be reached", "lamp: glowing cannot be reached", without(2)},
		{"a state that cannot end", "lamp: glowing cannot end", without(5)},
		{"a state that only others end and nobody is named", "lamp: time alone does not end blinking, and nobody is named who does", without(10)},
		{"a state named as waiting that ends by itself", "lamp: glowing is listed as waiting, but ends by itself", lamp(Waits(glowing, "x", "x"))},
		{"a wait for nobody", "lamp: the wait in blinking cites nothing, or nobody", lamp(Waits(blinking, "", "x"))},
		{"a timer without a row where it lives", "lamp: Timer blink lives in blinking and has no row there", without(1)},
		{"a row of a timer that does not live there", "lamp: Timer fade has a row in glowing and does not live there", New("lamp", "", &lampWords, out, append(lampRules()[:9:9], Live(fade, long.Once(), "x", "x", out))...)},
		{"two doubling timers at once", "lamp: Timer blink and Timer fade both double in blinking", lamp(Live(fade, long.Doubling(), "x", "x", blinking))},
		{"a timer that means nothing", "lamp: Timer fade cites nothing, or means nothing", lamp(Live(fade, long.Once(), "x", ""))},
		{"an event of which a state says nothing", "lamp: nothing is said of push in blinking", without(4)},
	} {
		t.Run(c.claim, func(t *testing.T) {
			var all []string
			for _, err := range c.m.Check() {
				all = append(all, err.Error())
			}
			require.Contains(t, all, c.want)
		})
	}
}

func TestRowsAreDataWithNames(t *testing.T) {
	m := lamp()
	rows := m.Rows()
	require.Len(t, rows, 6)
	require.Nil(t, rows[0].State, "the machine comes to be")
	require.Equal(t, []string{"start Timer blink = short; unreliable only"}, rows[0].Timers)
	require.Equal(t, "unreliable transport", *rows[1].Condition)
	require.Equal(t, []string{"start Timer blink = twice the last, up to long"}, rows[1].Timers)
	require.Equal(t, "it is dark", *rows[2].Condition)
	require.Equal(t, []string{"ring"}, rows[2].Action)
	require.Equal(t, []string{"stop Timer blink", "start Timer fade = 2*long; 0 if reliable"}, rows[2].Timers)
	require.Equal(t, "it blinks already", m.Drops()[0].Dropped)
	require.Equal(t, []string{"blinking", "glowing", "out"}, m.States())
	require.Equal(t, "short, doubling up to long; unreliable only", m.Timers()[0].Length)
}

func TestAMachineAtWorkAllocatesNothing(t *testing.T) {
	m := lamp()
	require.Zero(t, testing.AllocsPerRun(100, func() { blinkOnce(m) }))
}

func blinkOnce(m *Machine) {
	var r Run
	row := r.Step(m, push, 0)
	r.After(&row.Starts[0], &values)
	row = r.Step(m, blink, 0)
	r.After(&row.Starts[0], &values)
	r.Step(m, answer, 0)
}

func BenchmarkStep(b *testing.B) {
	m := lamp()
	b.ReportAllocs()
	for b.Loop() {
		blinkOnce(m)
	}
}
