package capture_test

import (
	"bytes"
	"compress/gzip"
	"encoding/binary"
	"io"
	"strings"
	"testing"
	"time"

	"github.com/gopacket/gopacket"
	"github.com/gopacket/gopacket/layers"
	"github.com/stretchr/testify/require"

	"siplab/sim/capture"
	"siplab/sim/trace"
)

var order = binary.LittleEndian

const ethernet = layers.LinkTypeEthernet

// refused reads a capture that has to be refused, with those words.
func refused(t testing.TB, data []byte, words ...string) *trace.Trace {
	t.Helper()
	tr, err := capture.Read(bytes.NewReader(data), capture.DefaultLimits)
	for _, w := range words {
		require.ErrorContains(t, err, w)
	}
	return tr
}

// notes are the remarks at the end of a trace.
func notes(tr *trace.Trace) string {
	var list []string
	for _, e := range tr.Events {
		if e.Kind == trace.Note {
			list = append(list, e.Text)
		}
	}
	return strings.Join(list, "; ")
}

func sent(tr *trace.Trace) (n int) {
	for _, e := range tr.Events {
		if e.Kind == trace.Send {
			n++
		}
	}
	return n
}

// endless gives the same bytes again and again, n times.
func endless(head, again []byte, n int) io.Reader {
	return io.MultiReader(bytes.NewReader(head), &repeated{again, nil, n})
}

type repeated struct {
	data, left []byte
	n          int
}

func (r *repeated) Read(p []byte) (n int, err error) {
	for n < len(p) {
		if len(r.left) == 0 {
			if r.n == 0 {
				return n, io.EOF
			}
			r.n--
			r.left = r.data
		}
		c := copy(p[n:], r.left)
		n, r.left = n+c, r.left[c:]
	}
	return n, nil
}

func TestHostilePcap(t *testing.T) {
	one := record{data: datagram(t, options(0))}
	t.Run("SEC-51 snaplen 2^32-1", func(t *testing.T) {
		data := pcapOf(order, ethernet, one)
		copy(data[16:], little(1<<32-1))
		require.Equal(t, 1, sent(read(t, data)))
	})
	t.Run("SEC-51 more captured than the file has", func(t *testing.T) {
		tr := refused(t, pcapOf(order, ethernet, one, record{captured: 200000, wire: 200000}), "packet 2, byte ", "stops in the middle")
		require.Equal(t, 1, sent(tr), "what was read before comes with the error")
		require.Equal(t, trace.Failed, tr.End.Why)
	})
	t.Run("SEC-51 more captured than was sent", func(t *testing.T) {
		refused(t, pcapOf(order, ethernet, one, one, record{captured: 60, wire: 59}), "packet 3, ", "says that 60 bytes of 59 were captured")
	})
	t.Run("SEC-51 a negative length", func(t *testing.T) {
		refused(t, pcapOf(order, ethernet, record{captured: 1<<32 - 1, wire: 1<<32 - 1}), "packet 1, byte 24: says that 4294967295 bytes of it were captured; at most 262144 are read")
	})
	t.Run("SEC-51 packets of no bytes without end", func(t *testing.T) {
		limits := capture.DefaultLimits
		limits.Packets = 100_000
		_, err := capture.Read(endless(pcapOf(order, ethernet), make([]byte, 16), 10_000_000), limits)
		require.ErrorContains(t, err, "packet 100001, byte 1600024: the capture has more than 100000 packets")
	})
	t.Run("SEC-51 cut off at each byte of the first 200", func(t *testing.T) {
		data := pcapOf(order, ethernet, one, one)
		ends := map[int]bool{24: true, 24 + 16 + len(one.data): true}
		for n := range 200 {
			_, err := capture.Read(bytes.NewReader(data[:n]), capture.DefaultLimits)
			require.Equal(t, ends[n], err == nil, "%d bytes: %v", n, err)
			if n > 24 && !ends[n] {
				require.ErrorContains(t, err, "packet ")
			}
		}
	})
	t.Run("SEC-51 no big allocation", func(t *testing.T) {
		data := pcapOf(order, ethernet, record{captured: 256 << 10, wire: 256 << 10})
		require.Less(t, allocated(func() { capture.Read(bytes.NewReader(data), capture.DefaultLimits) }), uint64(1<<20))
	})
}

