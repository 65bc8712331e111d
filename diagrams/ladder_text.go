package diagrams

// head is the row of the names, above those of the sheet.
const head = 1

// textLadder draws a sheet on a canvas.
type textLadder struct {
	*canvas
	s *sheet
	l *Ladder
	g *glyphs
}

// drawText draws the sheet with those characters: lifelines first, then the
// ways of packets, then what is written.
func (l *Ladder) drawText(s *sheet, g *glyphs) string { return l.page(s, g).String() }

// page is the canvas with the sheet on it.
func (l *Ladder) page(s *sheet, g *glyphs) *canvas {
	t := &textLadder{newCanvas(s.width+1, len(s.rows)+head+1), s, l, g}
	for i := range s.lines {
		line := &s.lines[i]
		t.write(0, max(0, line.x-cells(line.name)/2), line.name)
		for r := -1; r < len(s.rows); r++ {
			t.lifeline(r, line.x)
		}
	}
	for i := range s.ways {
		if s.ways[i].drawn {
			t.way(i)
		}
	}
	for i := range s.ways {
		if w := &s.ways[i]; w.drawn {
			t.label(w)
			if w.end >= 0 && t.l.flights[i].fate == lost {
				t.dying(w)
			}
		}
	}
	for i := range s.streams {
		t.stream(&s.streams[i])
	}
	for i := range s.marks {
		m := &s.marks[i]
		t.write(m.row+head+1, m.x, m.text)
	}
	for i := range s.rows {
		t.row(i)
	}
	return t.canvas
}

func (t *textLadder) lifeline(r, x int) {
	g := t.g.lifeline
	if r >= 0 {
		switch row := &t.s.rows[r]; {
		case row.whole:
			return
		case row.pause > 0 || row.folded:
			g = t.g.pausing
		}
	}
	t.set(r+head+1, x, g)
}

func (t *textLadder) row(i int) {
	r := &t.s.rows[i]
	if r.whole {
		t.write(i+head+1, t.s.stampTo, r.text)
	}
	switch {
	case r.pause > 0:
		p := pauseText(r.pause)
		t.write(i+head+1, max(0, t.s.stampTo-1-len(p)), p)
	case r.stamp:
		p := t.s.time(i)
		t.write(i+head+1, t.s.stampTo-2-len(p), p)
	}
}

// way draws one packet's way.
func (t *textLadder) way(i int) {
	w, f := &t.s.ways[i], &t.l.flights[i]
	glyph := t.g.levelOf(f.how)
	t.leaving(w, glyph)
	last := w.leave + len(w.path) - 1
	for r := w.leave + 1; r < last || r == last && w.end < 0; r++ {
		t.falling(w, r)
	}
	if w.end >= 0 && f.fate != lost {
		t.landing(w, f, glyph)
	}
}

// label writes what stands in an arrow, or above it.
func (t *textLadder) label(w *way) {
	t.write(w.labelRow+head+1, w.labelX, w.label)
	if w.labelRow == w.leave {
		n := cells(w.label)
		t.set(w.leave+head+1, w.labelX-1, ' ')
		t.set(w.leave+head+1, w.labelX+n, ' ')
	}
}

// level draws cells x0 to x1 of a row, without x1.
func (t *textLadder) level(r, x0, x1, dir int, glyph rune) {
	for x := x0; x != x1; x += dir {
		t.cross(r, x, glyph)
	}
}

// cross puts a glyph of an arrow on the page and keeps visible what it
// crosses.
func (t *textLadder) cross(r, x int, glyph rune) {
	switch t.at(r+head+1, x) {
	case ' ':
	case t.g.lifeline, t.g.pausing, t.g.from, t.g.to, t.g.across:
		glyph = t.g.across
	default:
		glyph = t.g.crossing
	}
	t.set(r+head+1, x, glyph)
}

func (t *textLadder) leaving(w *way, glyph rune) {
	start, other := t.g.from, t.g.to
	if w.dir < 0 {
		start, other = other, start
	}
	if at := t.at(w.leave+head+1, w.x0); at == t.g.across || at == other && other != start {
		start = t.g.across // another line meets the lifeline from the other side
	}
	t.set(w.leave+head+1, w.x0, start)
	t.level(w.leave, w.x0+w.dir, w.turn, w.dir, glyph)
	switch {
	case w.end == w.leave: // it arrives or dies in this row
		t.cross(w.leave, w.turn, glyph)
	case len(w.path) > 1 && w.path[1] == w.turn:
		t.cross(w.leave, w.turn, pickRune(w.dir, t.g.turnDown, t.g.turnUp))
	default:
		t.cross(w.leave, w.turn, pickRune(w.dir, t.g.falling, t.g.rising))
	}
}

func (t *textLadder) falling(w *way, r int) {
	if t.s.rows[r].whole {
		return
	}
	glyph := t.g.straight
	if x := w.at(r); x != w.at(r-1) {
		glyph = pickRune(w.dir, t.g.falling, t.g.rising)
	}
	t.cross(r, w.at(r), glyph)
}

func (t *textLadder) landing(w *way, f *flight, glyph rune) {
	x, dir := w.at(w.end), w.dir
	if f.to == f.from {
		t.cross(w.end, x, t.g.turnOut)
		t.level(w.end, x-dir, w.x0+dir, -dir, glyph)
		t.set(w.end+head+1, w.x0+dir, pickRune(-dir, t.g.right, t.g.left))
		return
	}
	switch {
	case w.end == w.leave:
	case x == w.at(w.end-1):
		t.cross(w.end, x, pickRune(dir, t.g.turnIn, t.g.turnOut))
	default:
		t.cross(w.end, x, pickRune(dir, t.g.falling, t.g.rising))
	}
	t.level(w.end, x+dir, w.x1-dir, dir, glyph)
	t.set(w.end+head+1, w.x1-dir, pickRune(dir, t.g.right, t.g.left))
}

func (t *textLadder) dying(w *way) {
	t.set(w.end+head+1, w.x1, t.g.cross)
}

func pickRune(dir int, right, left rune) rune {
	if dir > 0 {
		return right
	}
	return left
}
