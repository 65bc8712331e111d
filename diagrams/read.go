package diagrams

import (
	"slices"
	"strconv"
	"strings"
	"time"

	"siplab/sim/trace"
)

// reader turns the events of a trace into the items of a ladder.
type reader struct {
	tr       *trace.Trace
	l        *Ladder
	col      []int         // by host: its column, -1 for none
	flights  map[int32]int // by packet number
	copies   map[string]int
	names    map[int32]string // by packet number: the label of the original
	bars     map[barKey]int
	live     [][]sides      // by column: the transactions that run
	lastFlow map[[2]int]int // by left and right column: the last of the ladder's flows
	now      int            // the event that is read
	tapHost  trace.HostID   // what is seen there; NoHost: everywhere
	chosen   map[int32]bool // the packets that are shown; nil: all
	hurt     map[int32]string
	coming   []coming // TCP segments on their way, the next one first
	gaps     bool     // items of kind 0 are to be left out
	method   string
}

type barKey struct {
	host trace.HostID
	id   int32
	name string
}

func newReader(tr *trace.Trace, l *Ladder) *reader {
	r := &reader{
		tr: tr, l: l,
		tapHost: tr.FindHost(l.opt.Tap),
		chosen:  chosen(tr, l.opt.Messages),
		col:     make([]int, len(tr.Hosts)),
		bars:    make(map[barKey]int),
		live:    make([][]sides, len(l.columns)),
	}
	for i := range r.col {
		r.col[i] = -1
	}
	for i, c := range l.columns {
		r.col[c.host] = i
	}
	return r
}

func (r *reader) read() {
	r.makeRoom()
	for r.now = range r.tr.Events {
		e := &r.tr.Events[r.now]
		r.landSegments(e)
		if r.tapHost != trace.NoHost {
			r.tap(e, r.tapHost)
		} else {
			r.whole(e)
		}
	}
	r.landUntil(r.tr.End.At)
	for i := range r.l.flights {
		f := &r.l.flights[i]
		f.labels = r.labels(f)
	}
	r.l.group()
	r.brief()
	r.statesAfterSends()
	r.joinStates()
	if r.gaps {
		r.l.items = slices.DeleteFunc(r.l.items, func(it item) bool { return it.kind == 0 })
	}
	r.waves()
	r.meetings()
	r.l.tail = tail(r.l.items)
}

// makeRoom counts what will be read.
func (r *reader) makeRoom() {
	sent, other := 0, 0
	for i := range r.tr.Events {
		switch r.tr.Events[i].Kind {
		case trace.Send, trace.Duplicate:
			sent++
		case trace.Segment:
			if r.l.opt.shows(Segments) {
				sent++
			}
		case trace.State, trace.Act, trace.Tell, trace.Media:
			other++
		case trace.Timer:
			other += 2 // one may end and begin again
		}
	}
	r.l.flights = make([]flight, 0, sent)
	r.l.items = make([]item, 0, 2*sent+other)
	r.flights = make(map[int32]int, sent)
	r.copies, r.names = make(map[string]int, sent), make(map[int32]string, sent)
}

func (r *reader) column(h trace.HostID) int {
	if h < 0 || int(h) >= len(r.col) {
		return -1
	}
	return r.col[h]
}

// shown says whether the ladder shows that time.
func (r *reader) shown(at time.Duration) bool {
	return at >= r.l.opt.From && (r.l.opt.To == 0 || at <= r.l.opt.To)
}

// whole reads an event as one sees it who sees all.
func (r *reader) whole(e *trace.Event) {
	switch e.Kind {
	case trace.Send, trace.Duplicate:
		r.leave(e)
	case trace.Corrupt:
		r.corrupt(e)
	case trace.Arrive:
		r.end(e, arrived)
	case trace.Lose:
		r.end(e, lost)
	case trace.Segment:
		r.segment(e)
	case trace.State:
		r.state(e)
	case trace.Timer:
		r.timer(e)
	case trace.Media:
		if !r.l.opt.hides(Media) {
			r.media(e)
		}
	case trace.Act:
		r.mark(e, act, joined(r.tr.HostName(e.Host), e.Name, e.Text))
	case trace.Tell:
		r.mark(e, told, "told: "+toldWord(e))
	case trace.Note:
		if r.l.opt.Notes {
			r.mark(e, remark, visible(joined(e.Text, inBrackets(e.Ref))))
		}
	}
}