func TestHostilePcapng(t *testing.T) {
	good := enhanced(0, datagram(t, options(0)))
	with := func(blocks ...[]byte) []byte { return append(section(), bytes.Join(blocks, nil)...) }
	changed := func(at int, n uint32) []byte {
		b := bytes.Clone(good)
		copy(b[at:], little(n))
		return b
	}
	for _, length := range []uint32{0, 3, 8, 13} {
		t.Run("SEC-52 a block of a length that cannot be", func(t *testing.T) {
			tr := refused(t, with(good, changed(4, length)), "packet 2, ", "that is a multiple of 4, and at least 12")
			require.Equal(t, 1, sent(tr))
			refused(t, with(little(0x0bad, length)), "that is a multiple of 4, and at least 12")
		})
	}
	t.Run("SEC-52 a block of 2^31 bytes", func(t *testing.T) {
		refused(t, with(changed(4, 1<<31)), "packet 1, ", "at most 393216 are read")
		refused(t, with(little(0x0bad, 1<<31)), "longer than 268435456 bytes")
	})
	t.Run("SEC-52 a wrong length at the end", func(t *testing.T) {
		refused(t, with(changed(len(good)-4, 7)), "packet 1, ", "and at its end that it is 7")
	})
	t.Run("SEC-52 a section of 2^63 bytes", func(t *testing.T) {
		data := with(good)
		copy(data[16:], little(0, 1<<31))
		require.Equal(t, 1, sent(read(t, data)), "its length is not believed")
	})
	t.Run("SEC-52 an option of 65,535 bytes", func(t *testing.T) {
		option := append([]byte{1, 0, 0xff, 0xff}, make([]byte, 65536)...)
		require.Equal(t, 1, sent(read(t, append(section(option...), good...))))
		require.Equal(t, 1, sent(read(t, append(section(1, 0, 0xff, 0xff), good...))), "that is not there")
	})
	t.Run("SEC-52 10^5 interfaces", func(t *testing.T) {
		_, err := capture.Read(endless(section(), iface(), 100_000), capture.DefaultLimits)
		require.ErrorContains(t, err, "the capture has more than 65536 interfaces")
	})
	t.Run("SEC-52 an unknown block", func(t *testing.T) {
		require.Equal(t, 2, sent(read(t, with(good, block(0xbad, make([]byte, 100)), good))))
	})
	t.Run("SEC-52 packets of an interface that is not there", func(t *testing.T) {
		refused(t, with(changed(8, 1)), "packet 1, ", "is of interface 1; the section has 1")
	})
	t.Run("SEC-52 more captured than the block holds", func(t *testing.T) {
		b := changed(20, 4096)
		copy(b[24:], little(4096))
		refused(t, with(b), "says that 4096 bytes of it were captured; its block has room for")
	})
	t.Run("SEC-52 clocks finer than 64 bits", func(t *testing.T) {
		for _, exponent := range []byte{20, 63, 127, 128 + 64, 255} {
			refused(t, append(section(9, 0, 1, 0, exponent, 0, 0, 0), good...), "the clock of an interface is finer")
		}
	})
	t.Run("SEC-52 a section without a byte order, and of another version", func(t *testing.T) {
		data := with(good)
		copy(data[8:], little(0x11111111))
		refused(t, data, "has no byte order")
		data = with(good)
		copy(data[12:], little(2))
		refused(t, data, "is a pcapng of version 2; version 1 is known")
	})
	t.Run("SEC-52 cut off at each byte", func(t *testing.T) {
		data := with(good)
		for n := range len(data) {
			_, err := capture.Read(bytes.NewReader(data[:n]), capture.DefaultLimits)
			whole := n == len(section()) || n == len(section())-len(iface())
			require.Equal(t, whole, err == nil, "%d: %v", n, err)
		}
	})
}

