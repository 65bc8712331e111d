package diagrams

import (
	"strings"
	"time"
)

// stepKind is what a step of a sequence is.
type stepKind uint8

const (
	arrowStep stepKind = iota + 1
	wordsStep          // over a lifeline, or over several
	stateStep          // over its lifeline
	breakStep          // nothing happens for some time
)

// step is one thing that a sequence diagram says.
type step struct {
	kind     stepKind
	from, to int // columns: of an arrow, or the first and the last that words stand over
	how      manner
	fate     fate
	apart    bool     // an arrow whose arrival comes later, as a step of its own
	text     []string // lines
}

// arrow is the sign of an arrow with one of these heads: of one that is lost, of
// one that arrives later, and of any other. A repeated packet has a dashed line.
func (s *step) arrow(cross, open, head string) string {
	line := "-"
	if s.how == again || s.how == duplicate {
		line = "--"
	}
	switch {
	case s.fate == lost:
		return line + cross
	case s.apart, s.fate == flying:
		return line + open
	}
	return line + head
}

// sequence tells a ladder in the manner of the languages for sequence diagrams,
// which draw one level arrow below the other. What they cannot draw it says in
// words: when a packet left and arrived, and, where something else happened at
// its receiver in between, the arrival by itself.
type sequence struct {
	l        *Ladder
	s        scheduler // for the words of states and marks
	decimals int
	arrived  []time.Duration // by flight
	apart    []bool          // by flight
	steps    []step
	now      time.Duration // of the item
	said     time.Duration // the time that the last step named
	folding  bool
}

// longestSaid is how many cells of a text a step shows.
const longestSaid = 100

func (l *Ladder) sequence() []step {
	q := sequence{l: l, s: scheduler{ladder: l, drawing: true}, decimals: decimals(l.items), said: -1}
	if len(l.columns) == 0 {
		return nil
	}
	q.s.pauseOver = pauseAfter * usualFlight(l.whole.flights, l.whole.items)
	q.order()
	for i := range l.items {
		q.pause(l.items[i].at)
		q.item(i)
	}
	return q.steps
}

// pause is a step where nothing happened for long.
func (q *sequence) pause(at time.Duration) {
	if gone := at - q.now; gone >= q.s.pauseOver && !q.folding && len(q.steps) > 0 {
		q.add(step{kind: breakStep, to: len(q.l.columns) - 1, text: []string{pauseText(gone)}})
	}
	q.now, q.folding = at, at > q.l.whole.tail
}

func (q *sequence) item(i int) {
	it := &q.l.items[i]
	switch it.kind {
	case leaves:
		q.leave(it.flight)
	case arrives:
		q.arrive(it)
	case state:
		text, _ := q.s.stateTexts(it, true)
		q.say(it, step{kind: stateStep, from: it.col, to: it.col}, text)
	case media:
		c := &q.l.flows[it.flow]
		q.say(it, step{kind: wordsStep, from: c.left, to: c.right}, q.flow(c))
	case act, told, fired, remark:
		over := step{kind: wordsStep, from: it.col, to: it.col}
		if it.col < 0 {
			over.from, over.to = 0, len(q.l.columns)-1
		}
		q.say(it, over, q.s.lead(it.kind)+it.text)
	}
}

func (q *sequence) add(s step) { q.steps = append(q.steps, s) }

// short is as much of a text as a step shows.
func short(s string) string { return clip(s, longestSaid, "…") }

// say adds words; they name their time where the step before was of another.
func (q *sequence) say(it *item, s step, text string) {
	if text = short(text); it.at != q.said {
		text += " (" + stamp(it.at, q.decimals) + ")"
		q.said = it.at
	}
	s.text = []string{text}
	q.add(s)
}

// leave is a packet's arrow.
func (q *sequence) leave(flight int) {
	f := &q.l.flights[flight]
	s := step{kind: arrowStep, from: f.from, to: f.to, how: f.how, fate: f.fate, apart: q.apart[flight]}
	if f.to < 0 {
		s.to = f.from // these languages have no arrow to nobody
	}
	when := stamp(f.left, q.decimals)
	q.said = f.left
	switch f.fate {
	case lost:
		when += ", " + short(lossText(f))
	case flying:
		when += ", on its way"
	default:
		when += " to " + stamp(q.arrived[flight], q.decimals)
	}
	s.text = []string{fullest(f), when}
	q.add(s)
	q.bytes(f)
}

// fullest is the label of a flight that says most.
func fullest(f *flight) string {
	if len(f.labels) == 0 {
		return ""
	}
	return short(f.labels[0])
}

// order finds for each flight when it arrives, and whether something happens at
// its receiver after it left and before that. What happens at one host keeps
// its order in the sequence; so an arrow that is not apart arrives where it
// stands.
func (q *sequence) order() {
	items := q.l.items
	q.arrived, q.apart = make([]time.Duration, len(q.l.flights)), make([]bool, len(q.l.flights))
	left := make([]int, len(q.l.flights)) // by flight: the item
	last := make([]int, len(q.l.columns)) // by column: the last item, where it is drawn
	for i := range items {
		switch it := &items[i]; it.kind {
		case leaves:
			left[it.flight], last[it.col] = i, i
		case arrives:
			q.arrived[it.flight] = it.at
			at := left[it.flight]
			if q.apart[it.flight] = last[it.col] > at; q.apart[it.flight] {
				at = i
			}
			last[it.col] = at
		case media:
			c := &q.l.flows[it.flow]
			for col := c.left; col <= c.right; col++ {
				last[col] = i
			}
		case state, act, told, fired, remark:
			if it.col >= 0 {
				last[it.col] = i
			}
		}
	}
}

// arrive says that a packet arrived whose arrow stands further above.
func (q *sequence) arrive(it *item) {
	if q.apart[it.flight] {
		f := &q.l.flights[it.flight]
		q.say(it, step{kind: wordsStep, from: f.to, to: f.to}, fullest(f)+" arrives")
	}
}

// bytes are a message's lines below its arrow, where they are asked for.
func (q *sequence) bytes(f *flight) {
	if !q.l.opt.Raw || f.segment != nil {
		return
	}
	lines := strings.Split(strings.TrimRight(f.packet.Raw, "\r\n"), "\n")
	for i, line := range lines {
		lines[i] = short(visible(strings.TrimSuffix(line, "\r")))
	}
	q.add(step{kind: wordsStep, from: f.from, to: f.from, text: lines})
}

// flow says which way media may flow.
func (q *sequence) flow(c *flowChange) string {
	a, b := q.l.columns[c.left].name, q.l.columns[c.right].name
	switch c.after {
	case toRight:
		return "media: " + a + " to " + b
	case toLeft:
		return "media: " + b + " to " + a
	}
	return c.after.words()
}
