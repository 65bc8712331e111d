package diagrams

// boxKind is what a box holds, and so what may cross it.
type boxKind uint8

const (
	solid boxKind = iota + 1 // text: nothing may cross it
	level                    // an arrow along its row: a path may cross it
	steep                    // a path down to another row: an arrow, or a path of the other way, may cross it
)

// box is a stretch of cells of one row that is taken.
type box struct {
	x0, x1 int
	kind   boxKind
	flight int
	dir    int
	next   int // index+1 of the row's next box
}

// clash says whether two boxes that share a cell cannot stand together.
func (b *box) clash(o *box) bool {
	switch {
	case b.x1 < o.x0 || o.x1 < b.x0, b.flight >= 0 && b.flight == o.flight && o.kind != solid:
		return false
	case b.kind == solid || o.kind == solid:
		return true
	case b.kind == level && o.kind == level:
		return true
	}
	return b.kind == steep && o.kind == steep && b.dir == o.dir
}

// free says whether the box could be taken in that row.
func (s *scheduler) free(row int, b box) bool {
	if b.x0 > b.x1 {
		b.x0, b.x1 = b.x1, b.x0
	}
	for i := s.heads[row]; i != 0; i = s.boxes[i-1].next {
		if s.boxes[i-1].clash(&b) {
			return false
		}
	}
	return true
}

// patience is how many rows a text waits for a path to be out of its way;
// after them it hides the path, which has no end in that row.
const patience = 2

// freeForText says whether a text of n cells could stand at x.
func (s *scheduler) freeForText(row, x, n, tries int) bool {
	w := wordBox(x, n)
	for i := s.heads[row]; i != 0; i = s.boxes[i-1].next {
		b := &s.boxes[i-1]
		if b.clash(&w) && (b.kind != steep || tries < patience) {
			return false
		}
	}
	return true
}

// rowForText is the first row from r on in which a text of n cells could stand
// at x.
func (s *scheduler) rowForText(r, x, n int) int {
	for tries := 0; ; tries++ {
		s.reach(r)
		if s.freeForText(r, x, n, tries) {
			return r
		}
		r++
	}
}

func (s *scheduler) take(row int, b box) {
	if b.x0 > b.x1 {
		b.x0, b.x1 = b.x1, b.x0
	}
	b.next = s.heads[row]
	s.boxes = append(s.boxes, b)
	s.heads[row] = len(s.boxes)
}

// drop gives back what a flight took in a row.
func (s *scheduler) drop(row, flight int) {
	for p := &s.heads[row]; *p != 0; {
		if b := &s.boxes[*p-1]; b.flight == flight {
			*p = b.next
			continue
		}
		p = &s.boxes[*p-1].next
	}
}

// wordBox is the box of a text of that many cells, with the cell on either side
// that keeps it apart from its neighbours.
func wordBox(x, n int) box { return box{x0: x - 1, x1: x + n, kind: solid, flight: -1} }

// grow adds a row; the packets on their way fall through it.
func (s *scheduler) grow() {
	s.sheet.rows = append(s.sheet.rows, row{at: s.now, folded: s.folding})
	s.heads = append(s.heads, 0)
	for _, i := range s.active {
		s.fall(i, len(s.sheet.rows)-1)
	}
}

func (s *scheduler) reach(row int) {
	for len(s.sheet.rows) <= row {
		s.grow()
	}
}
