package capture

import (
	"encoding/binary"
	"io"
	"math/bits"
	"time"

	"github.com/gopacket/gopacket/layers"
)

// The types of blocks that are read; all others are passed over.
const (
	sectionBlock   = 0x0a0d0d0a // the same in both byte orders
	interfaceBlock = 1
	packetBlock    = 2 // obsolete, still found
	simpleBlock    = 3
	enhancedBlock  = 6
)

const (
	orderMagic = 0x1a2b3c4d
	blockHead  = 8  // type and length
	blockEnds  = 12 // with the length again at its end
)

// mostOptions is how much a block of a known type may hold beside a packet.
const mostOptions = 1 << 17

// pcapng is a file of blocks.
type pcapng struct {
	*file
	interfaces []inface
}

// inface is an interface of the section that is read.
type inface struct {
	link   layers.LinkType
	snap   uint32
	units  uint64 // of its clock in a second
	offset int64  // seconds that its times are short of
}

func (p *pcapng) next(r *record) error {
	for {
		kind, body, err := p.block()
		if err != nil {
			return err
		}
		switch kind {
		case interfaceBlock:
			err = p.addInterface(body)
		case packetBlock, simpleBlock, enhancedBlock:
			return p.packetOf(kind, body, r)
		}
		if err != nil {
			return err
		}
	}
}

// block reads the next block. The body of one that says nothing here is nil.
func (p *pcapng) block() (kind uint32, body []byte, err error) {
	p.begins()
	if p.ended() {
		return 0, nil, io.EOF
	}
	head, err := p.read(blockHead)
	if err != nil {
		return 0, nil, err
	}
	if binary.BigEndian.Uint32(head) == sectionBlock {
		return sectionBlock, nil, p.section([blockHead]byte(head))
	}
	kind = p.order.Uint32(head)
	switch kind {
	case packetBlock, simpleBlock, enhancedBlock:
		if err := p.counts(); err != nil {
			return 0, nil, err
		}
	}
	length := p.order.Uint32(head[4:])
	body, err = p.body(kind, length)
	return kind, body, err
}

// body reads what is left of a block, and holds both its lengths against each
// other.
func (p *pcapng) body(kind, length uint32) ([]byte, error) {
	switch {
	case length < blockEnds || length%4 != 0:
		return nil, p.errorf("says that its block is %d bytes long; that is a multiple of 4, and at least %d", length, blockEnds)
	case kind != interfaceBlock && kind != packetBlock && kind != simpleBlock && kind != enhancedBlock:
		return nil, p.skip(int64(length) - blockHead)
	case int64(length) > int64(p.limits.Packet)+mostOptions:
		return nil, p.errorf("says that its block is %d bytes long; at most %d are read", length, p.limits.Packet+mostOptions)
	}
	b, err := p.read(int(length) - blockHead)
	if err != nil {
		return nil, err
	}
	body, end := b[:len(b)-4], b[len(b)-4:]
	if again := p.order.Uint32(end); again != length {
		return nil, p.errorf("says that its block is %d bytes long, and at its end that it is %d", length, again)
	}
	return body, nil
}

// section begins a section: a byte order, and interfaces of its own.
func (p *pcapng) section(head [blockHead]byte) error {
	fixed, err := p.read(16)
	if err != nil {
		return err
	}
	switch uint32(orderMagic) {
	case binary.LittleEndian.Uint32(fixed):
		p.order = binary.LittleEndian
	case binary.BigEndian.Uint32(fixed):
		p.order = binary.BigEndian
	default:
		return p.errorf("a section has no byte order")
	}
	if major := p.order.Uint16(fixed[4:]); major != 1 {
		return p.errorf("is a pcapng of version %d; version 1 is known", major)
	}
	length := p.order.Uint32(head[4:])
	const fixedLength = blockEnds + 16
	if length < fixedLength || length%4 != 0 || int64(length) > mostOptions {
		return p.errorf("says that the head of a section is %d bytes long; that is a multiple of 4, from %d to %d", length, fixedLength, mostOptions)
	}
	rest, err := p.read(int(length) - blockHead - 16)
	if err != nil {
		return err
	}
	body, end := rest[:len(rest)-4], rest[len(rest)-4:]
	if again := p.order.Uint32(end); again != length {
		return p.errorf("says that the head of a section is %d bytes long, and at its end that it is %d", length, again)
	}
	p.interfaces = p.interfaces[:0]
	p.options(body, func(code uint16, value []byte) {
		p.ours = p.ours || code == userApplication && string(value) == application
	})
	return nil
}