// kindShown is what hides a mark.
var kindShown = map[itemKind]Shown{act: Acts, told: Told}

// mark adds a text at the event's host.
func (r *reader) mark(e *trace.Event, kind itemKind, text string) {
	col := r.column(e.Host)
	if !r.shown(e.At) || r.l.opt.hides(kindShown[kind]) || col < 0 && e.Host != trace.NoHost {
		return
	}
	r.l.items = append(r.l.items, item{kind: kind, at: e.At, col: col, text: visible(text)})
}

// corrupt notes the bytes that came of a packet, which may have left already.
func (r *reader) corrupt(e *trace.Event) {
	if e.Packet == nil {
		return
	}
	if r.hurt == nil {
		r.hurt = make(map[int32]string)
	}
	r.hurt[e.Packet.N] = e.Text
	if f := r.flight(e.Packet); f != nil {
		f.how, f.hurt = corrupted, e.Text
	}
}

func (r *reader) flight(p *trace.Packet) *flight {
	if p == nil {
		return nil
	}
	if i, ok := r.flights[p.N]; ok {
		return &r.l.flights[i]
	}
	return nil
}

func (r *reader) leave(e *trace.Event) {
	p := e.Packet
	if p == nil {
		return
	}
	first := r.note(p)
	if !r.isChosen(p) {
		return
	}
	f := flight{packet: p, left: e.At, copyNo: r.copies[r.original(p)]}
	hurt, isHurt := r.hurt[p.N]
	switch {
	case isHurt:
		f.how, f.hurt = corrupted, hurt
	case first && r.tapHost != trace.NoHost: // to a tap it is no copy
	case p.CopyOf != 0, !first && p.Again == "": // or its copy overtook it on the way to a tap
		f.how = duplicate
	case p.Again != "" && f.copyNo > 1: // the first copy that a tap sees is to it no copy
		f.how = again
	}
	if r.take(f) {
		r.remarks(p)
	}
}

// take adds a flight that begins now, and says whether the ladder shows it.
func (r *reader) take(f flight) bool {
	p := f.packet
	f.from, f.to, f.event = r.column(p.From), r.column(p.To), int32(r.now)
	if f.from < 0 || f.to < 0 && p.To != trace.NoHost || !r.shown(f.left) {
		return false
	}
	r.flights[p.N] = len(r.l.flights)
	r.l.items = append(r.l.items, item{kind: leaves, at: f.left, col: f.from, flight: len(r.l.flights), segment: f.segment != nil})
	r.l.flights = append(r.l.flights, f)
	return true
}

// remarks are what is said about the message that has just left.
func (r *reader) remarks(p *trace.Packet) {
	last := len(r.l.flights) - 1
	for i := range r.l.opt.Remarks {
		if m := &r.l.opt.Remarks[i]; m.Label == p.Label && p.CopyOf == 0 {
			r.l.items = append(r.l.items, item{kind: aside, at: r.l.flights[last].left, col: r.l.flights[last].from, flight: last, text: visible(m.Text)})
		}
	}
}

// note remembers what labels need to know of a packet, shown or not, and says
// whether nothing with its bytes was seen before.
func (r *reader) note(p *trace.Packet) (first bool) {
	name := r.original(p)
	first = name == "" || r.copies[name] == 0
	if p.CopyOf == 0 || first {
		r.copies[name]++
	}
	if p.CopyOf != 0 {
		return first
	}
	r.names[p.N] = p.Label
	if p.Status == 0 && p.Method != "" && p.Method != r.method {
		r.l.mixed = r.l.mixed || r.method != ""
		r.method = p.Method
	}
	return first
}

// original is the label of the message that this packet repeats, or its own.
func (r *reader) original(p *trace.Packet) string {
	switch {
	case p.Again != "":
		return p.Again
	case p.CopyOf != 0:
		return r.names[p.CopyOf]
	}
	return p.Label
}

