package capture_test

import (
	"bytes"
	"encoding/binary"
	"fmt"
	"runtime"
	"strings"
	"testing"
	"time"

	"github.com/gopacket/gopacket"
	"github.com/gopacket/gopacket/layers"
	"github.com/stretchr/testify/require"

	"siplab/diagrams"
	"siplab/sim/capture"
	"siplab/sim/trace"
)

func allocated(f func()) uint64 {
	var before, after runtime.MemStats
	runtime.ReadMemStats(&before)
	f()
	runtime.ReadMemStats(&after)
	return after.TotalAlloc - before.TotalAlloc
}

func TestLinksOfSeveralTypesAreRead(t *testing.T) {
	text := options(0)
	ip := datagram(t, text)[14:]
	ether := func(kind layers.EthernetType) gopacket.SerializableLayer {
		return &layers.Ethernet{SrcMAC: make([]byte, 6), DstMAC: make([]byte, 6), EthernetType: kind}
	}
	cooked := append([]byte{0, 0, 0, 1, 0, 6, 0, 0, 0, 0, 0, 0, 0, 0, 8, 0}, ip...)
	cooked2 := append([]byte{8, 0, 0, 0, 0, 0, 0, 1, 0, 1, 0, 6, 0, 0, 0, 0, 0, 0, 0, 0}, ip...)
	for _, c := range []struct {
		name string
		link layers.LinkType
		data []byte
	}{
		{"Ethernet", layers.LinkTypeEthernet, datagram(t, text)},
		{"a VLAN", layers.LinkTypeEthernet, packetOf(t, string(ip), ether(layers.EthernetTypeDot1Q), &layers.Dot1Q{VLANIdentifier: 7, Type: layers.EthernetTypeIPv4})},
		{"a VLAN in a VLAN", layers.LinkTypeEthernet, packetOf(t, string(ip), ether(layers.EthernetTypeQinQ),
			&layers.Dot1Q{VLANIdentifier: 7, Type: layers.EthernetTypeDot1Q}, &layers.Dot1Q{VLANIdentifier: 8, Type: layers.EthernetTypeIPv4})},
		{"Linux cooked", layers.LinkTypeLinuxSLL, cooked},
		{"Linux cooked, version 2", layers.LinkTypeLinuxSLL2, cooked2},
		{"loopback of BSD", layers.LinkTypeNull, append([]byte{2, 0, 0, 0}, ip...)},
		{"loopback of OpenBSD", layers.LinkTypeLoop, append([]byte{0, 0, 0, 2}, ip...)},
		{"raw IP", layers.LinkTypeRaw, ip},
		{"raw IPv4", layers.LinkTypeIPv4, ip},
		{"raw IP of BSD", 12, ip},
	} {
		for _, order := range []binary.AppendByteOrder{binary.LittleEndian, binary.BigEndian} {
			tr := read(t, pcapOf(order, c.link, record{data: c.data}))
			require.Equal(t, 1, sent(tr), c.name)
			require.Equal(t, text, tr.Events[0].Packet.Raw, c.name)
		}
	}
	tr := read(t, pcapOf(binary.LittleEndian, 999, record{data: ip}))
	require.Equal(t, "left out: of a link that is not read: 1", notes(tr))
}

func TestTheObsoleteAndTheSimpleBlockAreRead(t *testing.T) {
	data := datagram(t, options(0))
	n := uint32(len(data))
	file := append(section(), enhanced(7_000_000, data)...)
	file = append(file, block(3, append(little(n), data...))...)
	file = append(file, block(2, append(little(0, 0, 9_000_000, n, n), data...))...)
	tr := read(t, file)
	var at []time.Duration
	for _, m := range onTheWire(tr) {
		at = append(at, m.at)
	}
	require.Equal(t, []time.Duration{0, 0, 2 * time.Second}, at, "a simple packet has the time of the one before")
}

func TestHostsAreCalledAsTheirAddresses(t *testing.T) {
	tr := read(t, pcapOf(order, ethernet, record{data: datagram(t, options(0))}))
	require.Equal(t, "192.0.2.1", tr.Hosts[0].Name)
	require.Equal(t, "192.0.2.2:5060", tr.Hosts[1].Addrs[0].String())

	t.Run("an address that talks to itself is several", func(t *testing.T) {
		head := ip4(layers.IPProtocolUDP)
		head.DstIP = head.SrcIP
		tr := read(t, pcapOf(order, ethernet,
			record{data: onEthernet(t, options(0), head, &layers.UDP{SrcPort: 5061, DstPort: 5060})},
			record{data: datagram(t, options(1))}))
		var names []string
		for _, h := range tr.Hosts {
			names = append(names, h.Name)
		}
		require.Equal(t, []string{"192.0.2.1:5061", "192.0.2.1:5060", "192.0.2.2"}, names)
	})
	t.Run("and there are not more of them than a trace can have", func(t *testing.T) {
		var b bytes.Buffer
		b.Write(pcapOf(order, layers.LinkTypeRaw))
		data := datagram(t, options(0))[14:]
		for i := range 33_000 {
			binary.BigEndian.PutUint32(data[12:], uint32(i))
			b.Write(pcapOf(order, layers.LinkTypeRaw, record{data: data})[24:])
		}
		_, err := capture.Read(&b, capture.DefaultLimits)
		require.ErrorContains(t, err, "more than 32,767 addresses")
	})
}

