package transaction

import (
	"encoding/json"
	"os"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"siplab/sim/fsm"
)

func TestTheMachinesHold(t *testing.T) {
	for _, m := range Machines() {
		require.Empty(t, m.Check())
	}
	require.Equal(t, "invite-client non-invite-client invite-server non-invite-server",
		strings.Join([]string{InviteClient.String(), NonInviteClient.String(), InviteServer.String(), NonInviteServer.String()}, " "))
}

// differences are the places where the rows and the figures do not say the
// same, with the reason: the figure's edge, ours, or both.
var differences = map[string]string{
	"invite-client | Accepted | 1xx":                   "RFC 6026 says nothing of it; RFC 5407 Appendix E, Figure 7 has the user acknowledge what another fork sends reliably",
	"invite-server | - | INVITE":                       "the 100 is a deadline beside the machine, which hands it down as 1xx from TU",
	"invite-server | Proceeding | 101-199 from TU":     "ours says 1xx: that 100 takes the same row",
	"invite-server | Proceeding | 1xx from TU":         "the figure says 101-199",
	"invite-server | Completed | Timer H":              "RFC 6026's drawing lost the action that the text of §17.2.1, left standing, demands: the TU MUST be told",
	"invite-server | Confirmed | ACK":                  "text of §17.2.1: Confirmed absorbs further ACKs; not drawn",
	"non-invite-client | Completed | 200-699":          "text of §17.1.2.2: Completed buffers repeated responses; not drawn",
	"non-invite-server | Trying | request":             "text of §17.2.2: repeated requests are discarded; not drawn",
	"non-invite-server | Trying | 1xx from TU":         "RFC 4320 §4.1 leaves of the 1xx the 100 alone",
	"non-invite-server | Trying | 100 from TU":         "RFC 4320 §4.1 leaves of the 1xx the 100 alone",
	"non-invite-server | Proceeding | 1xx from TU":     "RFC 4320 §4.1 leaves of the 1xx the 100 alone",
	"non-invite-server | Proceeding | 100 from TU":     "RFC 4320 §4.1 leaves of the 1xx the 100 alone",
	"non-invite-server | Proceeding | transport error": "RFC 6026 §8.8 replaces §17.2.4: the machine remains in its state; Figure 8 was not redrawn",
	"non-invite-server | Completed | transport error":  "RFC 6026 §8.8 replaces §17.2.4: the machine remains in its state; Figure 8 was not redrawn",
	"non-invite-server | Completed | 200-699 from TU":  "text of §17.2.2: another final response is discarded; not drawn",
}

func TestRowsAndFiguresSayTheSame(t *testing.T) {
	drawn, rows := figures(t), map[string]string{}
	for _, m := range Machines() {
		for _, r := range m.Rows() {
			rows[key(r)] = outcome(r)
		}
	}
	found := map[string]bool{}
	for k := range drawn {
		found[k] = rows[k] != drawn[k]
	}
	for k := range rows {
		found[k] = rows[k] != drawn[k]
	}
	for k, differs := range found {
		require.Equal(t, differs, differences[k] != "", "%s: figure %q, rows %q", k, drawn[k], rows[k])
	}
	for k := range differences {
		require.Contains(t, found, k)
	}
}

func key(r fsm.RowData) string {
	state := "-"
	if r.State != nil {
		state = *r.State
	}
	return r.Machine + " | " + state + " | " + r.Event
}

// outcome is what a row does, in the words of the figures, which name no kind
// of bad news.
func outcome(r fsm.RowData) string {
	actions := slices.Clone(r.Action)
	for i, a := range actions {
		if a == "timeout to TU" || a == "transport error to TU" || a == "no ACK to TU" {
			actions[i] = "inform TU"
		}
	}
	if len(actions) == 0 {
		actions = []string{"-"}
	}
	return strings.Join(actions, ", ") + " | " + r.Next
}

