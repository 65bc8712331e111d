package capture

import (
	"encoding/binary"
	"io"
	"slices"
	"time"

	"github.com/gopacket/gopacket/layers"
)

// The numbers that a pcap file begins with; they also tell its byte order.
const (
	microseconds = 0xa1b2c3d4
	nanoseconds  = 0xa1b23c4d
)

// byteOrder is the order of the bytes in a pcap file that begins so; nil if it
// is none.
func byteOrder(start []byte) binary.ByteOrder {
	for _, order := range []binary.ByteOrder{binary.LittleEndian, binary.BigEndian} {
		if n := order.Uint32(start); n == microseconds || n == nanoseconds {
			return order
		}
	}
	return nil
}

// relatives are the numbers of formats that are like pcap and are not read:
// Kuznetzov's and IXIA's two.
var relatives = []uint32{0xa1b2cd34, 0x1c0001ac, 0x1c0001ab}

// related says that a file begins like a relative of pcap.
func related(start []byte) bool {
	return slices.Contains(relatives, binary.LittleEndian.Uint32(start)) || slices.Contains(relatives, binary.BigEndian.Uint32(start))
}

// pcap is a file of the old format: a head, then records.
type pcap struct {
	*file
	link layers.LinkType
	unit uint64 // nanoseconds in the unit of the parts of a second
}

const (
	pcapHead   = 24
	recordHead = 16
)

func openPcap(f *file) (*pcap, error) {
	head, err := f.read(pcapHead)
	if err != nil {
		return nil, err
	}
	f.order = byteOrder(head)
	p := &pcap{file: f, unit: 1}
	if f.order.Uint32(head) == microseconds {
		p.unit = uint64(time.Microsecond)
	}
	if major := f.order.Uint16(head[4:]); major != 2 {
		return nil, f.errorf("is a pcap of version %d; version 2 is known", major)
	}
	// The upper half of the field tells of check sequences, not of the link.
	p.link = layers.LinkType(f.order.Uint32(head[20:]) & 0xffff)
	return p, nil
}

func (p *pcap) next(r *record) error {
	p.begins()
	if p.ended() {
		return io.EOF
	}
	if err := p.counts(); err != nil {
		return err
	}
	head, err := p.read(recordHead)
	if err != nil {
		return err
	}
	seconds, part := p.order.Uint32(head), p.order.Uint32(head[4:])
	captured, wire := p.order.Uint32(head[8:]), p.order.Uint32(head[12:])
	if err := p.bounded(captured, wire); err != nil {
		return err
	}
	*r = record{link: p.link, short: captured < wire}
	r.setTime(int64(seconds), uint64(part)*p.unit)
	r.data, err = p.read(int(captured))
	return err
}
