package netem

import (
	"cmp"
	"net/netip"
	"slices"
	"time"
)

// Streams are what all connections of a Network go by. Zero fields stand for
// DefaultStreams.
type Streams struct {
	// MSS is how many bytes a segment carries at most. A small one cuts a
	// stream where nobody expects it.
	MSS int
	// Window is how many bytes may be on the way without an acknowledgement,
	// and how far ahead of a hole bytes are kept.
	Window int
	// GiveUp is how long a connection waits for the acknowledgement of what it
	// has sent before it fails: R2 of RFC 1122 §4.2.3.5.
	GiveUp time.Duration
	// DialGiveUp is the same for a connection that is being opened.
	DialGiveUp time.Duration
	// MostConns bounds the ends of connections; one more is refused.
	MostConns int
}

// DefaultStreams have the MSS of an Ethernet and the times of RFC 1122
// §4.2.3.5, which wants R2 to be "at least 100 seconds", and for a SYN "at
// least 3 minutes".
var DefaultStreams = Streams{
	MSS: 1460, Window: 65535,
	GiveUp: 100 * time.Second, DialGiveUp: 3 * time.Minute,
	MostConns: 1 << 18,
}

func (s Streams) orDefault() Streams {
	d := DefaultStreams
	return Streams{
		MSS:        cmp.Or(max(0, s.MSS), d.MSS),
		Window:     min(cmp.Or(max(0, s.Window), d.Window), d.Window),
		GiveUp:     cmp.Or(max(0, s.GiveUp), d.GiveUp),
		DialGiveUp: cmp.Or(max(0, s.DialGiveUp), d.DialGiveUp),
		MostConns:  cmp.Or(max(0, s.MostConns), d.MostConns),
	}
}

// Conn is one end of a connection. What happens to it comes out of
// Network.Next: Opened, Data, Closed or Failed, and Sent for each segment.
type Conn struct {
	ID            int32 // number of the connection, from 1; both ends have the same
	Host          HostID
	Local, Remote netip.AddrPort
	Accepted      bool // the other end opened it
	Note          any  // the owner's own

	n     *Network
	slot  int32
	life  int32 // number of this end, of all that ever were
	peer  int32 // and of the other, as far as it is known
	phase phase
	ready bool // waits in Network.ready
	busy  bool // counts in Network.busy

	out    sendQueue
	in     reassembly
	clock  clock
	finish bool // Close was called: FIN follows what is written
	fin    bool // FIN was sent
	over   bool // all that the other end sent has come, with its FIN
	first  bool // this end closed before the other
	reset  bool // RST is to be sent
	ack    bool // an acknowledgement is owed
	repeat bool // the oldest segment is to be sent again
}

// phase is the part of a connection's life (RFC 9293 §3.3.2), its states of
// closing being fin, over and first.
type phase uint8

const (
	gone phase = iota
	synSent
	synReceived
	established
	timeWait
)

// Listen has an address take connections, or refuse them.
func (n *Network) Listen(at netip.AddrPort, on bool) {
	if on {
		n.listeners[at] = true
	} else {
		delete(n.listeners, at)
	}
}

// Dial opens a connection. Its end here exists at once and may be written to;
// Opened or Failed follows. A src without a port is given one. It is nil if no
// host has the address src, or if there are too many connections.
func (n *Network) Dial(src, dst netip.AddrPort, note any) *Conn {
	h := n.HostOf(src.Addr())
	if h == NoHost || n.live >= n.Streams.orDefault().MostConns {
		return nil
	}
	if src.Port() == 0 {
		src = n.ephemeral(h, src.Addr(), dst)
	}
	if n.conns[ends{src, dst}] != nil {
		return nil
	}
	n.opened++
	c := n.conn(n.opened, h, src, dst)
	c.phase, c.Note = synSent, note
	c.stir()
	return c
}

// ends tell connections apart at a host.
type ends struct{ local, remote netip.AddrPort }

// The range of ports that RFC 6335 §6 keeps for such use.
const firstPort, lastPort = 49152, 65535

func (n *Network) ephemeral(h HostID, a netip.Addr, dst netip.AddrPort) netip.AddrPort {
	host := &n.hosts[h]
	for range lastPort - firstPort + 1 {
		if host.port < firstPort || host.port == lastPort {
			host.port = firstPort - 1
		}
		host.port++
		if src := netip.AddrPortFrom(a, host.port); n.conns[ends{src, dst}] == nil {
			return src
		}
	}
	return netip.AddrPortFrom(a, host.port)
}

