package scenario

import (
	"strconv"
	"time"

	"siplab/sim/words"
)

// natural reads a number without a sign that fits the bits.
func natural(l *words.Line, want string, bits int) (uint64, error) {
	w, err := l.Next(want)
	if err != nil {
		return 0, err
	}
	n, err := strconv.ParseUint(w.Text, 10, bits)
	if err != nil || w.Quoted {
		return 0, w.Wrong("is no number that fits here", want)
	}
	return n, nil
}

// positive reads a number that is more than 0, since 0 is what nobody said.
func positive(l *words.Line, want string, bits int) (int, error) {
	w := l.Peek()
	n, err := natural(l, want, bits)
	if err == nil && n == 0 {
		err = tooLittle(w)
	}
	return int(n), err
}

// lasting reads a time that is more than 0.
func lasting(l *words.Line, want string) (time.Duration, error) {
	w := l.Peek()
	d, err := l.Duration(want)
	if err == nil && d == 0 {
		err = tooLittle(w)
	}
	return d, err
}

func tooLittle(w words.Word) error {
	return w.Wrong("is nothing", "leave it out, or say more than 0")
}

// ended adds to a reader that nothing may follow.
func ended(l *words.Line, err error) error {
	if err != nil {
		return err
	}
	return l.Done()
}
