package diagrams

import "strings"

// forms are the characters that the text picture of a machine is made of.
type forms struct {
	start, side, tee, last, arrow, stays string
	level                                string
	corners                              [4]string // upper left, upper right, lower left, lower right
	ascii                                bool
}

var (
	unicodeForms = &forms{start: "●", side: "│", tee: "├─", last: "╰─", arrow: "▶", stays: "↻",
		level: "─", corners: [4]string{"╭", "╮", "╰", "╯"}}
	asciiForms = &forms{start: "*", side: "|", tee: "|-", last: "'-", arrow: ">", stays: "=",
		level: "-", corners: [4]string{".", ".", "'", "'"}, ascii: true}
)

const pageWidth = 79 // so that sections stand on one line beside the rest

// Text draws the machine for a terminal: its states with what leads out of
// each, then the table of its rows and that of its timers.
func (d *StateDiagram) Text() string { return d.page(unicodeForms) }

// ASCII is Text in ASCII alone.
func (d *StateDiagram) ASCII() string { return d.page(asciiForms) }

func (d *StateDiagram) page(f *forms) string {
	width := d.opt.Width
	if width <= 0 {
		width = pageWidth
	}
	var b strings.Builder
	for _, l := range d.lines(f, width) {
		if f.ascii {
			l = toASCII(l)
		}
		b.WriteString(strings.TrimRight(l, " "))
		b.WriteByte('\n')
	}
	return b.String()
}

// lines are the lines of the page; width 0 sets no limit.
func (d *StateDiagram) lines(f *forms, width int) []string {
	all := []string{visible(d.m.Name + ": " + d.m.Ref), ""}
	all = append(all, d.begins(f, width)...)
	for _, s := range d.m.States {
		all = append(all, d.stateLines(f, s, width)...)
	}
	all = append(all, "")
	all = append(all, d.rowTable(f, width)...)
	if len(d.m.Timers) > 0 {
		all = append(all, "")
		all = append(all, d.timerTable(f, width)...)
	}
	if lines := d.visitLines(); lines != nil {
		all = append(append(all, ""), lines...)
	}
	return all
}

// begins draws how the machine comes to be.
func (d *StateDiagram) begins(f *forms, width int) []string {
	return append([]string{"  " + f.start}, d.leaving(f, "", width)...)
}

// stateLines draws one state and the arrows that leave it.
func (d *StateDiagram) stateLines(f *forms, name string, width int) []string {
	shown := visible(name)
	bar := strings.Repeat(f.level, cells(shown)+2)
	final := ""
	if name == d.m.Final {
		final = "  the end"
	}
	return append([]string{
		f.corners[0] + bar + f.corners[1],
		f.side + " " + shown + " " + f.side + final,
		f.corners[2] + bar + f.corners[3],
	}, d.leaving(f, name, width)...)
}

// leaving draws what happens in a state, and what leads out of it.
func (d *StateDiagram) leaving(f *forms, name string, width int) []string {
	var out []string
	for _, r := range d.stay(name).rows {
		out = append(out, d.arrowLines(f, visible(rowText(r)), f.stays+" stays", width)...)
	}
	for i := range d.edges {
		for _, r := range d.edges[i].rows {
			if e := &d.edges[i]; e.from == name {
				out = append(out, d.arrowLines(f, visible(rowText(r)), f.arrow+" "+visible(e.to), width)...)
			}
		}
	}
	for i := len(out) - 1; i >= 0; i-- {
		if strings.HasPrefix(out[i], f.tee) {
			out[i] = f.last + strings.TrimPrefix(out[i], f.tee)
			for j := i + 1; j < len(out); j++ {
				out[j] = " " + strings.TrimPrefix(out[j], f.side)
			}
			break
		}
	}
	for i := range out {
		out[i] = "  " + out[i]
	}
	return out
}

// arrowLines is one arrow out of a state, with its label in it.
func (d *StateDiagram) arrowLines(f *forms, label, to string, width int) []string {
	const column = 12 // what the name of a state takes at the end
	room := cells(label)
	if width > 0 {
		room = width - 2 - 3 - 4 - column
	}
	parts := wrap(label, room)
	first := f.tee + " " + parts[0] + " "
	first += strings.Repeat(f.level, max(1, room+3+2-cells(first))) + to
	all := []string{first}
	for _, p := range parts[1:] {
		all = append(all, f.side+"  "+p)
	}
	return all
}

func (d *StateDiagram) rowTable(f *forms, width int) []string {
	t := table{head: []string{"State", "Event", "Action", "Next", "Section"}}
	for i := range d.m.Rows {
		r := &d.m.Rows[i]
		from := "-"
		if r.State != nil {
			from = *r.State
		}
		event := r.Event
		if r.Condition != nil {
			event += " [" + *r.Condition + "]"
		}
		action := strings.Join(r.Action, ", ")
		if action == "" {
			action = "-"
		}
		t.add(from, event, action, r.Next, r.Section)
	}
	return t.lines(f, width)
}

func (d *StateDiagram) timerTable(f *forms, width int) []string {
	t := table{head: []string{"Timer", "Length", "Runs in", "Meaning", "Section"}}
	for i := range d.m.Timers {
		x := &d.m.Timers[i]
		t.add(x.Timer, x.Length, strings.Join(x.LivesIn, ", "), x.Meaning, x.Section)
	}
	return t.lines(f, width)
}
