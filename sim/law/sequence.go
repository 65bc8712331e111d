package law

import (
	"siplab/sim/sip"
	"siplab/sim/trace"
)

// sequence is §12.2.1.1: "Requests within a dialog MUST contain strictly
// monotonically increasing and contiguous CSeq sequence numbers
// (increasing-by-one) in each direction (excepting ACK and CANCEL of course,
// whose numbers equal the requests being acknowledged or cancelled)."
var sequence = Law{
	ID:      "sequence",
	Text:    "the CSeq number rises with each request inside a dialog, in each direction, but for ACK and CANCEL",
	Section: "RFC 3261 §12.2.1.1",
	watch:   func() any { return &sequenceWatch{} },
}

// side is one direction of a dialog, from the one who sends: its own tag, and
// the far end's, "" before there is one.
type side struct{ local, remote string }

// speaker is who sends in a direction: what somebody else sends in its name does
// not count.
type speaker struct {
	host trace.HostID
	side
}

// sequenceWatch keeps the last CSeq number of each side of the calls that go
// on.
type sequenceWatch struct{ book[map[speaker]uint32] }

func (s *sequenceWatch) event(e *trace.Event, _ *tally) { s.book.event(e) }

func (s *sequenceWatch) read(e *trace.Event, l *letter, law *tally) {
	s.number(e, l, law)
	s.book.read(e, l)
}

// number looks at a request where it is made: further on it has more than one
// Via.
func (s *sequenceWatch) number(e *trace.Event, l *letter, law *tally) {
	if e.Kind != trace.Send || e.Packet.Again != "" || !l.IsRequest() || l.Method == sip.CANCEL || l.Count(sip.NameVia) != 1 {
		return
	}
	local, remote := l.tags()
	if l.Method == sip.INVITE && remote == "" {
		s.outside(l, speaker{e.Host, side{local, ""}})
		return
	}
	last := s.look(l.CallID())
	if last == nil || remote == "" {
		return
	}
	this, seq := speaker{e.Host, side{local, remote}}, l.CSeq().Seq
	before, known := (*last)[this]
	if l.Method == sip.ACK {
		if e.Txn == 0 && !known { // it has the number of the INVITE
			(*last)[this] = seq
		}
		return
	}
	if !known {
		before, known = (*last)[speaker{e.Host, side{local, ""}}]
	}
	if known && e.Txn != 0 {
		if law.met(); seq <= before {
			law.broken(e.I, "a %s has CSeq number %d, after a request with %d in the same direction", l.Method, seq, before)
		}
	}
	(*last)[this] = max(before, seq)
}

// outside notes the number of an INVITE outside of a dialog, the first where it
// is tried again: a far end without a tag gets its re-INVITEs in the same form.
func (s *sequenceWatch) outside(l *letter, by speaker) {
	last := s.note(l.CallID())
	if *last == nil {
		*last = map[speaker]uint32{}
	}
	if _, known := (*last)[by]; !known {
		(*last)[by] = l.CSeq().Seq
	}
}
