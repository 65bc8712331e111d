package diagrams

import (
	"siplab/sim/fsm"
)

// MachineData is a state machine as pictures need it: names in the place of
// numbers.
type MachineData struct {
	Name   string
	Ref    string   // where the standard draws it
	States []string // in the order of the table
	Final  string   // the state in which it ends
	Rows   []fsm.RowData
	Timers []fsm.TimerData
}

// MachineOf is the data of a machine.
func MachineOf(m *fsm.Machine) MachineData {
	return MachineData{
		Name: m.Name, Ref: m.Ref, States: m.States(), Final: m.State(m.Final),
		Rows: m.Rows(), Timers: m.Timers(),
	}
}

// StateDiagram is the picture of a state machine.
type StateDiagram struct {
	m     MachineData
	opt   Options
	edges []transition // from one state to another
	stays []transition // what happens in a state without leaving it, by state
	visit *Visit       // the way that a run took; nil: none is shown
}

// transition is what leads from one state to another: one arrow, with the rows
// that take it.
type transition struct {
	from, to string // from "": the machine begins
	rows     []*fsm.RowData
}

// Machine is the picture of a machine. Of the options only Width and Theme speak.
func Machine(m MachineData, opt Options) *StateDiagram {
	d := &StateDiagram{m: m, opt: opt}
	for _, s := range m.States {
		d.stays = append(d.stays, transition{from: s, to: s})
	}
	for i := range d.m.Rows {
		r := &d.m.Rows[i]
		from := ""
		if r.State != nil {
			from = *r.State
		}
		e := d.edge(from, r.Next)
		e.rows = append(e.rows, r)
	}
	return d
}

func (d *StateDiagram) edge(from, to string) *transition {
	list := &d.edges
	if from == to {
		list = &d.stays
	}
	for i := range *list {
		if e := &(*list)[i]; e.from == from && e.to == to {
			return e
		}
	}
	*list = append(*list, transition{from: from, to: to})
	return &(*list)[len(*list)-1]
}

// stay is what happens in a state without leaving it.
func (d *StateDiagram) stay(name string) *transition {
	for i := range d.stays {
		if d.stays[i].from == name {
			return &d.stays[i]
		}
	}
	return new(transition)
}

// labelWide is the width at which the labels of arrows are broken, in cells.
const labelWide = 30

// caption is one line of an arrow's label: what happens, or, smaller, where
// the standard says so.
type caption struct {
	text  string
	small bool
}

// captions are the label of an arrow: event / action for each of its rows, and
// under what shares a section, the section.
func (e *transition) captions() []caption {
	var all []caption
	for i, r := range e.rows {
		for _, l := range wrap(rowText(r), labelWide) {
			all = append(all, caption{text: visible(l)})
		}
		if i+1 == len(e.rows) || e.rows[i+1].Section != r.Section {
			all = append(all, caption{text: visible(r.Section), small: true})
		}
	}
	return all
}

// rowText is a row in the manner of the RFC's figures: event / action.
func rowText(r *fsm.RowData) string {
	s := r.Event
	if r.Condition != nil {
		s += " [" + *r.Condition + "]"
	}
	for i, a := range r.Action {
		if i == 0 {
			s += " / " + a
		} else {
			s += ", " + a
		}
	}
	return s
}

// The measures of a drawn machine, in pixels: those of the layouts too.
const (
	captionTall = 15
	captionPad  = 12 // between an arrow and its label
	captionCell = 7
	stateTall   = 34
	stateCell   = 9
)

// measure is the size of a label, in pixels.
func measure(lines []caption) (w, h int) {
	for _, l := range lines {
		w = max(w, cells(l.text)*captionCell)
	}
	return w + 2*captionPad, len(lines)*captionTall + 4
}

// box is the size of a state, in pixels, with what happens in it below its
// name.
func (d *StateDiagram) box(name string) (w, h int) {
	w, h = cells(name)*stateCell+26, stateTall
	if in := d.stay(name).captions(); len(in) > 0 {
		cw, ch := measure(in)
		w, h = max(w, cw), h+ch+4
	}
	return w, h
}
