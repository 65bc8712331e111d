package main

import (
	"strings"
	"testing"

	"github.com/stretchr/testify/require"

	"siplab/diagrams"
	"siplab/lessons"
	"siplab/sim/ask"
	"siplab/sim/behaviour"
	"siplab/sim/fsm"
	"siplab/sim/law"
	"siplab/sim/scenario"
	"siplab/sim/sip"
	"siplab/sim/trace"
)

// part is a chapter of the reference, as the command prints it.
func part(t *testing.T, name string) string {
	var out, errs strings.Builder
	require.Zero(t, run([]string{"reference", name}, strings.NewReader(""), &out, &errs), errs.String())
	return out.String()
}

// entry is a cell as it stands in a table.
func entry(s string) string { return strings.ReplaceAll(s, "|", `\|`) }

func TestTheReferenceHasEachStatementOptionActAndBug(t *testing.T) {
	page := part(t, "scenario")
	for _, st := range scenario.Statements() {
		require.Contains(t, page, "\n### "+st.Keyword+"\n\n    "+st.Usage+"\n")
		for _, o := range st.Options {
			require.Contains(t, page, "| `"+entry(o.Usage)+"` |", st.Keyword)
		}
	}
	for _, e := range scenario.Elements() {
		for _, v := range e.Verbs() {
			require.Contains(t, page, entry(strings.TrimSpace(v.Name+" "+v.Args)), e.Kind())
		}
		for _, b := range e.Bugs() {
			require.Contains(t, page, "| `"+b.Name+"` |", e.Kind())
		}
	}
}

func TestTheReferenceHasEachQuestionAndLaw(t *testing.T) {
	questions, laws := part(t, "questions"), part(t, "laws")
	for _, f := range ask.Forms() {
		require.Contains(t, questions, "| `"+entry(f.Usage)+"` |")
	}
	for _, l := range law.All() {
		require.Contains(t, laws, "| `"+l.ID+"` |")
	}
}

func TestTheReferenceHasEachRowOfEachMachine(t *testing.T) {
	page := part(t, "machines")
	for _, m := range diagrams.Machines() {
		_, table, found := strings.Cut(page, "\n## "+m.Name+" (")
		require.True(t, found, m.Name)
		table, _, _ = strings.Cut(table, "\n## ")
		require.Equal(t, len(m.Rows())+2, strings.Count(table, "\n| "), m.Name)
		for _, r := range m.Rows() {
			require.Contains(t, table, rowStart(&r), m.Name)
		}
	}
}

func rowStart(r *fsm.RowData) string { return "\n| " + stateOf(r) + " | " + entry(eventOf(r)) + " |" }

func TestTheReferenceHasEachHeaderAndBehaviour(t *testing.T) {
	headers, ledger := part(t, "headers"), part(t, "behaviours")
	for _, e := range sip.Dictionary() {
		require.Contains(t, headers, "\n| `"+e.Name+"` | ")
	}
	for _, g := range behaviour.Groups() {
		for _, b := range g.Behaviours {
			require.Contains(t, ledger, "\n| "+b.ID+" | ")
		}
	}
}

// Each row of each table has as many cells as the head above it.
func TestTheTablesOfTheReferenceAreEven(t *testing.T) {
	page, err := reference(nil)
	require.NoError(t, err)
	cells := 0
	for line := range strings.Lines(page) {
		n := strings.Count(strings.ReplaceAll(line, `\|`, ""), "|")
		switch {
		case !strings.HasPrefix(line, "|"):
			cells = 0
		case cells == 0:
			cells = n
		default:
			require.Equal(t, cells, n, line)
		}
	}
}

// Each timer that starts in a run of the course is in the table, under the
// name and the section that the trace has.
func TestTheTableOfTimersHasEachTimerThatRuns(t *testing.T) {
	listed, seen := map[[3]string]bool{}, map[[3]string]bool{}
	for _, e := range scenario.Elements() {
		for _, timer := range e.Timers() {
			listed[[3]string{e.Kind(), timer.Name, timer.Section}] = true
		}
	}
	all, err := lessons.All()
	require.NoError(t, err)
	for _, l := range all {
		for _, r := range l.Runs {
			tr, err := r.Trace()
			require.NoError(t, err)
			for i := range tr.Events {
				if e := &tr.Events[i]; e.Kind == trace.Timer && e.Op == "start" && e.Txn == 0 {
					seen[[3]string{tr.Header.Hosts[e.Host].Kind, e.Name, e.Ref}] = true
				}
			}
		}
	}
	for row := range seen {
		require.Contains(t, listed, row)
	}
	require.Greater(t, len(seen), 12)
	require.True(t, listed[[3]string{"phone", "N", "RFC 6665 §4.1.2.4"}])
}