func TestHostileFragments(t *testing.T) {
	text := options(3000)
	whole := udpHead(t, text)
	t.Run("SEC-53 that overlap", func(t *testing.T) {
		tr := read(t, pcapOf(order, ethernet,
			record{data: piece(t, 1, 0, true, whole[:1480])},
			record{data: piece(t, 1, 1472, true, whole[1472:2952])},
			record{data: piece(t, 1, 2952, false, whole[2952:])}))
		require.Zero(t, sent(tr))
		require.Contains(t, notes(tr), "fragments that overlap: 1")
	})
	t.Run("SEC-53 teardrop: one inside another", func(t *testing.T) {
		tr := read(t, pcapOf(order, ethernet,
			record{data: piece(t, 1, 0, true, whole[:64])},
			record{data: piece(t, 1, 24, false, whole[:4])}))
		require.Contains(t, notes(tr), "fragments that contradict each other: 1")
	})
	t.Run("SEC-53 that come in any order, and twice", func(t *testing.T) {
		last, first := record{data: piece(t, 1, 1480, false, whole[1480:])}, record{data: piece(t, 1, 0, true, whole[:1480])}
		tr := read(t, pcapOf(order, ethernet, last, last, first))
		require.Equal(t, 1, sent(tr))
		require.Empty(t, notes(tr))
	})
	t.Run("SEC-53 10^6 first fragments", func(t *testing.T) {
		var b bytes.Buffer
		b.Write(pcapOf(order, ethernet))
		for id := range 20_000 {
			b.Write(pcapOf(order, ethernet, record{data: piece(t, uint16(id), 0, true, whole[:8])})[24:])
		}
		tr := read(t, b.Bytes())
		require.Contains(t, notes(tr), "datagrams of which fragments are missing: 20000")
	})
	t.Run("SEC-53 more than 65,535 bytes in all", func(t *testing.T) {
		tr := read(t, pcapOf(order, ethernet, record{data: piece(t, 1, 65528, false, whole[:64])}))
		require.Contains(t, notes(tr), "fragments that end after byte 65,535: 1")
	})
	t.Run("SEC-53 of no bytes, and not of a multiple of 8", func(t *testing.T) {
		tr := read(t, pcapOf(order, ethernet, record{data: piece(t, 1, 0, true, "")}, record{data: piece(t, 2, 0, true, "abc")}))
		require.Contains(t, notes(tr), "fragments of a wrong length: 2")
	})
	t.Run("SEC-53 a chain of 1,000 extension headers", func(t *testing.T) {
		chain := bytes.Repeat([]byte{0, 0, 1, 4, 0, 0, 0, 0}, 1000)
		head := &layers.IPv6{Version: 6, NextHeader: layers.IPProtocolIPv6HopByHop, SrcIP: make([]byte, 16), DstIP: make([]byte, 16)}
		tr := read(t, pcapOf(order, layers.LinkTypeRaw, record{data: packetOf(t, string(chain), rawHead(t, head, len(chain)))}))
		require.Contains(t, notes(tr), "with too many extension headers of IPv6: 1")
	})
	t.Run("SEC-53 tunnels in tunnels", func(t *testing.T) {
		data := datagram(t, text)[14:]
		for range 100 {
			data = packetOf(t, string(data), ip4(layers.IPProtocolIPv4))
		}
		tr := read(t, pcapOf(order, layers.LinkTypeRaw, record{data: data}))
		require.Equal(t, "left out: neither UDP nor TCP: 1", notes(tr))
	})
}

// rawHead is the head of IPv6 as it is, since gopacket would put a chain of its
// own behind it.
func rawHead(t testing.TB, h *layers.IPv6, length int) gopacket.SerializableLayer {
	b := make([]byte, 40)
	b[0], b[6], b[7] = 6<<4, byte(h.NextHeader), 64
	binary.BigEndian.PutUint16(b[4:], uint16(length))
	return gopacket.Payload(b)
}

