package sim

import (
	"net/netip"
	"time"

	"siplab/netem"
	"siplab/sim/core"
	"siplab/sim/fault"
	"siplab/sim/fsm"
	"siplab/sim/transaction"
	"siplab/sim/transport"
)

// Scenario is what a run starts from, as data: who is there, what the network
// does to packets, and what humans do when. Package scenario turns words into
// it and back. A Scenario is never changed by a run.
type Scenario struct {
	Title    string
	Notes    []string
	Seed     uint64
	Timing   transaction.Timing // zero fields: the defaults of RFC 3261 Table 4
	Net      netem.Conditions   // of each link that Links does not name
	TCP      TCP
	Hosts    []Host // in the order of the ladder
	Links    []Link
	Faults   []fault.Fault
	Records  Records       // of DNS
	Acts     []Act         // in the order of the text
	Messages []Message     // that script hosts send
	For      time.Duration // how long the run lasts; 0: until nothing but upkeep is left
	Bounds   Bounds        // zero fields: DefaultBounds
	Seen     fsm.Probe     // of the rows that all machines take; nil: nobody looks
}

// Host is one element of a scenario.
type Host struct {
	Name    string
	Label   string         // what pictures call it; "": Name
	Addr    netip.AddrPort // zero: the next of 192.0.2.0/24 (RFC 5737), port 5060
	Element Element
	// Transport is what its requests go over where their URI leaves it open;
	// the Contact of a phone then says it too.
	Transport transport.Protocol
	// NoTCP refuses connections, as an element of RFC 2543 may.
	NoTCP bool
	// Bugs are the faults that its transactions have.
	Bugs []*transaction.Bug
}

// TCP is what all connections of a run go by. Zero fields are the defaults.
type TCP struct {
	netem.Streams
	// Idle is how long a connection is kept that nobody uses; 0: 64*T1.
	Idle time.Duration
	// Unfinished is how long a message may take from its first byte to its
	// last; 0: 64*T1.
	Unfinished time.Duration
}

// Link gives the way from one host to another conditions of its own; Both
// says that they hold for the way back too.
type Link struct {
	From, To   string
	Both       bool
	Conditions netem.Conditions
}

// Act is one thing that a human does at a host: an `at` statement.
type Act struct {
	At   time.Duration
	Host string
	core.Act
}

// Bounds end a run that would not end by itself. A run that meets one stops
// with the trace so far and says which.
type Bounds struct {
	Events  int           // events of the trace
	Time    time.Duration // virtual
	Hosts   int
	Message int // bytes in one message
}

// DefaultBounds are the limits of a run whose scenario names none.
var DefaultBounds = Bounds{Events: 1_000_000, Time: 24 * time.Hour, Hosts: 20_000, Message: 64 << 10}
