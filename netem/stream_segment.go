package netem

import "strings"

// Segment is the head of a TCP segment, as far as it is simulated. A Packet
// whose Flags are 0 is a datagram.
type Segment struct {
	Flags    Flags
	Conn     int32  // the number of the connection; for who looks on, it is on no wire
	Seq, Ack uint32 // both begin at 0, as Wireshark shows them
	// life is the end that it is from, of all that ever were, and peer the one
	// that it is for; 0 is not known. They do what the random initial sequence
	// numbers of RFC 9293 §3.4.1 do: a segment of an older connection between
	// the same ports is known for one.
	life, peer int32
}

// Flags are the control bits of a segment (RFC 9293 §3.1).
type Flags uint8

// The control bits.
const (
	FIN Flags = 1 << iota
	SYN
	RST
	PSH
	ACK
)

// String lists them as in SYN ACK; "" for a datagram.
func (f Flags) String() string {
	var room [5]string
	names := room[:0]
	for i, name := range [...]string{"FIN", "SYN", "RST", "PSH", "ACK"} {
		if f&(1<<i) != 0 {
			names = append(names, name)
		}
	}
	return strings.Join(names, " ")
}

// follows reports whether the sequence number a comes after b (RFC 9293 §3.4:
// they wrap around).
func follows(a, b uint32) bool { return int32(a-b) > 0 }

// length is how many sequence numbers a segment takes up.
func (s *Segment) length(payload string) uint32 {
	n := uint32(len(payload))
	if s.Flags&SYN != 0 {
		n++
	}
	if s.Flags&FIN != 0 {
		n++
	}
	return n
}
