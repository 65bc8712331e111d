package diagrams

import "strings"

// lead stands before a mark's text and says what it is.
func (s *scheduler) lead(kind itemKind) string {
	n := 0
	if s.ascii {
		n = 1
	}
	switch kind {
	case act:
		return [...]string{"● ", "* "}[n]
	case told:
		return [...]string{"○ ", "o "}[n]
	case remark, aside:
		return [...]string{"» ", "> "}[n]
	}
	return ""
}

var markKinds = map[itemKind]markKind{act: actMark, told: toldMark, fired: timerMark, remark: remarkMark, aside: remarkMark}

// mark places the text of an act, a tell, a timer or a remark beside its
// lifeline.
func (s *scheduler) mark(it *item) {
	text := s.lead(it.kind) + s.text(it.text)
	if it.col < 0 {
		s.across(text)
		return
	}
	first := max(s.base, s.last[it.col])
	s.reach(first)
	for r := first; r < len(s.sheet.rows); r++ {
		dir, room := s.side(it.col, r)
		if n := cells(text); n <= room {
			s.put(it, r, textAt(s.sheet.lines[it.col].x+dir*(2+s.pad(it.col, dir)), dir, n), text, false)
			return
		}
	}
	s.broken(it, first, text)
}

// leastRoom is what a line of a broken text needs; with less, the text goes
// across all lifelines.
const leastRoom = 8

// A broken text looks for rows that follow each other, up to mostLines; with
// fewLines it is content.
const fewLines, mostLines = 2, 4

// broken places a text that fits into no row as a whole: as a block of lines,
// where it needs the fewest.
func (s *scheduler) broken(it *item, first int, text string) {
	var best []string
	at, side := 0, 0
	_, room := s.side(it.col, noRow)
	if len(s.active) == 0 && cells(text) <= room {
		first = len(s.sheet.rows) // a row of its own
	}
	fits := room >= leastRoom && len(wrap(text, room)) <= mostLines
	for r := first; fits && r <= first+patience && (best == nil || len(best) > fewLines); r++ {
		if lines, dir := s.together(it.col, r, text); lines != nil && (best == nil || len(lines) < len(best)) {
			best, at, side = lines, r, dir
		}
	}
	if best == nil {
		s.across(text)
		return
	}
	n := 0
	for _, l := range best {
		n = max(n, cells(l))
	}
	x := textAt(s.sheet.lines[it.col].x+side*(2+s.pad(it.col, side)), side, n)
	for i, l := range best {
		s.put(it, at+i, x, l, i > 0)
	}
}

// together breaks a text into lines for rows that follow each other; nil where
// they have no room for it.
func (s *scheduler) together(col, r int, text string) (lines []string, dir int) {
	s.reach(r)
	dir, room := s.side(col, r)
	for n := 1; n <= mostLines && room >= leastRoom; n++ {
		if lines = wrap(text, room); len(lines) <= n {
			return lines, dir
		}
		s.reach(r + n)
		room = min(room, s.room(col, r+n, dir))
	}
	return nil, dir
}

// put takes the cells of one line of a text beside its lifeline.
func (s *scheduler) put(it *item, r, x int, text string, more bool) {
	s.add(mark{row: r, x: x, kind: markKinds[it.kind], text: text, more: more, loose: true}, cells(text))
	s.last[it.col] = r
}

func (s *scheduler) add(m mark, n int) {
	s.take(m.row, wordBox(m.x, n))
	s.use(m.row)
	s.sheet.marks = append(s.sheet.marks, m)
}

// side is the side of the lifeline with more free cells in that row, and how
// many they are; the right one where they are equal.
func (s *scheduler) side(col, r int) (dir, room int) {
	right, left := s.room(col, r, 1), s.room(col, r, -1)
	if right >= left {
		return 1, right
	}
	return -1, left
}

// noRow stands for a row in which nothing stands.
const noRow = -1

