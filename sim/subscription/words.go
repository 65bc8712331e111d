package subscription

import "siplab/sim/fsm"

// The states of both figures. Each has its own first state.
const (
	_          fsm.State = iota
	NotifyWait           // subscriber: the SUBSCRIBE is out, and no NOTIFY has come
	RespWait             // notifier: the SUBSCRIBE has come, and nothing is decided
	Pending              // it is not decided yet whether the subscriber may know
	Active               // the subscriber is told
	Terminated
)

// Name is the name of a state, as in the figures.
func Name(s fsm.State) string { return states[s] }

var states = []string{"", "notify_wait", "resp_wait", "pending", "active", "terminated"}

const t1 fsm.Base = 1

func words(events ...string) *fsm.Words {
	return &fsm.Words{
		States:     states,
		Events:     append([]string{""}, events...),
		Actions:    []string{""},
		Conditions: []string{""},
		Bases:      []string{"", "T1"},
	}
}

var machines = [...]*fsm.Machine{subscriber(), notifier()}

// Machines are the tables of the subscriber and of the notifier, in the order
// of RFC 6665's figures.
func Machines() []*fsm.Machine { return machines[:] }
