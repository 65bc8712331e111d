package netem

// sendQueue is what a connection has written and the other end has not
// acknowledged. Sequence number 0 is the SYN's; the FIN's is the one after the
// last byte.
type sendQueue struct {
	bytes     []byte
	base      uint32 // the number of bytes[0]
	una, next uint32 // the oldest that is not acknowledged; the next to send
	written   uint64
	acked     uint64
}

// unacked reports whether there is something to send or to be acknowledged.
func (q *sendQueue) unacked() bool { return q.una != q.next || len(q.bytes) > 0 }

// end is the number after the last byte.
func (q *sendQueue) end() uint32 { return q.base + uint32(len(q.bytes)) }

// take takes an acknowledgement of all before ack.
func (q *sendQueue) take(ack uint32) {
	q.una = ack
	n := min(int(int32(ack-q.base)), len(q.bytes))
	if n <= 0 {
		return
	}
	q.base += uint32(n)
	q.acked += uint64(n)
	q.bytes = q.bytes[:copy(q.bytes, q.bytes[n:])]
}

// finished reports whether the other end has acknowledged the FIN.
func (c *Conn) finished() bool { return c.fin && c.out.una == c.out.next }

// eager is the connection that sends next, nil for none.
func (n *Network) eager() *Conn {
	for n.ready.len() > 0 {
		c := n.ready.list[n.ready.head]
		if c.wants() {
			return c
		}
		c.ready = false
		n.ready.pop()
	}
	return nil
}

// emit sends the next segment of a connection.
func (n *Network) emit(c *Conn) Event {
	s, payload, again := c.nextSegment()
	s.Conn, s.life, s.peer = c.ID, c.life, c.peer
	p := n.post(c.Host, c.Local, c.Remote, payload, nil, s)
	c.account()
	return Event{Kind: Sent, At: n.now, Packet: &p.Packet, Conn: c, Again: again}
}

// wants reports whether the connection has something to send now.
func (c *Conn) wants() bool {
	if c.reset || c.repeat || c.ack {
		return true
	}
	_, any := c.allowed()
	return any
}

// nextSegment is what the connection sends now.
func (c *Conn) nextSegment() (s Segment, payload string, again bool) {
	c.ack = false
	switch {
	case c.reset:
		c.reset = false
		return c.rst(), "", false
	case c.repeat:
		c.repeat = false
		s, payload = c.cut(c.out.una, c.out.next)
		return s, payload, true
	}
	to, any := c.allowed()
	if !any {
		return c.head(ACK, c.out.next), "", false
	}
	s, payload = c.cut(c.out.next, to)
	c.out.next += s.length(payload)
	c.time(c.out.next)
	return s, payload, false
}

// allowed is up to which number may be sent now; false if that is nothing new.
func (c *Conn) allowed() (to uint32, any bool) {
	q := &c.out
	switch {
	case c.phase == synSent, c.phase == synReceived:
		return 1, q.next == 0
	case c.phase != established:
		return 0, false
	}
	to = q.end()
	if window := q.una + uint32(c.n.Streams.orDefault().Window); follows(to, window) {
		return window, follows(window, q.next)
	}
	if c.finish && !c.fin {
		to++
	}
	return to, follows(to, q.next)
}

// cut makes one segment of the numbers from one on up to another.
func (c *Conn) cut(from, to uint32) (Segment, string) {
	if c.phase != established {
		flags := SYN
		if c.phase == synReceived {
			flags |= ACK
		}
		return c.head(flags, 0), ""
	}
	q := &c.out
	end := q.end()
	if follows(end, to) {
		end = to
	}
	size := min(end-from, uint32(c.n.Streams.orDefault().MSS))
	s := c.head(ACK, from)
	if stop := from + size; stop == q.end() {
		if size > 0 {
			s.Flags |= PSH
		}
		if follows(to, stop) {
			s.Flags |= FIN
			c.fin = true
		}
	}
	begin := from - q.base
	return s, string(q.bytes[begin : begin+size])
}

// head is a segment that acknowledges what has come.
func (c *Conn) head(f Flags, seq uint32) Segment {
	return Segment{Flags: f, Seq: seq, Ack: c.in.want}
}

func (c *Conn) rst() Segment {
	f := RST
	if c.in.begun {
		f |= ACK
	}
	return c.head(f, c.out.next)
}
