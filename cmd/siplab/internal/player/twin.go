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
	at    int // index of the first event in which they differ; -1: they are the same
	drawn [2]half
}

// half is one of the two, as it is drawn in the terminal's width.
type half struct {
	width int
	hosts string   // the names above the lifelines
	rows  []string // of the whole ladder
	at    int      // row of the first difference; -1: there is none
}

// compared shows two runs side by side.
func (p Player) compared(a, b *run, nameA, nameB string) Player {
	p.twin = &twin{runs: [2]*run{a, b}, names: [2]string{nameA, nameB}, at: difference(a, b)}
	p.scroll = 0
	return p.twinDrawn()
}

// twinDrawn draws both runs for the width of the terminal: beside each other
// where there is room, else one above the other.
func (p Player) twinDrawn() Player {
	if p.twin == nil {
		return p
	}
	t := *p.twin
	widths := [2]int{p.width, p.width}
	if p.wide() {
		widths[0] = (p.width - cells(between)) / 2
		widths[1] = p.width - widths[0] - cells(between)
	}
	for i, w := range widths {
		t.drawn[i] = t.half(i, w)
	}
	p.twin = &t
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
	if t.at < 0 {
		return "The two runs are the same."
	}
	return "≠ marks the first difference, at " + t.runs[0].whenever(t.at) + ". Up to there the runs are the same."
}

// twinLines are what of both is in view.
func (p Player) twinLines(height int) []string {
	t := p.twin
	if !p.wide() {
		return append(t.inView(0, p.scroll, height/2), t.inView(1, p.scroll, height-height/2)...)
	}
	left, right := t.inView(0, p.scroll, height), t.inView(1, p.scroll, height)
	for i := range left {
		left[i] += between + right[i]
	}
	return left
}

// start is the row from which on a run is shown.
func (h *half) start() int { return max(0, h.at-2) }

// inView is one of the runs, moved on by so many rows, with its first difference
// from the other marked.
func (t *twin) inView(i, by, height int) []string {
	h := &t.drawn[i]
	title := "── " + t.names[i] + " "
	title += strings.Repeat("─", max(0, h.width-cells(title)))
	out := []line{styled(title, strong), styled("  "+h.hosts, strong)}
	for n := min(h.start()+by, len(h.rows)-1); n >= 0 && n < len(h.rows) && len(out) < height; n++ {
		if n == h.at {
			out = append(out, line{{"≠ ", bad}, {h.rows[n], strong}})
		} else {
			out = append(out, text("  "+h.rows[n]))
		}
	}
	for len(out) < height {
		out = append(out, nil)
	}
	return drawn(out[:height], h.width)
}

// half draws a run whole, and finds the row of the first difference: that of its
// packet, else the one below all that was drawn before it.
func (t *twin) half(i, width int) half {
	r, opt := t.runs[i], diagrams.Options{Width: width - cells(gutter)}
	rows := r.rows(opt)
	h := half{width: width, hosts: rows[0], rows: rows[1:], at: -1}
	if t.at < 0 {
		return h
	}
	if e := r.Event(t.at); e != nil && e.Packet != nil {
		h.at = r.rowOf(e.Packet, rows) - 1
		return h
	}
	opt.Ahead = len(r.Events) - t.at
	h.at = min(len(r.rows(opt)), len(rows)-1) - 1
	return h
}

// rows are those of the ladder, the first with the names of the hosts.
func (r *run) rows(opt diagrams.Options) []string {
	return strings.Split(strings.TrimRight(diagrams.NewLadder(r.Trace, opt).Text(), "\n"), "\n")
}

// mostTwin is how far both can be scrolled.
func (t *twin) mostTwin() int {
	most := 0
	for i := range t.drawn {
		h := &t.drawn[i]
		most = max(most, len(h.rows)-1-h.start())
	}
	return most
}