func (r *reader) end(e *trace.Event, how fate) {
	if e.Packet != nil {
		r.finish(e.Packet, e.At, how, e.Text)
	}
}

// finish ends the flight of a packet, if it is one that the ladder shows.
func (r *reader) finish(p *trace.Packet, at time.Duration, how fate, why string) {
	f := r.flight(p)
	if f == nil || f.fate != flying || !r.shown(at) || how == arrived && f.to < 0 {
		return
	}
	f.fate, f.why = how, visible(why)
	it := item{kind: arrives, at: at, col: f.to, flight: r.flights[p.N], segment: f.segment != nil}
	if how == lost {
		it.kind, it.col = dies, f.from
	}
	r.l.items = append(r.l.items, it)
}

func (r *reader) timer(e *trace.Event) {
	col := r.column(e.Host)
	if col < 0 || r.l.opt.hides(Timers) || !r.shown(e.At) {
		return
	}
	key := barKey{e.Host, e.ID, e.Name}
	open, running := r.bars[key]
	name := timerName(e.Name)
	if r.l.opt.hides(Waits) && waits(name) {
		return
	}
	if running {
		r.l.items = append(r.l.items, item{kind: barEnd, at: e.At, col: col, bar: open, fires: e.Op == "fire"})
		delete(r.bars, key)
	}
	switch e.Op {
	case "start":
		if !strings.HasPrefix(name, standardTimer) {
			break // an element's own upkeep
		}
		r.bars[key] = len(r.l.items)
		r.l.items = append(r.l.items, item{kind: barBegin, at: e.At, col: col, bar: len(r.l.items), text: name})
	case "fire":
		if !r.sends(e) {
			r.l.items = append(r.l.items, item{kind: fired, at: e.At, col: col, text: name + " fires"})
		}
	}
}

// sends says whether the timer that fired here sent a message again: the label
// of that message names the timer. What begins with another cause is not its
// doing.
func (r *reader) sends(fire *trace.Event) bool {
	for i := int(fire.I) + 1; ; i++ {
		e := r.tr.Event(i)
		switch {
		case e == nil || e.At != fire.At || e.Kind == trace.Arrive || e.Kind == trace.Act:
			return false
		case e.Kind == trace.Timer && e.Op == "fire":
			return false
		case e.Kind == trace.Send && e.Packet != nil && e.Packet.Timer == fire.Name:
			return true
		}
	}
}

// waits says whether a timer does nothing but wait for what may still come,
// before its machine ends (RFC 3261 Table 4, RFC 6026 §7).
func waits(timer string) bool {
	letter, ok := strings.CutPrefix(timer, standardTimer)
	return ok && strings.Contains("DIJKLM", letter)
}

// ends says whether an event is the end of a machine that waited for it.
func (r *reader) ends(e *trace.Event) bool {
	c := r.tr.Event(int(e.Cause))
	return c != nil && c.Kind == trace.Timer && c.Op == "fire" && waits(timerName(c.Name))
}

// standardTimer begins the names of the timers A to M of RFC 3261 §17.
const standardTimer = "Timer "

// timerName is what a picture calls a timer: Timer E for one of the standard.
func timerName(name string) string {
	letter := strings.TrimPrefix(strings.TrimPrefix(name, "Timer"), " ")
	if len(letter) == 1 && letter[0] >= 'A' && letter[0] <= 'Z' {
		return standardTimer + letter
	}
	return visible(name) + " timer"
}

// toldWord is what a user was told, in short: a picture has little room, and
// the story below it says the rest.
func toldWord(e *trace.Event) string {
	code := ""
	if e.Code != 0 {
		code = strconv.Itoa(int(e.Code))
	}
	return joined(visible(e.Name), inBrackets(code))
}

func toldText(e *trace.Event) string {
	s := toldWord(e)
	if e.Text != "" {
		s += ", " + e.Text
	}
	return s
}

// joined puts a space between the parts that are there.
func joined(parts ...string) string {
	s := ""
	for _, p := range parts {
		if p != "" && s != "" {
			s += " "
		}
		s += p
	}
	return s
}

func inBrackets(s string) string {
	if s == "" {
		return ""
	}
	return "(" + s + ")"
}