func TestHostileStreams(t *testing.T) {
	invite := strings.Replace(options(0), "\r\n\r\n", "\r\nContent-Length: 0\r\n\r\n", 1)
	segments := func(list ...[]byte) *trace.Trace {
		var records []record
		for i, data := range list {
			records = append(records, record{seconds: uint32(i), data: data})
		}
		return read(t, pcapOf(order, ethernet, records...))
	}
	t.Run("SEC-54 segments over each other with other bytes: the first counts", func(t *testing.T) {
		other := strings.Repeat("x", len(invite))
		tr := segments(tcpSegment(t, 1, 0, "SYN", ""), tcpSegment(t, 1, 1, "", invite[:40]), tcpSegment(t, 1, 1, "", other[:60]+invite[60:]))
		require.Equal(t, 0, sent(tr), "what the second adds is its own")
		tr = segments(tcpSegment(t, 1, 0, "SYN", ""), tcpSegment(t, 1, 1, "", invite[:40]), tcpSegment(t, 1, 1, "", other[:40]+invite[40:]))
		require.Equal(t, invite, tr.Events[0].Packet.Raw)
		require.Equal(t, []time.Duration{1 * time.Second, 2 * time.Second}, []time.Duration{tr.Events[0].At, tr.Events[1].At}, "from its first byte to its last")
	})
	t.Run("SEC-54 a hole of 1 GB is told, and not waited for", func(t *testing.T) {
		tr := segments(tcpSegment(t, 1, 0, "SYN", ""), tcpSegment(t, 1, 1, "", invite), tcpSegment(t, 1, 1<<30, "", invite+invite))
		require.Equal(t, 3, sent(tr))
		require.Equal(t, "left out: holes in TCP streams: 1", notes(tr))
	})
	t.Run("SEC-54 a message with a hole is left out, and what comes after it is read", func(t *testing.T) {
		tr := segments(tcpSegment(t, 1, 0, "SYN", ""), tcpSegment(t, 1, 1, "", invite[:50]), tcpSegment(t, 1, 101, "", invite[100:]),
			tcpSegment(t, 1, 1+uint32(len(invite)), "", invite))
		require.Equal(t, 1, sent(tr))
		require.Equal(t, "left out: holes in TCP streams: 1, SIP messages that do not end: 1, TCP segments that are no SIP: 1", notes(tr))
	})
	t.Run("SEC-54 10^6 connections with nothing but a SYN", func(t *testing.T) {
		limits := capture.DefaultLimits
		limits.Streams = 100
		var b bytes.Buffer
		b.Write(pcapOf(order, ethernet))
		for port := range 20_000 {
			b.Write(pcapOf(order, ethernet, record{data: tcpSegment(t, uint16(port), 0, "SYN", "")})[24:])
		}
		tr, err := capture.Read(&b, limits)
		require.NoError(t, err)
		require.Equal(t, "left out: TCP streams given up for newer ones: 19900", notes(tr))
	})
	t.Run("SEC-54 what waits for a hole is bounded", func(t *testing.T) {
		list := [][]byte{tcpSegment(t, 1, 0, "SYN", "")}
		for i := range uint32(2000) {
			list = append(list, tcpSegment(t, 1, 10+2*i, "", "a"))
		}
		require.Contains(t, notes(segments(list...)), "holes in TCP streams: 2000")
	})
	t.Run("SEC-54 a connection that is reset, and a new one between the same ports", func(t *testing.T) {
		tr := segments(tcpSegment(t, 1, 0, "SYN", ""), tcpSegment(t, 1, 1, "", invite), tcpSegment(t, 1, 0, "RST", ""),
			tcpSegment(t, 1, 7000, "SYN", ""), tcpSegment(t, 1, 7001, "", invite), tcpSegment(t, 1, 99, "SYN", ""), tcpSegment(t, 1, 100, "", invite))
		require.Equal(t, 3, sent(tr))
	})
	t.Run("SEC-54 a message without Content-Length ends its stream", func(t *testing.T) {
		tr := segments(tcpSegment(t, 1, 0, "SYN", ""), tcpSegment(t, 1, 1, "", options(0)))
		require.Equal(t, 1, sent(tr), "it is shown")
		require.Equal(t, "left out: TCP streams whose messages cannot be told apart: 1", notes(tr))
	})
	t.Run("SEC-54 a stream of line ends is not kept", func(t *testing.T) {
		list := [][]byte{tcpSegment(t, 1, 0, "SYN", "")}
		for i := range uint32(5000) {
			list = append(list, tcpSegment(t, 1, 1+4*i, "", "\r\n\r\n"))
		}
		tr := segments(append(list, tcpSegment(t, 1, 20001, "", "\r\n"+invite[:30]), tcpSegment(t, 1, 20033, "", invite[30:]))...)
		require.Equal(t, invite, tr.Events[0].Packet.Raw)
		require.Equal(t, 5001*time.Second, tr.Events[0].At)
	})
	t.Run("SEC-54 a stream that is no SIP", func(t *testing.T) {
		tr := segments(tcpSegment(t, 1, 0, "SYN", ""), tcpSegment(t, 1, 1, "", "\x16\x03\x01\x00"), tcpSegment(t, 1, 5, "", "GET / HTTP/1.1\r\n"))
		require.Equal(t, "left out: TCP segments that are no SIP: 2", notes(tr))
	})
}

