package diagrams

import (
	"encoding/xml"
	"io"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"

	"siplab/sim/fsm"
	"siplab/sim/transaction"
)

func clientMachine() *fsm.Machine { return transaction.Machine(transaction.InviteClient) }

func TestTheWayOfARunIsNumbered(t *testing.T) {
	m := MachineOf(clientMachine())
	r := newRun("way", "alice phone", "bob phone")
	move := func(host string, id int32, from, to, on string) {
		r.state(0, host, m.Name, id, from, to)
		e := &r.tr.Events[len(r.tr.Events)-1]
		e.On = on
	}
	move("bob", 1, "", "Calling", "INVITE from TU")
	move("alice", 1, "", "Calling", "INVITE from TU")
	move("alice", 2, "", "Calling", "INVITE from TU")
	for range 3 {
		move("alice", 1, "Calling", "Calling", "Timer A")
	}
	move("alice", 1, "Calling", "Terminated", "Timer B")
	visits := Visits(r.tr, m.Name, "alice")
	require.Len(t, visits, 2)
	require.Len(t, visits[0].Moves, 5)
	d := Machine(m, Options{}).Visited(&visits[0])
	require.Equal(t, "2-4", d.numbers("Calling", "Calling"))
	require.Equal(t, "5", d.numbers("Calling", "Terminated"))
	require.Empty(t, d.numbers("Calling", "Proceeding"))
	require.True(t, d.wasIn("Terminated"))
	require.False(t, d.wasIn("Completed"))
	require.Contains(t, d.Text(), "The way of invite-client 1 at alice:\n1  0.000 s  INVITE from TU → Calling")
	require.Contains(t, d.Text(), "2  0.000 s  Timer A in Calling")
	svg := d.SVG()
	requireSVG(t, svg, "visited")
	require.Contains(t, svg, `<rect class="pill went"`)
	require.Contains(t, svg, ">2-4</text>")
	golden(t, "visited.svg", svg)
}

func TestNumbersOfAWayStandClear(t *testing.T) {
	for _, machine := range Machines() {
		m := MachineOf(machine)
		v := Visit{Host: "a", ID: 1}
		r := newRun("all", "a phone")
		for i := range m.Rows { // as if a run took every row
			from := ""
			if m.Rows[i].State != nil {
				from = *m.Rows[i].State
			}
			r.state(0, "a", m.Name, 1, from, m.Rows[i].Next)
		}
		v.Moves = r.tr.Events
		d := Machine(m, Options{}).Visited(&v)
		l := d.layout()
		var badges []area4
		for i := range l.Edges {
			text := d.numbers(d.edges[i].from, d.edges[i].to)
			require.NotEmpty(t, text)
			box := d.badgeBox(l, i, text, badges)
			require.True(t, d.badgeFits(l, &box, badges), "%s: the number of %s to %s", m.Name, l.Edges[i].From, l.Edges[i].To)
			badges = append(badges, box)
		}
	}
}

func TestThePageOfAllMachinesIsWholeAndRunsNothing(t *testing.T) {
	page := MachinesPage(Auto)
	requirePlain(t, page, "machines")
	require.NotContains(t, page, "<script")
	require.Contains(t, cut(t, page, `Policy" content="`, `"`), "default-src 'none'")
	ids := map[string]bool{}
	d := xml.NewDecoder(strings.NewReader(strings.Replace(page, cut(t, page, "<style>", "</style>"), "", 1)))
	for {
		tok, err := d.Token()
		if err == io.EOF {
			break
		}
		require.NoError(t, err)
		if e, ok := tok.(xml.StartElement); ok {
			for _, a := range e.Attr {
				if a.Name.Local == "id" {
					require.False(t, ids[a.Value], "id %s twice", a.Value)
					ids[a.Value] = true
				}
			}
		}
	}
	for _, m := range Machines() {
		require.True(t, ids[m.Name])
	}
}
