package sim

import (
	"cmp"
	"fmt"
	"maps"
	"net/netip"
	"slices"
	"time"

	"siplab/netem"
	"siplab/sim/sip"
	"siplab/sim/transport"
)

// stream is one end of a connection at a host, with the messages that go over
// it.
type stream struct {
	host   *host
	conn   *netem.Conn
	by     transport.Protocol
	peer   transport.Peer // its place in the host's table
	client transport.Peer // its place among the host's clients
	other  *stream        // the other end, as far as there is one
	open   bool           // the connection was opened
	ended  bool           // out of use

	framer sip.Framer
	came   uint64 // bytes that came
	pongs  int    // pings that were answered
	deaf   bool   // nobody can tell any more where a message begins

	mail    []mail        // written, and not come out at the other end
	written []posted      // written, and not acknowledged
	cause   int32         // the event that what it does next comes from
	last    int32         // the last segment that can be repeated
	users   int           // transactions that go over it
	touched time.Duration // when a message was last sent or received
	timer   int32         // closes it when it is idle
	limit   int32         // ends it when a message does not end
}

const noTimer int32 = -1

// newStream makes the stream of a connection and puts it into the host's table.
func (w *World) newStream(h *host, c *netem.Conn, by transport.Protocol) *stream {
	s := &stream{
		host: h, conn: c, by: by, peer: transport.Peer{At: c.Remote, By: by},
		cause: noCause, last: noCause, touched: w.Now(), timer: noTimer, limit: noTimer,
	}
	s.framer.Limits = &w.limits
	c.Note = s
	return s
}

// join has the stream used: by its peer, and until it is idle.
func (w *World) join(s *stream) {
	s.host.streams.Add(s.peer, s)
	s.host.open = append(s.host.open, s)
	w.awaitIdle(s)
}

// streamOf is the stream of a connection; a new one if the other end opened it.
func (w *World) streamOf(c *netem.Conn) *stream {
	if s, ok := c.Note.(*stream); ok {
		return s
	}
	h := w.hosts[c.Host]
	by := transport.TCP
	if c.Local.Port() == tlsOf(h.addr).Port() {
		by = transport.TLS
	}
	return w.newStream(h, c, by)
}

// connect finds the connection to a place or begins to open one; nil if there
// can be none.
func (w *World) connect(h *host, to way, cause int32) *stream {
	if s, ok := h.streams.Find(transport.Peer{At: to.to, By: to.by}); ok && s.conn.Open() {
		return s
	}
	c := w.net.Dial(netip.AddrPortFrom(h.addr.Addr(), 0), to.to, nil)
	if c == nil {
		return nil
	}
	s := w.newStream(h, c, to.by)
	s.cause = cause
	w.lines[c.ID] = s
	w.join(s)
	return s
}

// opened is for a connection that has been opened.
func (w *World) opened(s *stream) {
	s.open = true
	if !s.conn.Accepted {
		return
	}
	w.join(s)
	if d := w.lines[s.conn.ID]; d != nil {
		s.other, d.other = d, s
	}
}

// closed is for a connection whose other end sends no more.
func (w *World) closed(s *stream) {
	if s.framer.Held() > 0 && !s.deaf {
		w.note(s.host.id, s.cause, "RFC 3261 §18.3", fmt.Sprintf("%s was closed in the middle of a message: %d bytes are thrown away", s, s.framer.Held()))
	}
	s.conn.Close()
	w.part(s, "the connection was closed")
}

// part takes a stream out of use. What is on the way to it is lost; what it
// has written may still come out at the other end.
func (w *World) part(s *stream, why string) {
	if s.ended {
		return
	}
	s.ended = true
	h := s.host
	h.streams.Remove(s.peer, s)
	h.clients.Remove(s.client, s)
	if i := slices.Index(h.open, s); i >= 0 {
		h.open = slices.Delete(h.open, i, i+1)
	}
	w.unwatch(&s.timer)
	w.unwatch(&s.limit)
	if s.other != nil {
		w.loseMail(s.other, why)
	}
	if !s.open { // what was written before must not come out after all
		s.conn.Reset()
	}
	if !s.open || s.other != nil && s.other.ended {
		w.loseMail(s, why)
		if d := w.lines[s.conn.ID]; d != nil && d.ended { // it had opened at that end only
			w.loseMail(d, why)
		}
		delete(w.lines, s.conn.ID)
	}
}

