package sim

import (
	"net/netip"
	"strconv"

	"siplab/netem"
	"siplab/sim/sip"
	"siplab/sim/trace"
)

// flight is a packet as the trace knows it, with the event that sent it. The
// network carries a pointer to it.
type flight struct {
	packet trace.Packet
	event  int32 // of the send, or of the duplication that made the copy
}

const flightsAtOnce = 256

// newFlight takes the next flight of the present slab. A slab is never used
// again: the trace keeps pointers into it.
func (w *World) newFlight() *flight {
	if len(w.flights) == cap(w.flights) {
		w.flights = make([]flight, 0, flightsAtOnce)
	}
	w.flights = w.flights[:len(w.flights)+1]
	return &w.flights[len(w.flights)-1]
}

// letter is a message on its way out: its bytes, and what the trace says of it.
type letter struct {
	raw    string
	dst    netip.AddrPort
	method string // of a response, the CSeq method
	status int
	cseq   uint32
	callID string
	fields []sip.Field   // where origins may be read; nil for what is sent again
	again  *trace.Packet // what it repeats; nil: the transaction knows
}

// letterOf prints m once. That string is what the network carries, what the
// receiver parses and what the trace keeps.
func (w *World) letterOf(m *sip.Message, dst netip.AddrPort) letter {
	w.out = m.AppendTo(w.out[:0])
	return letterAs(m, string(w.out), dst)
}

// letterAs is for a message that has been printed.
func letterAs(m *sip.Message, raw string, dst netip.AddrPort) letter {
	cseq := m.CSeq()
	return letter{
		raw: raw, dst: dst, status: m.Status, method: cseq.Method,
		cseq: cseq.Seq, callID: m.CallID(), fields: m.Fields,
	}
}

// letterAgain is for bytes that a transaction has sent before.
func letterAgain(as *trace.Packet, dst netip.AddrPort) letter {
	return letter{raw: as.Raw, dst: dst, method: as.Method, status: as.Status, cseq: as.CSeq, callID: as.CallID}
}

// send gives the letter to the network and notes what became of it. x is the
// transaction that it belongs to, nil for none.
func (w *World) send(h *host, x *txn, l *letter, cause int32) *trace.Packet {
	f := w.newFlight()
	fates := w.net.Send(h.addr, l.dst, l.raw, f)
	sent := fates[0].Packet
	original := sent.N
	if sent.CopyOf != 0 {
		original = sent.CopyOf
	}
	w.labels++
	f.packet = trace.Packet{
		N: original, Label: "F" + strconv.Itoa(w.labels), From: h.id, To: trace.HostID(sent.To),
		Src: h.addr, Dst: l.dst, Transport: "udp", Raw: l.raw,
		Method: l.method, Status: l.status, CSeq: l.cseq, CallID: l.callID,
	}
	if l.again == nil {
		l.again = x.before(l.raw)
	}
	if l.again != nil {
		f.packet.Again, f.packet.Timer = l.again.Label, w.firing
	}
	x.remember(&f.packet)
	if x != nil && x.tx.Packet == 0 {
		x.tx.Packet = f.packet.N
	}
	e := w.event(trace.Send, h.id, cause)
	e.Packet = &f.packet
	if x != nil {
		e.Txn = x.tx.ID
	}
	if w.Origins {
		e.Origins = origins(l.fields)
	}
	f.event = w.emit(e)
	w.noteFates(fates, f.event)
	w.passedGates(sent, f.event)
	return &f.packet
}

// noteFates records what the network decided. That a packet is copied is said
// before what becomes of it.
func (w *World) noteFates(fates []netem.Fate, cause int32) {
	for i := range fates {
		if f := &fates[i]; f.Kind == netem.Duplicates {
			cause = w.verdict(f, f.Packet.Note.(*flight), cause)
		}
	}
	for i := range fates {
		w.noteFate(&fates[i], cause)
	}
}

// verdict records one decision about a packet.
func (w *World) verdict(fate *netem.Fate, of *flight, cause int32) int32 {
	e := w.event(trace.Verdict, of.packet.From, cause)
	e.Packet, e.Name, e.After, e.Text = &of.packet, fate.Kind.String(), fate.Delay, fate.Why
	return w.emit(e)
}

func (w *World) noteFate(fate *netem.Fate, cause int32) {
	p := fate.Packet
	f := p.Note.(*flight)
	if fate.Kind == netem.Duplicates {
		f = w.copyOf(f, p)
		e := w.event(trace.Duplicate, f.packet.From, cause)
		e.Packet, e.Text = &f.packet, fate.Why
		f.event = w.emit(e)
		return
	}
	cause = w.verdict(fate, f, cause)
	switch fate.Kind {
	case netem.Loses:
		w.lose(f, cause, fate.Why)
	case netem.Corrupts:
		e := w.event(trace.Corrupt, f.packet.From, cause)
		e.Packet, e.Text = &f.packet, p.Payload
		w.emit(e)
	}
}

// copyOf gives the network's copy of a packet a flight of its own.
func (w *World) copyOf(original *flight, p *netem.Packet) *flight {
	f := w.newFlight()
	f.packet = *original.packet.Copy(p.N)
	p.Note = f
	return f
}

func (w *World) lose(f *flight, cause int32, why string) {
	e := w.event(trace.Lose, f.packet.From, cause)
	e.Packet, e.Text = &f.packet, why
	w.emit(e)
}

// lostOnArrival is for a packet that found its host down.
func (w *World) lostOnArrival(p *netem.Packet, why string) {
	f := p.Note.(*flight)
	w.lose(f, f.event, why)
}

func origins(fields []sip.Field) []trace.Origin {
	var list []trace.Origin
	for i := range fields {
		f := &fields[i]
		list = append(list, trace.Origin{
			Field: f.Text, Kind: f.Origin.Kind.String(), Ref: f.Origin.Ref, Packet: f.Origin.Packet,
		})
	}
	return list
}