// The options that are read.
const (
	userApplication = 4  // of a section
	resolution      = 9  // of an interface
	timeOffset      = 14 // of an interface
)

// options tells take each option. One that runs over the end ends them.
func (p *pcapng) options(b []byte, take func(code uint16, value []byte)) {
	for len(b) >= 4 {
		code, length := p.order.Uint16(b), int(p.order.Uint16(b[2:]))
		padded := (length + 3) &^ 3
		if b = b[4:]; code == 0 || padded > len(b) {
			return
		}
		take(code, b[:length])
		b = b[padded:]
	}
}

func (p *pcapng) addInterface(body []byte) error {
	if len(body) < 8 {
		return p.errorf("the block of an interface has %d bytes; it has at least 8", len(body))
	}
	if len(p.interfaces) == p.limits.Interfaces {
		return p.errorf("the capture has more than %d interfaces", p.limits.Interfaces)
	}
	in := inface{link: layers.LinkType(p.order.Uint16(body)), snap: p.order.Uint32(body[4:]), units: uint64(time.Second / time.Microsecond)}
	p.options(body[8:], func(code uint16, value []byte) {
		switch {
		case code == resolution && len(value) == 1:
			in.units = unitsOf(value[0])
		case code == timeOffset && len(value) == 8:
			in.offset = int64(p.order.Uint64(value))
		}
	})
	if in.units == 0 {
		return p.errorf("the clock of an interface is finer than 64 bits can tell")
	}
	p.interfaces = append(p.interfaces, in)
	return nil
}

// unitsOf is how many units of a clock are in a second: a power of two where
// the highest bit is set, else of ten; 0 where 64 bits do not hold it.
func unitsOf(resolution byte) uint64 {
	exponent := resolution & 0x7f
	switch {
	case resolution&0x80 != 0 && exponent <= 63:
		return 1 << exponent
	case resolution&0x80 != 0 || exponent > 19:
		return 0
	}
	units := uint64(1)
	for range exponent {
		units *= 10
	}
	return units
}

// packetOf reads one of the three blocks that hold a packet.
func (p *pcapng) packetOf(kind uint32, body []byte, r *record) error {
	head := 20
	if kind == simpleBlock {
		head = 4
	}
	if len(body) < head {
		return p.errorf("the block of a packet has %d bytes; it has at least %d", len(body), head)
	}
	var number, captured, wire uint32
	if kind == simpleBlock {
		wire = p.order.Uint32(body)
	} else {
		number, captured, wire = p.order.Uint32(body), p.order.Uint32(body[12:]), p.order.Uint32(body[16:])
	}
	if kind == packetBlock {
		number = uint32(p.order.Uint16(body))
	}
	if int64(number) >= int64(len(p.interfaces)) {
		return p.errorf("is of interface %d; the section has %d", number, len(p.interfaces))
	}
	in := &p.interfaces[number]
	if kind == simpleBlock {
		captured = wire
		if in.snap != 0 {
			captured = min(wire, in.snap)
		}
	}
	if err := p.bounded(captured, wire); err != nil {
		return err
	}
	if int(captured) > len(body)-head {
		return p.errorf("says that %d bytes of it were captured; its block has room for %d", captured, len(body)-head)
	}
	*r = record{link: in.link, data: body[head : head+int(captured)], short: captured < wire}
	if kind != simpleBlock {
		in.time(r, uint64(p.order.Uint32(body[4:]))<<32|uint64(p.order.Uint32(body[8:])))
	}
	return nil
}

// time turns a time in the units of the interface into seconds and their parts.
func (in *inface) time(r *record, units uint64) {
	seconds, part := units/in.units, units%in.units
	high, low := bits.Mul64(part, uint64(time.Second))
	part, _ = bits.Div64(high, low, in.units)
	const far = 1 << 61 // no clock says that, and the sum of two of them is no overflow
	r.setTime(int64(min(seconds, far))+min(max(in.offset, -far), far), part)
}
