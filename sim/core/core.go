package core

import (
	"net/netip"
	"time"

	"siplab/netem"
	"siplab/sim/sip"
)

// Core is a transaction user (RFC 3261 §5): a phone, a proxy or a registrar
// above its transactions. It never sends, sleeps or schedules: it appends
// what it wants done to out and returns it.
type Core interface {
	Handle(ev *Event, env *Env, out []Effect) []Effect
}

// Env is what a core knows of the host that it runs on.
type Env struct {
	Name   string         // of the host
	Addr   netip.AddrPort // its first address
	Chance *netem.Chance  // its own, for tags, Call-IDs and waiting bands
	T1, T2 time.Duration
	// New gives an empty message to build. It is the World's again as soon as
	// the effect that carries it has been executed.
	New func() *sip.Message
	// Resolve appends where a URI leads (RFC 3263), in the order in which to
	// try; nothing where it leads to nobody.
	Resolve func(uri sip.URI, out []Hop) []Hop
	// Book is a human's phone book: the address-of-record of the phone of that
	// name, "" where no phone is called so.
	Book func(name string) string
}

// Whom is the URI of somebody that an act names: of a phone by its name in the
// phone book, else the word itself.
func (e *Env) Whom(word string) string {
	if e.Book != nil {
		if aor := e.Book(word); aor != "" {
			return aor
		}
	}
	return word
}

// Hop is where a request can go: one address of those that a URI leads to.
type Hop struct {
	Transport string // UDP
	Addr      netip.AddrPort
}

// EventKind says what reached the core.
type EventKind uint8

// What reaches a core.
const (
	Request        EventKind = iota + 1 // a new request; Txn answers it (0: an ACK, which has none)
	Response                            // to a request that this core asked; Txn 0: of one that is stateless
	Timeout                             // Timer B or F: treat as 408 (§8.1.3.1)
	TransportError                      // treat as 503 (§8.1.3.1)
	NoACK                               // Timer H
	Gone                                // the transaction Txn has ended
	Wake                                // the core's own timer
	Human                               // a human's act
	Confirmed                           // the ACK to the 300-699 of INVITE transaction Txn has come (§17.2.1)
	Crash                               // the host loses its state, this core with it: what it says is lost (Bind, Media, Move) is recorded, and nothing else done
)

// Event is what reached the core. Message is valid during Handle only.
type Event struct {
	Kind    EventKind
	Now     time.Duration
	Txn     int32 // the transaction it came by; 0: none
	Message *sip.Message
	Src     netip.AddrPort // request: where the packet came from
	Timer   string         // wake: its name
	Key     int32          // the Key that the core gave with its ask or wait
	Act     Act
}

// Act is what a human does at a phone, or an operator at a server: the words
// of an `at` statement after the host's name.
type Act struct {
	Verb string   // registers, calls, answers, …
	Args []string // what follows, words as written
}

// Verb is one act that a kind of element understands.
type Verb struct {
	Name  string // registers
	Args  string // the form of what follows, as in `[for TIME]`; "" for nothing
	Means string // one sentence
	// Check says what is wrong with the words that follow, nil for nothing.
	Check func(args []string) error
}

// EffectKind says what a core wants done.
type EffectKind uint8

// What a core wants done.
const (
	Ask    EffectKind = iota + 1 // send Message as a request in a new client transaction; Key comes back with its events
	Answer                       // send Message as a response of server transaction Txn
	Send                         // send Message, which no transaction carries: an ACK to a 2xx, or what is forwarded statelessly
	Repeat                       // send again what Send or Answer kept under Keep, the same bytes
	Forget                       // let go of what is kept under Keep
	Cancel                       // cancel the INVITE that client transaction Txn sent (§9.1); Key comes back with the CANCEL's events
	Drop                         // end transaction Txn without a word (RFC 4320 §4.2)
	Wait                         // start (or start again) timer Timer/Key, After from now
	Unwait                       // stop it
	Say                          // a user is told: What, Code, Text
	Bind                         // the location service changed
	Move                         // a machine of the core moved (a dialog's): From, To, On, Ref
	Media                        // media may flow as On says (sendrecv, sendonly, recvonly, inactive) to the address To
	Note                         // a remark, with the rule that it rests on
	Reside                       // the host's address is To, as ADDRESS:PORT, from now on; it still hears at those that it had
)

// Effect is one thing that a core wants done. Which fields speak depends on
// Kind.
type Effect struct {
	Kind     EffectKind
	Message  *sip.Message
	Txn      int32
	Timer    string
	Key      int32
	Of       int32  // cancel: the Key of the ask, where no event has said Txn yet
	Keep     int32  // send, answer: keep the bytes under this number, for Repeat; 0: do not
	Branch   string // ask, send: of the Via; "": a fresh one
	Hop      Hop    // ask, send: where the request goes, its Route being ready; zero: as Route or Request-URI lead
	After    time.Duration
	Idle     bool // wait: upkeep, such as a refresh; it alone keeps no run going
	What     string
	Code     int
	Text     string
	Ref      string // the section that the effect rests on
	From, To string // move; bind: contact in To; media: ADDRESS:PORT in To
	On       string // move: the event; media: the direction
	Op       string // bind: add, refresh, remove, expire
	AOR      string
	Expires  time.Duration
}
