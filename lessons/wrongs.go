package lessons

import "siplab/sim/words"

// mostErrors is how many errors of one lesson are listed.
const mostErrors = 50

// wrongs gathers errors.
type wrongs struct {
	listed words.Errors
	more   int
}

func (w *wrongs) none() bool { return len(w.listed) == 0 }

// full says whether there is no room for one more error, and counts it then.
func (w *wrongs) full() bool {
	if len(w.listed) < mostErrors {
		return false
	}
	w.more++
	return true
}

// add notes an error in words that begin at line and col of the file. An error
// that knows a place of its own counts from there.
func (w *wrongs) add(line, col int, err error) {
	switch e := err.(type) {
	case nil:
	case words.Errors:
		for _, one := range e {
			w.add(line, col, one)
		}
	case *words.Error:
		if w.full() {
			return
		}
		c := *e
		if e.Line <= 1 {
			c.Col = max(e.Col, 1) + col - 1
		}
		c.Line = line + max(e.Line, 1) - 1
		w.listed = append(w.listed, &c)
	default:
		w.add(line, col, &words.Error{Text: err.Error()})
	}
}

// say notes what is wrong at a place, and what would be right.
func (w *wrongs) say(line, col int, text, want string) {
	w.add(line, col, &words.Error{Text: text, Want: want})
}

// at notes what is wrong at an offset of the source.
func (w *wrongs) at(l *Lesson, offset int, text, want string) {
	if w.full() {
		return // to count columns for each would be quadratic
	}
	line, col := l.place(offset)
	w.say(line, col, text, want)
}

// list is all errors in the order of the file, nil for none.
func (w *wrongs) list(file string) error {
	es := w.listed
	es.Sort()
	if w.more > 0 {
		es = append(es, &words.Error{Text: "and " + words.Count(w.more, "more error")})
	}
	return es.In(file).Err()
}
