package diagrams

import (
	"strings"

	"siplab/sim/trace"
)

// The words of the machines in a trace.
const (
	dialogMachine = "dialog"     // begins the names of those of RFC 5407 §2
	subscriber    = "subscriber" // RFC 6665 §4.1.2
	notifier      = "notifier"   // RFC 6665 §4.2.2
	endState      = "Terminated" // of every transaction (RFC 3261 §17)
)

// isUsage says whether a machine is that of what two user agents have with each
// other, a dialog or a subscription, which stands before its transactions.
func isUsage(machine string) bool {
	return strings.HasPrefix(machine, dialogMachine) || machine == subscriber || machine == notifier
}

// sides counts the transactions of one kind that run at a host.
type sides struct {
	kind  string // invite-, non-invite-
	count [2]int // clients, servers
}

var sideWords = [2]string{"client", "server"}

// sideOf is the kind of a transaction machine and its side: -1 for another
// machine.
func sideOf(machine string) (kind string, side int) {
	for i, word := range sideWords {
		if kind, ok := strings.CutSuffix(machine, word); ok {
			return kind, i
		}
	}
	return "", -1
}

func (r *reader) state(e *trace.Event) {
	col := r.column(e.Host)
	if col < 0 || r.l.opt.hides(States) || e.From == e.To {
		return
	}
	it := item{kind: state, at: e.At, col: col, moved: moved{event: int32(r.now), side: -1}}
	if isUsage(e.Name) {
		it.dialog = visible(e.To)
	} else {
		kind, side := sideOf(e.Name)
		it.text, it.side = visible(e.To), int8(side)
		it.misleads = side >= 0 && r.bothSides(col, kind, side, e)
	}
	if r.shown(e.At) && !(r.l.opt.hides(Waits) && r.ends(e)) {
		r.l.items = append(r.l.items, it)
	}
}

// bothSides says whether a client and a server of the same kind run at this
// host: only then the name of a state could be either's.
func (r *reader) bothSides(col int, kind string, side int, e *trace.Event) bool {
	live := r.live[col]
	i := 0
	for i < len(live) && live[i].kind != kind {
		i++
	}
	if i == len(live) {
		live = append(live, sides{kind: kind})
		r.live[col] = live
	}
	count := &live[i].count
	if e.From == "" {
		count[side]++
	}
	both := count[0] > 0 && count[1] > 0
	if e.To == endState {
		count[side]--
	}
	return both
}

// nearby bounds how far a state looks for the arrow that it belongs to among
// what happens at the same time.
const nearby = 64

// statesAfterSends moves a state behind the message that is sent in it, so
// that both stand in one row.
func (r *reader) statesAfterSends() {
	items := r.l.items
	for i := len(items) - 1; i >= 0; i-- {
		if items[i].kind != state || r.cameWith(items[:i], &items[i]) {
			continue
		}
		j := i + 1
		for j < min(len(items), i+nearby) && r.sinks(&items[i], &items[j]) {
			j++
		}
		if j < len(items) && items[j].kind == leaves && items[j].at == items[i].at && items[j].col == items[i].col {
			s := items[i]
			copy(items[i:], items[i+1:j+1])
			items[j] = s
		}
	}
}

// cameWith says whether the state is what a packet's arrival led to: it stands
// in the row of the arrival. That is the first move of its machine since then.
func (r *reader) cameWith(before []item, s *item) bool {
	for i := len(before) - 1; i >= max(0, len(before)-nearby) && before[i].at == s.at; i-- {
		it := &before[i]
		switch {
		case it.col != s.col || it.passes():
		case it.kind == state && !r.sameMachine(it, s):
		default:
			return it.kind == arrives
		}
	}
	return false
}

// sameMachine says whether two states of a host are of one machine.
func (r *reader) sameMachine(a, b *item) bool {
	x, y := &r.tr.Events[a.event], &r.tr.Events[b.event]
	return x.ID == y.ID && x.Name == y.Name
}

// passes says whether an item takes no row at its host.
func (it *item) passes() bool {
	return it.kind == 0 || it.segment || it.kind == barBegin || it.kind == barEnd || it.kind == media
}

// sinks says whether state a may stand below b.
func (r *reader) sinks(a, b *item) bool {
	return a.at == b.at && a.col == b.col && (b.passes() || b.kind == state && !r.sameMachine(a, b))
}

