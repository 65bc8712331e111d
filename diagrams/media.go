package diagrams

import (
	"strings"

	"siplab/sim/trace"
)

// flow is the directions in which media may flow between two hosts.
type flow uint8

const (
	toRight flow = 1 << iota
	toLeft
)

// sendsMedia says whether a direction of SDP sends (RFC 3264 §5.1).
func sendsMedia(direction string) bool { return direction == "sendrecv" || direction == "sendonly" }

// flowChange is another flow than before between two columns.
type flowChange struct {
	left, right   int
	before, after flow
	item, next    int // next: the change after it between them; 0: none
}

// media reads what one end says of the media. Its own direction says what it
// sends; what it receives is the other end's to say.
func (r *reader) media(e *trace.Event) {
	from, to := r.column(e.Host), r.column(r.tr.FindHost(e.To))
	if from < 0 || to < 0 || from == to {
		return
	}
	bit, c := toRight, flowChange{left: from, right: to, item: len(r.l.items)}
	if from > to {
		bit, c.left, c.right = toLeft, to, from
	}
	pair := [2]int{c.left, c.right}
	last, known := r.lastFlow[pair]
	if known {
		c.before = r.l.flows[last].after
	}
	if c.after = c.before &^ bit; sendsMedia(e.On) {
		c.after |= bit
	}
	if c.before == c.after || !r.shown(e.At) {
		return
	}
	if known {
		r.l.flows[last].next = len(r.l.flows)
	}
	if r.lastFlow == nil {
		r.lastFlow = make(map[[2]int]int)
	}
	r.lastFlow[pair] = len(r.l.flows)
	r.l.items = append(r.l.items, item{kind: media, at: e.At, col: from, flow: len(r.l.flows), text: c.after.words()})
	r.l.flows = append(r.l.flows, c)
}

// brief leaves out what lies between two flows for no longer than messages
// take: one end knows what the other is about to hear.
func (r *reader) brief() {
	if len(r.l.flows) == 0 {
		return
	}
	soon := pauseAfter * usualFlight(r.l.flights, r.l.items)
	for i := range r.l.flows {
		c := &r.l.flows[i]
		if c.next == 0 {
			continue
		}
		it, next := &r.l.items[c.item], &r.l.flows[c.next]
		if r.l.items[next.item].at-it.at < soon && c.after.between(c.before, next.after) {
			next.before, it.kind = c.before, 0
			r.gaps = true
		}
	}
}

// between says whether f is on the way from a to b.
func (f flow) between(a, b flow) bool { return f&(a&b) == a&b && f&^(a|b) == 0 }

func (f flow) words() string {
	switch f {
	case toRight | toLeft:
		return "media both ways"
	case toRight, toLeft:
		return "media one way"
	}
	return "media stops"
}

// streamLine is a double line between two lifelines, with a gap for its text.
type streamLine struct {
	row, x0, x1 int // first and last cell
	from, to    int // the gap
	flow        flow
}

// media draws how media may flow from now on, in a row of its own.
func (s *scheduler) media(it *item) {
	c := &s.ladder.flows[it.flow]
	a, b := c.left, c.right
	l := streamLine{flow: c.after}
	l.x0, l.x1 = s.sheet.lines[a].x+1+s.pad(a, 1), s.sheet.lines[b].x-1-s.pad(b, -1)
	m := (a + b - 1) / 2 // the text stands in the gap in the middle
	low, high := max(l.x0, s.sheet.lines[m].x+1), min(l.x1, s.sheet.lines[m+1].x-1)
	text := s.text(it.text)
	if short, _, _ := strings.Cut(text, " "); cells(text) > high-low-5 {
		text = clip(short, max(0, high-low-5), s.more())
	}
	n := cells(text)
	x := (low + high + 1 - n) / 2
	l.from, l.to = x-1, x+n
	line := box{x0: l.x0, x1: l.x1, kind: level, flight: -1}
	r := max(s.base, s.last[a], s.last[b])
	for tries := 0; ; tries++ {
		s.reach(r)
		if s.freeForText(r, x, n, tries) && s.free(r, line) {
			break
		}
		r++
	}
	l.row = r
	s.add(mark{row: r, x: x, kind: mediaMark, text: text, loose: l.flow == 0}, n)
	s.take(r, line)
	if l.flow != 0 {
		s.sheet.streams = append(s.sheet.streams, l)
	}
	s.last[a], s.last[b] = r, r
}

// stream draws the double line of media.
func (t *textLadder) stream(l *streamLine) {
	for x := l.x0; x <= l.x1; x++ {
		if x < l.from || x > l.to {
			t.cross(l.row, x, t.g.copied)
		}
	}
	if l.flow&toLeft != 0 {
		t.set(l.row+head+1, l.x0, t.g.left)
	}
	if l.flow&toRight != 0 {
		t.set(l.row+head+1, l.x1, t.g.right)
	}
}

// stream draws it as two lines with their tips.
func (d *drawn) stream(l *streamLine) {
	const apart = 2 * unit
	y, x0, x1 := d.y[l.row], px(l.x0)-cellWide/2, px(l.x1+1)+cellWide/2
	left, right := px(l.from)+cellWide/2, px(l.to)+cellWide/2
	d.begin("media", l.flow.words())
	for _, at := range [...]int{y - apart, y + apart} {
		d.stroke("media", point{x0 + 6*unit, at}, point{left, at})
		d.stroke("media", point{right, at}, point{x1 - 6*unit, at})
	}
	if l.flow&toLeft != 0 {
		d.head("media", point{left, y}, point{x0, y})
	}
	if l.flow&toRight != 0 {
		d.head("media", point{right, y}, point{x1, y})
	}
	d.end()
}
