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
	state                        // a transaction is in another state
	fired                        // a timer fired that sent nothing by itself
	act                          // a human acts
	told                         // a user is told something
	remark                       // a note
	barBegin                     // a timer starts
	barEnd                       // it stops or fires
)

// item is one thing that a ladder shows, in the order of the trace.
type item struct {
	kind   itemKind
	at     time.Duration
	col    int // -1: nobody's
	flight int // leaves, arrives, dies
	bar    int // barBegin, barEnd
	fires  bool
	text   string
	side   string // state: client or server
}

// flight is one packet on its way: an original, or a copy that the network
// made.
type flight struct {
	packet   *trace.Packet
	from, to int // columns; to -1: nobody has that address
	left     time.Duration
	copyNo   int // 1 for the first, 2 for the first repetition, …
	how      manner
	fate     fate
	why      string   // lost: the reason
	labels   []string // from the fullest to the shortest
	first    string   // the message's first line, for who asks more
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
