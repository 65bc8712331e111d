package capture

import (
	"encoding/binary"
	"net/netip"

	"github.com/gopacket/gopacket"
	"github.com/gopacket/gopacket/layers"
)

// packet is a datagram of IP, whole or a fragment.
type packet struct {
	src, dst netip.Addr
	protocol layers.IPProtocol
	payload  []byte

	fragment bool
	id       uint32
	offset   int // in bytes
	more     bool
}

// The reasons for which a packet is left out.
const (
	noIP       = "no IP"
	unknown    = "of a link that is not read"
	malformed  = "malformed"
	noUDPorTCP = "neither UDP nor TCP"
)

// Bare IP has numbers of its own in old files.
const (
	rawIP      layers.LinkType = 12
	rawOpenBSD layers.LinkType = 14
)

// decoder takes the heads off packets.
type decoder struct {
	ethernet layers.Ethernet
	tag      layers.Dot1Q
	cooked   layers.LinuxSLL
	cooked2  layers.LinuxSLL2
	loopback layers.Loopback
	ip4      layers.IPv4
}

// nothing is to be told of a packet that is cut off: its lengths say so.
var nothing = gopacket.NilDecodeFeedback

// strip takes off the heads of the link. The words say why there is no IP.
func (d *decoder) strip(link layers.LinkType, data []byte) (ip []byte, whyNot string) {
	var kind layers.EthernetType
	var err error
	switch link {
	case layers.LinkTypeEthernet:
		err = d.ethernet.DecodeFromBytes(data, nothing)
		kind, data = d.ethernet.EthernetType, d.ethernet.Payload
	case layers.LinkTypeLinuxSLL:
		err = d.cooked.DecodeFromBytes(data, nothing)
		kind, data = d.cooked.EthernetType, d.cooked.Payload
	case layers.LinkTypeLinuxSLL2:
		err = d.cooked2.DecodeFromBytes(data, nothing)
		kind, data = d.cooked2.ProtocolType, d.cooked2.Payload
	case layers.LinkTypeNull, layers.LinkTypeLoop:
		err = d.loopback.DecodeFromBytes(data, nothing)
		return d.loopback.Payload, malformedIf(err)
	case layers.LinkTypeRaw, layers.LinkTypeIPv4, layers.LinkTypeIPv6, rawIP, rawOpenBSD:
		return data, ""
	default:
		return nil, unknown
	}
	if err != nil {
		return nil, malformed
	}
	return d.untag(kind, data)
}

func malformedIf(err error) string {
	if err != nil {
		return malformed
	}
	return ""
}

// untag takes off the tags of VLANs, one in the other.
func (d *decoder) untag(kind layers.EthernetType, data []byte) (ip []byte, whyNot string) {
	for kind == layers.EthernetTypeDot1Q || kind == layers.EthernetTypeQinQ {
		if err := d.tag.DecodeFromBytes(data, nothing); err != nil {
			return nil, malformed
		}
		kind, data = d.tag.Type, d.tag.Payload
	}
	if kind != layers.EthernetTypeIPv4 && kind != layers.EthernetTypeIPv6 {
		return nil, noIP
	}
	return data, ""
}

// network reads the head of IP, of the version that it says.
func (d *decoder) network(data []byte) (p packet, whyNot string) {
	if len(data) == 0 {
		return p, malformed
	}
	switch data[0] >> 4 {
	case 4:
		return d.network4(data)
	case 6:
		return network6(data)
	}
	return p, noIP
}

func (d *decoder) network4(data []byte) (p packet, whyNot string) {
	h := &d.ip4
	if err := h.DecodeFromBytes(data, nothing); err != nil {
		return p, malformed
	}
	p.src, _ = netip.AddrFromSlice(h.SrcIP)
	p.dst, _ = netip.AddrFromSlice(h.DstIP)
	p.protocol, p.payload, p.id = h.Protocol, h.Payload, uint32(h.Id)
	p.offset, p.more = 8*int(h.FragOffset), h.Flags&layers.IPv4MoreFragments != 0
	p.fragment = p.more || p.offset > 0
	return p, ""
}

// mostExtensions bounds the chain of extension heads (RFC 8200 §4).
const mostExtensions = 16

// network6 reads the head of IPv6 and those that extend it. By hand, since a
// fragment is in the middle of a chain that gopacket decodes to its end.
func network6(data []byte) (p packet, whyNot string) {
	const head = 40
	if len(data) < head {
		return p, malformed
	}
	p.src, p.dst = netip.AddrFrom16([16]byte(data[8:24])), netip.AddrFrom16([16]byte(data[24:head]))
	length := int(binary.BigEndian.Uint16(data[4:]))
	if length == 0 || length > len(data)-head {
		length = len(data) - head // a jumbo payload, or one that is cut off
	}
	p.protocol, p.payload = layers.IPProtocol(data[6]), data[head:head+length]
	for range mostExtensions {
		size, ok := p.extension()
		if !ok {
			return p, ""
		}
		if size > len(p.payload) {
			return p, malformed
		}
		p.protocol, p.payload = layers.IPProtocol(p.payload[0]), p.payload[size:]
		if p.fragment {
			return p, "" // what follows is a piece, and not always its first
		}
	}
	return p, "with too many extension headers of IPv6"
}

// extension is the length of the extension head at hand, which a fragment's
// tells about itself; ok is false where there is none.
func (p *packet) extension() (size int, ok bool) {
	switch p.protocol {
	case layers.IPProtocolIPv6HopByHop, layers.IPProtocolIPv6Routing, layers.IPProtocolIPv6Destination:
		if len(p.payload) < 2 {
			return 8, true
		}
		return 8 + 8*int(p.payload[1]), true
	case layers.IPProtocolIPv6Fragment:
		if len(p.payload) >= 8 {
			place := binary.BigEndian.Uint16(p.payload[2:])
			p.offset, p.more, p.id = int(place&^7), place&1 != 0, binary.BigEndian.Uint32(p.payload[4:])
			p.fragment = p.more || p.offset > 0
		}
		return 8, true
	}
	return 0, false
}
