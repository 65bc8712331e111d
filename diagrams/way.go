package diagrams

// fallsFor is how many cells a packet on its way drifts towards its
// destination before it falls straight.
const fallsFor = 6

// lateTurn is how many cells before its end a flight turns down that meets
// nobody.
const lateTurn = 6

// begin sets the lifelines between which a flight goes.
func (s *scheduler) begin(i int) {
	f, w := &s.ladder.flights[i], &s.sheet.ways[i]
	w.dir, w.end = 1, -1
	w.x0 = s.sheet.lines[f.from].x
	gap := s.gapOf(f)
	switch {
	case gap < 0:
		w.x1 = s.rightEdge
	case gap < f.from:
		w.dir, w.x1 = -1, s.sheet.lines[gap].x
	default:
		w.x1 = s.sheet.lines[gap+1].x
	}
}

// leave gives a flight its label and the row in which it leaves.
func (s *scheduler) leave(i int) {
	f, w := &s.ladder.flights[i], &s.sheet.ways[i]
	s.begin(i)
	if len(f.labels) == 0 {
		return
	}
	for r := max(s.base, s.last[f.from]); ; r++ {
		s.reach(r)
		if s.aim(i, r); s.canLeave(i) {
			break
		}
	}
	s.depart(i)
	s.last[f.from] = w.leave
	if f.to >= 0 && f.to != f.from {
		w.x1 = s.sheet.lines[f.to].x
	}
}

// aim gives the flight that is to leave in row r its label and the cell where
// it turns down: in the row below when the label does not fit into the arrow
// and stands above it.
func (s *scheduler) aim(i, r int) {
	f, w := &s.ladder.flights[i], &s.sheet.ways[i]
	start := w.x0 + w.dir*(1+s.pad(f.from, w.dir)) // the first cell of the arrow
	far := s.beyond(w, i) - 3*w.dir
	label, inside := s.pick(f, (far-start)*w.dir+1)
	n := cells(label)
	w.turn = s.turnOf(i)
	w.label, w.labelRow, w.leave = label, r, r
	if inside {
		if need := start + w.dir*(n+4); (need-w.turn)*w.dir > 0 {
			w.turn = need
		}
		w.labelX = textAt(start+w.dir*2, w.dir, n)
	} else {
		w.leave = r + 1
		s.reach(w.leave)
		w.labelX = textAt(start+w.dir, w.dir, n)
	}
}

// turnOf is where a flight turns down if its label lets it: in the middle where
// it meets another, so that the crossing is seen; else late, so that there is
// room below it for what is said at its sender. A drawn arrow is straight.
func (s *scheduler) turnOf(i int) int {
	f, w := &s.ladder.flights[i], &s.sheet.ways[i]
	mid := (w.x0+w.x1)/2 - w.dir
	if late := w.x1 - w.dir*lateTurn; !s.drawing && !f.meets && f.to != f.from && f.fate == arrived && (late-mid)*w.dir > 0 {
		return late
	}
	return mid
}

// canLeave says whether nothing is in the way of a flight that was aimed.
func (s *scheduler) canLeave(i int) bool {
	w := &s.sheet.ways[i]
	if n := cells(w.label); n > 0 && !s.freeForText(w.labelRow, w.labelX, n, patience) {
		return false
	}
	return s.free(w.leave, box{x0: w.x0 + w.dir, x1: w.turn, kind: level, flight: i}) && s.freeBelow(i, w.leave)
}

// depart takes the cells of a flight that leaves.
func (s *scheduler) depart(i int) {
	w := &s.sheet.ways[i]
	w.drawn = true
	if n := cells(w.label); n > 0 {
		s.take(w.labelRow, wordBox(w.labelX, n))
	}
	s.take(w.leave, box{x0: w.x0 + w.dir, x1: w.turn, kind: level, flight: i})
	s.use(w.labelRow)
	s.use(w.leave)
	w.path = append(w.path[:0], w.turn)
	for row := w.leave + 1; row < len(s.sheet.rows); row++ {
		s.fall(i, row)
	}
	s.active = append(s.active, i)
}

// pick chooses the fullest label that fits into an arrow of room cells; where
// only a poor one does, the fullest goes above the arrow.
func (s *scheduler) pick(f *flight, room int) (label string, inside bool) {
	for n, l := range f.labels {
		l = s.text(l)
		if cells(l)+5 <= room || s.drawing && cells(l) <= room {
			return l, true
		}
		if n == 0 && cells(l) <= room {
			return l, false
		}
	}
	return clip(s.text(f.labels[len(f.labels)-1]), room, s.more()), false
}

