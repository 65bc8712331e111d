package law

import (
	"iter"
	"net/netip"
	"slices"
	"strings"

	"siplab/sim/sip"
	"siplab/sim/trace"
)

// loop is RFC 5393 §4.1: "When a SIP proxy forks a particular request to more
// than one location, it MUST ensure that request is not looping through this
// proxy." One that forwards to a single location may leave that out, so the law
// speaks at the second branch.
var loop = Law{
	ID:      "loop",
	Text:    "a proxy does not fork a request that it has forked before, with the same Request-URI and Route",
	Section: "RFC 5393 §4.1, RFC 5393 §4.2.2",
	watch:   func() any { return &loopWatch{} },
}

type loopWatch struct{ ledger *ledger }

func (w *loopWatch) look(g *ledger) { w.ledger = g }

func (w *loopWatch) read(e *trace.Event, l *letter, law *tally) {
	if l.from == nil || l.of == nil || l.Status != 0 || !forks(l.of) || l.from.Count(sip.NameVia) < 2 {
		return
	}
	own := w.ledger.header.Hosts[e.Host].Addrs
	for value := range l.from.Values(sip.NameVia) {
		if !slices.ContainsFunc(own, func(a netip.AddrPort) bool { return strings.Contains(value, a.Addr().String()) }) {
			continue
		}
		before := w.sent(e, value, l.Method)
		if before == nil || before == l.of || !forks(before) {
			continue
		}
		if law.met(); sameWay(before.upstream.request, l.from) {
			law.broken(e.I, "a %s to %s is forked that was forked here before", l.Method, l.from.URI)
			return
		}
	}
}

// forks says whether a client transaction of a proxy is one of several branches.
func forks(x *exchange) bool { return x.upstream != nil && len(x.upstream.branches) > 1 }

// sent is the client transaction of this proxy that has a Via.
func (w *loopWatch) sent(e *trace.Event, value, method string) *exchange {
	v, err := sip.ParseVia(value)
	if err != nil {
		return nil
	}
	x := w.ledger.by[branchKey{e.Host, false, v.Branch(), strings.ToLower(v.SentBy()), method}]
	if x == nil || x.upstream == nil {
		return nil
	}
	return x
}

// sameWay says whether nothing that routes a request has changed.
func sameWay(a, b *letter) bool {
	if a.URI != b.URI {
		return false
	}
	next, stop := iter.Pull(b.Values(sip.NameRoute))
	defer stop()
	for route := range a.Values(sip.NameRoute) {
		if other, ok := next(); !ok || other != route {
			return false
		}
	}
	_, more := next()
	return !more
}
