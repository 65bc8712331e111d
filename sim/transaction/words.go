package transaction

import "siplab/sim/fsm"

// Kind says which of the four machines a transaction runs.
type Kind uint8

// The four machines of RFC 3261 §17.
const (
	InviteClient Kind = iota
	NonInviteClient
	InviteServer
	NonInviteServer
)

// String is the name of the kind's machine.
func (k Kind) String() string { return Machine(k).Name }

// Client says whether the transaction sent the request.
func (k Kind) Client() bool { return k <= NonInviteClient }

// The states of the figures.
const (
	_ fsm.State = iota
	Calling
	Trying
	Proceeding
	Accepted
	Completed
	Confirmed
	Terminated
)

// The events of the figures that are not timers. Those of the transaction
// user are its own: what it hands down.
const (
	tuRequest fsm.Event = iota + fsm.Event(timers)
	netRequest
	netACK
	net1xx
	net2xx
	net300
	netFinal
	tu100
	tu101
	tu1xx
	tu2xx
	tu300
	tu408
	tuFinal
	transportError
)

// What the machines do.
const (
	_ fsm.Action = iota
	sendRequest
	sendACK
	sendResponse
	tellRequest
	tellResponse
	tellTimeout
	tellTransportError
	tellNoACK
)

// What a row may depend on.
const (
	_        fsm.Condition = iota
	answered               // a response has been sent
	due                    // RFC 4320 §4.1 lets a 100 be sent
)

// The lengths of time that Timing gives.
const (
	_ fsm.Base = iota
	t1
	t2
	t4
	twiceT2 // of a faulty stack
)

func invite(names []string) []string {
	names[tuRequest], names[netRequest] = "INVITE from TU", "INVITE"
	return names
}

func words(events []string) *fsm.Words {
	return &fsm.Words{
		States: []string{"", "Calling", "Trying", "Proceeding", "Accepted", "Completed", "Confirmed", "Terminated"},
		Events: events,
		Actions: []string{"", "send request", "send ACK", "send response", "request to TU", "response to TU",
			"timeout to TU", "transport error to TU", "no ACK to TU"},
		Conditions: []string{"", "a response has been sent", "Timer E of the client has reached T2, or the transport is reliable"},
		Bases:      []string{"", "T1", "T2", "T4", "2*T2"},
	}
}

// events are the names of all events; a timer's are those of its firing.
func events() []string {
	names := make([]string, timers, transportError+1)
	names[0] = "a status outside of 100-699"
	for t := Timer(1); t < timers; t++ {
		names[t] = "Timer " + t.String()
	}
	return append(names,
		"request from TU", "request", "ACK", "1xx", "2xx", "300-699", "200-699",
		"100 from TU", "101-199 from TU", "1xx from TU", "2xx from TU", "300-699 from TU", "408 from TU", "200-699 from TU",
		"transport error")
}

// The words in which the tables are written. A Timer stands for the event of
// its firing.

func begin(e fsm.Event, to fsm.State, ref string, do ...fsm.Action) fsm.Row {
	return fsm.Begin(e, to, ref, do...)
}

func on[E fsm.Event | Timer](from fsm.State, e E, to fsm.State, ref string, do ...fsm.Action) fsm.Row {
	return fsm.On(from, fsm.Event(e), to, ref, do...)
}

func drop(in fsm.State, e fsm.Event, ref, why string) fsm.Row { return fsm.Drop(in, e, ref, why) }

func live(t Timer, l fsm.Length, ref, meaning string, in ...fsm.State) fsm.Timer {
	return fsm.Live(fsm.Event(t), l, ref, meaning, in...)
}

func waits(in fsm.State, who, ref string) fsm.Wait { return fsm.Waits(in, who, ref) }

var machines = [...]*fsm.Machine{
	InviteClient:    inviteClient(),
	NonInviteClient: nonInviteClient(),
	InviteServer:    inviteServer(),
	NonInviteServer: nonInviteServer(),
}

// Machine is the table of a kind.
func Machine(k Kind) *fsm.Machine { return machines[k] }

// Machines are the four tables, in the order of their figures.
func Machines() []*fsm.Machine { return machines[:] }
