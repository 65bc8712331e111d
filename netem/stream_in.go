package netem

import "slices"

// reassembly puts what comes in order.
type reassembly struct {
	begun bool   // the SYN has come
	want  uint32 // the next number
	bytes []byte // in order, not read yet
	early []piece
}

// piece came before what belongs before it.
type piece struct {
	seq  uint32
	data string
	fin  bool
}

func (p *piece) end() uint32 { return p.seq + uint32(len(p.data)) }

// add takes in a piece and reports whether the FIN is reached. What has come
// before is not taken again, nor what lies beyond the window.
func (r *reassembly) add(p piece, window uint32) (fin bool) {
	if follows(p.end(), r.want+window) {
		return false
	}
	if follows(p.seq, r.want) {
		r.keep(p)
		return false
	}
	fin = r.join(p)
	for !fin && len(r.early) > 0 && !follows(r.early[0].seq, r.want) {
		fin = r.join(r.early[0])
		r.early = slices.Delete(r.early, 0, 1)
	}
	return fin
}

// keep keeps an early piece in its place; of two that begin at one number the
// longer.
func (r *reassembly) keep(p piece) {
	i, found := slices.BinarySearchFunc(r.early, p.seq, func(e piece, seq uint32) int { return int(int32(e.seq - seq)) })
	switch {
	case !found:
		r.early = slices.Insert(r.early, i, p)
	case len(p.data) > len(r.early[i].data) || p.fin:
		r.early[i] = p
	}
}

// join takes from a piece what is new.
func (r *reassembly) join(p piece) (fin bool) {
	if follows(p.end(), r.want) {
		r.bytes = append(r.bytes, p.data[r.want-p.seq:]...)
		r.want = p.end()
	}
	if p.fin && r.want == p.end() {
		r.want++
		return true
	}
	return false
}

// deliver brings a segment to the connection that it belongs to, which is the
// event's.
func (n *Network) deliver(p *Packet) *Conn {
	c := n.conns[ends{p.Dst, p.Src}]
	switch {
	case c == nil:
		return n.stranger(p)
	case !c.knows(p):
		if p.Flags&RST != 0 {
			return c
		}
		return n.refuse(p)
	}
	switch {
	case p.Flags&RST != 0:
		c.wasReset(p)
	case c.phase == synSent:
		c.answered(p)
	case p.Flags&SYN != 0:
		// It did not hear the answer to its SYN, or to its SYN ACK.
		c.repeat = c.phase == synReceived
		c.ack = !c.repeat
	default:
		c.receive(p)
	}
	c.stir()
	return c
}

// knows reports whether a segment is of this connection and not of an older
// one between the same ports. Only a SYN does not say for whom it is.
func (c *Conn) knows(p *Packet) bool {
	return (c.peer == 0 || p.life == c.peer) && (p.peer == c.life || p.peer == 0 && p.Flags&SYN != 0)
}

// stranger answers a segment of no connection: a SYN where somebody listens
// makes one, anything else is refused (RFC 9293 §3.10.7.1).
func (n *Network) stranger(p *Packet) *Conn {
	if p.Flags&RST != 0 {
		return nil
	}
	if p.Flags&(SYN|ACK) == SYN && n.listeners[p.Dst] && n.live < n.Streams.orDefault().MostConns {
		c := n.conn(p.Conn, p.To, p.Dst, p.Src)
		c.Accepted, c.phase = true, synReceived
		c.begin(p)
		c.stir()
		return c
	}
	return n.refuse(p)
}

// begin takes the SYN of the other end.
func (c *Conn) begin(p *Packet) {
	c.peer = p.life
	c.in.begun, c.in.want = true, p.Seq+1
}

// refuse answers a segment with RST, from an end that is no connection's.
func (n *Network) refuse(p *Packet) *Conn {
	c := &Conn{ID: p.Conn, Host: p.To, Local: p.Dst, Remote: p.Src, n: n, life: p.peer, peer: p.life, reset: true}
	c.in.begun, c.in.want = true, p.Seq+p.length(p.Payload)
	if p.Flags&ACK != 0 {
		c.out.next = p.Ack
	}
	c.stir()
	return c
}

// wasReset takes a RST, if it is of this connection's life.
func (c *Conn) wasReset(p *Packet) {
	switch {
	case c.phase == synSent:
		if p.Flags&ACK != 0 && p.Ack == c.out.next {
			c.fail(Refused)
		}
	case c.phase == timeWait:
	case p.Seq-c.in.want < uint32(c.n.Streams.orDefault().Window):
		c.fail(WasReset)
	}
}

// Why a connection fails.
const (
	Refused  = "connection refused"
	WasReset = "connection reset by the other end"
)

// answered takes the answer to a SYN.
func (c *Conn) answered(p *Packet) {
	switch {
	case p.Flags&ACK != 0 && p.Ack != c.out.next:
		c.n.refuse(p)
	case p.Flags&(SYN|ACK) == SYN|ACK:
		c.begin(p)
		c.ack = true
		c.open(p.Ack)
	}
}

// open makes the connection one that bytes go over.
func (c *Conn) open(ack uint32) {
	c.phase = established
	c.acknowledged(ack)
	c.tell(Event{Kind: Opened})
}

// receive takes a segment of a connection that both ends know.
func (c *Conn) receive(p *Packet) {
	if p.Flags&ACK != 0 {
		if follows(p.Ack, c.out.next) {
			c.ack = true
			return
		}
		c.hear(p.Ack)
	}
	if c.phase < established || p.length(p.Payload) == 0 {
		return
	}
	c.ack = true
	if c.over {
		return
	}
	before := len(c.in.bytes)
	fin := c.in.add(piece{p.Seq, p.Payload, p.Flags&FIN != 0}, uint32(c.n.Streams.orDefault().Window))
	if len(c.in.bytes) > before {
		c.tell(Event{Kind: Data})
	}
	if fin {
		c.over = true
		c.tell(Event{Kind: Closed})
		c.end()
	}
}

// hear takes an acknowledgement.
func (c *Conn) hear(ack uint32) {
	switch {
	case !follows(ack, c.out.una):
		return
	case c.phase == synReceived:
		c.open(ack)
		return
	}
	c.acknowledged(ack)
	c.end()
}

// acknowledged notes that all before ack has come.
func (c *Conn) acknowledged(ack uint32) {
	c.out.take(ack)
	c.heard(ack)
}

// end ends the connection where both ends have closed it. The end that closed
// first stays for a while, to answer a FIN that is sent again; the other has
// had its FIN acknowledged and may go.
func (c *Conn) end() {
	switch {
	case !c.over || !c.finished():
	case !c.first:
		c.n.forget(c)
	case c.phase != timeWait:
		c.phase = timeWait
		c.startClock(TimeWait)
	}
}
