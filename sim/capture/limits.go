package capture

import "fmt"

// Limits bound what Read takes in.
type Limits struct {
	File       int64 // bytes, after a gzip was expanded
	Packet     int   // bytes of one packet
	Packets    int
	Messages   int // of SIP
	Interfaces int // of one section of a pcapng
	Datagrams  int // that wait for fragments; for one more the oldest is given up
	Streams    int // directions of TCP connections that are followed; so too
	Held       int // bytes of one direction that wait for what comes before them
}

// DefaultLimits are those of the command line.
var DefaultLimits = Limits{
	File: 256 << 20, Packet: 256 << 10, Packets: 5_000_000, Messages: 400_000,
	Interfaces: 1 << 16, Datagrams: 1024, Streams: 1 << 14, Held: 256 << 10,
}

// Error is what is wrong with the structure of a capture, and where.
type Error struct {
	Packet int   // that was being read, from 1; 0: before the first
	Offset int64 // in the expanded file, from 0: where the record or block begins
	Text   string
}

func (e *Error) Error() string {
	if e.Packet == 0 {
		return fmt.Sprintf("byte %d: %s", e.Offset, e.Text)
	}
	return fmt.Sprintf("packet %d, byte %d: %s", e.Packet, e.Offset, e.Text)
}
