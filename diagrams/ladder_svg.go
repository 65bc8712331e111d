package diagrams

import (
	"strconv"
	"time"
)

// The measures of a drawn ladder, in tenths of a pixel.
const (
	cellWide  = 8 * unit // as wide as a character of the 13-pixel font, or wider
	edge      = 16 * unit
	headTall  = 46 * unit
	rowTall   = 26 * unit // between rows of one time; a label and its arrow fit in
	slantTall = 20 * unit // what a usual flight adds to it
	pillRoom  = 8 * unit  // above a state that stands on its lifeline
	rawTall   = 16 * unit // between the lines of a message
	pauseTall = 30 * unit
	textTall  = 11 * unit // of a label above its base line
	textDeep  = 3 * unit  // and below
	lift      = 5 * unit  // of a label's base line above its arrow
	farBelow  = 1600 * unit
)

// drawn is a ladder on its way into a picture.
type drawn struct {
	*picture
	l     *Ladder
	s     *sheet
	y     []int // by row
	unit  time.Duration
	crowd crowd
	seen  seen
}

// draw makes the picture of a sheet.
func (l *Ladder) draw(s *sheet) *picture {
	d := &drawn{picture: &picture{title: l.heading(), desc: l.summary()}, l: l, s: s}
	n := 7*len(l.flights) + 2*len(s.marks) + 6*len(s.bars) + len(s.rows) + 64
	d.shapes, d.points = make([]shape, 0, n), make([]point, 0, n+n/4)
	d.rows()
	bottom := d.y[len(s.rows)] + 8*unit
	d.width = 2*edge + s.width*cellWide
	d.block("paper", 0, 0, 0, 0, 0)
	d.heads(bottom)
	for i := range s.bars {
		d.bar(&s.bars[i])
	}
	for i := range s.lines {
		d.again(&s.lines[i])
	}
	for i := range s.ways {
		if s.ways[i].drawn {
			d.way(i)
		}
	}
	for i := range s.streams {
		d.stream(&s.streams[i])
	}
	d.marks()
	for i := range s.ways {
		if s.ways[i].drawn {
			d.label(i)
		}
	}
	d.stamps()
	bottom = max(bottom, d.asides())
	d.height = d.legend(bottom) + edge
	d.shapes[0].points[1] = point{d.width, d.height}
	return d.picture
}

func px(cell int) int { return edge + cell*cellWide }

// mid is the middle of a cell, where a lifeline runs.
func mid(cell int) int { return px(cell) + cellWide/2 }

// rows sets the rows at their heights: true to time between breaks, but never
// closer than a label needs, and never further apart than the eye follows.
func (d *drawn) rows() {
	rows := d.s.rows
	d.unit = usualFlight(d.l.whole.flights, d.l.whole.items)
	d.y = make([]int, len(rows)+1)
	pills := make([]bool, len(rows))
	for i := range d.s.marks {
		if m := &d.s.marks[i]; m.on {
			pills[m.row] = true
		}
	}
	y := headTall + 2*edge
	for i := range rows {
		if pills[i] {
			y += pillRoom
		}
		d.y[i] = y
		if y += rowTall; pills[i] {
			y += pillRoom / 2
		}
		switch {
		case rows[i].whole && i+1 < len(rows) && rows[i+1].whole:
			y += rawTall - rowTall
		case rows[i].pause > 0:
			y += pauseTall - rowTall
		case i+1 < len(rows) && rows[i+1].pause == 0:
			if d.l.opt.Even || rows[i].folded {
				break
			}
			gone := min(max(rows[i+1].at-rows[i].at, 0), 2*d.unit)
			y += int(gone * slantTall / d.unit)
		}
	}
	d.y[len(rows)] = y - rowTall/2
	d.crowd = crowd{y: d.y, heads: make([]int32, len(d.y))}
	d.crowd.things = make([]thing, 0, 4*len(d.s.ways)+len(d.s.marks)+len(d.s.bars))
	d.fixed()
}

// fixed keeps where arrows run and where states stand on lifelines, so that
// other texts stay clear of them.
func (d *drawn) fixed() {
	for i := range d.s.marks {
		if m := &d.s.marks[i]; m.on {
			d.crowd.putText(d.pill(m))
		}
	}
	for i := range d.s.ways {
		w := &d.s.ways[i]
		if !w.drawn {
			continue
		}
		a, b := d.ends(i)
		for r := range w.path {
			d.crowd.put(w.leave+r, thing{flight: int32(i), a: a, b: b})
		}
	}
}

