package law

import (
	"slices"
	"strings"

	"siplab/sim/sip"
	"siplab/sim/trace"
)

// leg is a dialog of a call at one of its ends.
type leg struct {
	confirmed bool
	ended     bool     // by a BYE that went out, or that was answered with a 2xx
	route     []string // the route set: URIs
	readable  bool     // each Record-Route could be read
	offers    []txn    // INVITEs and UPDATEs in it, of either end
}

// legs are the dialogs of the calls that go on, at each user agent.
type legs struct{ book[map[speaker]*leg] }

// find is the dialog in which a user agent sends a request, or gets one; nil
// where it has none.
func (s *legs) find(callID string, who speaker) *leg {
	if dialogs := s.look(callID); dialogs != nil {
		return (*dialogs)[who]
	}
	return nil
}

// note writes down what a message does to the dialog that it belongs to.
func (s *legs) note(e *trace.Event, l *letter) {
	if l.by != isAgent {
		return
	}
	seq := l.CSeq()
	switch {
	case l.Status > 100 && l.Status < 300 && l.of != nil && seq.Method == sip.INVITE:
		s.establish(e, l)
	case l.Method == sip.BYE && e.Kind == trace.Send:
		from, to := l.tags()
		s.end(l.CallID(), speaker{e.Host, side{from, to}})
	case isSuccess(l.Status) && seq.Method == sip.BYE && e.Kind == trace.Send:
		from, to := l.tags()
		s.end(l.CallID(), speaker{e.Host, side{to, from}})
	case (l.Method == sip.INVITE || l.Method == sip.UPDATE) && l.of != nil && l.of.request == l:
		if d := s.of(e, l); d != nil {
			d.offers = append(d.offers, l.of.id)
		}
	}
	s.book.read(e, l)
}

// of is the dialog of a request, as this end names it.
func (s *legs) of(e *trace.Event, l *letter) *leg {
	from, to := l.tags()
	if e.Kind == trace.Arrive {
		from, to = to, from
	}
	return s.find(l.CallID(), speaker{e.Host, side{from, to}})
}

func (s *legs) end(callID string, who speaker) {
	if d := s.find(callID, who); d != nil {
		d.ended = true
	}
}

// establish begins a dialog with a response to an INVITE outside of one, or
// confirms it. §12.1.1: "The route set MUST be set to the list of URIs in the
// Record-Route header field from the request, taken in order"; §12.1.2: "from
// the response, taken in reverse order". A 2xx sets it once more (§13.2.2.4).
func (s *legs) establish(e *trace.Event, l *letter) {
	request, server := l.of.request, l.of.server
	from, asked := request.tags()
	_, tag := l.tags()
	if asked != "" || tag == "" || server != (e.Kind == trace.Send) {
		return
	}
	who, recorded := speaker{e.Host, side{from, tag}}, l
	if server {
		who.side, recorded = side{tag, from}, request
	}
	dialogs := s.book.note(request.CallID())
	if *dialogs == nil {
		*dialogs = map[speaker]*leg{}
	}
	d := (*dialogs)[who]
	if d == nil {
		d = &leg{offers: []txn{l.of.id}}
		(*dialogs)[who] = d
	} else if d.confirmed || l.Status < 200 {
		return
	}
	d.confirmed = l.Status >= 200
	d.set(recorded, !server)
}

// set takes the route set.
func (d *leg) set(l *letter, reversed bool) {
	d.route, d.readable = d.route[:0], true
	for value := range l.Values(sip.NameRecordRoute) {
		a, err := sip.ParseNameAddr(value)
		d.readable = d.readable && err == nil
		d.route = append(d.route, a.URI)
	}
	if reversed {
		slices.Reverse(d.route)
	}
}

// loose says whether the first of the route set leaves the Request-URI alone
// (§12.2.1.1).
func (d *leg) loose() bool {
	return len(d.route) == 0 || strings.Contains(strings.ToLower(d.route[0]), ";lr")
}

// under is an INVITE or UPDATE that is under way in the dialog in which a user
// agent sends another now, and of which is holds; nil for none. Where it sends
// one in a dialog at all, the law that asks is met.
func (g *ledger) under(e *trace.Event, l *letter, law *tally, is func(*exchange) bool) *exchange {
	if l.Method != sip.INVITE && l.Method != sip.UPDATE || !l.asks(e) || e.Packet.Again != "" {
		return nil
	}
	d := g.legs.of(e, l)
	if d == nil {
		return nil
	}
	law.met()
	d.offers = slices.DeleteFunc(d.offers, func(id txn) bool {
		x := g.live[id]
		return x == nil || x.final != 0
	})
	for _, id := range d.offers {
		if x := g.live[id]; x != l.of && is(x) {
			return x
		}
	}
	return nil
}
