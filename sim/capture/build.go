package capture

import (
	"fmt"
	"net/netip"
	"strings"

	"github.com/gopacket/gopacket"
	"github.com/gopacket/gopacket/layers"

	"siplab/sim/trace"
)

// builder puts the heads before a payload.
type builder struct {
	buf  gopacket.SerializeBuffer
	opts gopacket.SerializeOptions
}

func newBuilder() *builder {
	return &builder{
		buf:  gopacket.NewSerializeBuffer(),
		opts: gopacket.SerializeOptions{FixLengths: true, ComputeChecksums: true},
	}
}

const (
	mtu      = 1500 // of an Ethernet
	hopLimit = 64
	// A UDP length has 16 bits and counts its own head; IPv4 counts its head
	// too.
	mostUDP4 = 65535 - 20 - 8
	mostUDP6 = 65535 - 8
)

// build makes what goes over the link: one Ethernet frame, or one for each
// fragment of a datagram that is too large for one. emit must not keep them.
func (b *builder) build(f *frame, emit func([]byte) error) error {
	p := f.packet
	src, dst := p.Src.Addr(), p.Dst.Addr()
	switch {
	case !src.IsValid() || !dst.IsValid() || src.Is4() != dst.Is4():
		return fmt.Errorf("packet %d goes from %s to %s; a capture needs two addresses of one kind", p.N, p.Src, p.Dst)
	case !f.segment && len(f.payload) > mostUDP(src):
		return fmt.Errorf("packet %d (%s) has %d bytes; a UDP datagram holds at most %d", p.N, p.Label, len(f.payload), mostUDP(src))
	}
	if err := b.transport(f, src, dst); err != nil {
		return err
	}
	room := mtu - headLen(src)
	if f.segment || len(b.buf.Bytes()) <= room {
		return b.link(p, ip(p, src, dst, protocol(f)), emit)
	}
	return b.fragments(p, src, dst, room&^7, emit)
}

func mostUDP(a netip.Addr) int {
	if a.Is4() {
		return mostUDP4
	}
	return mostUDP6
}

// headLen is how long the heads of IP are in a fragment.
func headLen(a netip.Addr) int {
	if a.Is4() {
		return 20
	}
	return 40 + 8
}

func protocol(f *frame) layers.IPProtocol {
	if f.segment {
		return layers.IPProtocolTCP
	}
	return layers.IPProtocolUDP
}

// transport puts the UDP or TCP head before the payload.
func (b *builder) transport(f *frame, src, dst netip.Addr) error {
	network := ip(f.packet, src, dst, protocol(f)).(gopacket.NetworkLayer)
	sport, dport := f.packet.Src.Port(), f.packet.Dst.Port()
	if !f.segment {
		udp := layers.UDP{SrcPort: layers.UDPPort(sport), DstPort: layers.UDPPort(dport)}
		udp.SetNetworkLayerForChecksum(network)
		return gopacket.SerializeLayers(b.buf, b.opts, &udp, gopacket.Payload(f.payload))
	}
	tcp := layers.TCP{
		SrcPort: layers.TCPPort(sport), DstPort: layers.TCPPort(dport), Seq: f.seq, Ack: f.ack, Window: 65535,
	}
	for _, flag := range strings.Fields(f.flags) {
		switch flag {
		case "SYN":
			tcp.SYN = true
		case "ACK":
			tcp.ACK = true
		case "FIN":
			tcp.FIN = true
		case "RST":
			tcp.RST = true
		case "PSH":
			tcp.PSH = true
		}
	}
	tcp.SetNetworkLayerForChecksum(network)
	return gopacket.SerializeLayers(b.buf, b.opts, &tcp, gopacket.Payload(f.payload))
}

// ip is the head of the network. A copy has the identification of its
// original, as on a real network.
func ip(p *trace.Packet, src, dst netip.Addr, next layers.IPProtocol) gopacket.SerializableLayer {
	if src.Is4() {
		return &layers.IPv4{
			Version: 4, TTL: hopLimit, Id: uint16(identification(p)), Protocol: next,
			SrcIP: src.AsSlice(), DstIP: dst.AsSlice(),
		}
	}
	return &layers.IPv6{Version: 6, HopLimit: hopLimit, NextHeader: next, SrcIP: src.AsSlice(), DstIP: dst.AsSlice()}
}

func identification(p *trace.Packet) int32 {
	if p.CopyOf != 0 {
		return p.CopyOf
	}
	return p.N
}

// link puts IP and Ethernet before what is in the buffer.
func (b *builder) link(p *trace.Packet, network gopacket.SerializableLayer, emit func([]byte) error) error {
	if err := network.SerializeTo(b.buf, b.opts); err != nil {
		return err
	}
	eth := layers.Ethernet{SrcMAC: mac(p.From), DstMAC: mac(p.To), EthernetType: layers.EthernetTypeIPv4}
	if _, six := network.(*layers.IPv6); six {
		eth.EthernetType = layers.EthernetTypeIPv6
	}
	// Without FixLengths, which would fill a short frame up to 60 bytes: a tap
	// at the sender sees none of that.
	if err := eth.SerializeTo(b.buf, gopacket.SerializeOptions{}); err != nil {
		return err
	}
	return emit(b.buf.Bytes())
}

// mac is a locally administered address made of the host's number; nobody's
// ends in ff:ff.
func mac(h trace.HostID) []byte { return []byte{2, 0, 0, 0, byte(h >> 8), byte(h)} }

// fragments cuts the datagram in the buffer (RFC 791 §3.2, RFC 8200 §4.5) into
// pieces of size bytes, a multiple of 8.
func (b *builder) fragments(p *trace.Packet, src, dst netip.Addr, size int, emit func([]byte) error) error {
	whole := append([]byte(nil), b.buf.Bytes()...)
	for at := 0; at < len(whole); at += size {
		end := min(at+size, len(whole))
		head := fragment{p, src, dst, uint16(at / 8), end < len(whole)}
		if err := b.fragment(head, whole[at:end], emit); err != nil {
			return err
		}
	}
	return nil
}

// fragment is one piece of a datagram.
type fragment struct {
	packet   *trace.Packet
	src, dst netip.Addr
	offset   uint16 // in units of 8 bytes
	more     bool
}

func (b *builder) fragment(f fragment, piece []byte, emit func([]byte) error) error {
	if err := b.buf.Clear(); err != nil {
		return err
	}
	if err := gopacket.Payload(piece).SerializeTo(b.buf, b.opts); err != nil {
		return err
	}
	if f.src.Is4() {
		head := ip(f.packet, f.src, f.dst, layers.IPProtocolUDP).(*layers.IPv4)
		head.FragOffset = f.offset
		if f.more {
			head.Flags = layers.IPv4MoreFragments
		}
		return b.link(f.packet, head, emit)
	}
	extension := layers.IPv6Fragment{
		NextHeader: layers.IPProtocolUDP, FragmentOffset: f.offset, MoreFragments: f.more,
		Identification: uint32(identification(f.packet)),
	}
	if err := extension.SerializeTo(b.buf, b.opts); err != nil {
		return err
	}
	return b.link(f.packet, ip(f.packet, f.src, f.dst, layers.IPProtocolIPv6Fragment), emit)
}
