package lessons

import (
	"slices"

	"siplab/sim/ask"
	"siplab/sim/law"
	"siplab/sim/words"
)

// Expect is one line that must hold.
type Expect struct {
	ask.Expectation
	Line, Col int
}

// Breaks is a law that a run is to break.
type Breaks struct {
	Law       string
	Line, Col int
}

// expect reads expectations, and the laws that the run breaks.
func (r *reader) expect(b *Block, col int) {
	r.noOptions(b, col)
	run := b.Run
	ls := b.lines()
	if len(ls) == 0 {
		r.errs.say(b.Line, 1, "nothing is expected", "a line: count REGISTER from bob is 2")
	}
	for _, l := range ls {
		if rest, ok := l.after("breaks"); ok {
			r.lawIs(rest)
			run.Breaks = append(run.Breaks, Breaks{rest.text, rest.no, rest.col})
			continue
		}
		x, err := ask.ParseExpect(l.text)
		r.errs.add(l.no, l.col, err)
		run.Expect = append(run.Expect, Expect{x, l.no, l.col})
	}
}

// lawIs wants the name of a law.
func (r *reader) lawIs(l line) {
	var ids []string
	for _, law := range law.All() {
		ids = append(ids, law.ID)
	}
	if !slices.Contains(ids, l.text) {
		r.errs.add(l.no, l.col, words.Unknown(words.Word{Text: l.text, Col: 1}, "law", ids))
	}
}

// expect proves that each expectation of a block holds.
func (p *proof) expect(b *Block) {
	tr, err := b.Run.Trace()
	if err != nil {
		return // said where the scenario stands
	}
	for _, x := range b.Run.Expect {
		if x.Line <= b.Line || x.Line > b.last() {
			continue
		}
		ok, got, err := x.Holds(tr)
		switch {
		case err != nil:
			p.errs.add(x.Line, x.Col, err)
		case !ok:
			p.errs.say(x.Line, x.Col, "this does not hold: "+x.String(), "in the run it is "+got.String())
		}
	}
}

// breaks proves that the laws named are broken.
func (p *proof) breaks(run *Run, broken []law.Breach) {
	for _, b := range run.Breaks {
		if !slices.ContainsFunc(broken, func(br law.Breach) bool { return br.Law == b.Law }) {
			p.errs.say(b.Line, b.Col, "the run breaks no law "+b.Law, "take the line out")
		}
	}
}
