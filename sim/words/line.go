package words

import "time"

// Line walks over the words of a line.
type Line struct {
	Words []Word
	At    int // index of the next word

	also   []string // keywords that could have come at alsoAt, for errors
	alsoAt int
}

// Read splits a line to walk over it.
func Read(line string) (*Line, error) {
	ws, err := Split(line)
	return &Line{Words: ws}, err
}

// Rest is what has not been read.
func (l *Line) Rest() []Word { return l.Words[l.At:] }

// More reports whether there is a next word.
func (l *Line) More() bool { return l.At < len(l.Words) }

// Peek is the next word; the zero Word at the end.
func (l *Line) Peek() Word {
	if !l.More() {
		return Word{}
	}
	return l.Words[l.At]
}

// Next reads a word; at the end of the line the error says that want is
// missing.
func (l *Line) Next(want string) (Word, error) {
	if !l.More() {
		return Word{}, l.Missing(want)
	}
	l.At++
	return l.Words[l.At-1], nil
}

// Accept reads the keyword if it comes next.
func (l *Line) Accept(keyword string) bool {
	if !l.More() || !l.Peek().Is(keyword) {
		l.could(keyword)
		return false
	}
	l.At++
	return true
}

// could notes keywords that may come next.
func (l *Line) could(keywords ...string) {
	l.also = append(l.expected(), keywords...)
	l.alsoAt = l.At
}

// expected are the keywords that may come next.
func (l *Line) expected() []string {
	if l.alsoAt != l.At {
		return nil
	}
	return l.also
}

// Expect reads one of the keywords, or says that the next word is none of
// them; what says what they are.
func (l *Line) Expect(what string, keywords ...string) (Word, error) {
	w, err := l.Next(Either(keywords))
	if err != nil {
		return w, err
	}
	for _, k := range keywords {
		if w.Is(k) {
			return w, nil
		}
	}
	l.At--
	return w, Unknown(w, what, append(keywords[:len(keywords):len(keywords)], l.expected()...))
}

// Duration reads a time.
func (l *Line) Duration(want string) (time.Duration, error) {
	w, err := l.Next(want)
	if err != nil {
		return 0, err
	}
	d, err := Duration(w.Text)
	return d, Shift(err, w)
}

// Packets reads a choice of packets.
func (l *Line) Packets() (Packets, error) {
	if !l.More() {
		return Packets{}, l.Missing(packetsWant)
	}
	p, rest, err := ParsePackets(l.Rest())
	l.At = len(l.Words) - len(rest)
	l.could(p.more()...)
	return p, err
}

// Done is an error if words are left over.
func (l *Line) Done() error {
	if !l.More() {
		return nil
	}
	w := l.Peek()
	e := &Error{Col: w.Col, Text: Show(w.Text) + " is too much here", Want: "the line could end before it", Near: Nearest(w.Text, l.expected())}
	if could := l.expected(); len(could) > 0 {
		e.Want = "expected " + Either(could) + ", or the end of the line"
	}
	return e
}

// Missing is the error of a line that ends too early.
func (l *Line) Missing(want string) *Error {
	return &Error{Col: End(l.Words), Text: "the line ends too early", Want: "next comes " + want}
}

// End is the column after the last word.
func End(ws []Word) int {
	if len(ws) == 0 {
		return 1
	}
	return ws[len(ws)-1].After()
}

// After is the column after the word.
func (w Word) After() int {
	if w.End > 0 {
		return w.End
	}
	return w.Col + len([]rune(w.Text))
}

// Shift moves the column of an error that counts from the start of a word to
// where the word stands in its line.
func Shift(err error, w Word) error {
	e, ok := err.(*Error)
	if !ok {
		return err
	}
	moved := *e
	moved.Col = w.Col + max(e.Col-1, 0)
	if w.Quoted {
		moved.Col = w.Col
	}
	return &moved
}
