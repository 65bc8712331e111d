package transaction

import (
	"time"

	"siplab/sim/fsm"
	"siplab/sim/sip"
)

// Op says what an effect asks for.
type Op uint8

// What an effect asks for.
const (
	Send  Op = iota + 1 // give Bytes to the transport, to Tx.Dst
	Tell                // tell the transaction user
	Start               // start Timer, to fire after After
	Stop                // stop Timer
	Move                // the machine moved From, To
	Drop                // nothing comes of the event: Text says why
	End                 // the transaction is over: take it out of the Table
)

// Telling says what a transaction user is told.
type Telling uint8

// What a transaction user is told.
const (
	TellRequest        Telling = iota + 1 // the request, or an ACK that reached an accepted INVITE
	TellResponse                          // the response
	TellTimeout                           // Timer B or F: treat as 408 (§8.1.3.1)
	TellTransportError                    // treat as 503 (§8.1.3.1)
	TellNoACK                             // Timer H: the ACK never came (§17.2.1)
)

// Effect is one thing that a transaction wants done. Which fields speak
// depends on Op; On and Ref say always which event and which rule it was.
type Effect struct {
	Op       Op
	Timer    Timer
	Tell     Telling
	Again    bool      // send: the bytes were sent before; start: by the timer's own firing
	From, To fsm.State // move; drop: the state that it happened in
	After    time.Duration
	Bytes    string
	// Message is what Bytes was printed from where the transaction built it
	// (an ACK, a 100), for the origins of its fields; nil otherwise. It is
	// valid until the Table's next use.
	Message *sip.Message
	On      string // the event, in the words of the figure
	Ref     string // the section of the standard
	Text    string // drop: why
}