func TestACompressedCaptureIsBounded(t *testing.T) {
	zipped := func(r io.Reader) []byte {
		var b bytes.Buffer
		z := gzip.NewWriter(&b)
		_, err := io.Copy(z, r)
		require.NoError(t, err)
		require.NoError(t, z.Close())
		return b.Bytes()
	}
	plain := pcapOf(order, ethernet, record{data: datagram(t, options(0))})
	require.Equal(t, 1, sent(read(t, zipped(bytes.NewReader(plain)))))
	t.Run("SEC-55 1000:1", func(t *testing.T) {
		limits := capture.DefaultLimits
		limits.File = 1 << 20
		bomb := zipped(endless(section(), block(0xbad, make([]byte, 1<<16)), 64))
		require.Less(t, len(bomb), 1<<14)
		_, err := capture.Read(bytes.NewReader(bomb), limits)
		require.ErrorContains(t, err, "longer than 1048576 bytes")
	})
	t.Run("SEC-55 gzip in gzip", func(t *testing.T) {
		refused(t, zipped(bytes.NewReader(zipped(bytes.NewReader(plain)))), "is no capture")
	})
	t.Run("SEC-55 gzip of something else, and what only begins like it", func(t *testing.T) {
		refused(t, zipped(strings.NewReader("phone bob")), "is no capture")
		refused(t, []byte{0x1f, 0x8b, 8, 0}, "begins like gzip and is none")
	})
	t.Run("SEC-55 gzip with wrong bytes in the middle", func(t *testing.T) {
		data := zipped(bytes.NewReader(plain))
		data[len(data)-6] ^= 0xff // of the checksum
		refused(t, data, "gzip: invalid checksum")
	})
}

func TestTimesThatCannotBe(t *testing.T) {
	data := datagram(t, options(0))
	at := func(tr *trace.Trace) (list []time.Duration) {
		for i, e := range tr.Events {
			require.False(t, e.At < 0 || i > 0 && e.At < tr.Events[i-1].At)
			if e.Kind == trace.Send {
				list = append(list, e.At)
			}
		}
		return list
	}
	t.Run("SEC-56 that go back stand still", func(t *testing.T) {
		tr := read(t, pcapOf(order, ethernet, record{seconds: 10, data: data}, record{seconds: 9, data: data}, record{seconds: 12, data: data}))
		require.Equal(t, []time.Duration{0, 0, 2 * time.Second}, at(tr))
		require.Equal(t, "times that go back: 1; they are taken to stand still", notes(tr))
	})
	t.Run("SEC-56 the year 2106", func(t *testing.T) {
		tr := read(t, pcapOf(order, ethernet, record{seconds: 0, data: data}, record{seconds: 1<<32 - 1, data: data}))
		require.Equal(t, []time.Duration{0, (1<<32 - 1) * time.Second}, at(tr))
	})
	t.Run("SEC-56 the year 1901, and before and after", func(t *testing.T) {
		offset := func(seconds int64) []byte {
			return section(append([]byte{14, 0, 8, 0}, binary.LittleEndian.AppendUint64(nil, uint64(seconds))...)...)
		}
		tr := read(t, append(append(offset(-1<<31), enhanced(0, data)...), enhanced(5_000_000, data)...))
		require.Equal(t, []time.Duration{0, 5 * time.Second}, at(tr))
		require.Empty(t, notes(tr))
		for _, seconds := range []int64{-1 << 63, 1<<63 - 1, 1 << 40} {
			tr = read(t, append(offset(seconds), enhanced(1<<64-1, data)...))
			require.Equal(t, []time.Duration{0}, at(tr))
			require.Equal(t, "times that no clock can have said: 1", notes(tr))
		}
	})
	t.Run("SEC-56 more nanoseconds than a second has", func(t *testing.T) {
		tr := read(t, pcapOf(order, ethernet, record{data: data}, record{seconds: 1, part: 2_500_000, data: data}))
		require.Equal(t, []time.Duration{0, 3500 * time.Millisecond}, at(tr))
		require.Equal(t, "times that no clock can have said: 1", notes(tr))
	})
}
