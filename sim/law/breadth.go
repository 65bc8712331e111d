package law

import (
	"strconv"

	"siplab/sim/sip"
	"siplab/sim/trace"
)

// breadth is RFC 5393 §5.3.3: "All proxied requests MUST contain a single
// Max-Breadth header field value." "SIP proxies MUST NOT allow the Outgoing
// Max-Breadth to exceed the Incoming Max-Breadth in a given response context."
var breadth = Law{
	ID:      "breadth",
	Text:    "the branches that a proxy has open for a request have no more Max-Breadth together than the request had",
	Section: "RFC 5393 §5.3.3",
	watch:   func() any { return breadthWatch{} },
}

type breadthWatch struct{}

func (breadthWatch) read(e *trace.Event, l *letter, law *tally) {
	if l.from == nil || l.Status != 0 || l.Method == sip.CANCEL {
		return
	}
	law.met()
	if n := l.Count(sip.NameMaxBreadth); n != 1 {
		law.broken(e.I, "a %s is forwarded with %d values of Max-Breadth", l.Method, n)
		return
	}
	incoming, known := breadthOf(l.from)
	goes, _ := breadthOf(l)
	if l.of != nil && l.of.upstream != nil {
		goes = 0
		for _, b := range l.of.upstream.branches {
			if n, ok := breadthOf(b.request); ok && b.pending() {
				goes += n
			}
		}
	}
	if known && goes > incoming {
		law.broken(e.I, "a %s goes out with Max-Breadth %d in all, and came with %d", l.Method, goes, incoming)
	}
}

func breadthOf(l *letter) (int, bool) {
	n, err := strconv.Atoi(l.Get(sip.NameMaxBreadth))
	return n, err == nil && n >= 0
}