// textAt is the first cell of a text of n cells that begins at x when it runs
// to the right, and ends there when to the left.
func textAt(x, dir, n int) int {
	if dir < 0 {
		return x - n + 1
	}
	return x
}

// pad is the room that timer bars take on that side of a lifeline.
func (s *scheduler) pad(col, dir int) int {
	switch {
	case col < 0:
		return 0
	case dir < 0:
		return s.sheet.lines[col].before
	}
	return s.sheet.lines[col].after
}

func (s *scheduler) use(row int) { s.sheet.rows[row].used = true }

// freeBelow says whether the flight could fall through the rows that already
// are below row r.
func (s *scheduler) freeBelow(i, r int) bool {
	w := &s.sheet.ways[i]
	for row := r + 1; row < len(s.sheet.rows); row++ {
		if !s.free(row, box{x0: w.turn - fallsFor, x1: w.turn + fallsFor, kind: steep, flight: i, dir: w.dir}) {
			return false
		}
	}
	return true
}

// fall carries the flight down into the next row: one cell on where it can,
// else straight.
func (s *scheduler) fall(i, row int) {
	w := &s.sheet.ways[i]
	x := w.path[len(w.path)-1]
	if s.ladder.flights[i].to != s.ladder.flights[i].from && len(w.path) <= fallsFor {
		next := x + w.dir
		fits := (w.x1-next)*w.dir >= 2
		if gap := s.nextLine(w, i); (gap-next)*w.dir < 2 {
			fits = false
		}
		if fits && s.free(row, box{x0: next, x1: next, kind: steep, flight: i, dir: w.dir}) {
			x = next
		}
	}
	w.path = append(w.path, x)
	s.take(row, box{x0: x, x1: x, kind: steep, flight: i, dir: w.dir})
}

// nextLine is the cell of the lifeline beside the flight's sender.
func (s *scheduler) nextLine(w *way, i int) int {
	f := &s.ladder.flights[i]
	gap := s.gapOf(f)
	switch {
	case gap < 0:
		return s.rightEdge
	case w.dir > 0:
		return s.sheet.lines[gap+1].x
	}
	return s.sheet.lines[gap].x
}

// arrive ends a flight at its destination.
func (s *scheduler) arrive(i int) {
	f, w := &s.ladder.flights[i], &s.sheet.ways[i]
	if !w.drawn {
		return
	}
	least := max(s.base, s.last[f.to])
	switch {
	case f.left == s.now && f.to != f.from:
		least = max(s.last[f.to], w.leave)
	case f.meets:
		least = max(least, w.leave+2) // so that the crossing has a row of its own
	default:
		least = max(least, w.leave+1)
	}
	for r := least; ; r++ {
		s.reach(r)
		b := box{x0: w.at(r), x1: w.x1 - w.dir, kind: level, flight: i}
		if f.to == f.from {
			b.x1 = w.x1 + w.dir
		}
		if s.free(r, b) {
			s.land(i, r, b)
			s.last[f.to] = r
			s.raw(f)
			return
		}
	}
}

// land ends flight i in row r along the cells of b.
func (s *scheduler) land(i, r int, b box) {
	w := &s.sheet.ways[i]
	for row := r; row < len(s.sheet.rows); row++ {
		if row > w.leave {
			s.drop(row, i)
		}
	}
	w.path = w.path[:r-w.leave+1]
	w.end = r
	s.take(r, b)
	s.use(r)
	for k, j := range s.active {
		if j == i {
			s.active = append(s.active[:k], s.active[k+1:]...)
			break
		}
	}
}

// die ends a flight in a cross, with the reason beside it.
func (s *scheduler) die(i int) {
	f, w := &s.ladder.flights[i], &s.sheet.ways[i]
	if !w.drawn {
		return
	}
	r := w.leave
	if f.left < s.now {
		r = max(s.base, w.leave+1)
	}
	for ; ; r++ {
		s.reach(r)
		x := w.at(r)
		if r == w.leave {
			x += w.dir
		}
		if b := (box{x0: x, x1: x, kind: level, flight: i}); s.free(r, b) {
			s.land(i, r, b)
			w.x1 = x
			break
		}
	}
	s.reason(i)
	s.raw(f)
}
