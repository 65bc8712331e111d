package law

import "fmt"

// tally is what one law has to say of a run. Nearly each has the form "if this,
// then that", and a run without this keeps it for nothing: so its watcher says
// when it comes to this, and again where that is missing.
type tally struct {
	of       *Watch
	law      string // its ID
	times    int    // that the run put the law to the test
	breaches int
}

// met counts a place in the run of which the law says how it must be.
func (t *tally) met() { t.times++ }

// broken notes that the run breaks the law at event i.
func (t *tally) broken(i int32, format string, args ...any) {
	t.breaches++
	if t.breaches <= maxBreaches {
		t.of.breaches = append(t.of.breaches, Breach{Law: t.law, Event: i, Text: fmt.Sprintf(format, args...)})
	}
}