// conn makes an end of a connection.
func (n *Network) conn(id int32, h HostID, local, remote netip.AddrPort) *Conn {
	n.lives++
	c := &Conn{ID: id, Host: h, Local: local, Remote: remote, n: n, life: n.lives}
	c.clock.rto, c.out.base = firstRTO, 1
	if last := len(n.freeConns) - 1; last >= 0 {
		c.slot = n.freeConns[last]
		n.freeConns = n.freeConns[:last]
		n.bySlot[c.slot] = c
	} else {
		c.slot = int32(len(n.bySlot))
		n.bySlot = append(n.bySlot, c)
	}
	n.conns[ends{local, remote}] = c
	n.live++
	return c
}

// Write gives the connection bytes to send after those that it has. The number
// is of the same row as those of packets, for who wants to know the bytes by
// it; it is 0 if the connection takes no more.
func (c *Conn) Write(data string) int32 {
	if !c.Open() {
		return 0
	}
	c.out.bytes = append(c.out.bytes, data...)
	c.out.written += uint64(len(data))
	c.stir()
	return c.n.Number()
}

// Number takes the next number of the row of packets, for something that is
// to be told from them.
func (n *Network) Number() int32 {
	n.number++
	return n.number
}

// Open reports whether the connection can be written to: it is open, or being
// opened, and neither end has closed it.
func (c *Conn) Open() bool {
	return c.phase >= synSent && c.phase <= established && !c.finish && !c.over
}

// Established reports whether the connection was opened and has not ended.
func (c *Conn) Established() bool { return c.phase == established }

// Written counts the bytes that were written.
func (c *Conn) Written() uint64 { return c.out.written }

// Acked counts the bytes that the other end has acknowledged.
func (c *Conn) Acked() uint64 { return c.out.acked }

// Read takes the bytes that have come, each once and in order. They are valid
// until the next call of Network.Next.
func (c *Conn) Read() []byte {
	b := c.in.bytes
	c.in.bytes = c.in.bytes[:0]
	return b
}

// Close closes this end once all that was written has been sent. The other end
// hears of it, and may go on sending.
func (c *Conn) Close() {
	if c.phase == gone || c.phase == timeWait || c.finish {
		return
	}
	c.finish, c.first = true, !c.over
	c.stir()
}

// Reset ends the connection at once and throws away what was not sent. The
// other end is told.
func (c *Conn) Reset() {
	if c.phase == gone {
		return
	}
	c.reset = c.phase != timeWait
	c.n.forget(c)
	c.stir()
}

// Forget takes from a host its connections without a word to anybody, as when
// it loses its state. Their other ends stay half-open.
func (n *Network) Forget(h HostID) {
	for _, c := range n.bySlot {
		if c != nil && c.Host == h {
			n.forget(c)
		}
	}
	n.tidings.drop(func(e Event) bool { return e.Conn.Host == h })
}

// forget takes a connection out of the tables.
func (n *Network) forget(c *Conn) {
	if c.phase == gone {
		return
	}
	c.stopClock()
	c.phase, c.repeat, c.ack = gone, false, false
	c.account()
	delete(n.conns, ends{c.Local, c.Remote})
	n.bySlot[c.slot] = nil
	n.freeConns = append(n.freeConns, c.slot)
	n.live--
}

// fail ends a connection that cannot go on.
func (c *Conn) fail(why string) {
	c.n.forget(c)
	c.tell(Event{Kind: Failed, Why: why})
}

// Conns counts the ends of connections.
func (n *Network) Conns() int { return n.live }

// Busy reports whether a connection has something to do by itself: to open, to
// have its bytes acknowledged, to close. One that is only open has not.
func (n *Network) Busy() bool {
	return n.busy > 0 || n.hasNews()
}

// account counts the connection among the busy while it is.
func (c *Conn) account() {
	busy := c.phase == synSent || c.phase == synReceived ||
		c.phase == established && (c.out.unacked() || c.finish && !c.finished())
	if busy != c.busy {
		c.busy = busy
		if busy {
			c.n.busy++
		} else {
			c.n.busy--
		}
	}
}

// stir has Next send what the connection has to send.
func (c *Conn) stir() {
	c.account()
	if !c.ready && c.wants() {
		c.ready = true
		c.n.ready.push(c)
	}
}

// tell has Next say what happened.
func (c *Conn) tell(e Event) {
	e.At, e.Conn = c.n.now, c
	c.n.tidings.push(e)
}

// line is a first-in-first-out of values that uses its room again.
type line[E any] struct {
	list []E
	head int
}

func (l *line[E]) len() int { return len(l.list) - l.head }

func (l *line[E]) push(e E) { l.list = append(l.list, e) }

// drop takes out what a test holds for.
func (l *line[E]) drop(which func(E) bool) {
	l.list = slices.DeleteFunc(l.list[l.head:], which)
	l.head = 0
}

func (l *line[E]) pop() E {
	var zero E
	e := l.list[l.head]
	l.list[l.head] = zero
	l.head++
	if l.head == len(l.list) {
		l.list, l.head = l.list[:0], 0
	}
	return e
}
