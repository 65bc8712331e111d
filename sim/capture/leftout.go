package capture

import (
	"fmt"
	"strings"
)

// leftOut counts what is not in the trace, by the reason.
type leftOut struct{ rows []leftOutRow }

type leftOutRow struct {
	why string
	n   int
}

// count takes in one more; why is one of few words.
func (l *leftOut) count(why string) {
	for i := range l.rows {
		if l.rows[i].why == why {
			l.rows[i].n++
			return
		}
	}
	l.rows = append(l.rows, leftOutRow{why, 1})
}

// String tells all of it; "" if nothing was left out.
func (l *leftOut) String() string {
	var parts []string
	for _, r := range l.rows {
		parts = append(parts, fmt.Sprintf("%s: %d", r.why, r.n))
	}
	return strings.Join(parts, ", ")
}
