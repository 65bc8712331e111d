package law

import (
	"slices"
	"strings"

	"siplab/sim/sip"
	"siplab/sim/trace"
)

// exchange is what is known of a transaction while it runs. What a message
// does to it is noted once all laws have read that message.
type exchange struct {
	id          txn
	server      bool
	request     *letter // as it was first sent, or came
	provisional int     // the last provisional response that it sent, or that came; 0: none
	final       int     // the first final response; 0: none
	answered    bool    // a response had a body, which answers an offer
	messages    int     // that it sent, repeats left out
	repeats     int     // of them
	came        int     // messages that came for it

	// At a proxy a client transaction stands in the response context of a
	// server transaction (RFC 3261 §16.7).
	upstream *exchange
	branches []*exchange
	answers  []*letter // failures that the branches brought
	key      branchKey
}

// pending says whether a branch has no final response yet.
func (x *exchange) pending() bool { return x.final == 0 }

// waits says whether a branch of it, but for one, has no final response yet.
func (x *exchange) waits(but *exchange) bool {
	return slices.ContainsFunc(x.branches, func(b *exchange) bool { return b != but && b.pending() })
}

// ledger is what several laws have to know of a run: the transactions that run
// at each host, and at a proxy which of them belong together.
type ledger struct {
	mail
	legs   legs
	unread bool // what has arrived now is no SIP message
	header *trace.Header
	kinds  []kind // by host
	live   map[txn]*exchange
	by     map[branchKey]*exchange
	idle   []*exchange // to be used again
}

// begin forgets the run before, and uses its memory again.
func (g *ledger) begin(h *trace.Header) {
	if g.live == nil {
		g.live, g.by = map[txn]*exchange{}, map[branchKey]*exchange{}
	}
	clear(g.live)
	clear(g.by)
	g.mail.begin()
	*g = ledger{header: h, live: g.live, by: g.by, idle: g.idle, kinds: g.kinds[:0], mail: g.mail}
	for i := range h.Hosts {
		g.kinds = append(g.kinds, kindOf(&h.Hosts[i]))
	}
}

func (g *ledger) kindOf(h trace.HostID) kind {
	if h < 0 || int(h) >= len(g.kinds) {
		return isAgent
	}
	return g.kinds[h]
}

// open is the message of an event, with its place in the ledger.
func (g *ledger) open(e *trace.Event) *letter {
	l := g.mail.open(e)
	g.unread = l == nil && e.Kind == trace.Arrive
	if l == nil {
		return nil
	}
	l.by = g.kindOf(e.Host)
	l.bound = l.by != isScript
	if e.Txn != 0 {
		l.of = g.live[txnOf(e)]
		if l.of == nil && l.IsRequest() {
			l.of = g.enter(e, l)
		}
	}
	if l.of != nil && l.of.upstream != nil {
		l.context = l.of.upstream.id
	}
	if l.by == isProxy && e.Kind == trace.Send {
		l.from = g.origin(e, l)
	}
	return l
}

// enter begins the page of a transaction with its request.
func (g *ledger) enter(e *trace.Event, l *letter) *exchange {
	var x *exchange
	if n := len(g.idle); n > 0 {
		x = g.idle[n-1]
		g.idle = g.idle[:n-1]
	} else {
		x = new(exchange)
	}
	x.id, x.server, x.request = txnOf(e), e.Kind == trace.Arrive, l
	l.kept = true
	g.live[x.id] = x
	if l.keyed {
		x.key = l.key
		g.by[x.key] = x
	}
	if l.by == isProxy && !x.server {
		if up := g.by[below(e, l)]; up != nil {
			x.upstream = up
			up.branches = append(up.branches, x)
		}
	}
	return x
}

// below is the server transaction of the request that a proxy passes on: its
// branch is that of the second Via.
func below(e *trace.Event, l *letter) branchKey {
	second, n := "", 0
	for value := range l.Values(sip.NameVia) {
		if n++; n == 2 {
			second = value
			break
		}
	}
	v, err := sip.ParseVia(second)
	if n < 2 || err != nil {
		return branchKey{}
	}
	method := l.Method
	if method == sip.ACK {
		method = sip.INVITE
	}
	return branchKey{e.Host, true, v.Branch(), strings.ToLower(v.SentBy()), method}
}

// origin is the message that a proxy passes on, as it came; nil where it sends
// one of its own.
func (g *ledger) origin(e *trace.Event, l *letter) *letter {
	last := g.arrived
	here := last != nil && last.host == e.Host && last.IsRequest() == l.IsRequest()
	switch {
	case l.Method == sip.ACK && l.of != nil: // of a failure, and the transaction's own
		return nil
	case l.IsRequest() && l.of != nil && l.of.upstream != nil:
		return l.of.upstream.request
	case l.IsRequest():
		if here && l.of == nil && last.Method == l.Method && l.Count(sip.NameVia) > 1 && below(e, l) == topOf(e, last) {
			return last
		}
		return nil
	}
	_, tag := l.tags()
	if here && last.Status == l.Status && sameTag(last, tag) && (l.of == nil || last.context == l.of.id) {
		return last
	}
	if l.of != nil {
		for _, a := range l.of.answers {
			if a.Status == l.Status && sameTag(a, tag) {
				return a
			}
		}
	}
	return nil
}

func topOf(e *trace.Event, l *letter) branchKey {
	v, _ := l.Via()
	method := l.Method
	if method == sip.ACK {
		method = sip.INVITE
	}
	return branchKey{e.Host, true, v.Branch(), strings.ToLower(v.SentBy()), method}
}

func sameTag(l *letter, tag string) bool {
	_, own := l.tags()
	return own == tag
}

// note writes down what a message did to its transaction and to its dialog.
func (g *ledger) note(e *trace.Event, l *letter) {
	g.legs.note(e, l)
	x := l.of
	if x == nil {
		return
	}
	switch {
	case e.Kind == trace.Arrive:
		x.came++
	case e.Packet.Again != "":
		x.repeats++
	default:
		x.messages++
	}
	if !l.IsRequest() && x.server == (e.Kind == trace.Send) {
		x.respond(l)
	}
}

// respond notes a response that a server transaction sends, or that comes to a
// client transaction.
func (x *exchange) respond(l *letter) {
	x.answered = x.answered || l.Body != ""
	switch {
	case l.Status < 200:
		x.provisional = l.Status
	case x.final == 0:
		x.final = l.Status
		if x.upstream != nil && l.Status >= 300 {
			l.kept = true
			x.upstream.answers = append(x.upstream.answers, l)
		}
	}
}

// event closes the page of a transaction that ends.
func (g *ledger) event(e *trace.Event) {
	g.legs.event(e)
	if e.Kind != trace.State || e.Txn == 0 || e.To != "Terminated" {
		return
	}
	x := g.live[txnOf(e)]
	if x == nil {
		return
	}
	delete(g.live, x.id)
	if g.by[x.key] == x {
		delete(g.by, x.key)
	}
	if up := x.upstream; up != nil {
		up.drop(x)
	}
	for _, b := range x.branches {
		b.upstream = nil
	}
	g.release(x.request)
	for _, l := range x.answers {
		g.release(l)
	}
	*x = exchange{branches: x.branches[:0], answers: x.answers[:0]}
	g.idle = append(g.idle, x)
}

// drop takes a branch out of a response context.
func (x *exchange) drop(b *exchange) {
	for i := range x.branches {
		if x.branches[i] == b {
			x.branches = append(x.branches[:i], x.branches[i+1:]...)
			return
		}
	}
}
