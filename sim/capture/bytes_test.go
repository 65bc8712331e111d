package capture_test

import (
	"bytes"
	"encoding/binary"
	"testing"

	"github.com/gopacket/gopacket"
	"github.com/gopacket/gopacket/layers"
	"github.com/stretchr/testify/require"
)

// Captures made by hand, byte by byte, as no writer makes them.

// record is one packet of a pcap file.
type record struct {
	seconds, part  uint32
	captured, wire uint32 // 0: as many as data has
	data           []byte
}

// pcapOf is a pcap file with times in microseconds.
func pcapOf(order binary.AppendByteOrder, link layers.LinkType, records ...record) []byte {
	b := order.AppendUint32(nil, 0xa1b2c3d4)
	b = order.AppendUint16(b, 2)
	b = order.AppendUint16(b, 4)
	for _, n := range []uint32{0, 0, 65535, uint32(link)} {
		b = order.AppendUint32(b, n)
	}
	for _, r := range records {
		if r.wire == 0 {
			r.captured, r.wire = uint32(len(r.data)), uint32(len(r.data))
		}
		for _, n := range []uint32{r.seconds, r.part, r.captured, r.wire} {
			b = order.AppendUint32(b, n)
		}
		b = append(b, r.data...)
	}
	return b
}

// block is one block of a pcapng file, its body filled up to 4 bytes.
func block(kind uint32, body []byte) []byte {
	for len(body)%4 != 0 {
		body = append(body, 0)
	}
	length := uint32(len(body)) + 12
	b := little(kind, length)
	b = append(b, body...)
	return append(b, little(length)...)
}

func little(numbers ...uint32) (b []byte) {
	for _, n := range numbers {
		b = binary.LittleEndian.AppendUint32(b, n)
	}
	return b
}

// section begins a pcapng file, with one interface of Ethernet.
func section(options ...byte) []byte {
	return append(block(0x0a0d0d0a, little(0x1a2b3c4d, 1, 0xffffffff, 0xffffffff)), iface(options...)...)
}

func iface(options ...byte) []byte { return block(1, append(little(1, 0), options...)) }

// enhanced is a packet at a time in units of the interface.
func enhanced(at uint64, data []byte) []byte {
	n := uint32(len(data))
	return block(6, append(little(0, uint32(at>>32), uint32(at), n, n), data...))
}

// onEthernet is a packet of those layers.
func onEthernet(t testing.TB, payload string, heads ...gopacket.SerializableLayer) []byte {
	return packetOf(t, payload, append([]gopacket.SerializableLayer{
		&layers.Ethernet{SrcMAC: make([]byte, 6), DstMAC: make([]byte, 6), EthernetType: layers.EthernetTypeIPv4},
	}, heads...)...)
}

func packetOf(t testing.TB, payload string, heads ...gopacket.SerializableLayer) []byte {
	b := gopacket.NewSerializeBuffer()
	all := append(heads, gopacket.Payload(payload))
	require.NoError(t, gopacket.SerializeLayers(b, gopacket.SerializeOptions{FixLengths: true}, all...))
	return bytes.Clone(b.Bytes())
}

var alice, bob = []byte{192, 0, 2, 1}, []byte{192, 0, 2, 2}

func ip4(next layers.IPProtocol) *layers.IPv4 {
	return &layers.IPv4{Version: 4, TTL: 64, Protocol: next, SrcIP: alice, DstIP: bob}
}

func datagram(t testing.TB, text string) []byte {
	return onEthernet(t, text, ip4(layers.IPProtocolUDP), &layers.UDP{SrcPort: 5060, DstPort: 5060})
}

// piece is a fragment of a datagram.
func piece(t testing.TB, id uint16, offset int, more bool, data string) []byte {
	head := ip4(layers.IPProtocolUDP)
	head.Id, head.FragOffset = id, uint16(offset/8)
	if more {
		head.Flags = layers.IPv4MoreFragments
	}
	return onEthernet(t, data, head)
}

func tcpSegment(t testing.TB, port uint16, seq uint32, flags, data string) []byte {
	return onEthernet(t, data, ip4(layers.IPProtocolTCP), &layers.TCP{
		SrcPort: layers.TCPPort(port), DstPort: 5060, Seq: seq, SYN: flags == "SYN", RST: flags == "RST", ACK: flags == "", Window: 65535,
	})
}

// udpHead is a UDP head and text, as the fragments of a datagram carry them.
func udpHead(t testing.TB, text string) string {
	return string(packetOf(t, text, &layers.UDP{SrcPort: 5060, DstPort: 5060}))
}
