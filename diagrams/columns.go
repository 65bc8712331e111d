package diagrams

import (
	"slices"
	"sort"
)

const (
	leastGap  = 10 // cells from lifeline to lifeline
	usualGap  = 36 // where there is room, and few hosts
	drawnGap  = 46 // the same for SVG, whose arrows are straight
	manyHosts = 4
	mostlyFew = 8 // more hosts than these: most of them have little to do with each other
	// What is said beside a lifeline asks for this room; longer texts are broken.
	longestMark = 40
	brokenMark  = 18
	// A name may be anything; the pictures show both ends of a long one.
	longestName = 24
	leastWide   = 18 // below this, margins give their room to the gaps
	// A label stands in its arrow: a dash and a space before it, a space, a
	// dash and the turn behind it, and the same again for the arrow's head.
	aroundLabel = 8
	aroundDrawn = 4 // drawn, it stands above its arrow
	aroundMark  = 6
)

// measure places the lifelines: labels first, then the gaps between columns,
// then the margins.
func (s *scheduler) measure(limit int) {
	l := s.ladder
	s.sheet.lines = make([]line, len(l.columns))
	for i := range l.columns {
		s.sheet.lines[i].name = s.nameOf(i, longestName)
	}
	s.countLanes()
	s.stampWidth()
	left, right := s.margins()
	gaps, least := s.gaps()
	room := limit - s.sheet.stampTo
	if s.grows() {
		room = max(room, total(least)+left+right+1)
		if most := s.ladder.opt.Most - s.sheet.stampTo; most > 0 && room > most {
			room, least = most, leastGaps(len(gaps))
		}
	}
	if n := len(gaps); n > 1 && total(gaps)+left+right > room && room-left-right < n*leastWide {
		left, right = 0, 0
	}
	s.place(gaps, least, left, right, room)
	s.partNames()
}

// partNames shortens names that would run into each other: of two the longer,
// and the shorter where it is longer than half the room itself.
func (s *scheduler) partNames() {
	lines := s.sheet.lines
	wide := make([]int, len(lines))
	for i := range lines {
		wide[i] = cells(lines[i].name)
	}
	for i := range lines[:max(0, len(lines)-1)] {
		less, more := &wide[i], &wide[i+1]
		if *less > *more {
			less, more = more, less
		}
		room := lines[i+1].x - lines[i].x - 1
		*less = min(*less, room)
		*more = min(*more, 2*(room-*less/2)-1)
	}
	for i := range lines {
		lines[i].name = s.nameOf(i, wide[i])
	}
}

// nameOf is the name of a host in at most so many cells.
func (s *scheduler) nameOf(col, most int) string {
	return clipMiddle(s.text(s.ladder.columns[col].name), most, s.more())
}

// grows says whether a text becomes wider than usual so that no label is cut
// short: with many hosts, where nobody said how wide it is to be.
func (s *scheduler) grows() bool {
	return !s.drawing && s.ladder.opt.Width == 0 && len(s.sheet.lines) > manyHosts
}

func leastGaps(n int) []int { return slices.Repeat([]int{leastGap}, n) }

// place sets the lifelines at their cells.
func (s *scheduler) place(gaps, least []int, left, right, room int) {
	lines := s.sheet.lines
	if len(lines) == 0 {
		s.sheet.width = room + s.sheet.stampTo
		return
	}
	first, last := &lines[0], &lines[len(lines)-1]
	before := max(left+first.before, s.nameWide(first)/2, (s.widest(0, true)+2)/2)
	after := max(right+last.after, s.nameWide(last)/2, (s.widest(len(lines)-1, true)+2)/2)
	if len(lines) == 1 {
		after = max(after, min(room-before-1, usualGap))
	}
	shrink(gaps, least, room-before-after-1)
	x := s.sheet.stampTo + before
	for i := range lines {
		lines[i].x = x
		if i < len(gaps) {
			x += gaps[i]
		}
	}
	s.sheet.width = x + 1 + after
	s.marginLeft, s.marginRight = left > 0, right > 0
	s.leftEdge, s.rightEdge = s.sheet.stampTo, s.sheet.width
}

// nameWide is the room that a host's name takes; drawn, it stands in a box and
// in larger letters.
func (s *scheduler) nameWide(l *line) int {
	n := cells(l.name)
	if s.drawing {
		return n*9/8 + 4
	}
	return n
}

