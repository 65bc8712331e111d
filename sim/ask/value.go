package ask

import (
	"slices"
	"strconv"
	"strings"
	"time"

	"siplab/sim/words"
)

// Kind is what sort of answer a question has.
type Kind uint8

// The kinds of answers.
const (
	None   Kind = iota // there is nothing to answer with; written none
	Number             // 3
	Time               // 500ms
	Text               // bob, "480 Temporarily Unavailable"
	Truth              // yes, no
	List               // 0s 500ms 1.5s
)

func (k Kind) String() string {
	return [...]string{"none", "a number", "a time", "a text", "yes or no", "a list"}[k]
}

// Value is an answer. Which field speaks depends on Kind.
type Value struct {
	Kind   Kind
	Number int64         // Truth: 1 for yes
	Time   time.Duration // since the start, or a length
	Text   string
	List   []Value
}

// Type is what a form of question answers with: one value, or a list of them.
// Instead of either the answer may be none.
type Type struct {
	Of   Kind
	Many bool
}

func (t Type) String() string {
	if !t.Many {
		return t.Of.String()
	}
	return "a list of " + map[Kind]string{Number: "numbers", Time: "times", Text: "texts"}[t.Of]
}

func number(n int) Value           { return Value{Kind: Number, Number: int64(n)} }
func moment(d time.Duration) Value { return Value{Kind: Time, Time: d} }
func list(vs []Value) Value        { return Value{Kind: List, List: vs} }

func text(s string) Value {
	if s == "" {
		return Value{}
	}
	return Value{Kind: Text, Text: s}
}

func truth(yes bool) Value {
	if yes {
		return Value{Kind: Truth, Number: 1}
	}
	return Value{Kind: Truth}
}

// String is the value as the language writes it; ParseValue is its inverse.
func (v Value) String() string {
	switch v.Kind {
	case Number:
		return strconv.FormatInt(v.Number, 10)
	case Time:
		return words.FormatDuration(v.Time)
	case Truth:
		return [2]string{"no", "yes"}[v.Number]
	case Text:
		return printText(v.Text, words.Sentence)
	case List:
		if len(v.List) > 0 {
			return printList(v.List)
		}
	}
	return "none"
}

// printText puts a text in quotes where it would read as something else.
func printText(s string, print func(string) string) string {
	if s == "none" || s == "not" || strings.HasPrefix(s, "not ") {
		return words.Quote(s)
	}
	return print(s)
}

func printList(vs []Value) string {
	out := make([]string, len(vs))
	for i, v := range vs {
		out[i] = v.String()
		if v.Kind == Text {
			out[i] = printText(v.Text, words.Print)
			if strings.HasSuffix(v.Text, ",") {
				out[i] = words.Quote(v.Text)
			}
		}
	}
	return strings.Join(out, " ")
}

// Equal reports whether two answers are the same. An empty list is none.
func (v Value) Equal(o Value) bool {
	if v.empty() || o.empty() {
		return v.empty() && o.empty()
	}
	return v.Kind == o.Kind && v.Number == o.Number && v.Time == o.Time && v.Text == o.Text && slices.EqualFunc(v.List, o.List, Value.Equal)
}

func (v Value) empty() bool { return v.Kind == None || v.Kind == List && len(v.List) == 0 }

// readValue reads the rest of the line as an answer of that type.
func readValue(l *words.Line, t Type) (Value, error) {
	if !l.More() {
		return Value{}, l.Missing(wantValue(t))
	}
	if l.Peek().Is("none") && len(l.Rest()) == 1 {
		l.At++
		return Value{}, nil
	}
	if t.Many {
		return readList(l, t)
	}
	if t.Of == Text {
		s := words.Text(l.Rest())
		l.At = len(l.Words)
		return Value{Kind: Text, Text: s}, nil
	}
	v, err := readOne(l, t)
	if err != nil {
		return v, err
	}
	return v, l.Done()
}

func readList(l *words.Line, t Type) (Value, error) {
	v := Value{Kind: List}
	for l.More() {
		one, err := readOne(l, Type{Of: t.Of})
		if err != nil {
			return v, err
		}
		v.List = append(v.List, one)
	}
	return v, nil
}

// readOne reads one word; a comma after it, as people write lists, is not part
// of it.
func readOne(l *words.Line, t Type) (Value, error) {
	w, err := l.Next(wantValue(t))
	if err != nil {
		return Value{}, err
	}
	if !w.Quoted && len(w.Text) > 1 {
		w.Text = strings.TrimSuffix(w.Text, ",")
	}
	switch t.Of {
	case Number:
		return toNumber(w)
	case Time:
		d, err := words.Duration(w.Text)
		return moment(d), words.Shift(err, w)
	case Truth:
		return toTruth(w)
	}
	return Value{Kind: Text, Text: w.Text}, nil
}

func toNumber(w words.Word) (Value, error) {
	n, err := strconv.ParseInt(w.Text, 10, 64)
	if err != nil || w.Quoted {
		return Value{}, w.Wrong("is no number", wantValue(Type{Of: Number}))
	}
	return Value{Kind: Number, Number: n}, nil
}

func toTruth(w words.Word) (Value, error) {
	if !w.Is("yes") && !w.Is("no") {
		return Value{}, words.Unknown(w, "answer to this question", []string{"yes", "no"})
	}
	return truth(w.Text == "yes"), nil
}

func wantValue(t Type) string {
	if t.Many {
		return t.String() + " with spaces between them, or none"
	}
	switch t.Of {
	case Number:
		return "a number, such as 2"
	case Time:
		return "a time, such as 500ms, or none"
	case Truth:
		return "yes or no"
	}
	return "a text, or none"
}
