package player

import (
	"errors"
	"strconv"

	"siplab/sim/fault"
	"siplab/sim/trace"
	"siplab/sim/words"
)

// named is the packet in the words of a fault: 2nd REGISTER from bob to
// biloxi. The network counts what a host sends on a link, repeated messages
// too, and so does this. What comes after a packet does not change its name.
func (r *run) named(p *trace.Packet) (words.Packets, error) {
	switch {
	case p == nil:
		return words.Packets{}, errors.New("no packet has been sent yet")
	case p.CopyOf != 0:
		return words.Packets{}, errors.New("the network made this copy, and a copy has no name: go back to the message itself")
	case p.To == trace.NoHost:
		return words.Packets{}, errors.New("nobody has the address " + p.Dst.String() + ": this packet is lost anyway")
	}
	w := words.Packets{Message: "packet", From: r.HostName(p.From), To: r.HostName(p.To)}
	f := r.facts(p)
	switch {
	case f.Status != 0:
		w.Message, w.For = strconv.Itoa(f.Status), f.CSeqMethod
	case f.Method != "":
		w.Message = f.Method
	}
	w.Nth = r.count(w, p)
	return w, nil
}

// facts are what a fault sees of a packet.
func (r *run) facts(p *trace.Packet) words.Facts {
	return fault.Facts(p.Raw, r.HostName(p.From), r.HostName(p.To))
}

// count is which one of its sort the packet is.
func (r *run) count(w words.Packets, p *trace.Packet) int {
	n := 0
	for i := range r.Events {
		e := &r.Events[i]
		if e.Kind != trace.Send {
			continue
		}
		if e.Packet.From == p.From && e.Packet.To == p.To && w.Match(r.facts(e.Packet)) {
			n++
		}
		if e.Packet.N == p.N {
			break
		}
	}
	return n
}
