package lessons

import (
	"hash/fnv"
	"slices"
)

// Option is one of the answers that a learner can choose from.
type Option struct {
	Text  string
	Right bool
	Says  []string // what to tell who chose it: a sentence each
	Wrong *Wrong   // of a question; nil for the right one
	Play  *Choice  // of a play; nil for the right one
}

// Letter names the option of an index: a, b, c.
func Letter(i int) string { return string(rune('a' + i)) }

// Choose gives the answers to a question, or the choices of a play, in an order
// that says nothing about which is right and is always the same; nil for a goal.
func (b *Block) Choose() ([]Option, error) {
	var out []Option
	switch {
	case b.Question != nil:
		right, err := b.Question.Right()
		if err != nil {
			return nil, err
		}
		out = b.Question.options(right.String())
	case b.Play != nil:
		out = b.Play.options()
	}
	slices.SortStableFunc(out, func(x, y Option) int { return int(place(x.Text)>>1) - int(place(y.Text)>>1) })
	return out, nil
}

// place shuffles by what an option says.
func place(text string) uint32 {
	h := fnv.New32a()
	h.Write([]byte(text))
	return h.Sum32()
}

func (q *Question) options(right string) []Option {
	out := []Option{{Text: right, Right: true, Says: q.Learned}}
	for _, w := range q.Wrong {
		o := Option{Text: w.Value.String(), Wrong: w, Says: []string{"Who says so believes: " + w.Believes + "."}}
		for _, c := range w.Change {
			said := "It would be right with this line: "
			if c.Out {
				said = "It would be right without this line: "
			}
			o.Says = append(o.Says, said+c.Line)
		}
		if w.Refuted != nil {
			o.Says = append(o.Says, "But see "+w.Refuted.Label+": "+w.Refuted.By.String()+".")
		}
		out = append(out, o)
	}
	return out
}

func (y *Play) options() []Option {
	out := []Option{{Text: y.Right, Right: true, Says: y.Learned}}
	for _, c := range y.Choices {
		o := Option{Text: c.Text, Play: c, Says: []string{"Who does so believes: " + c.Believes + "."}}
		for _, x := range c.Then {
			o.Says = append(o.Says, "What comes of it: "+x.String()+".")
		}
		out = append(out, o)
	}
	return out
}
