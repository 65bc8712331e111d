package sim

import (
	"fmt"
	"slices"
	"strings"

	"siplab/sim/sip"
	"siplab/sim/trace"
)

// mail is a message in a stream, by which the other end's trace knows it
// again. Nothing of it is on the wire.
type mail struct {
	flight *flight
	end    uint64 // how many bytes were written with it
	met    bool   // it has arrived or is lost
}

// posted is what becomes of a message if the connection fails.
type posted struct {
	end   uint64
	txn   int32
	raw   string
	large bool // sent over TCP for its size alone
}

// unsure are the messages that the other end has not acknowledged.
func (s *stream) unsure() []posted {
	acked := s.conn.Acked()
	i := slices.IndexFunc(s.written, func(p posted) bool { return p.end > acked })
	if i < 0 {
		return nil
	}
	return s.written[i:]
}

// write gives the letter to the connection that is there for it, or to a new
// one; nil where there can be none.
func (w *World) write(h *host, x *txn, l *letter, cause int32) *trace.Packet {
	s := l.way.stream
	if s == nil || !s.conn.Open() {
		if s = w.connect(h, l.way, cause); s == nil {
			return nil
		}
	}
	x.use(s)
	n := s.conn.Write(l.raw)
	f := w.newFlight()
	f.packet = trace.Packet{
		N: n, Label: w.label(), From: h.id, To: trace.HostID(w.net.HostOf(l.way.to.Addr())),
		Src: s.conn.Local, Dst: s.conn.Remote, Transport: s.by.String(), Raw: l.raw,
		Method: l.method, Status: l.status, CSeq: l.cseq, CallID: l.callID,
	}
	w.sent(h, x, l, f, cause)
	p := posted{end: s.conn.Written(), raw: l.raw, large: l.way.large}
	if x != nil {
		p.txn = x.tx.ID
	}
	s.written = append(append(s.written[:0], s.unsure()...), p)
	s.mail = append(s.mail, mail{flight: f, end: p.end})
	s.cause, s.touched = f.event, w.Now()
	return &f.packet
}

// read takes what has come, and the messages that end in it.
func (w *World) read(s *stream) {
	b := s.conn.Read()
	s.came += uint64(len(b))
	switch {
	case s.deaf:
		w.loseMail(s.other, notFramed)
		return
	case s.ended: // RFC 9293 §3.6.1: nobody is there to read
		s.conn.Reset()
		return
	}
	s.framer.Write(b)
	for !s.ended {
		text, ok, err := s.framer.Next()
		w.pong(s)
		if err != nil {
			w.unframed(s, text, err)
			return
		}
		if !ok {
			w.awaitEnd(s)
			return
		}
		w.unwatch(&s.limit)
		s.touched = w.Now()
		if f := w.takeMail(s, text); f != nil {
			w.take(s.host, f, &inbound{raw: text, src: s.conn.Remote, stream: s})
		} else {
			w.note(s.host.id, s.cause, "RFC 3261 §18.4", "dropped: its sender had been told that it was lost")
		}
	}
}

const notFramed = "nobody can tell where a message begins in this stream"

// pong answers keep-alives. RFC 5626 §5.4: "When a server receives a double
// CRLF sequence between SIP messages on a connection-oriented transport such as
// TCP or SCTP, it MUST immediately respond with a single CRLF over the same
// connection."
func (w *World) pong(s *stream) {
	for ; s.pongs < s.framer.Pings; s.pongs++ {
		if s.conn.Write("\r\n") != 0 {
			w.note(s.host.id, s.cause, "RFC 5626 §5.4", fmt.Sprintf("a keep-alive on %s is answered", s))
		}
	}
}

// awaitEnd is for a stream that has no whole message. A half one gets a limit.
func (w *World) awaitEnd(s *stream) {
	w.keptAlive(s)
	switch {
	case s.framer.Held() == 0:
		w.unwatch(&s.limit)
	case s.limit == noTimer:
		t := timer{duty: streamDuty, host: s.host, stream: s, name: "message", cause: s.cause}
		s.limit = w.start(t, w.Now()+w.unfinished())
	}
}

// framed is how many bytes of the stream were line ends and whole messages.
func (s *stream) framed() uint64 { return s.came - uint64(s.framer.Held()) }

// keptAlive notes the arrival of what had no message in it, only line ends.
func (w *World) keptAlive(s *stream) {
	if s.other == nil {
		return
	}
	w.emptyMail(s, s.other, s.framed())
}

func (w *World) emptyMail(s, from *stream, upTo uint64) {
	for len(from.mail) > 0 && from.mail[0].end <= upTo {
		m := from.mail[0]
		from.mail = slices.Delete(from.mail, 0, 1)
		if !m.met {
			w.arrived(s.host, m.flight, nil)
		}
	}
}

// takeMail finds the message that was framed among those that were written:
// the one in which it begins. Where a Content-Length lies, it is not what was
// written: the trace has it as bytes that were changed, with the rest as a
// copy, or another message as lost in it. It is nil for one that was given up
// by its sender before.
func (w *World) takeMail(s *stream, text string) *flight {
	from, end := s.other, s.framed()
	w.emptyMail(s, from, end-uint64(len(text)))
	m := &from.mail[0]
	f, whole := m.flight, m.end == end
	if m.met {
		return nil
	}
	if m.end > end {
		m.flight = w.restOf(f)
	} else {
		m.met = true
	}
	if !whole || !strings.HasSuffix(f.packet.Raw, text) {
		e := w.event(trace.Corrupt, f.packet.From, f.event)
		e.Packet, e.Text = &f.packet, text
		w.emit(e)
	}
	for len(from.mail) > 0 && from.mail[0].end <= end {
		if m := from.mail[0]; !m.met {
			w.lose(m.flight, m.flight.event, "taken for the body of another message")
		}
		from.mail = slices.Delete(from.mail, 0, 1)
	}
	return f
}

// restOf is what is left of a message that its Content-Length ends too soon.
func (w *World) restOf(of *flight) *flight {
	f := w.newFlight()
	f.packet = *of.packet.Copy(w.net.Number())
	e := w.event(trace.Duplicate, f.packet.From, of.event)
	e.Packet, e.Text = &f.packet, "the rest of it, after the end that its Content-Length gives it"
	f.event = w.emit(e)
	return f
}

// loseMail is for a stream whose messages cannot come out any more.
func (w *World) loseMail(s *stream, why string) {
	if s == nil {
		return
	}
	for i := range s.mail {
		if m := &s.mail[i]; !m.met {
			m.met = true
			w.lose(m.flight, m.flight.event, why)
		}
	}
}

// unframed is for a stream that has come to what is no message. A request is
// told so, then the connection is closed (RFC 3261 §18.3, §20.14).
func (w *World) unframed(s *stream, head string, err error) {
	s.deaf = true
	flaw, _ := err.(*sip.Problem)
	w.note(s.host.id, s.cause, flaw.Section, fmt.Sprintf("%s is closed, as %s: %s", s, notFramed, flaw.Text))
	w.emptyMail(s, s.other, s.framed())
	if m := &s.other.mail[0]; !m.met {
		m.met = true
		w.take(s.host, m.flight, &inbound{raw: head, src: s.conn.Remote, stream: s, flaw: flaw})
	}
	s.conn.Close()
	w.part(s, notFramed)
}
