package netem

import (
	"net/netip"
	"time"
)

// HostID is the index of a host in the order of Network.Host.
type HostID int32

// NoHost stands where an address belongs to nobody.
const NoHost HostID = -1

// Packet is one datagram, or one segment of a connection, under way.
type Packet struct {
	N, CopyOf int32  // number from 1 in order of sending, copies have their own; CopyOf 0: an original
	From, To  HostID // the host that sent it, and whose address Dst is, or NoHost
	Src, Dst  netip.AddrPort
	Sent      time.Duration // when it, or the original of a copy, was sent
	Payload   string
	Corrupted bool // Payload is not what was sent
	Note      any  // the sender's own; a copy begins with the note of its original
	Segment        // zero for a datagram
}

// Action is what a Judge wants done with a packet.
type Action uint8

// The actions; Pass is nothing to say.
const (
	Pass Action = iota
	Lose
	Delay
	Duplicate
	Corrupt
	Hold
)

func (a Action) String() string {
	return [...]string{"pass", "lose", "delay", "duplicate", "corrupt", "hold"}[a]
}

// Verdict is what a Judge says of one packet.
type Verdict struct {
	Do    Action
	Delay time.Duration // Delay: longer by this; Duplicate: how long after the original the copy comes
	Gate  uint32        // Hold: kept until this gate is opened
	Why   string        // stands in the fates
}

// FateKind says what the network decided.
type FateKind uint8

// The kinds of fates.
const (
	Delivers   FateKind = iota // it will arrive
	Loses                      // it will not
	Duplicates                 // there is a copy, whose own fates follow
	Corrupts                   // a bit of it was turned; what becomes of it follows
	Holds                      // it waits at a gate
)

func (k FateKind) String() string {
	return [...]string{"deliver", "lose", "duplicate", "corrupt", "hold"}[k]
}

// Fate is one thing that the network decided about a packet. Of each packet
// the last fate is Delivers, Loses or Holds.
type Fate struct {
	Kind   FateKind
	Packet *Packet       // Duplicates: the copy
	Delay  time.Duration // Delivers: from now until it arrives
	Why    string        // the condition or the verdict's words; "" for a plain delivery
}

// EventKind says what an event is.
type EventKind uint8

// The kinds of events.
const (
	Arrival EventKind = iota + 1 // a packet came to its host
	Lost                         // a packet came to a host that is down
	Wake                         // a time came that was asked for with Network.Wake
	Sent                         // a connection sent a segment: Network.Fates says what becomes of it
	Opened                       // a connection is open: one that Network.Dial began, or one that came
	Data                         // bytes have come: Conn.Read has them
	Closed                       // the other end has closed, and sends no more
	Failed                       // the connection is no more: Why says why
)

func (k EventKind) String() string {
	return [...]string{"none", "arrival", "lost", "wake", "sent", "opened", "data", "closed", "failed"}[k]
}

// Event is what Network.Next gives.
type Event struct {
	Kind   EventKind
	At     time.Duration
	Packet *Packet // valid until the next call of Next
	Conn   *Conn   // of all that is a connection's; nil for a segment that met none
	Again  bool    // Sent: the segment was sent before
	Token  uint64  // of a Wake
	Why    string  // of a Lost, of a Failed
}

// Counts says where the packets are:
// Sent + Duplicated = Arrived + Lost + InFlight.
type Counts struct {
	Sent, Duplicated, Arrived, Lost int
	InFlight                        int // on the way or held
	Held                            int // those of InFlight that wait at a gate
}