// joinStates makes one item of a dialog's and a transaction's moves that one
// thing led to, and finds what that was.
func (r *reader) joinStates() {
	items := r.l.items
	for i := range items {
		s := &items[i]
		if s.kind != state {
			continue
		}
		s.beside = besideCause(items[:i], s)
		for j := i + 1; j < min(len(items), i+nearby) && items[j].at == s.at; j++ {
			o := &items[j]
			if o.col != s.col || o.passes() {
				continue
			}
			if o.kind == state && (o.text == "") != (s.text == "") && (o.dialog == "") != (s.dialog == "") {
				s.join(o)
				r.gaps = true
			}
			break
		}
	}
}

func (it *item) join(o *item) {
	if o.text != "" {
		it.text, it.event, it.side, it.misleads = o.text, o.event, o.side, o.misleads
	} else {
		it.dialog = o.dialog
	}
	o.kind = 0
}

// besideCause says whether the last thing before the state at its host was an
// arrow or a timer: that tells a client from a server.
func besideCause(before []item, s *item) bool {
	for i := len(before) - 1; i >= max(0, len(before)-nearby) && before[i].at == s.at; i-- {
		if it := &before[i]; it.col == s.col && it.kind != state && !it.passes() {
			return it.kind == arrives || it.kind == leaves || it.kind == fired
		}
	}
	return false
}

// stateWide is the widest state that may stand in one row of a text ladder:
// with it on both sides the arrows still have thirty cells.
const stateWide = 14

// longestState is the beginning that is shown of a state's name, which a kept
// trace may make as long as it likes.
const longestState = 32

// stateTexts are the lines of a state: one, or two where one would be too wide
// for a margin. The dialog's state comes first, as in the figures of RFC 5407.
func (s *scheduler) stateTexts(it *item, onLine bool) (first, second string) {
	tx := clip(s.text(it.text), longestState, s.more())
	if it.misleads && (onLine || !it.beside) {
		tx = sideWords[it.side] + " " + tx
	}
	if it.dialog == "" {
		return tx, ""
	}
	dialog := clip(s.text(s.dialogWord(it.dialog)), longestState, s.more())
	if it.text == "" {
		return dialog, ""
	}
	if !s.drawing && !onLine && cells(dialog)+1+cells(tx) > stateWide {
		return tx, dialog
	}
	return dialog + s.between() + tx, ""
}

func (s *scheduler) between() string {
	switch {
	case s.ascii:
		return "/"
	case s.drawing:
		return " · "
	}
	return "·"
}

// dialogWord is what the margins of RFC 5407's figures call a state of its §2;
// a drawing has the room for the whole word.
func (s *scheduler) dialogWord(name string) string {
	if !s.drawing {
		switch name {
		case "Preparative":
			return "Pre"
		case "Early":
			return "Ear"
		case "Moratorium":
			return "Mora"
		case "Established":
			return "Est"
		case "Mortal":
			return "Mort"
		case "Morgue":
			return "Morg"
		}
	}
	return name
}

// spares says whether the states at a lifeline are left out: those of proxies,
// in text of many hosts, where they would stand in the way of the messages.
func (s *scheduler) spares(col int) bool {
	l := s.ladder
	return !s.drawing && col >= 0 && len(l.columns) > manyHosts && l.columns[col].kind == "proxy" && !l.opt.shows(States)
}

// spared says whether an item is such a state, or what leads to nothing else.
func (s *scheduler) spared(it *item) bool {
	idle := it.kind == state || it.kind == fired && waits(strings.TrimSuffix(it.text, " fires"))
	return idle && s.spares(it.col)
}

// state places a state: in the margin of an outer host, else on the lifeline.
func (s *scheduler) state(it *item) {
	switch {
	case it.col == 0 && s.marginLeft, it.col == len(s.sheet.lines)-1 && s.marginRight:
		first, second := s.stateTexts(it, false)
		s.inMargin(it.col, first)
		if second != "" {
			s.inMargin(it.col, second)
		}
	default:
		text, _ := s.stateTexts(it, true)
		n := cells(text) + 2
		s.stateMark(it.col, mark{kind: stateMark, text: "(" + text + ")", on: true, x: s.sheet.lines[it.col].x - n/2}, n)
	}
}

func (s *scheduler) inMargin(col int, text string) {
	n, l := cells(text), &s.sheet.lines[col]
	x := l.x + 2 + l.after
	if col == 0 && s.marginLeft {
		x = l.x - 1 - l.before - n
	}
	s.stateMark(col, mark{kind: stateMark, text: text, x: x}, n)
}

func (s *scheduler) stateMark(col int, m mark, n int) {
	m.row = s.rowForText(max(s.first, s.last[col]), m.x, n)
	s.add(m, n)
	s.last[col] = m.row
}
