package lessons

import (
	"siplab/sim/trace"
	"siplab/sim/words"
)

// question proves that the right answer differs from each wrong one, and that
// each wrong one is shown to be wrong.
func (p *proof) question(b *Block) {
	q := b.Question
	tr, err := b.Run.Trace()
	if err != nil {
		return // said where the scenario stands
	}
	right, err := q.Answer.Answer(tr)
	if err != nil {
		p.errs.add(q.answer.no, q.answer.col, err)
		return
	}
	for i, w := range q.Wrong {
		if right.Equal(w.Value) {
			p.errs.say(w.at.no, w.at.col, w.Value.String()+" is the right answer", "in the run "+q.Answer.String()+" is "+right.String())
		}
		for _, other := range q.Wrong[:i] {
			if other.Value.Equal(w.Value) {
				p.errs.say(w.at.no, w.at.col, w.Value.String()+" is there twice", "each wrong answer once")
			}
		}
		p.holds(b.Run, w)
		p.refuted(tr, w)
	}
}

// holds proves that there is a run in which a wrong answer is right: the
// scenario with the changes.
func (p *proof) holds(run *Run, w *Wrong) {
	if w.Change == nil {
		return
	}
	s, failed, err := change(run.Scenario, w.Change)
	if err != nil {
		p.errs.add(failed.at.no, failed.at.col, err)
		return
	}
	at := w.Change[0].at
	ran := play(s)
	if ran.err != nil {
		p.errs.add(at.no, at.col, ran.err)
		return
	}
	ok, got, err := w.option.Holds(ran.trace)
	switch {
	case err != nil:
		p.errs.add(at.no, at.col, err)
	case !ok:
		p.errs.say(at.no, at.col, "this does not make "+w.Value.String()+" right", "with it "+w.option.Question.String()+" is "+got.String())
	}
}

// refuted proves that the message named makes true what refutes the belief: it
// holds in the run, it would not hold if the run had stopped just before that
// message, and it would if the run had stopped before the next.
func (p *proof) refuted(tr *trace.Trace, w *Wrong) {
	f := w.Refuted
	if f == nil {
		return
	}
	at, next := sending(tr, f.Label)
	if at < 0 {
		p.errs.add(f.at.no, f.at.col, noLabel(tr, words.Word{Text: f.Label, Col: 1}))
		return
	}
	ok, got, err := f.By.Holds(tr)
	switch {
	case err != nil:
		p.errs.add(f.at.no, f.at.col, err)
	case !ok:
		p.errs.say(f.at.no, f.at.col, "this does not hold: "+f.By.String(), "in the run it is "+got.String())
	case holds(f.By, upTo(tr, at)):
		p.errs.say(f.at.no, f.at.col, "this holds already before "+f.Label, "name the message that makes it true")
	case !holds(f.By, upTo(tr, next)):
		p.errs.say(f.at.no, f.at.col, "this does not hold yet with "+f.Label, "name the message that makes it true")
	}
}

// upTo is the run without the event with index i and what comes after it.
func upTo(tr *trace.Trace, i int) *trace.Trace {
	cut := *tr
	cut.Events = tr.Events[:i]
	return &cut
}

// sending is the index of the event that sent the message with that label, and
// that of the one that sent the next; -1 where there is no such message.
func sending(tr *trace.Trace, label string) (at, next int) {
	at, next = -1, len(tr.Events)
	for i := range tr.Events {
		e := &tr.Events[i]
		switch {
		case e.Kind != trace.Send || e.Packet.Label == "":
		case at >= 0:
			return at, i
		case e.Packet.Label == label:
			at = i
		}
	}
	return at, next
}
