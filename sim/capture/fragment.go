package capture

import (
	"net/netip"
	"slices"
	"time"

	"github.com/gopacket/gopacket/layers"
)

// span is from when to when something was on the wire.
type span struct{ first, last time.Duration }

func (s span) with(at time.Duration) span { return span{min(s.first, at), max(s.last, at)} }

// datagramKey tells which fragments belong together (RFC 791 §3.2, RFC 8200
// §4.5).
type datagramKey struct {
	src, dst netip.Addr
	protocol layers.IPProtocol
	id       uint32
}

// datagram is one that is not whole yet.
type datagram struct {
	pieces []piece // in order, none over another
	end    int     // length of the whole; 0: its last piece has not come
	size   int     // bytes that have come
	seen   span
}

type piece struct {
	offset int
	data   []byte
}

// mostDatagram is what the offsets of fragments can reach.
const mostDatagram = 65535

// fragments puts datagrams together.
type fragments struct {
	open *recent[datagramKey, *datagram]
	out  *leftOut
}

// add takes in a fragment, and returns the payload of its datagram when that is
// whole. Fragments that overlap end the datagram, but for one that came twice
// (RFC 8200 §4.5); the same is done with IPv4, where other hosts would read
// other bytes.
func (f *fragments) add(p *packet, at time.Duration) (whole []byte, seen span, ok bool) {
	key := datagramKey{p.src, p.dst, p.protocol, p.id}
	d, known := f.open.get(key)
	if !known {
		d = &datagram{seen: span{at, at}}
		f.open.put(key, d)
	}
	if flaw := d.add(p); flaw != "" {
		f.out.count(flaw)
		f.open.drop(key)
		return nil, span{}, false
	}
	d.seen = d.seen.with(at)
	if d.end == 0 || d.size < d.end {
		return nil, span{}, false
	}
	f.open.drop(key)
	return d.whole(), d.seen, true
}

func (d *datagram) add(p *packet) (flaw string) {
	end := p.offset + len(p.payload)
	switch {
	case end > mostDatagram:
		return "fragments that end after byte 65,535"
	case len(p.payload) == 0 || p.more && len(p.payload)%8 != 0:
		return "fragments of a wrong length"
	case d.end != 0 && end > d.end, !p.more && d.reaches() > end, !p.more && d.end != 0 && d.end != end:
		return "fragments that contradict each other"
	}
	i, same := slices.BinarySearchFunc(d.pieces, p.offset, func(q piece, offset int) int { return q.offset - offset })
	if same && string(d.pieces[i].data) == string(p.payload) {
		return "" // the same once more
	}
	if same || i > 0 && d.pieces[i-1].offset+len(d.pieces[i-1].data) > p.offset ||
		i < len(d.pieces) && d.pieces[i].offset < end {
		return "fragments that overlap"
	}
	d.pieces = slices.Insert(d.pieces, i, piece{p.offset, slices.Clone(p.payload)})
	d.size += len(p.payload)
	if !p.more {
		d.end = end
	}
	return ""
}

// reaches is how far the pieces go.
func (d *datagram) reaches() int {
	if len(d.pieces) == 0 {
		return 0
	}
	last := d.pieces[len(d.pieces)-1]
	return last.offset + len(last.data)
}

func (d *datagram) whole() []byte {
	b := make([]byte, 0, d.size)
	for _, p := range d.pieces {
		b = append(b, p.data...)
	}
	return b
}

// rest counts the datagrams that never got whole.
func (f *fragments) rest() {
	for range f.open.len() {
		f.out.count(halfDatagram)
	}
}

const halfDatagram = "datagrams of which fragments are missing"
