package location

import (
	"time"

	"siplab/sim/sip"
)

// MaxQ is q=1: the preference of a contact that is wanted before all others.
const MaxQ = 1000

// Binding is one contact address of an AOR (RFC 3261 §10.3).
type Binding struct {
	Contact string        // the URI as the phone wrote it
	URI     sip.URI       // the same, read
	Display string        // the name before it in the Contact header field
	Params  sip.Params    // of the Contact header field, without q and expires
	Q       int           // preference in thousandths, 0 to MaxQ (§20.10)
	HasQ    bool          // the phone gave it
	Expires time.Duration // when the binding ends
	CallID  string        // of the REGISTER that wrote it last
	CSeq    uint32
	Path    []string // proxies on the way to it, the nearest first (RFC 3327 §5.3)
	Packet  int32    // the packet that the REGISTER came in

	order uint32 // of the bindings of an AOR, which came first
	place int    // in the queue of endings
}

// Remaining is how long the binding still holds, in whole seconds, rounded up: what is bound
// for less than a second is not shown as ended.
func (b *Binding) Remaining(now time.Duration) int {
	return int((b.Expires - now + time.Second - 1) / time.Second)
}

// Op says what became of a binding.
type Op uint8

// What can become of a binding.
const (
	Add Op = iota + 1
	Refresh
	Remove
	Expire
)

var opNames = [...]string{Add: "add", Refresh: "refresh", Remove: "remove", Expire: "expire"}

// String is the word of the trace.
func (op Op) String() string { return opNames[op] }

// Change is what became of one binding of an AOR.
type Change struct {
	Op      Op
	AOR     string
	Binding Binding
}
