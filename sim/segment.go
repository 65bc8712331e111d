package sim

import (
	"time"

	"siplab/netem"
	"siplab/sim/trace"
)

// segment records that a connection has sent a segment, and what becomes of
// it. All that concerns segments is in events of their own kind, below those of
// the messages.
func (w *World) segment(ev *netem.Event) {
	s := w.streamOf(ev.Conn)
	p, fates := ev.Packet, w.net.Fates()
	head := p.Segment
	f := w.newFlight()
	f.segment = &head
	f.packet = trace.Packet{
		N: p.N, From: s.host.id, To: trace.HostID(p.To),
		Src: p.Src, Dst: p.Dst, Transport: s.by.String(), Raw: p.Payload,
	}
	for i := range fates {
		fates[i].Packet.Note = f
	}
	cause, op := s.cause, "send"
	if ev.Again {
		cause, op = s.last, "repeat"
	}
	f.event = w.noteSegment(f, op, 0, "", cause)
	if p.Payload != "" || head.Flags&(netem.SYN|netem.FIN) != 0 {
		s.last = f.event
	}
	w.noteFates(fates, f.event)
	w.passedGates(p, f.event)
}

// noteSegment records what happens to a segment.
func (w *World) noteSegment(f *flight, op string, after time.Duration, why string, cause int32) int32 {
	e := w.event(trace.Segment, f.packet.From, cause)
	e.Packet, e.Op, e.After, e.Text = &f.packet, op, after, why
	e.ID, e.Seq, e.Ack = f.segment.Conn, f.segment.Seq, f.segment.Ack
	e.Code = int32(len(f.packet.Raw))
	e.Name = f.segment.Flags.String()
	return w.emit(e)
}

// arriveSegment notes by which segment the next thing on a connection comes.
func (w *World) arriveSegment(ev *netem.Event) {
	f := ev.Packet.Note.(*flight)
	if ev.Conn != nil {
		w.streamOf(ev.Conn).cause = f.event
	}
	w.arrivedGates(ev.Packet, f.event)
}