// failed is for a connection that is no more. RFC 3261 §18.4: "If the transport
// user asks for a request to be sent over a reliable transport, and the result
// is a connection failure, the transport layer SHOULD inform the transport user
// of a failure in sending." Failed in sending is what the other end has not
// acknowledged.
func (w *World) failed(s *stream, why string) {
	cause := s.cause
	refused := !s.conn.Accepted && why == netem.Refused
	w.note(s.host.id, cause, "RFC 3261 §18.4", fmt.Sprintf("%s failed: %s", s, why))
	w.loseMail(s, why)
	w.part(s, why)
	unsure := s.unsure()
	s.written = nil
	for _, p := range unsure {
		w.undelivered(s, p, refused, cause)
	}
}

// String names the connection for a remark.
func (s *stream) String() string {
	return fmt.Sprintf("the %s connection with %s", s.by.Via(), s.conn.Remote)
}

// unfinished is how long a message may take from its first byte to its last:
// no transaction would wait longer for it.
func (w *World) unfinished() time.Duration {
	return cmp.Or(w.scenario.TCP.Unfinished, 64*w.timing.T1)
}

// idleTime is how long a connection is kept that nobody uses. RFC 3261 §18:
// "This duration SHOULD at least equal the longest amount of time the element
// would need in order to bring a transaction from instantiation to the
// terminated state."
func (w *World) idleTime() time.Duration {
	return cmp.Or(w.scenario.TCP.Idle, 64*w.timing.T1)
}

func (w *World) awaitIdle(s *stream) {
	t := timer{duty: streamDuty, idle: true, host: s.host, stream: s, name: "idle", cause: noCause}
	s.timer = w.start(t, max(w.Now(), s.touched)+w.idleTime())
}

func (w *World) unwatch(slot *int32) {
	if *slot != noTimer {
		w.stop(*slot)
		*slot = noTimer
	}
}

// fireStream closes a connection that is idle, or ends one whose message does
// not end.
func (w *World) fireStream(t timer) {
	s := t.stream
	if t.name == "idle" {
		s.timer = noTimer
		w.idle(s)
		return
	}
	s.limit = noTimer
	w.note(s.host.id, s.cause, "RFC 3261 §18.3", fmt.Sprintf("%d bytes of a message came over %s, and no end of it within %s", s.framer.Held(), s, w.unfinished()))
	s.conn.Reset()
	w.failed(s, "the message that came over it did not end")
}

func (w *World) idle(s *stream) {
	if s.users > 0 {
		s.touched = w.Now()
	}
	if s.touched+w.idleTime() > w.Now() {
		w.awaitIdle(s)
		return
	}
	w.note(s.host.id, noCause, "RFC 3261 §18", fmt.Sprintf("%s is closed: nobody has used it for %s", s, w.idleTime()))
	s.conn.Close()
	w.part(s, "the connection was closed")
}

// crash takes a host's connections from it without a word to anybody.
func (w *World) crash(h *host) {
	w.net.Forget(h.net)
	for len(h.open) > 0 {
		w.part(h.open[0], h.name+" has lost its state")
	}
}

// connection does what an event of a connection asks for.
func (w *World) connection(ev *netem.Event) {
	if ev.Kind == netem.Sent {
		w.segment(ev)
		return
	}
	s := w.streamOf(ev.Conn)
	switch ev.Kind {
	case netem.Opened:
		w.opened(s)
	case netem.Data:
		w.read(s)
	case netem.Closed:
		w.closed(s)
	case netem.Failed:
		w.failed(s, ev.Why)
	}
}

// loseHalfOpen is for the end of a run: what one end had written when it lost
// its state, and the other end has not got, does not come.
func (w *World) loseHalfOpen() {
	const why = "its sender has lost its state"
	for _, id := range slices.Sorted(maps.Keys(w.lines)) {
		s := w.lines[id]
		if s.ended {
			w.loseMail(s, why)
		}
		if s.other != nil && s.other.ended {
			w.loseMail(s.other, why)
		}
	}
}
