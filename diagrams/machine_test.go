package diagrams

import (
	"strings"
	"testing"

	"github.com/stretchr/testify/require"

	"siplab/sim/transaction"
)

func TestEachMachineHasItsLayout(t *testing.T) {
	for _, m := range Machines() {
		require.NotNil(t, Machine(MachineOf(m), Options{}).layout(), "%s: go generate ./diagrams", m.Name)
	}
}

func TestEachBeginningNamesItsState(t *testing.T) {
	for _, m := range Machines() {
		d := Machine(MachineOf(m), Options{})
		for _, f := range []*forms{unicodeForms, asciiForms} {
			begins := d.begins(f, pageWidth)
			at := 1
			for _, r := range m.Rows() {
				if r.State == nil {
					require.Contains(t, begins[at], rowText(&r), m.Name)
					require.Contains(t, begins[at], f.arrow+" "+r.Next, m.Name)
					at++
				}
			}
			require.Len(t, begins, at, m.Name)
		}
	}
}

func TestALayoutOfAnotherMachineIsNotUsed(t *testing.T) {
	m := MachineOf(transaction.Machine(transaction.NonInviteClient))
	m.Rows = m.Rows[:len(m.Rows)-1]
	d := Machine(m, Options{})
	require.Nil(t, d.layout(), "the machine has changed since")
	require.Contains(t, d.SVG(), "Proceeding", "its text stands in for the picture")
}

// TestAMachineShowsEachRow counts: every event, action and section of the rows
// is in each picture.
func TestAMachineShowsEachRow(t *testing.T) {
	for _, m := range Machines() {
		d := Machine(MachineOf(m), Options{Width: 200})
		text, svg := d.Text(), d.SVG()
		for _, r := range m.Rows() {
			require.Contains(t, text, rowText(&r))
			require.Contains(t, text, r.Section)
			for _, l := range wrap(rowText(&r), labelWide) {
				require.Contains(t, svg, ">"+l+"<")
			}
			require.Contains(t, svg, ">"+r.Section+"<")
		}
		for _, x := range m.Timers() {
			require.Contains(t, text, x.Meaning)
			require.Contains(t, svg, x.Meaning)
		}
	}
}

// TestNoLabelOfAMachineLiesOverAnother measures labels, states and arrows.
func TestNoLabelOfAMachineLiesOverAnother(t *testing.T) {
	for _, m := range Machines() {
		d := Machine(MachineOf(m), Options{})
		l := d.layout()
		require.NotNil(t, l)
		for i := range l.Edges {
			require.True(t, d.clear(l, i), "%s: the label of %s to %s", m.Name, l.Edges[i].From, l.Edges[i].To)
		}
	}
}

func TestMachineTablesFitATerminal(t *testing.T) {
	for _, m := range Machines() {
		for line := range strings.SplitSeq(Machine(MachineOf(m), Options{}).Text(), "\n") {
			require.LessOrEqual(t, cells(line), 80, line)
		}
	}
}
