package diagrams

import (
	_ "embed"
	"encoding/json"
)

//go:generate go run ./internal/layout layouts.json networks.json

// Layout says where the parts of a machine's picture stand, or of a network's,
// in tenths of a pixel from the upper left. Package internal/layout makes them
// of [StateDiagram.DOT] and [Network.DOT].
type Layout struct {
	Machine string   `json:"machine"` // its name, or the network's Key
	Width   int      `json:"width"`
	Height  int      `json:"height"`
	States  []Placed `json:"states"` // the first is the dot from which it begins
	Edges   []Curve  `json:"edges"`
}

// Placed is a state with the middle of its box.
type Placed struct {
	Name string `json:"name"`
	X    int    `json:"x"`
	Y    int    `json:"y"`
}

// Curve is an arrow: a point and then three for each cubic Bézier curve, the
// tip of the arrow, and the middle of its label.
type Curve struct {
	From   string   `json:"from"`
	To     string   `json:"to"`
	Points [][2]int `json:"points"`
	Tip    [2]int   `json:"tip"`
	Label  [2]int   `json:"label"`
}

//go:embed layouts.json
var layoutsJSON []byte

// layout is the layout of the diagram; nil where none was made, or where the
// machine has changed since.
func (d *StateDiagram) layout() *Layout {
	var all []Layout
	if json.Unmarshal(layoutsJSON, &all) != nil {
		return nil
	}
	for i := range all {
		if l := &all[i]; l.Machine == d.m.Name && d.fits(l) {
			return l
		}
	}
	return nil
}

// fits says whether the layout has just the states and arrows of the machine.
func (d *StateDiagram) fits(l *Layout) bool {
	if len(l.States) != len(d.m.States)+1 || len(l.Edges) != len(d.edges) {
		return false
	}
	for i, s := range d.m.States {
		if l.States[i+1].Name != s {
			return false
		}
	}
	for i := range d.edges {
		e, c := &d.edges[i], &l.Edges[i]
		if from := e.from; from != c.From && (from != "" || c.From != startNode) || e.to != c.To || len(c.Points) < 4 {
			return false
		}
	}
	return true
}
