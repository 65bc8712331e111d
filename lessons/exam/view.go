package exam

import (
	"bytes"
	"net/netip"

	"siplab/sim/capture"
	"siplab/sim/trace"
)

// View is what a tap at the side of a host captured: messages with their times,
// and nothing of what happened elsewhere or within the host. The packet that
// the candidate's tap missed is not in it.
func (p *Paper) View(tap string) (*trace.Trace, error) {
	seen := *p.run
	if tap == p.Tap {
		seen = p.without(p.unseen)
	}
	var file bytes.Buffer
	if err := capture.Write(&file, &seen, capture.Options{Tap: tap}); err != nil {
		return nil, err
	}
	tr, err := capture.Read(&file, capture.DefaultLimits)
	if err != nil {
		return nil, err
	}
	tr.Title = ""
	p.name(tr)
	return tr, nil
}

// without is the run without the events of a packet.
func (p *Paper) without(packet int32) trace.Trace {
	seen := *p.run
	seen.Events = nil
	for _, e := range p.run.Events {
		if e.Packet == nil || e.Packet.N != packet {
			seen.Events = append(seen.Events, e)
		}
	}
	return seen
}

// name gives the hosts of a capture the names that they have in the run: the
// candidate knows who is who.
func (p *Paper) name(tr *trace.Trace) {
	names := map[netip.Addr]string{}
	for _, h := range p.run.Hosts {
		for _, a := range h.Addrs {
			names[a.Addr()] = h.Name
		}
	}
	for i := range tr.Hosts {
		h := &tr.Hosts[i]
		for _, a := range h.Addrs {
			if name := names[a.Addr()]; name != "" {
				h.Name, h.Label = name, name
			}
		}
	}
}
