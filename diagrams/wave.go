package diagrams

import (
	"math"
	"slices"
	"time"
)

// waves sorts what happens at one time at several hosts: each does its part up
// to the next message that it sends, and these leave together. So messages
// that cross leave in one row. What happens at one host keeps its order, and
// no message arrives before it was sent.
func (r *reader) waves() {
	items := r.l.items
	hosts, sent := make([]moment, len(r.l.columns)+1), make([]int, len(r.l.flights))
	for i := 0; i < len(items); {
		end := after(items, items[i].at, i)
		if end-i > 1 {
			clear(hosts)
			sorted := true
			for k := i; k < end; k++ {
				r.wave(&items[k], &hosts[items[k].col+1], sent)
				sorted = sorted && (k == i || items[k-1].wave <= items[k].wave)
			}
			if !sorted {
				slices.SortStableFunc(items[i:end], func(a, b item) int { return a.wave - b.wave })
			}
		}
		i = end
	}
}

// The parts of a wave, in their order. What has none belongs to what is before
// it.
const (
	arrivals = iota
	sayings
	flowing
	departures
	waveParts
)

func (it *item) part() (part int, ok bool) {
	switch it.kind {
	case arrives:
		return arrivals, true
	case act, told, remark, aside, fired:
		return sayings, true
	case media:
		return flowing, true
	case leaves:
		return departures, true
	}
	return 0, false
}

// moment is how far a host is at one time.
type moment struct {
	next  int // the place of what it does next
	cause int // the wave of the last thing that made it do something
}

// wave gives an item its place in the waves; sent are those of the messages.
// What a user is told stands with what it is told for, before what is sent for
// the same reason: below it arrows would run through the words.
func (r *reader) wave(it *item, host *moment, sent []int) {
	if it.kind == arrives && r.l.flights[it.flight].left == it.at {
		host.next = max(host.next, sent[it.flight]+1)
	}
	if it.kind == told {
		it.wave = host.cause + sayings
		host.next = max(host.next, it.wave)
		return
	}
	if part, ok := it.part(); ok {
		begin := host.next - host.next%waveParts
		if host.next > begin+part {
			begin += waveParts
		}
		host.next = begin + part
	}
	it.wave = host.next
	switch it.kind {
	case arrives, act, fired:
		host.cause = it.wave - it.wave%waveParts
	case leaves:
		sent[it.flight] = it.wave
		host.next++
	}
}

// meetings finds the flights that meet one of the other way.
func (r *reader) meetings() {
	var active []int
	for i := range r.l.items {
		switch it := &r.l.items[i]; it.kind {
		case leaves:
			f := &r.l.flights[it.flight]
			for _, j := range active {
				if o := &r.l.flights[j]; f.against(o) {
					f.meets, o.meets = true, true
				}
			}
			active = append(active, it.flight)
		case arrives, dies:
			if k := slices.Index(active, it.flight); k >= 0 {
				active = slices.Delete(active, k, k+1)
			}
		}
	}
}

// against says whether two flights go opposite ways between the same hosts.
func (f *flight) against(o *flight) bool {
	return (f.from < f.to) != (o.from < o.to) && f.to >= 0 && o.to >= 0 &&
		min(f.from, f.to) < max(o.from, o.to) && min(o.from, o.to) < max(f.from, f.to)
}

// partner is the message that leaves together with item i in the other
// direction, between the same two neighbours: the index of its flight, or -1.
func (s *scheduler) partner(i int) int {
	items := s.ladder.items
	a := &s.ladder.flights[items[i].flight]
	for j := i + 1; j < len(items) && items[j].kind == leaves && items[j].at == items[i].at && items[j].wave == items[i].wave; j++ {
		b := &s.ladder.flights[items[j].flight]
		if a.from == b.to && a.to == b.from && (a.from-a.to == 1 || a.to-a.from == 1) {
			return items[j].flight
		}
	}
	return -1
}

// cross lets two messages leave in one row that cross on their way.
func (s *scheduler) cross(i, j int) {
	if len(s.ladder.flights[i].labels) == 0 || len(s.ladder.flights[j].labels) == 0 {
		s.leave(i)
		s.leave(j)
		return
	}
	s.begin(i)
	s.begin(j)
	a, b := &s.sheet.ways[i], &s.sheet.ways[j]
	if a.dir < 0 {
		i, j, a, b = j, i, b, a
	}
	from, to := s.ladder.flights[i].from, s.ladder.flights[j].from
	for r := max(s.base, s.last[from], s.last[to]); ; r++ {
		s.aimBoth(i, j, r)
		if s.canLeave(i) && s.canLeave(j) {
			break
		}
	}
	s.depart(i)
	s.depart(j)
	s.last[from], s.last[to] = a.leave, b.leave
}

// aimBoth gives two messages that cross their labels: each in its half of the
// row, or both in the row above, as long as they may be there.
func (s *scheduler) aimBoth(i, j, r int) {
	a, b := &s.sheet.ways[i], &s.sheet.ways[j]
	left, right := a.x0+1+s.pad(s.ladder.flights[i].from, 1), b.x0-1-s.pad(s.ladder.flights[j].from, -1)
	mid := (a.x0 + b.x0) / 2
	a.turn, b.turn = mid-1, mid+1
	p, q := s.ladder.flights[i].labels, s.ladder.flights[j].labels
	a.label, b.label = s.text(p[0]), s.text(q[0])
	a.labelRow, a.leave, b.labelRow, b.leave = r, r, r, r
	above, edge := 0, 2
	switch m, n := cells(a.label), cells(b.label); {
	case s.drawing && m+n <= right-left-4:
	case s.drawing:
		a.label, b.label = s.pair(p, q, right-left-4) // each near its own end
	case left+m+4 > a.turn || right-n-4 < b.turn:
		above, edge = 1, 1
		a.label, b.label = s.pair(p, q, right-left-4)
	}
	a.leave, b.leave = r+above, r+above
	s.reach(r + above)
	a.labelX, b.labelX = left+edge, textAt(right-edge, -1, cells(b.label))
}

// pair chooses the fullest of two lists of labels that stand in room cells
// beside each other, the longer one shortened first.
func (s *scheduler) pair(p, q []string, room int) (a, b string) {
	for {
		a, b = s.text(p[0]), s.text(q[0])
		m, n := cells(a), cells(b)
		switch {
		case m+n <= room:
			return a, b
		case len(p) == len(q) && len(p) > 1:
			p, q = p[1:], q[1:]
		case len(p) > 1 && (m >= n || len(q) == 1):
			p = p[1:]
		case len(q) > 1:
			q = q[1:]
		case s.drawing:
			return a, b // above and below the arrows there is room for both
		default:
			return clip(a, room/2, s.more()), clip(b, room/2, s.more())
		}
	}
}

// tail is the time of the last thing that somebody does or hears: after it
// machines end, each at its time. Where nobody does or hears anything, it never
// comes.
func tail(items []item) time.Duration {
	for i := len(items) - 1; i >= 0; i-- {
		switch items[i].kind {
		case state, fired, barBegin, barEnd:
		default:
			return items[i].at
		}
	}
	return math.MaxInt64
}

// after is the first item from i on that is later than at.
func after(items []item, at time.Duration, i int) int {
	for i < len(items) && items[i].at == at {
		i++
	}
	return i
}
