package law

import (
	"siplab/sim/sip"
	"siplab/sim/trace"
)

// hops is §16.6 item 3, "If the copy contains a Max-Forwards header field, the
// proxy MUST decrement its value by one (1).", and §16.3 item 3: "If the request
// contains a Max-Forwards header field with a field value of zero (0), the
// element MUST NOT forward the request."
var hops = Law{
	ID:      "hops",
	Text:    "Max-Forwards falls by one at each proxy, and at zero nothing is forwarded",
	Section: "RFC 3261 §16.3 item 3, §16.6 item 3",
	watch:   func() any { return hopsWatch{} },
}

type hopsWatch struct{}

func (hopsWatch) read(e *trace.Event, l *letter, law *tally) {
	if l.from == nil || l.Status != 0 {
		return
	}
	law.met()
	came, known := l.from.MaxForwards()
	goes, has := l.MaxForwards()
	switch {
	case !has:
		law.broken(e.I, "a %s is forwarded without Max-Forwards", l.Method)
	case known && came == 0:
		law.broken(e.I, "a %s is forwarded that came with Max-Forwards 0", l.Method)
	case known && goes != came-1 || !known && !l.from.Has(sip.NameMaxForwards) && goes > 255:
		law.broken(e.I, "a %s is forwarded with Max-Forwards %d, and came with %d", l.Method, goes, came)
	}
}
