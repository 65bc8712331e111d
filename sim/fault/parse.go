package fault

import (
	"slices"
	"time"

	"siplab/sim/words"
)

// Parse reads a fault. An error is a *words.Error with a column.
func Parse(line string) (Fault, error) {
	l, err := words.Read(line)
	if err != nil {
		return Fault{}, err
	}
	f, err := read(l)
	if err == nil {
		err = l.Done()
	}
	if err != nil {
		return Fault{}, err
	}
	return f, nil
}

// read reads a fault from the words of a line.
func read(l *words.Line) (f Fault, err error) {
	verb, err := l.Expect("fault", kinds...)
	if err != nil {
		return f, err
	}
	f.Kind = Kind(slices.Index(kinds, verb.Text))
	if f.Kind == Cut {
		return f, f.readCut(l)
	}
	if f.Packets, err = packets(l); err != nil {
		return f, err
	}
	switch f.Kind {
	case Delay:
		f.By, err = after(l, "by")
	case Duplicate:
		if l.More() {
			f.By, err = after(l, "after")
		}
	case Hold:
		err = f.readHold(l)
	}
	return f, err
}

// packets reads a choice that can be known while the run goes on.
func packets(l *words.Line) (words.Packets, error) {
	start := l.Peek()
	p, err := l.Packets()
	if err == nil && p.Nth < 0 {
		err = &words.Error{Col: start.Col, Text: "the last packet is known only when the run is over", Want: "count from the start: 1st, 2nd, every", Near: "1st"}
	}
	return p, err
}

// after reads a keyword and a time.
func after(l *words.Line, keyword string) (time.Duration, error) {
	if _, err := l.Expect("word here", keyword); err != nil {
		return 0, err
	}
	return l.Duration("after " + keyword + ": a time, such as 500ms")
}

const releaseWant = "what ends the hold: until after PACKETS, until PACKETS arrives, or until TIME"

func (f *Fault) readHold(l *words.Line) (err error) {
	if !l.More() {
		return l.Missing(releaseWant)
	}
	if _, err = l.Expect("word here", "until"); err != nil {
		return err
	}
	if d, err := words.Duration(l.Peek().Text); l.More() && err == nil {
		l.At++
		f.Release, f.Until = AtTime, d
		return nil
	}
	sent := l.Accept("after")
	if !l.More() {
		return l.Missing(releaseWant)
	}
	start := l.Peek()
	if f.Other, err = packets(l); err != nil || sent {
		return atStart(err, start)
	}
	f.Release = OnArrival
	if !l.More() {
		return l.Missing(`"arrives", or "after" before the packets`)
	}
	_, err = l.Expect("word here", "arrives")
	return err
}

// atStart adds to an error at the start of what ends a hold what else could
// stand there.
func atStart(err error, start words.Word) error {
	if e, ok := err.(*words.Error); ok && e.Col == start.Col && e.Near == "" {
		e.Want = releaseWant
	}
	return err
}

func (f *Fault) readCut(l *words.Line) (err error) {
	if f.A, err = host(l, "a host at one end of the link"); err != nil {
		return err
	}
	f.OneWay = l.Accept("to")
	at := l.Peek()
	if f.B, err = host(l, "the host at the other end"); err != nil {
		return err
	}
	if f.A == f.B {
		return &words.Error{Col: at.Col, Text: "both ends are " + words.Quote(f.A), Want: "two hosts"}
	}
	if l.Accept("from") {
		if f.From, err = l.Duration("after from: when the cut begins"); err != nil {
			return err
		}
	}
	if !l.Accept("until") {
		return nil
	}
	at = l.Peek()
	if f.Until, err = l.Duration("after until: when the cut ends"); err == nil && f.Until <= f.From {
		err = &words.Error{Col: at.Col, Text: "the cut would end before it has begun", Want: "a time later than " + words.FormatDuration(f.From)}
	}
	return err
}

// host reads a host's name, which is no keyword of cut unless it is quoted.
func host(l *words.Line, want string) (string, error) {
	w := l.Peek()
	if w.Is("to") || w.Is("from") || w.Is("until") || l.More() && w.Text == "" {
		return "", &words.Error{Col: w.Col, Text: words.Quote(w.Text) + " stands where a host is wanted", Want: want}
	}
	w, err := l.Next(want)
	return w.Text, err
}
