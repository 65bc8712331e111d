package diagrams

import "siplab/sim/trace"

// tap reads an event as it is seen at one host, as a capture there would have
// it: packets when they leave that host or arrive there, never what becomes of
// them elsewhere; and what happens at the host itself.
func (r *reader) tap(e *trace.Event, host trace.HostID) {
	if e.Kind == trace.Send && e.Packet != nil {
		r.names[e.Packet.N] = e.Packet.Label // a copy of it may pass
	}
	switch {
	case e.Packet == nil:
		if e.Host == host {
			r.whole(e)
		}
	case e.Kind == trace.Corrupt, e.Kind == trace.Segment:
		r.whole(e)
	case e.Kind == trace.Send && e.Packet.From == host, e.Kind == trace.Arrive && e.Packet.To == host:
		r.leave(e)
		r.end(e, arrived)
	}
}

// chooseTapped sets the lifelines of a host and of those that it exchanges
// packets with.
func (l *Ladder) chooseTapped(tr *trace.Trace, host trace.HostID) {
	met := make([]bool, len(tr.Hosts))
	met[host] = true
	for i := range tr.Events {
		p := tr.Events[i].Packet
		if p == nil || p.From != host && p.To != host {
			continue
		}
		for _, other := range [...]trace.HostID{p.From, p.To} {
			if other >= 0 && int(other) < len(met) {
				met[other] = true
			}
		}
	}
	for id := range met {
		if met[id] {
			l.addHost(&tr.Header, trace.HostID(id))
		}
	}
}