// heads draws the names and the lifelines.
func (d *drawn) heads(bottom int) {
	for i := range d.s.lines {
		line, kind := &d.s.lines[i], d.l.columns[i].kind
		x := mid(line.x)
		half := max(cells(line.name)*9*unit, cells(kind)*7*unit)/2 + 10*unit
		half = min(half, x-2*unit, d.width-2*unit-x)
		d.begin("host", joined(kind, line.name))
		d.block("panel", x-half, edge, x+half, edge+headTall-6*unit, 6*unit)
		d.letters("name", x, edge+18*unit, middleAnchor, line.name)
		if kind != line.name {
			d.letters("small", x, edge+33*unit, middleAnchor, kind)
		}
		d.end()
		d.lifeline(x, edge+headTall-6*unit, bottom)
	}
}

// again writes a host's name once more in breaks far below the last, for who
// reads a part of a long ladder.
func (d *drawn) again(line *line) {
	x, last := mid(line.x), edge
	for r := range d.s.rows {
		y := d.y[r] - 3*unit
		if d.s.rows[r].pause == 0 || d.s.rows[r].folded || y-last < farBelow {
			continue
		}
		last = y
		half := cells(line.name)*7*unit/2 + 6*unit
		d.block("panel", x-half, y-8*unit, x+half, y+8*unit, 4*unit)
		d.letters("host", x, y+4*unit, middleAnchor, line.name)
	}
}

// lifeline draws the line of one host: dotted in the breaks and in the tail,
// and none beside the bytes of a message.
func (d *drawn) lifeline(x, top, bottom int) {
	rows := d.s.rows
	var whole, dotted []point
	for i := range rows {
		r := &rows[i]
		if r.pause == 0 && !r.whole && !r.folded {
			continue
		}
		from, to := d.y[i]-rowTall*2/3, d.y[i]+rowTall/3
		if r.whole {
			from = d.y[i] - rawTall
		}
		if r.folded && i > 0 && (rows[i-1].folded || rows[i-1].pause > 0) {
			from = top
		}
		if from > top {
			whole = append(whole, point{x, top}, point{x, from})
		}
		if n := len(dotted); !r.whole && n > 0 && dotted[n-1].y == from {
			dotted[n-1].y = to // so that the dots go on evenly
		} else if !r.whole {
			dotted = append(dotted, point{x, from}, point{x, to})
		}
		top = to
	}
	d.add(shape{kind: pieces, class: "life", points: append(whole, point{x, top}, point{x, bottom})})
	if dotted != nil {
		d.add(shape{kind: pieces, class: "pause", points: dotted})
	}
}

func (d *drawn) stamps() {
	x := px(d.s.stampTo - 2)
	for i := range d.s.rows {
		r, y := &d.s.rows[i], d.y[i]+4*unit
		if r.whole {
			d.letters("raw", px(d.s.stampTo), y, startAnchor, r.text)
		}
		switch {
		case r.pause > 0:
			d.seen.pause = true
			d.letters("soft", px(max(d.s.stampTo-1, 11)), y, endAnchor, pauseText(r.pause))
		case r.stamp:
			d.letters("stamp", x, y, endAnchor, d.s.time(i))
		}
	}
}

// marks draws the texts beside the lifelines and keeps their boxes, so that
// labels stay clear of them.
func (d *drawn) marks() {
	for i := range d.s.marks {
		m := &d.s.marks[i]
		n, x := cells(m.text), px(m.x)
		by, clear := d.lower(m, x, n)
		y := d.y[m.row] + by
		class := ""
		switch m.kind {
		case stateMark:
			class = "state"
		case actMark, toldMark:
			class = "human"
			d.seen.act = d.seen.act || m.kind == actMark
			d.seen.told = d.seen.told || m.kind == toldMark
		case timerMark:
			class = "time"
		case lossMark:
			class = "lost"
		case remarkMark:
			class = "soft"
		case mediaMark:
			class = "media"
		}
		if !clear {
			class += " on"
		}
		if m.on {
			p := d.pill(m)
			d.block("pill", p.x0, p.y0, p.x1, p.y1, 9*unit)
			d.letters(class, mid(m.x+n/2)-(1-n%2)*cellWide/2, y+4*unit, middleAnchor, m.text[1:len(m.text)-1])
			continue
		}
		d.letters(class, x, y+4*unit, startAnchor, m.text)
		d.crowd.putText(area4{x, y + 4*unit - textTall, x + n*cellWide, y + 4*unit + textDeep})
	}
}