func TestWhatIsSentAgainIsKnown(t *testing.T) {
	again := func(texts ...string) (list []string) {
		var records []record
		for _, text := range texts {
			records = append(records, record{data: datagram(t, text)})
		}
		for _, e := range read(t, pcapOf(order, ethernet, records...)).Events {
			if e.Kind == trace.Send {
				list = append(list, e.Packet.Again)
			}
		}
		return list
	}
	request, changed := options(0), strings.Replace(options(0), "Call-ID", "Date: Thu, 21 Feb 2002 13:02:03 GMT\r\nCall-ID", 1)
	old := strings.Replace(request, "z9hG4bK", "", 1)
	response := "SIP/2.0 180 Ringing\r\nVia: SIP/2.0/UDP 192.0.2.1;branch=z9hG4bKa\r\nCSeq: 1 INVITE\r\n\r\n"
	require.Equal(t, []string{"", "F1"}, again(request, request), "by its bytes")
	require.Equal(t, []string{"", "F1"}, again(request, changed), "by its transaction (RFC 3261 §17.2.3)")
	require.Equal(t, []string{"", "", "F2"}, again(request, strings.ReplaceAll(request, "OPTIONS", "ACK"), strings.ReplaceAll(request, "OPTIONS", "ACK")), "an ACK is no INVITE again")
	require.Equal(t, []string{"", ""}, again(old, old+"x"), "without the cookie a branch says nothing")
	require.Equal(t, []string{"", "F1", ""}, again(response, response, response+" "), "a response by its bytes alone")
}

func TestWhatIsNoSIPIsCounted(t *testing.T) {
	arp := packetOf(t, "x", &layers.Ethernet{SrcMAC: make([]byte, 6), DstMAC: make([]byte, 6), EthernetType: layers.EthernetTypeARP})
	tr := read(t, pcapOf(order, ethernet,
		record{data: arp}, record{data: datagram(t, "\x80\x00rtp")}, record{data: datagram(t, "")}, record{data: []byte{1, 2}},
		record{data: onEthernet(t, "", ip4(layers.IPProtocolICMPv4))},
		record{data: datagram(t, options(100))[:90], captured: 90, wire: 200}))
	require.Equal(t, "left out: no IP: 1, UDP datagrams that are no SIP: 2, malformed: 1, neither UDP nor TCP: 1, not captured whole: 1", notes(tr))
}

func TestARelativeOfPcapIsRefusedWithAWayOut(t *testing.T) {
	start := little(0xa1b2cd34)
	require.True(t, capture.Is(start))
	refused(t, start, "editcap -F pcapng makes a pcapng of it")
	require.False(t, capture.Is([]byte("phone bob")))
	require.False(t, capture.Is(nil))
}

func TestMessagesAreBounded(t *testing.T) {
	limits := capture.DefaultLimits
	limits.Messages = 3
	one := record{data: datagram(t, options(0))}
	tr, err := capture.Read(bytes.NewReader(pcapOf(order, ethernet, one, one, one, one)), limits)
	require.ErrorContains(t, err, "the capture has more than 3 SIP messages")
	require.Equal(t, 3, sent(tr))
}

func BenchmarkRead10000(b *testing.B) {
	var data bytes.Buffer
	data.Write(pcapOf(order, ethernet))
	for i := range 10_000 {
		text := strings.Replace(options(300), "branch=z9hG4bK", fmt.Sprintf("branch=z9hG4bK%d", i), 1)
		data.Write(pcapOf(order, ethernet, record{seconds: uint32(i), data: datagram(b, text)})[24:])
	}
	b.ReportAllocs()
	for b.Loop() {
		require.Equal(b, 10_000, sent(read(b, data.Bytes())))
	}
}

func FuzzRead(f *testing.F) {
	f.Add(pcapOf(order, ethernet, record{data: datagram(f, options(0))}, record{data: tcpSegment(f, 1, 0, "SYN", "")}, record{data: tcpSegment(f, 1, 1, "", options(0))}))
	f.Add(append(section(), enhanced(1, datagram(f, options(0)))...))
	f.Add(pcapOf(binary.BigEndian, layers.LinkTypeRaw, record{data: piece(f, 1, 0, true, udpHead(f, options(80))[:64])[14:]}))
	for _, lines := range []string{overTCP, registration + "at 0s bob registers"} {
		f.Add(written(f, play(f, lines), capture.Options{}))
	}
	limits := capture.Limits{File: 1 << 20, Packet: 1 << 16, Packets: 1000, Messages: 500, Interfaces: 100, Datagrams: 20, Streams: 20, Held: 1 << 12}
	f.Fuzz(func(t *testing.T, data []byte) {
		tr, err := capture.Read(bytes.NewReader(data), limits)
		if tr == nil {
			require.Error(t, err)
			return
		}
		for i, e := range tr.Events {
			require.Equal(t, int32(i), e.I)
			require.False(t, e.At < 0 || i > 0 && e.At < tr.Events[i-1].At, "time goes forward")
			require.False(t, e.Packet != nil && (e.Packet.From < 0 || e.Packet.To < 0 || e.Host < 0))
		}
		var lines, file bytes.Buffer
		tr.Replay(trace.NewWriter(&lines))
		back, err := trace.Read(&lines)
		require.NoError(t, err)
		require.Equal(t, len(tr.Events), len(back.Events))
		diagrams.NewLadder(tr, diagrams.Options{}).Text()
		require.NoError(t, capture.Write(&file, tr, capture.Options{}))
	})
}
