package ask

import (
	"strings"
	"time"

	"siplab/sim/sip"
	"siplab/sim/words"
)

// arg is what fills a slot of a form.
type arg struct {
	set    bool
	slot   string // its name
	word   words.Word
	choice Choice
	at     time.Duration
	nth    int
}

// slot is a sort of word in a usage.
type slot struct {
	means string
	read  func(*words.Line) (arg, error)
	print func(arg) string
}

var slots = map[string]slot{
	"PACKETS": {"a choice of packets, see below", readChoice, func(a arg) string { return a.choice.String() }},
	"HOST":    {"the name of a host", readHost, printWord},
	"MACHINE": {"a state machine, such as non-invite-client", readWord("a state machine, such as non-invite-client"), printWord},
	"NTH":     {"1st, 2nd, ... in order of beginning", readNth, func(a arg) string { return words.FormatOrdinal(a.nth) }},
	"HEADER":  {"a header field, such as Call-ID; one that no RFC defines stands in quotes", readHeader, printHeader},
	"PARAM":   {"a parameter, such as branch or nonce", readWord("a parameter, such as branch or nonce"), printWord},
	"AOR":     {"an address-of-record, such as sip:bob@biloxi.example.com", readWord("an address-of-record, such as sip:bob@biloxi.example.com"), printWord},
	"WHAT":    {"what a user is told, such as registered or registration failed", readWhat, func(a arg) string { return words.Sentence(a.word.Text) }},
	"TIME":    {"a time since the start, such as 500ms", readTime, func(a arg) string { return words.FormatDuration(a.at) }},
}

func printWord(a arg) string { return words.Print(a.word.Text) }

func readWord(want string) func(*words.Line) (arg, error) {
	return func(l *words.Line) (arg, error) {
		w, err := l.Next(want)
		return arg{word: w}, err
	}
}

// readHost leaves "at least" and "at most" to the relation after the question.
func readHost(l *words.Line) (arg, error) {
	w := l.Peek()
	if w.Is("least") || w.Is("most") {
		return arg{}, w.Wrong("is no host", "the name of a host")
	}
	return readWord("the name of a host")(l)
}

// readWhat reads words up to the relation after the question.
func readWhat(l *words.Line) (arg, error) {
	w, err := l.Next("what the user was told, such as registered")
	for err == nil && !w.Quoted && l.More() && !isRelation(l.Peek()) {
		next, _ := l.Next("")
		w.Text += " " + next.Text
	}
	return arg{word: w}, err
}

func isRelation(w words.Word) bool { return w.Is("is") || w.Is("at") || w.Is("contains") }

func readTime(l *words.Line) (arg, error) {
	w := l.Peek()
	d, err := l.Duration("a time, such as 500ms")
	return arg{word: w, at: d}, err
}

func readNth(l *words.Line) (arg, error) {
	w := l.Peek()
	n, ok := words.Ordinal(w.Text)
	if !ok {
		return arg{}, w.Wrong("is no ordinal", "1st, 2nd, 3rd, ...")
	}
	l.At++
	return arg{word: w, nth: n}, nil
}

// readHeader takes any spelling of a field that an RFC defines, its compact
// form too, and gives it its own.
func readHeader(l *words.Line) (arg, error) {
	w, err := l.Next("a header field, such as Call-ID")
	if err != nil {
		return arg{}, err
	}
	if e, ok := sip.Explain(w.Text); ok {
		w.Text = e.Name
	} else if !w.Quoted {
		return arg{}, noHeader(w)
	}
	return arg{word: w}, nil
}

func noHeader(w words.Word) error {
	var names []string
	for _, e := range sip.Dictionary() {
		names = append(names, e.Name)
	}
	e := w.Wrong("is no header field of the RFCs", "one such as Call-ID; one of your own in quotes")
	e.Near = words.Nearest(w.Text, names)
	return e
}

func printHeader(a arg) string {
	if _, ok := sip.Explain(a.word.Text); ok && !strings.ContainsAny(a.word.Text, ` "#`) {
		return a.word.Text
	}
	return words.Quote(a.word.Text)
}