// margins are the cells that the states of the outer hosts need beside their
// lifelines, with the cell between.
func (s *scheduler) margins() (left, right int) {
	last := len(s.sheet.lines) - 1
	if last < 0 {
		return 0, 0
	}
	if left = s.widest(0, false); left > 0 {
		left++
	}
	if last > 0 {
		if right = s.widest(last, false); right > 0 {
			right++
		}
	}
	return left, right
}

// widest is the width of the widest state at a column, in its margin or on its
// lifeline: of the whole run, and of the part that is shown, where a state may
// need its side said because the arrow that says it is still to come.
func (s *scheduler) widest(col int, onLine bool) int {
	return max(s.widestOf(s.ladder.whole.items, col, onLine), s.widestOf(s.ladder.items, col, onLine))
}

func (s *scheduler) widestOf(items []item, col int, onLine bool) int {
	w := 0
	for i := range items {
		if it := &items[i]; it.kind == state && it.col == col && !s.spares(col) {
			first, second := s.stateTexts(it, onLine)
			w = max(w, cells(first), cells(second))
		}
	}
	return w
}

// gaps are the cells from each lifeline to the next that the labels between
// them ask for, and the least that they need: a drawing may be wider than asked
// for, but does not leave out labels.
func (s *scheduler) gaps() (gaps, least []int) {
	lines := s.sheet.lines
	if len(lines) < 2 {
		return nil, nil
	}
	gaps, least = make([]int, len(lines)-1), make([]int, len(lines)-1)
	usual, longest := usualGap, longestMark
	switch {
	case len(lines) > mostlyFew:
		usual, longest = leastGap, brokenMark
	case len(lines) > manyHosts:
		usual = leastWide
	case s.drawing:
		usual = drawnGap
	}
	for i := range gaps {
		names := s.nameWide(&lines[i])/2 + s.nameWide(&lines[i+1])/2 + 3
		gaps[i] = max(usual, names) + lines[i].after + lines[i+1].before
		if least[i] = leastGap; s.drawing || s.grows() {
			least[i] = max(leastGap, names) + lines[i].after + lines[i+1].before
		}
	}
	whole := s.ladder.whole
	for i := range whole.flights {
		f := &whole.flights[i]
		g := s.gapOf(f)
		if g < 0 || len(f.labels) == 0 {
			continue
		}
		need := cells(s.text(f.labels[0])) + aroundLabel + s.pads(g)
		if f.fate == lost {
			need = max(need, min(cells(s.text(lossText(f))), longest)+aroundMark)
		}
		gaps[g] = max(gaps[g], need)
		switch shortest := cells(s.text(f.labels[len(f.labels)-1])); {
		case s.drawing:
			least[g] = max(least[g], shortest+aroundDrawn+s.pads(g))
		case s.grows():
			least[g] = max(least[g], shortest+aroundLabel)
		}
	}
	for i := range whole.items {
		it := &whole.items[i]
		if it.col < 0 || it.kind == remark || it.kind == aside || it.text == "" || it.kind == state {
			continue
		}
		g := min(it.col, len(gaps)-1)
		gaps[g] = max(gaps[g], min(cells(s.text(it.text)), longest)+aroundMark+s.pads(g))
	}
	return gaps, least
}

func (s *scheduler) pads(gap int) int {
	return s.sheet.lines[gap].after + s.sheet.lines[gap+1].before
}

// gapOf is the gap beside its sender through which a flight goes, -1 where
// there is none.
func (s *scheduler) gapOf(f *flight) int {
	n := len(s.sheet.lines)
	switch {
	case n < 2:
		return -1
	case f.to > f.from, f.to == f.from && f.from < n-1, f.to < 0 && f.from < n-1:
		return f.from
	}
	return f.from - 1
}

// shrink lowers the widest gaps until all of them fit into room; none becomes
// less than its least.
func shrink(gaps, least []int, room int) {
	if total(gaps) <= room {
		return
	}
	high := 0
	for _, g := range gaps {
		high = max(high, g)
	}
	within := func(i, limit int) int { return min(gaps[i], max(least[i], limit)) }
	limit := sort.Search(high, func(c int) bool {
		sum := 0
		for i := range gaps {
			sum += within(i, c+1)
		}
		return sum > room
	})
	for i := range gaps {
		gaps[i] = within(i, limit)
	}
	for i := 0; i < len(gaps) && total(gaps) < room; i++ {
		gaps[i]++ // what the division left over
	}
}

func total(gaps []int) int {
	n := 0
	for _, g := range gaps {
		n += g
	}
	return n
}
