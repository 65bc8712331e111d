package player

import (
	"strings"

	"siplab/diagrams"
)

// twin is two runs side by side, from a little before their first difference
// on.
type twin struct {
	runs  [2]*run
	names [2]string
	at    [2]int // index of the first event in which they differ; -1: they are the same
}

// compared shows two runs side by side.
func (p Player) compared(a, b *run, nameA, nameB string) Player {
	at := difference(a, b)
	p.twin = &twin{[2]*run{a, b}, [2]string{nameA, nameB}, [2]int{at, at}}
	p.scroll = 0
	return p
}

// bothFutures shows the run before the last change beside that after it.
func (p Player) bothFutures() Player {
	n := len(p.undo)
	if n == 0 {
		p.notice = "There is one future yet: lose a packet (l), and b shows both."
		return p
	}
	return p.compared(p.undo[n-1].run, p.run, "before", p.undo[n-1].change)
}

// says where the two runs part.
func (t *twin) says() string {
	if t.at[0] < 0 {
		return "The two runs are the same."
	}
	return "≠ marks the first difference, at " + t.runs[0].whenever(t.at[0]) + ". Up to there the runs are the same."
}

// twinLines are both runs: beside each other where there is room, else one
// above the other.
func (p Player) twinLines(width, height int) []string {
	t := p.twin
	if p.wide() {
		half := (width - cells(between)) / 2
		left, right := t.half(0, p.scroll, half, height), t.half(1, p.scroll, width-half-cells(between), height)
		for i := range left {
			left[i] += between + right[i]
		}
		return left
	}
	return append(t.half(0, p.scroll, width, height/2), t.half(1, p.scroll, width, height-height/2)...)
}

// half is one of the runs, moved on by so many rows, with its first difference
// from the other marked.
func (t *twin) half(i, by, width, height int) []string {
	title := "── " + t.names[i] + " "
	title += strings.Repeat("─", max(0, width-cells(title)))
	names, rows, at := t.rows(i, width)
	if t.at[i] < 0 {
		names = append(line{{"the same run", good}}, names[1:]...)
	}
	from := max(0, min(max(0, at-2)+by, len(rows)-1))
	out := []line{styled(title, strong), names}
	for n := from; n < len(rows) && len(out) < height; n++ {
		if n == at {
			out = append(out, line{{"≠ ", bad}, {rows[n], strong}})
		} else {
			out = append(out, text("  "+rows[n]))
		}
	}
	for len(out) < height {
		out = append(out, nil)
	}
	return drawn(out[:height], width)
}

// rows are the ladder of a run, and the row of the first difference; -1 for
// none.
func (t *twin) rows(i, width int) (names line, rows []string, at int) {
	r := t.runs[i]
	rows = r.rows(diagrams.Options{Width: width - cells(gutter)})
	names, at = line{{"  ", plain}, {rows[0], strong}}, -1
	if d := t.at[i]; d >= 0 {
		// What is drawn before the first difference stands above it.
		before := r.rows(diagrams.Options{Width: width - cells(gutter), Ahead: len(r.Events) - d})
		at = min(len(before), len(rows)-1)
		if e := r.Event(d); e != nil && e.Packet != nil {
			at = r.rowOf(e.Packet, rows)
		}
	}
	return names, rows[1:], at - 1
}

// rows are those of the ladder, the first with the names of the hosts.
func (r *run) rows(opt diagrams.Options) []string {
	return strings.Split(strings.TrimRight(diagrams.NewLadder(r.Trace, opt).Text(), "\n"), "\n")
}

// mostTwin is how far both can be scrolled.
func (t *twin) mostTwin(width int) int {
	most := 0
	for i := range t.runs {
		_, rows, at := t.rows(i, width)
		most = max(most, len(rows)-1-max(0, at-2))
	}
	return most
}
