package sim

import (
	"strconv"

	"siplab/netem"
	"siplab/sim/sip"
	"siplab/sim/trace"
)

// flight is a packet as the trace knows it, with the event that sent it. The
// network carries a pointer to it.
type flight struct {
	packet  trace.Packet
	event   int32          // of the send, or of the duplication that made the copy
	segment *netem.Segment // nil: a message
}

// A run of a few packets should not pay for a slab of many.
const (
	fewFlights  = 16
	manyFlights = 256
)

// newFlight takes the next flight of the present slab. A run uses no slab again:
// the trace keeps pointers into it.
func (w *World) newFlight() *flight {
	if len(w.flights) == cap(w.flights) {
		w.flights = make([]flight, 0, min(max(fewFlights, 2*cap(w.flights)), manyFlights))
	}
	w.flights = w.flights[:len(w.flights)+1]
	return &w.flights[len(w.flights)-1]
}

// letter is a message on its way out: its bytes, and what the trace says of it.
type letter struct {
	raw    string
	way    way
	method string // of a response, the CSeq method
	status int
	cseq   uint32
	callID string
	fields []sip.Field   // where origins may be read; nil for what is sent again
	again  *trace.Packet // what it repeats; nil: the transaction knows
}

// letterOf prints m once. That string is what the network carries, what the
// receiver parses and what the trace keeps.
func (w *World) letterOf(m *sip.Message, to way) letter {
	w.out = m.AppendTo(w.out[:0])
	return letterAs(m, string(w.out), to)
}

// letterAs is for a message that has been printed.
func letterAs(m *sip.Message, raw string, to way) letter {
	cseq := m.CSeq()
	method := cseq.Method
	if m.IsRequest() {
		method = m.Method
	}
	return letter{
		raw: raw, way: to, status: m.Status, method: method,
		cseq: cseq.Seq, callID: m.CallID(), fields: m.Fields,
	}
}

// letterAgain is for bytes that a transaction has sent before.
func letterAgain(as *trace.Packet, to way) letter {
	return letter{raw: as.Raw, way: to, method: as.Method, status: as.Status, cseq: as.CSeq, callID: as.CallID}
}

// send gives the letter to the network and notes what became of it. x is the
// transaction that it belongs to, nil for none. It is nil where there is no
// connection and none can be opened.
func (w *World) send(h *host, x *txn, l *letter, cause int32) *trace.Packet {
	if l.way.by.Reliable() {
		return w.write(h, x, l, cause)
	}
	f := w.newFlight()
	fates := w.net.Send(h.addr, l.way.to, l.raw, f)
	sent := fates[0].Packet
	original := sent.N
	if sent.CopyOf != 0 {
		original = sent.CopyOf
	}
	f.packet = trace.Packet{
		N: original, Label: w.label(), From: h.id, To: trace.HostID(sent.To),
		Src: h.addr, Dst: l.way.to, Transport: "udp", Raw: l.raw,
		Method: l.method, Status: l.status, CSeq: l.cseq, CallID: l.callID,
	}
	w.sent(h, x, l, f, cause)
	w.noteFates(fates, f.event)
	w.passedGates(sent, f.event)
	return &f.packet
}

// sent records that a message was sent.
func (w *World) sent(h *host, x *txn, l *letter, f *flight, cause int32) {
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
}

// label is the ladder's name of the next message.
func (w *World) label() string {
	w.labels++
	var room [12]byte
	return string(strconv.AppendInt(append(room[:0], 'F'), int64(w.labels), 10))
}

// noteFates records what the network decided. That a packet is copied is said
// before what becomes of it.
func (w *World) noteFates(fates []netem.Fate, cause int32) {
	for i := range fates {
		f := &fates[i]
		if of := f.Packet.Note.(*flight); f.Kind == netem.Duplicates && of.segment == nil {
			cause = w.verdict(f, of, cause)
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
	if f.segment != nil {
		if fate.Kind == netem.Duplicates {
			f = w.copyOf(f, p)
		}
		w.noteSegment(f, fate.Kind.String(), fate.Delay, fate.Why, cause)
		return
	}
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
	f.packet, f.segment, f.event = *original.packet.Copy(p.N), original.segment, original.event
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
	if f.segment != nil {
		w.noteSegment(f, "lose", 0, why, f.event)
		return
	}
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
