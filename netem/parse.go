package netem

import (
	"slices"
	"strconv"
	"time"
)

// ParseConditions reads conditions as tc-netem(8) writes them, each at most
// once and in any order:
//
//	delay TIME [JITTER [CORRELATION]] [distribution uniform|normal|pareto|paretonormal]
//	loss [random] PERCENT [CORRELATION]
//	loss gemodel P [R [1-H [1-K]]]
//	loss state P13 [P31 [P32 [P23 [P14]]]]
//	duplicate PERCENT [CORRELATION]
//	reorder PERCENT [CORRELATION] [gap N]
//	corrupt PERCENT [CORRELATION]
//	rate RATE [PACKETOVERHEAD [CELLSIZE [CELLOVERHEAD]]]
//	limit PACKETS
//
// An error is a *SyntaxError. No text is a perfect link.
func ParseConditions(s string) (Conditions, error) {
	p := parser{words: split(s), seen: map[string]int{}}
	for p.err == nil && p.more() {
		p.clause()
	}
	if p.err == nil {
		p.agree()
	}
	if p.err != nil {
		return Conditions{}, p.err
	}
	return p.c, nil
}

type parser struct {
	words []word
	at    int
	c     Conditions
	seen  map[string]int // the column of each keyword
	err   *SyntaxError   // the first
}

// clauses are the keywords, each with the reader of what follows it.
var clauses = []struct {
	keyword string
	read    func(p *parser)
}{
	{"delay", (*parser).delay},
	{"loss", (*parser).loss},
	{"duplicate", func(p *parser) { p.c.Duplicate = p.odds() }},
	{"reorder", (*parser).reorder},
	{"corrupt", func(p *parser) { p.c.Corrupt = p.odds() }},
	{"rate", (*parser).rate},
	{"limit", func(p *parser) { p.c.Limit = uint32(p.number("packets", 1, 1<<31-1)) }},
}

// misplaced are words of tc that do not begin a condition here.
var misplaced = map[string]string{
	"distribution": "it stands behind a delay that has a jitter: delay 20ms 5ms distribution normal",
	"gap":          "it stands behind a reorder: reorder 25% gap 5",
	"ecn":          "packets are lost here, never marked",
	"slot":         "a rate or a jitter, as this network has no slots",
	"seed":         "the seed is the network's, not a link's",
}

func (p *parser) clause() {
	w := p.next("a condition")
	for _, c := range clauses {
		if c.keyword != w.text {
			continue
		}
		if p.seen[w.text] != 0 {
			p.fail(w, " stands here twice", "say it once", "")
			return
		}
		p.seen[w.text] = w.col
		c.read(p)
		return
	}
	if want, ok := misplaced[w.text]; ok {
		p.fail(w, " cannot stand here", want, "")
		return
	}
	p.unknown(w, "condition", keywords())
}

func keywords() []string {
	var all []string
	for _, c := range clauses {
		all = append(all, c.keyword)
	}
	return all
}

func (p *parser) delay() {
	p.c.Delay = p.time()
	if p.numeral() {
		p.c.Jitter = p.time()
		if p.numeral() {
			p.c.DelayCorrelation = p.percent()
		}
	}
	if !p.accept("distribution") {
		p.settle()
		return
	}
	w := p.next("a distribution: uniform, normal, pareto, paretonormal")
	i := slices.Index(distributions, w.text)
	switch {
	case p.err != nil:
	case i < 0:
		p.unknown(w, "distribution", distributions)
	case p.c.Jitter == 0:
		p.fail(w, " needs a jitter to spread", "delay 20ms 5ms distribution "+w.text, "")
	default:
		p.c.Distribution = Distribution(i)
	}
	p.settle()
}

// settle drops the correlation of a delay that does not vary, which says
// nothing.
func (p *parser) settle() {
	if p.c.Jitter == 0 {
		p.c.DelayCorrelation = 0
	}
}

