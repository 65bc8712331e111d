package dialog

import "siplab/sim/fsm"

// The states of RFC 5407 §2. They divide those of RFC 3261 §12: Phase.
const (
	none        fsm.State = iota // no INVITE made the dialog
	Preparative                  // the INVITE is out, and no dialog yet
	Early                        // a provisional response made the dialog
	Moratorium                   // a 2xx confirmed it, and the ACK is still to come
	Established                  // the ACK has been sent or received
	Mortal                       // a BYE has been sent or received
	Morgue                       // there is no dialog any more
)

// Phase is the state as RFC 3261 §12 counts: "early", "confirmed" or
// "terminated"; "" where there is no dialog yet.
func Phase(s fsm.State) string {
	switch s {
	case Early:
		return "early"
	case Moratorium, Established:
		return "confirmed"
	case Mortal, Morgue:
		return "terminated"
	}
	return ""
}

// Name is the name of a state.
func Name(s fsm.State) string { return states[s] }

var states = []string{"", "Preparative", "Early", "Moratorium", "Established", "Mortal", "Morgue"}

// The events of both figures: on the caller's side the INVITE, the ACK and the
// BYE are sent and the responses received; on the callee's side the other way.
const (
	_ fsm.Event = iota
	invite
	provisional
	success
	failure
	ack
	byeSent
	byeReceived
	byeOver
	inviteOver
)

// more is the condition under which a dialog in Mortal stays there when one of
// its transactions ends.
const more fsm.Condition = 1

func words(events ...string) *fsm.Words {
	return &fsm.Words{
		States:     states,
		Events:     append([]string{""}, events...),
		Actions:    []string{""},
		Conditions: []string{"", "another BYE, or the INVITE whose 2xx is to be acknowledged, is still under way"},
		Bases:      []string{""},
	}
}

// The sections that both tables cite.
const (
	finer       = "RFC 5407 §2"
	failing     = "RFC 3261 §13.2.2.3"
	terminating = "RFC 3261 §15"
	notes       = "RFC 5407 Appendix D"
)

// Why events are dropped, on both sides.
const (
	outside   = "a BYE needs a dialog"
	noSuccess = "there is no 2xx that this ACK could answer"
	noBYE     = "no BYE of this dialog is under way"
	afterBYE  = "a BYE has ended the dialog"
)

var machines = [...]*fsm.Machine{caller(), callee()}

// Machines are the tables of the caller and of the callee, in the order of
// RFC 5407's figures.
func Machines() []*fsm.Machine { return machines[:] }

func begin(e fsm.Event, to fsm.State, ref string) fsm.Row { return fsm.Begin(e, to, ref) }

func on(from fsm.State, e fsm.Event, to fsm.State, ref string) fsm.Row {
	return fsm.On(from, e, to, ref)
}

func drop(in fsm.State, e fsm.Event, ref, why string) fsm.Row { return fsm.Drop(in, e, ref, why) }

func waits(in fsm.State, who, ref string) fsm.Wait { return fsm.Waits(in, who, ref) }
