package law

import "siplab/sim/trace"

var sources = Law{
	ID:    "sources",
	Text:  "nothing arrives that nobody sent: the same bytes, unless the network corrupted them, from the same address, at the host they were sent to",
	watch: func() any { return &sourcesWatch{sent: map[int32]*trace.Packet{}} },
}

// sourcesWatch keeps what was sent and has not met its fate.
type sourcesWatch struct{ sent map[int32]*trace.Packet }

func (s *sourcesWatch) event(e *trace.Event, law *tally) {
	if e.Packet == nil {
		return
	}
	p, known := s.sent[e.Packet.N]
	switch e.Kind {
	case trace.Send:
		s.sent[e.Packet.N] = e.Packet
		if e.Packet.From != e.Host {
			law.broken(e.I, "packet %d is sent by one host in the name of another", e.Packet.N)
		}
	case trace.Duplicate:
		s.copied(e, law)
	case trace.Arrive:
		if law.met(); !known {
			law.broken(e.I, "packet %d arrives, and nobody sent it", e.Packet.N)
			return
		}
		s.compare(e, p, law)
		delete(s.sent, e.Packet.N)
	case trace.Lose:
		delete(s.sent, e.Packet.N)
	}
}

// copied takes a copy that the network made. Its original may have met its
// fate already; the network makes copies while it decides, so before that.
func (s *sourcesWatch) copied(e *trace.Event, law *tally) {
	original, known := s.sent[e.Packet.CopyOf]
	if !known {
		law.broken(e.I, "packet %d is a copy of packet %d, which is not in flight", e.Packet.N, e.Packet.CopyOf)
	} else {
		s.compare(e, original, law)
	}
	s.sent[e.Packet.N] = e.Packet
}

// compare holds the packet of e against what was sent. A corrupted packet has
// its new bytes in the corrupt event alone; Raw stays what was sent.
func (s *sourcesWatch) compare(e *trace.Event, sent *trace.Packet, law *tally) {
	p := e.Packet
	switch {
	case p.Raw != sent.Raw:
		law.broken(e.I, "packet %d has other bytes than were sent", p.N)
	case p.Src != sent.Src || p.Dst != sent.Dst || p.From != sent.From || p.To != sent.To:
		law.broken(e.I, "packet %d has other addresses than it was sent with", p.N)
	case e.Kind == trace.Arrive && e.Host != sent.To:
		law.broken(e.I, "packet %d arrives at a host that it was not sent to", p.N)
	}
}
