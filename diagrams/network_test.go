package diagrams

import (
	"fmt"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"
	"pgregory.net/rapid"

	"siplab/sim/trace"
)

// office is a network with a link of its own each way, one that nothing goes
// over, and one that only packets show.
func office() *trace.Trace {
	r := newRun("Four hosts and a bad link", "alice phone", "carol phone", "biloxi registrar", "bob phone", "dave phone")
	r.tr.Net = "delay 20ms"
	r.tr.Links = []trace.Link{
		{A: "bob", B: "biloxi", Conditions: "delay 40ms 10ms loss 5%"},
		{A: "biloxi", B: "bob", Conditions: "delay 40ms 10ms loss 5%"},
		{A: "alice", B: "bob", Conditions: "loss 30%"},
		{A: "alice", B: "nobody", Conditions: "loss 1%"},
		{A: "carol", B: "alice"}, {A: "alice", B: "carol"},
	}
	r.send(0, "carol", "biloxi", "OPTIONS sip:x SIP/2.0")
	r.send(0, "dave", "nobody", "OPTIONS sip:x SIP/2.0")
	r.send(0, "dave", "dave", "OPTIONS sip:x SIP/2.0")
	return r.tr
}

func TestMapsAreAsKept(t *testing.T) {
	n := NewNetwork(office(), Options{})
	golden(t, "office.map.txt", n.Text())
	golden(t, "office.map.ascii.txt", n.ASCII())
	golden(t, "office.map.svg", n.SVG())
	golden(t, "office.map.dot", n.DOT())
	requireSVG(t, n.SVG(), "office")
}

func TestALinkSaysWhatItDoesEachWay(t *testing.T) {
	n := NewNetwork(office(), Options{})
	require.Equal(t, []NetworkLink{
		{A: 0, B: 1}, // a perfect link of its own
		{A: 0, B: 3, There: "loss 30%", Back: "delay 20ms"},
		{A: 1, B: 2, There: "delay 20ms", Back: "delay 20ms"}, // packets alone show it
		{A: 2, B: 3, There: "delay 40ms 10ms loss 5%", Back: "delay 40ms 10ms loss 5%"},
	}, n.Links)
}

func TestAMapShowsTheHostsThatAreAskedFor(t *testing.T) {
	n := NewNetwork(office(), Options{Hosts: []string{"bob", "alice", "nobody"}})
	require.Len(t, n.Hosts, 2)
	require.Equal(t, []NetworkLink{{A: 0, B: 1, There: "delay 20ms", Back: "loss 30%"}}, n.Links)
}

func TestTheMapOfNothingIsDrawn(t *testing.T) {
	n := NewNetwork(&trace.Trace{}, Options{})
	require.Equal(t, "", strings.TrimSpace(n.Text()))
	requireSVG(t, n.SVG(), "nothing")
}

func TestAMapOfTheCourseIsLaidOutByGraphviz(t *testing.T) {
	r := newRun("A call", "Alice phone", "Bob phone")
	r.tr.Net = "delay 20ms"
	r.send(0, "Alice", "Bob", "OPTIONS sip:x SIP/2.0")
	require.NotNil(t, NewNetwork(r.tr, Options{}).layout())
	r.tr.Net = "delay 21ms"
	require.Nil(t, NewNetwork(r.tr, Options{}).layout(), "another network")
}

// TestNoLinkLiesOnAnother holds for any links: each end has a row of its own,
// each line a lane of its own where it runs beside others.
func TestNoLinkLiesOnAnother(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		hosts := rapid.IntRange(1, 12).Draw(t, "hosts")
		n := &Network{}
		for i := range hosts {
			n.Hosts = append(n.Hosts, NetworkHost{Name: fmt.Sprint("h", i)})
		}
		for a := range hosts {
			for b := a + 1; b < hosts; b++ {
				if rapid.Bool().Draw(t, "link") {
					n.Links = append(n.Links, NetworkLink{A: a, B: b})
				}
			}
		}
		w := n.wire()
		require.Len(t, w.ends, 2*len(n.Links))
		for i := range n.Links {
			require.Less(t, w.row[i][0], w.row[i][1])
			for j := range i {
				apart := w.row[i][1] < w.row[j][0] || w.row[j][1] < w.row[i][0]
				require.True(t, apart || w.lane[i] != w.lane[j])
			}
		}
		require.Equal(t, len(n.Links)*2, strings.Count(n.Text(), "├"))
	})
}
