package lessons

import (
	"strings"
	"time"

	"siplab/sim/trace"
	"siplab/sim/words"
)

// Flow says which drawing of an RFC a run is:
//
//	drawn in RFC 5407 §3.1.2
//	from TIME                         where the drawing begins, in the run; else at its start
//	until TIME                        where it ends; else at the end of the run
//	difference F7 before F5: TEXT     siplab sends or receives F7 first
//	difference F5 none: TEXT          there is no F5
//	difference F1 uac to uas INVITE lost: TEXT   the message in the place of F1
//	difference F9 F10 CSeq 1: TEXT    what is in a header field of these
//
// The text of a difference says why, with the section that siplab follows.
type Flow struct {
	Drawn       string // RFC 5407 §3.1.2
	From, Until time.Duration
	Differences []Difference
	Run         *Run
}

// Difference is one place where siplab does not do what is drawn.
type Difference struct {
	Messages []string // F5
	Instead  string   // before F4; none; bob to alice 487 for INVITE; CSeq 1; of one that is not drawn: bob to alice 100 for INVITE after F4
	Why      string
}

// Holds says whether a time of the run is in the drawing.
func (f *Flow) Holds(at time.Duration) bool {
	return at >= f.From && (f.Until == 0 || at < f.Until)
}

// flow reads a flow block.
func (r *reader) flow(b *Block, col int) {
	r.noOptions(b, col)
	f := &Flow{Run: b.Run}
	if r.lesson.Flow != nil {
		r.errs.say(b.Line, 1, "a second flow block", "one lesson is one drawing")
	}
	r.lesson.Flow = f
	r.clauses(b.lines(), "line of a flow", r.flowClauses(f))
	if f.Drawn == "" {
		r.errs.say(b.Line, 1, "it is not said where the flow is drawn", "a line: drawn in RFC 5407 §3.1.2")
	}
}

// flowClauses are the lines of a flow block.
func (r *reader) flowClauses(f *Flow) []clause {
	return []clause{
		{"drawn in", "the section with the drawing: RFC 5407 §3.1.2", func(rest line) { r.says(rest); r.once(&f.Drawn, rest, "drawn in") }},
		{"from", "a time of the run", func(rest line) { r.time(&f.From, rest) }},
		{"until", "a time of the run", func(rest line) { r.time(&f.Until, rest) }},
		{"difference", "a message, what is in its place, and why", func(rest line) { r.difference(f, rest) }},
	}
}

func (r *reader) time(to *time.Duration, rest line) {
	var err error
	*to, err = words.Duration(rest.text)
	r.errs.add(rest.no, rest.col, err)
}

// difference reads: F7 before F5: why.
func (r *reader) difference(f *Flow, rest line) {
	what, _, ok := strings.Cut(rest.text, ":")
	messages := strings.Fields(what)
	n := 0
	for n < len(messages) && (n == 0 || isMessage(messages[n])) {
		n++
	}
	why, _ := rest.skip(len(what)).after(":")
	if !ok || n == len(messages) || !strings.Contains(why.text, "§") {
		r.errs.say(rest.no, rest.col, "expected a message, what is in its place, a colon and why, with a section", "as in: difference F7 before F5: BYE goes at once (RFC 5407 §3.1.2)")
		return
	}
	r.says(why)
	f.Differences = append(f.Differences, Difference{messages[:n], strings.Join(messages[n:], " "), why.text})
}

// isMessage says whether a word names a message of a drawing: F5, F13b.
func isMessage(word string) bool {
	return len(word) > 1 && word[0] == 'F' && word[1] >= '0' && word[1] <= '9'
}

// flow proves that there is something in the drawing.
func (p *proof) flow(b *Block) {
	tr, err := b.Run.Trace()
	if err != nil {
		return // said where the scenario stands
	}
	for i := range tr.Events {
		if e := &tr.Events[i]; e.Kind == trace.Send && p.lesson.Flow.Holds(e.At) {
			return
		}
	}
	p.errs.say(b.Line, 1, "no message of the run is in the drawing", "other times: from 1s, until 3s")
}
