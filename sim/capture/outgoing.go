package capture

import (
	"net/netip"
	"strings"

	"siplab/sim/trace"
)

// way is one direction of a connection.
type way struct{ src, dst netip.AddrPort }

func (w way) back() way { return way{w.dst, w.src} }

// streams are the messages that were written to connections and their places
// in the segments.
type streams struct {
	cut bool // the trace has the segments
	by  map[way]*outgoing
}

// outgoing is one direction of a connection.
type outgoing struct {
	written []written
	next    uint32              // the sequence number after the last segment
	labels  map[uint32][]string // of the messages in the segment that begins there
}

// written is a message, or what is left of one, that no segment has carried
// yet.
type written struct{ label, rest string }

func (s *streams) way(p *trace.Packet) *outgoing {
	w := way{p.Src, p.Dst}
	o := s.by[w]
	if o == nil {
		o = &outgoing{next: 1, labels: map[uint32][]string{}}
		s.by[w] = o
	}
	return o
}

// mss is how many bytes of a stream go into a segment that is made here.
const mss = 1460

// write takes in a message of a stream. Where the trace has no segments, as one
// that was read from a capture, they are made.
func (g *gather) write(e *trace.Event) {
	o := g.streams.way(e.Packet)
	if g.streams.cut {
		o.written = append(o.written, written{labelled(e.Packet), e.Packet.Raw})
		return
	}
	back := g.streams.by[way{e.Packet.Src, e.Packet.Dst}.back()]
	for rest := e.Packet.Raw; rest != ""; {
		n := min(mss, len(rest))
		f := g.add(e)
		f.segment, f.seq, f.ack, f.flags, f.payload = true, o.next, 1, "PSH ACK", rest[:n]
		if back != nil {
			f.ack = back.next
		}
		f.say(labelled(e.Packet))
		f.came = e.At
		rest, o.next = rest[n:], o.next+uint32(n)
	}
}

// carried are the labels of the messages of which a segment has bytes.
func (s *streams) carried(e *trace.Event) []string {
	o := s.way(e.Packet)
	switch {
	case strings.Contains(e.Name, "SYN"):
		*o = outgoing{next: e.Seq + 1, labels: map[uint32][]string{}, written: o.written}
		return nil
	case e.Packet.Raw == "":
		return nil
	case e.Seq != o.next:
		return o.labels[e.Seq]
	}
	o.next += uint32(len(e.Packet.Raw))
	labels := o.take(e.Packet.Raw)
	o.labels[e.Seq] = labels
	return labels
}

// take takes new bytes of the stream off the messages that were written. What
// is of no message are the line ends that answer a keep-alive.
func (o *outgoing) take(data string) (labels []string) {
	for data != "" && len(o.written) > 0 {
		head := &o.written[0]
		n := min(len(data), len(head.rest))
		if data[:n] != head.rest[:n] {
			data = data[1:]
			continue
		}
		labels = append(labels, head.label)
		data, head.rest = data[n:], head.rest[n:]
		if head.rest == "" {
			o.written = o.written[1:]
		}
	}
	return labels
}
