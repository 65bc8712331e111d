package netem

import (
	"math/bits"
	"net/netip"
	"time"
)

// parcel is a packet with what the network knows about it.
type parcel struct {
	Packet
	link *link
	sent string // the payload before anything turned a bit of it
	lots [2]lot // its own and its copy's
}

// Send gives the network a packet of the host that has the address src. What
// becomes of it is known at once; the fates are valid until the next Send or
// Open.
func (n *Network) Send(src, dst netip.AddrPort, payload string, note any) []Fate {
	return n.SendFrom(n.HostOf(src.Addr()), src, dst, payload, note)
}

// SendFrom is Send for a host that writes any source address it likes.
func (n *Network) SendFrom(from HostID, src, dst netip.AddrPort, payload string, note any) []Fate {
	n.post(from, src, dst, payload, note, Segment{})
	return n.fates
}

// Fates are what became of the packet that was sent last: what Send returned,
// or of a segment, after its event. They are valid until the next packet.
func (n *Network) Fates() []Fate { return n.fates }

// post puts a packet on its way.
func (n *Network) post(from HostID, src, dst netip.AddrPort, payload string, note any, s Segment) *parcel {
	n.begin()
	n.counts.Sent++
	p := n.parcel()
	p.From, p.To, p.Segment = from, n.HostOf(dst.Addr()), s
	p.Src, p.Dst, p.Sent, p.Payload, p.Note = src, dst, n.now, payload, note
	p.sent = payload
	if from != NoHost && p.To != NoHost {
		p.link = n.link(from, p.To)
		p.link.draw(&p.lots)
	}
	var v Verdict
	if n.Judge != nil {
		v = n.Judge(&p.Packet)
	}
	switch {
	case from == NoHost:
		n.lose(p, "no host has the address "+src.Addr().String())
	case n.hosts[from].down:
		n.lose(p, n.hosts[from].downWhy)
	default:
		n.obey(p, v)
	}
	return p
}

// obey does with a packet what a verdict says.
func (n *Network) obey(p *parcel, v Verdict) {
	switch v.Do {
	case Lose:
		n.lose(p, v.Why)
	case Hold:
		n.hold(p, v)
	case Delay:
		n.carry(p, v.Delay, v.Why)
	case Duplicate:
		// A named copy draws nothing: it goes the way of the original, which may
		// be lost by chance.
		c := n.copy(p, v.Why, lot{ahead: p.lots[0].ahead, delay: p.lots[0].delay})
		n.carry(p, 0, "")
		n.travel(c, v.Delay, v.Why)
	case Corrupt:
		n.corrupt(p, hash(p.Payload), v.Why)
		n.carry(p, 0, "")
	default:
		n.carry(p, 0, "")
	}
}

// hash picks the bit that a named fault turns: any of the payload's, always
// the same one, and no draw.
func hash(s string) uint64 {
	h := uint64(fnvBasis)
	for i := range len(s) {
		h = fnv1a(h, s[i])
	}
	return h
}

func (n *Network) hold(p *parcel, v Verdict) {
	if n.full() {
		n.lose(p, fullWhy)
		return
	}
	n.gates[v.Gate] = append(n.gates[v.Gate], p)
	n.counts.InFlight++
	n.counts.Held++
	n.fate(Holds, p, 0, v.Why)
}

// Open lets go what Hold keeps at a gate. The fates are valid until the next
// Send or Open.
func (n *Network) Open(gate uint32) []Fate {
	n.begin()
	held := n.gates[gate]
	delete(n.gates, gate)
	for _, p := range held {
		n.counts.InFlight--
		n.counts.Held--
		n.carry(p, 0, "")
	}
	return n.fates
}

// carry does with a packet, and with the copy that chance makes of it, what
// their lots say. A verdict's delay comes on top.
func (n *Network) carry(p *parcel, more time.Duration, why string) {
	n.travel(p, more, why)
	if p.lots[0].copied {
		n.travel(n.copy(p, p.link.rules.duplicateWhy, p.lots[1]), 0, "")
	}
}

// travel does with one packet what its lot says.
func (n *Network) travel(p *parcel, more time.Duration, why string) {
	if lost := n.lost(p); lost != "" {
		n.lose(p, lost)
		return
	}
	l, t := p.link, &p.lots[0]
	if t.flipped {
		n.corrupt(p, t.bit, l.rules.corruptWhy)
	}
	at := later(l.enter(n.now, t, p.size()), max(0, more))
	n.queue.Push(at, entry{parcel: p})
	n.counts.InFlight++
	n.fate(Delivers, p, at-n.now, why)
}

// lost says why a packet does not get onto its link; "" if it does.
func (n *Network) lost(p *parcel) string {
	l := p.link
	switch {
	case l == nil:
		return "no host has the address " + p.Dst.Addr().String()
	case p.lots[0].lost:
		return l.rules.lossWhy
	case l.cut:
		return "link is cut"
	case l.full():
		return l.rules.limitWhy
	case n.full():
		return fullWhy
	}
	return ""
}

const fullWhy = "network is full"

func (n *Network) full() bool { return n.counts.InFlight >= n.MostInFlight }

// size is the length of the packet with its headers of UDP or TCP, and IP.
func (p *Packet) size() int {
	const udp, tcp, ip4, ip6 = 8, 20, 20, 40
	size := len(p.Payload) + udp
	if p.Flags != 0 {
		size = len(p.Payload) + tcp
	}
	if p.Dst.Addr().Unmap().Is4() {
		return size + ip4
	}
	return size + ip6
}

func (n *Network) lose(p *parcel, why string) {
	n.counts.Lost++
	n.spent = append(n.spent, p)
	n.fate(Loses, p, 0, why)
}

// copy makes a copy of what was sent: what happened to the original since is the
// original's alone.
func (n *Network) copy(p *parcel, why string, t lot) *parcel {
	c := n.parcel()
	number := c.N
	*c = *p
	c.N, c.CopyOf, c.lots = number, p.N, [2]lot{t}
	c.Payload, c.Corrupted = p.sent, false
	n.counts.Duplicated++
	n.fate(Duplicates, c, 0, why)
	return c
}

// corrupt turns one bit of the payload: the one that lies as far into it as
// bit lies into all numbers.
func (n *Network) corrupt(p *parcel, bit uint64, why string) {
	if p.Payload == "" {
		return
	}
	b := []byte(p.Payload)
	i, _ := bits.Mul64(bit, uint64(len(b))*8)
	b[i/8] ^= 1 << (i % 8)
	p.Payload, p.Corrupted = string(b), true
	n.fate(Corrupts, p, 0, why)
}

func (n *Network) fate(kind FateKind, p *parcel, delay time.Duration, why string) {
	n.fates = append(n.fates, Fate{kind, &p.Packet, delay, why})
}

// begin forgets the last fates.
func (n *Network) begin() {
	n.fates = n.fates[:0]
	for _, p := range n.spent {
		n.release(p)
	}
	n.spent = n.spent[:0]
}

// parcel gives a fresh packet with the next number.
func (n *Network) parcel() *parcel {
	if len(n.free) == 0 {
		n.grow()
	}
	p := n.free[len(n.free)-1]
	n.free = n.free[:len(n.free)-1]
	n.number++
	p.N = n.number
	return p
}

// grow makes parcels by the page, so that those used together lie together. A
// network on which little happens makes few.
func (n *Network) grow() {
	page := make([]parcel, min(64, 8+n.number))
	for i := range page {
		n.free = append(n.free, &page[i])
	}
}

func (n *Network) release(p *parcel) {
	*p = parcel{}
	n.free = append(n.free, p)
}