// pill is the box of a state that stands on its lifeline.
func (d *drawn) pill(m *mark) area4 {
	x, y := px(m.x), d.y[m.row]
	return area4{x - 2*unit, y - 9*unit, x + cells(m.text)*cellWide + 2*unit, y + 9*unit}
}

// lower is how much lower than its row a text stands so that no arrow runs
// through it: arrows leave straight, and what is said after one stands below.
// Where there is no such place, the text keeps its row and covers the arrow.
func (d *drawn) lower(m *mark, x, n int) (by int, clear bool) {
	const step, most = 2 * unit, 56 * unit
	if !m.loose {
		return 0, true
	}
	for ; by <= most; by += step {
		base := d.y[m.row] + by + 4*unit
		box := area4{x, base - textTall, x + n*cellWide, base + textDeep}
		if d.crowd.inTheWay(noFlight, &box) == 0 {
			return by, true
		}
	}
	return 0, false
}

// colour is the class of a message: its transaction or dialog where these are
// told apart; else what is asked, what is granted, what is not (yet).
func (d *drawn) colour(f *flight) string {
	p := f.packet
	switch {
	case f.segment != nil:
		return "segment"
	case f.group > 0:
		return hueClass[(f.group-1)%hues]
	case d.l.opt.Colours != ByKind:
		return "main"
	case p.Status == 0:
		return "ask"
	case p.Status < 300:
		return "good"
	}
	return "stop"
}

var mannerClass = [...]string{plain: "", again: " again", duplicate: " copy", corrupted: " hurt"}

func (d *drawn) way(i int) {
	w, f := &d.s.ways[i], &d.l.flights[i]
	kind := d.colour(f)
	line := kind + mannerClass[f.how]
	d.seen.flight(f)
	if d.l.opt.Theme != Print {
		d.seen.shade(kind)
	}
	d.beginNumbered("arrow", i+1, f.titleAndHeader())
	a, b := d.ends(i)
	if f.to == f.from {
		d.loop(line, kind, w, a)
	} else {
		d.stroke(line, a, b)
		switch {
		case w.end < 0:
		case f.fate == lost:
			d.cross("lost", b)
		default:
			d.head(kind, a, b)
		}
	}
	d.end()
}

// ends are the points between which a flight is drawn: straight, from when it
// left to when it arrived or died.
func (d *drawn) ends(i int) (a, b point) {
	w := &d.s.ways[i]
	a = point{mid(w.x0), d.y[w.leave]}
	switch {
	case w.end < 0:
		b = point{mid(w.path[len(w.path)-1]), d.y[w.leave+len(w.path)-1] + rowTall/2}
	default:
		b = point{mid(w.x1), d.y[w.end]}
	}
	return a, b
}

func (d *drawn) loop(line, kind string, w *way, a point) {
	x, y := mid(w.turn), d.y[w.leave+len(w.path)-1]
	b := point{a.x, y}
	d.stroke(line, a, point{x, a.y}, point{x, y}, b)
	if w.end >= 0 {
		d.head(kind, point{x, y}, b)
	}
}

// heading is the title of the picture.
func (l *Ladder) heading() string {
	if l.title == "" {
		return "SIP ladder"
	}
	return l.title
}

// summary is what the picture shows, in a sentence, for who does not see it.
func (l *Ladder) summary() string {
	sent, gone := 0, 0
	for i := range l.flights {
		if f := &l.flights[i]; f.how != duplicate && f.segment == nil {
			sent++
		}
		if l.flights[i].fate == lost {
			gone++
		}
	}
	names := ""
	for i := range l.columns {
		if i > 0 {
			names += ", "
		}
		names += l.columns[i].name
	}
	s := "A ladder of " + strconv.Itoa(sent) + " messages between " + names
	if gone > 0 {
		s += "; " + strconv.Itoa(gone) + " packets were lost"
	}
	return s + "."
}
