package diagrams

import (
	"time"

	"siplab/sim/trace"
)

// itemKind is what an item of a ladder is.
type itemKind uint8

const (
	leaves   itemKind = iota + 1 // a packet leaves its host
	arrives                      // it arrives
	dies                         // it is lost
	state                        // a transaction or a dialog is in another state, or both at once
	fired                        // a timer fired that sent nothing by itself
	act                          // a human acts
	told                         // a user is told something
	remark                       // a note
	aside                        // a text beside the arrow of a message
	barBegin                     // a timer starts
	barEnd                       // it stops or fires
	media                        // media may flow in other directions than before
)

// item is one thing that a ladder shows, in the order of the trace.
type item struct {
	kind    itemKind
	fires   bool // barEnd
	segment bool // leaves, arrives, dies: of TCP, below the messages
	at      time.Duration
	col     int // -1: nobody's
	flight  int // leaves, arrives, dies, aside
	bar     int // barBegin, barEnd
	flow    int // media
	text    string
	wave    int // its place among what happens at several hosts at one time
	moved
}

// moved is what a state says beyond its text, which is the transaction's.
type moved struct {
	dialog   string // the dialog's state
	event    int32  // of the transaction's machine, else of the dialog's
	side     int8   // of the transaction: an index of sideWords, or -1
	misleads bool   // a client and a server of one kind run here
	beside   bool   // it stands beside the arrow or the timer that moved it
}

// flight is one packet on its way: an original, or a copy that the network
// made.
type flight struct {
	packet   *trace.Packet
	segment  *trace.Event // by which a TCP segment was sent; nil: a message
	from, to int          // columns; to -1: nobody has that address
	left     time.Duration
	copyNo   int // 1 for the first, 2 for the first repetition, …
	how      manner
	fate     fate
	meets    bool     // one of the other way is in the air at the same time
	why      string   // lost: the reason
	labels   []string // from the fullest to the shortest
	group    int      // number of its transaction or dialog; 0: none, or they are not told apart
	event    int32    // that of its leaving
	hurt     string   // corrupted: the bytes that came of it
}

// manner tells packets apart that are not simply sent.
type manner uint8

const (
	plain     manner = iota
	again            // sent again by a machine
	duplicate        // made by the network
	corrupted
)

type fate uint8

const (
	flying fate = iota
	arrived
	lost
)