func (p *parser) loss() {
	l := &p.c.Loss
	if p.more() && !p.numeral() {
		w := p.next("")
		i := slices.IndexFunc(lossModels[:], func(m lossModel) bool { return m.name == w.text })
		if i < 0 {
			p.unknown(w, "model of loss", []string{"random", "gemodel", "state"})
			p.err.Want = "a percentage, or " + p.err.Want
			return
		}
		l.Model = LossModel(i)
	}
	l.P[0] = p.percent()
	m := &lossModels[l.Model]
	l.P = m.defaults(l.P[0])
	for i := 1; i < m.most && p.numeral(); i++ {
		at := p.words[p.at]
		l.P[i] = p.percent()
		p.leaving(at, i)
	}
	if *l == (Loss{P: [5]Percent{0, l.P[1]}}) {
		*l = Loss{}
	}
}

// leaving refuses a state that is left more often than always: value i, which
// stands at w, was the last to come.
func (p *parser) leaving(w word, i int) {
	l := &p.c.Loss
	if l.Model != LossState {
		return
	}
	const p13, p31, p32, p14 = 0, 1, 2, 4
	a, b, names := l.P[p31], l.P[p32], "P31 and P32"
	if i == p14 {
		a, b, names = l.P[p13], l.P[p14], "P13 and P14"
	}
	if i >= p32 && uint64(a)+uint64(b) > uint64(Always) {
		p.fail(w, " is too much", names+" are the ways out of one state, together at most 100%", "")
	}
}

func (p *parser) reorder() {
	p.c.Reorder = p.odds()
	gap := uint32(1)
	if p.accept("gap") {
		gap = uint32(p.number("packets", 1, 1<<31-1))
	}
	if p.c.Reorder.Percent != 0 {
		p.c.Gap = gap
	}
}

func (p *parser) rate() {
	w := p.next("a rate, such as 64kbit")
	if p.err != nil {
		return
	}
	r := &p.c.Rate
	bits, ok := parseBits(w.text)
	if !ok {
		p.fail(w, " is no rate", "bits a second, such as 64kbit or 1.5mbit, or bytes, such as 8kbps", "")
		return
	}
	const most = 1 << 16
	r.Bits = bits
	if p.numeral() {
		r.Overhead = int32(p.number("bytes a packet", -most, most))
	}
	if p.numeral() {
		r.Cell = uint32(p.number("bytes a cell", 0, most))
	}
	if p.numeral() {
		r.CellOverhead = int32(p.number("bytes a cell", -most, most))
	}
}

// agree holds what the conditions need of each other.
func (p *parser) agree() {
	if p.c.Reorder.Percent != 0 && p.c.Delay == 0 {
		p.fail(word{"reorder", p.seen["reorder"]}, " needs a delay", "a packet overtakes others only where they are delayed: delay 10ms reorder 25%", "")
	}
}

func (p *parser) odds() Odds {
	o := Odds{Percent: p.percent()}
	if p.numeral() {
		o.Correlation = p.percent()
	}
	if o.Percent == 0 {
		return Odds{}
	}
	return o
}

func (p *parser) percent() Percent {
	w := p.next("a percentage, such as 5%")
	v, ok := parsePercent(w.text)
	if !ok {
		p.fail(w, " is no percentage", "0% to 100%, such as 5% or 0.1%", "")
	}
	return v
}

func (p *parser) time() time.Duration {
	w := p.next("a time, such as 20ms")
	d, ok := parseTime(w.text)
	switch {
	case ok:
	case w.text != "" && countDigits(w.text) == len(w.text):
		p.fail(w, " has no unit", "a time with s, ms, us or ns, such as 20ms, at most 24 hours", w.text+"ms")
	default:
		p.fail(w, " is no time", "a number with s, ms, us or ns, such as 20ms, at most 24 hours", "")
	}
	return d
}

func (p *parser) number(of string, least, most int64) int64 {
	w := p.next("a number of " + of)
	n, err := strconv.ParseInt(w.text, 10, 64)
	if err != nil || n < least || n > most {
		p.fail(w, " is no number of "+of, strconv.FormatInt(least, 10)+" to "+strconv.FormatInt(most, 10), "")
		return 0
	}
	return n
}