// room counts the free cells beside a lifeline, up to the next one.
func (s *scheduler) room(col, r, dir int) int {
	x := s.sheet.lines[col].x + dir*(2+s.pad(col, dir))
	var end int
	switch next := col + dir; {
	case next >= 0 && next < len(s.sheet.lines):
		end = s.sheet.lines[next].x - dir*(2+s.pad(next, -dir))
	case dir > 0 && !s.marginRight && len(s.sheet.lines) == 1:
		end = s.rightEdge - 1
	default:
		return 0 // the margins are for states
	}
	i := 0
	if r != noRow {
		i = s.heads[r]
	}
	for ; i != 0; i = s.boxes[i-1].next {
		b := &s.boxes[i-1]
		switch {
		case dir > 0 && b.x1 >= x-1 && b.x0 <= end+1:
			end = b.x0 - 2
		case dir < 0 && b.x0 <= x+1 && b.x1 >= end-1:
			end = b.x1 + 2
		}
	}
	return max(0, (end-x)*dir+1)
}

// across writes a text over all lifelines, in rows of its own.
func (s *scheduler) across(text string) {
	for _, l := range wrap(text, max(20, s.rightEdge-s.leftEdge-2)) {
		s.wholeRow(l)
	}
	s.base = len(s.sheet.rows)
	s.grow()
}

func (s *scheduler) wholeRow(text string) {
	s.grow()
	n := len(s.sheet.rows) - 1
	r := &s.sheet.rows[n]
	r.text, r.whole, r.used = text, true, true
	s.take(n, box{x0: 0, x1: s.rightEdge, kind: solid, flight: -1})
}

// raw writes the bytes of a message below its arrow.
func (s *scheduler) raw(f *flight) {
	if !s.ladder.opt.Raw || f.how == duplicate || f.segment != nil {
		return
	}
	text := strings.TrimSuffix(strings.ReplaceAll(f.packet.Raw, "\r\n", "\n"), "\n")
	for l := range strings.SplitSeq(text, "\n") {
		for i, part := range wrap(s.text(visible(l)), max(20, s.rightEdge-s.leftEdge-6)) {
			if i > 0 {
				part = "  " + part
			}
			s.wholeRow("    " + part)
		}
	}
	s.base = len(s.sheet.rows)
	s.grow()
}

func lossText(f *flight) string {
	switch {
	case f.why != "":
		return "lost: " + strings.TrimPrefix(f.why, "lose ")
	case f.to < 0:
		return "lost: nobody is at " + f.packet.Dst.String()
	}
	return "lost"
}

// reason says beside the cross why a packet was lost, once for a row of losses
// with the same reason.
func (s *scheduler) reason(i int) {
	f, w := &s.ladder.flights[i], &s.sheet.ways[i]
	text := lossText(f)
	if text == s.lastWhy {
		text = "lost"
	} else {
		s.lastWhy = text
	}
	text = s.text(text)
	n := cells(text)
	edge := s.beyond(w, i) - w.dir*2
	x := w.x1 + w.dir*2
	if b := wordBox(textAt(x, w.dir, n), n); (edge-x)*w.dir+1 >= n && s.free(w.end, b) {
		s.add(mark{row: w.end, x: b.x0 + 1, kind: lossMark, text: text, loose: true}, n)
		return
	}
	if text != "lost" {
		s.below(i, text)
	}
}

// beyond is where the room for a reason ends: the next lifeline, or the bars of
// timers beside it.
func (s *scheduler) beyond(w *way, i int) int {
	x := s.nextLine(w, i)
	for col := range s.sheet.lines {
		if s.sheet.lines[col].x == x {
			return x - w.dir*s.pad(col, -w.dir)
		}
	}
	return x
}

// below writes the reason in the rows under the cross.
func (s *scheduler) below(i int, text string) {
	w := &s.sheet.ways[i]
	next := s.beyond(w, i)
	low, high := min(w.x0, next)+2, max(w.x0, next)-2
	r := w.end
	for k, l := range wrap(text, max(1, high-low+1)) {
		n := cells(l)
		x := min(max(w.x1-n/2, low), high-n+1)
		r = s.rowForText(r+1, x, n)
		s.add(mark{row: r, x: x, kind: lossMark, text: l, more: k > 0, loose: true}, n)
	}
}
