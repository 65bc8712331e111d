package diagrams

import (
	"strconv"
	"time"
)

// scheduler lays a ladder out: it gives each item the first row of its time in
// which nothing stands in its way.
type scheduler struct {
	ladder  *Ladder
	sheet   *sheet
	ascii   bool
	drawing bool
	boxes   []box
	heads   []int // by row: index+1 of its first box
	last    []int // by column: the row of its last item
	first   int   // the first row of the present time
	base    int   // the first that is still to be had: below the bytes of a message
	now     time.Duration
	tail    bool  // nothing follows but ends of machines
	folding bool  // the present time is of the tail: rows without breaks between
	active  []int // flights on their way
	openBar map[int]int
	lanes   [][]bool // by column: lanes of bars in use

	marginLeft, marginRight bool
	leftEdge, rightEdge     int
	pauseOver               time.Duration
	lastWhy                 string
}

// layout lays the ladder out in at most limit cells, where the least widths
// allow it.
func (l *Ladder) layout(limit int, ascii, bars bool) *sheet {
	s := &scheduler{ladder: l, sheet: new(sheet), ascii: ascii, drawing: bars, openBar: make(map[int]int)}
	s.sheet.ways = make([]way, len(l.flights))
	s.pauseOver = pauseAfter * usualFlight(l.whole.flights, l.whole.items)
	s.measure(limit)
	s.last = make([]int, len(l.columns))
	s.sheet.rows, s.heads = make([]row, 0, len(l.items)/2+16), make([]int, 0, len(l.items)/2+16)
	s.sheet.marks = make([]mark, 0, len(l.items)/2)
	s.boxes = make([]box, 0, 2*len(l.items)+4*len(l.flights))
	for i := range l.items {
		s.tail = l.items[i].at > l.whole.tail
		s.item(i)
	}
	s.finish()
	if s.sheet.spared {
		s.across(s.text("the states of proxies are left out; --show states"))
	}
	if l.hidden > 0 {
		s.across(s.text(strconv.Itoa(l.hidden) + " more hosts are not drawn"))
	}
	return s.sheet
}

func (s *scheduler) item(i int) {
	it := &s.ladder.items[i]
	if s.spared(it) {
		s.sheet.spared = true
		return
	}
	if len(s.sheet.rows) == 0 || it.at > s.now {
		s.moment(it.at)
	}
	switch it.kind {
	case leaves:
		if s.sheet.ways[it.flight].drawn {
			break // it left together with another
		}
		if with := s.partner(i); with >= 0 {
			s.cross(it.flight, with)
		} else {
			s.leave(it.flight)
		}
	case arrives:
		s.arrive(it.flight)
	case dies:
		s.die(it.flight)
	case state:
		s.state(it)
	case media:
		s.media(it)
	case barBegin, barEnd:
		s.bar(it)
	case aside:
		if !s.drawing { // a drawing has a column for them
			s.mark(it)
		}
	default:
		s.mark(it)
	}
}

// moment begins the rows of the next time, behind a break where nothing
// happened for long.
func (s *scheduler) moment(at time.Duration) {
	if n := len(s.sheet.rows); n > 0 {
		if gone := at - s.now; gone >= s.pauseOver && !s.folding {
			s.grow()
			s.sheet.rows[n].pause = gone
		}
	}
	s.folding = s.tail
	s.now = at
	s.base = len(s.sheet.rows)
	s.first = s.base
	s.grow()
}

// usualFlight is the mean time that packets are on their way, within bounds
// that keep a picture drawable. Its scale is made of it.
func usualFlight(flights []flight, items []item) time.Duration {
	const least, most = time.Microsecond, time.Minute
	var sum, n time.Duration
	for i := range items {
		if it := &items[i]; it.kind == arrives {
			sum += min(max(it.at-flights[it.flight].left, 0), most)
			n++
		}
	}
	if sum == 0 {
		return 20 * time.Millisecond
	}
	return max(sum/n, least)
}

// pauseAfter usual flights without an event the ladder breaks.
const pauseAfter = 5

// finish closes what is still open at the end of the run.
func (s *scheduler) finish() {
	rows := s.sheet.rows
	for _, i := range s.active {
		s.sheet.ways[i].end = -1
	}
	for i := range s.sheet.bars {
		b := &s.sheet.bars[i]
		b.begin, b.end = min(b.begin, len(rows)-1), min(b.end, len(rows)-1)
	}
	for i := range rows {
		if r := &rows[i]; r.used && (i == 0 || !stamped(rows[:i], r.at)) {
			r.stamp = true
		}
	}
	s.sheet.end = s.now
}

// stamped says whether the last rows already show that time.
func stamped(rows []row, at time.Duration) bool {
	for i := len(rows) - 1; i >= 0 && rows[i].at == at && rows[i].pause == 0; i-- {
		if rows[i].stamp {
			return true
		}
	}
	return false
}

// text is what the back-end can draw of s.
func (s *scheduler) text(t string) string {
	if s.ascii {
		return toASCII(t)
	}
	return t
}

func (s *scheduler) more() string {
	if s.ascii {
		return ".."
	}
	return "…"
}
