package trace

import (
	"net/netip"
	"time"
)

// Kind says what sort of event happened. The words are those of the JSON
// lines.
type Kind uint8

// The kinds of events, in the order of the table in the package's doc.
const (
	Send Kind = iota + 1 // an element gave a message to the network
	Arrive
	Verdict // what the network decided about a packet
	Lose
	Duplicate
	Corrupt
	Segment // a TCP segment below the messages
	State   // a machine moved
	Timer   // a timer was started, stopped or fired
	Act     // a human did something
	Tell    // a user was told something
	Bind    // a binding was added, refreshed, removed or expired
	Media   // media may flow, or may no longer
	Note
)

// HostID is the index of a host in Header.Hosts; NoHost is none.
type HostID int16

// NoHost stands where an event is no host's, and where a packet goes to an
// address that nobody has.
const NoHost HostID = -1

// Packet is what the events of one packet have in common. A send and its
// arrival point to the same Packet; a copy made by the network has its own.
type Packet struct {
	N         int32  // number, from 1, in order of sending
	CopyOf    int32  // the packet that the network copied; 0: none
	Label     string // the ladder's label (F1…); a copy has none
	From, To  HostID
	Src, Dst  netip.AddrPort
	Transport string // udp, tcp, tls
	Raw       string // the bytes as sent
	Method    string // of a request; of a response, the CSeq method
	Status    int    // 0 for a request
	CSeq      uint32
	CallID    string
	Again     string // the label of the message that this one repeats
	Timer     string // the timer that caused the repetition
}

// Event is one thing that happened. Which fields speak depends on Kind; the
// package's doc has the table.
type Event struct {
	I, Cause int32 // index from 0; index of the causing event, -1 for none
	At       time.Duration
	Kind     Kind
	Host     HostID
	Txn      int32 // transaction at this host, 0 for none
	Dialog   int32
	Code     int32         // tell: status; bind: expires, in seconds; segment: length
	ID       int32         // state, timer: which machine (the transaction's or dialog's number); segment: connection
	Seq, Ack uint32        // segment: sequence and acknowledgement number
	After    time.Duration // timer: time to run; verdict, segment: delay
	Packet   *Packet
	Name     string // state: machine; timer: timer; act, tell: what; bind: AOR; verdict: fate; segment: flags
	Op       string // timer: start, stop, fire; bind: add, refresh, remove, expire; media: on, off; segment: send, repeat, or a fate
	From, To string // state: the move; bind: contact in To; media: the two ends
	On       string // state: the event that moved it; media: direction
	Ref      string // the section that the event rests on
	Text     string // note, tell, act: words; lose, verdict, segment: why; corrupt: the bytes that came of it
	Origins  []Origin
}

// Origin says where one header field of a sent message came from.
type Origin struct {
	Field  string // the header's name
	Kind   string // rule, packet, setting, fresh
	Ref    string // section, or the setting's words
	Packet int32  // the packet it was copied from
}