func figures(t *testing.T) map[string]string {
	text, err := os.ReadFile("testdata/figures.txt")
	require.NoError(t, err)
	edges, machine := map[string]string{}, ""
	for line := range strings.Lines(string(text)) {
		line = strings.TrimSpace(line)
		switch {
		case line == "" || line[0] == '#':
		case strings.HasPrefix(line, "figure "):
			machine = strings.Fields(line)[2]
		default:
			f := strings.Split(line, " | ")
			require.Len(t, f, 4, line)
			edges[machine+" | "+f[0]+" | "+f[1]] = f[2] + " | " + f[3]
		}
	}
	return edges
}

func TestEachTimerRunsAsTable4Says(t *testing.T) {
	text, err := os.ReadFile("testdata/timers.json")
	require.NoError(t, err)
	var facts []struct {
		Timer      string
		Machine    string
		Unreliable int64 `json:"unreliable_ms"`
		Again      string
		Reliable   *int64   `json:"reliable_ms"`
		LivesIn    []string `json:"lives_in"`
	}
	require.NoError(t, json.Unmarshal(text, &facts))
	require.Len(t, facts, int(Timer100)-1)
	values := DefaultTiming.lengths()
	for _, f := range facts {
		m := Machines()[slices.IndexFunc(Machines(), func(m *fsm.Machine) bool { return m.Name == f.Machine })]
		var lives []string
		for _, d := range m.Timers() {
			if d.Timer == "Timer "+f.Timer {
				lives = append(lives, d.LivesIn...)
			}
		}
		require.Equal(t, f.LivesIn, lives, f.Timer)
		for _, reliable := range []bool{false, true} {
			after, ok := firstStart(m, f.Timer, reliable, &values)
			want := &f.Unreliable
			if reliable {
				want = f.Reliable
			}
			require.Equal(t, want != nil, ok, f.Timer)
			if ok {
				require.Equal(t, time.Duration(*want)*time.Millisecond, after, f.Timer)
			}
		}
		require.Equal(t, f.Again, restart(m, f.Timer), f.Timer)
	}
}

// firstStart is how long the timer runs in the first state where it lives.
func firstStart(m *fsm.Machine, letter string, reliable bool, values *fsm.Lengths) (time.Duration, bool) {
	run := fsm.Run{Reliable: reliable}
	for s := fsm.State(0); s < Terminated; s++ {
		for e := fsm.Event(0); e <= transportError; e++ {
			row := m.Row(s, e, ^fsm.Conditions(0))
			if row == nil {
				continue
			}
			for i := range row.Starts {
				if c := &row.Starts[i]; Timer(c.Timer).String() == letter && !c.Again && run.Has(c) {
					return run.After(c, values), true
				}
			}
		}
	}
	return 0, false
}

// restart is how long a doubling timer runs after its own firing, in words.
func restart(m *fsm.Machine, letter string) string {
	for _, r := range m.Rows() {
		for _, c := range r.Timers {
			if words, ok := strings.CutPrefix(c, "start Timer "+letter+" = "); ok && strings.HasPrefix(words, "twice") {
				return words
			}
		}
	}
	return ""
}

func TestTable4(t *testing.T) {
	rows := Table4()
	require.Len(t, rows, 3+12)
	require.Equal(t, Table4Row{"T1", "500ms by default", "RFC 3261 §17.1.1.1", "estimate of the round-trip time"}, rows[0])
	byName := map[string]string{}
	for _, r := range rows {
		require.NotEmpty(t, r.Section)
		require.NotEmpty(t, r.Meaning)
		byName[r.Timer] = r.Value
	}
	require.Equal(t, "T1, doubling; unreliable only", byName["Timer A"])
	require.Equal(t, "32s; 0 if reliable", byName["Timer D"])
	require.Equal(t, "T1, doubling up to T2; unreliable only (in Proceeding: T2; unreliable only)", byName["Timer E"])
	require.Equal(t, "64*T1", byName["Timer L"])
}
