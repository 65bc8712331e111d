package diagrams

// laneCells is how many cells one lane of timer bars takes, and all of them
// together; where there are many, they stand closer.
func laneCells(lanes int) (one, all int) {
	if lanes > 3 {
		return 1, lanes + 1
	}
	return 2, 2 * lanes
}

// countLanes finds how many timers run at once at each host, and keeps the
// room for their bars: outside the first lifeline, to the right of the others.
func (s *scheduler) countLanes() {
	s.lanes = make([][]bool, len(s.sheet.lines))
	if !s.drawing {
		return
	}
	now, most := make([]int, len(s.lanes)), make([]int, len(s.lanes))
	items := s.ladder.whole.items
	for i := range items {
		switch it := &items[i]; it.kind {
		case barBegin:
			now[it.col]++
			most[it.col] = max(most[it.col], now[it.col])
		case barEnd:
			now[it.col]--
		}
	}
	for i, n := range most {
		s.lanes[i] = make([]bool, n)
		one, all := laneCells(n)
		s.sheet.lines[i].lane = one
		if i == 0 {
			s.sheet.lines[i].before = all
		} else {
			s.sheet.lines[i].after = all
		}
	}
}

// bar begins or ends the bar of a timer.
func (s *scheduler) bar(it *item) {
	if !s.drawing {
		return
	}
	row := max(s.first, s.last[it.col])
	if it.kind == barEnd {
		b := &s.sheet.bars[s.openBar[it.bar]]
		b.end, b.fires = row, it.fires
		s.lanes[it.col][b.lane] = false
		return
	}
	lane := 0
	for s.lanes[it.col][lane] {
		lane++
	}
	s.lanes[it.col][lane] = true
	s.openBar[it.bar] = len(s.sheet.bars)
	s.sheet.bars = append(s.sheet.bars, bar{col: it.col, lane: lane, begin: row, end: -1, name: s.text(it.text)})
}
