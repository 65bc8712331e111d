package ask

import (
	"slices"
	"strconv"
	"strings"

	"siplab/sim/trace"
)

// call is what became of the dialogs with one Call-ID.
type call struct {
	id      string
	dialogs []dialogEnd
}

// dialogEnd is one dialog at one host, with its last state.
type dialogEnd struct {
	host    trace.HostID
	number  int32
	machine string
	state   string
}

// The machines of a dialog in a trace: the caller's and the callee's.
const (
	dialogUAC = "dialog-uac"
	dialogUAS = "dialog-uas"
)

// noDialog is what a host says of a dialog that it has forgotten.
const noDialog = "no dialog"

// Phase is the phase of a dialog (RFC 3261 §12) in a state of RFC 5407 §2, by
// the names that both have in a trace: early or confirmed, "" where there is no
// dialog yet or no more.
func Phase(state string) string {
	switch state {
	case "Early":
		return "early"
	case "Moratorium", "Established":
		return "confirmed"
	}
	return ""
}

// calls compares the last states of the dialogs at both ends of each call.
func calls(tr *trace.Trace) []Subject {
	list := callsOf(tr)
	var all []Subject
	for i := range list {
		about := "the call"
		if len(list) > 1 {
			about = "call " + strconv.Itoa(i+1)
		}
		all = append(all, list[i].subject(about, tr))
	}
	return all
}

// callsOf lists the calls in order of their beginning.
func callsOf(tr *trace.Trace) []call {
	b := &callBook{tr: tr, at: map[dialogEnd][2]int{}}
	for i := range tr.Events {
		e := &tr.Events[i]
		switch {
		case Forgets(e):
			b.forget(e.Host)
		case e.Kind == trace.State && (e.Name == dialogUAC || e.Name == dialogUAS):
			b.move(e)
		}
	}
	return b.list
}

type callBook struct {
	tr   *trace.Trace
	list []call
	at   map[dialogEnd][2]int // where a dialog stands: call, and place in it
}

// move notes the move of a dialog in its call. A host that has forgotten a
// dialog may give its number to another, which begins from no state.
func (b *callBook) move(e *trace.Event) {
	key := dialogEnd{host: e.Host, number: e.ID, machine: e.Name}
	if at, known := b.at[key]; known && e.From != "" {
		b.list[at[0]].dialogs[at[1]].state = e.To
		return
	}
	id := callID(b.tr, e)
	i := slices.IndexFunc(b.list, func(c call) bool { return c.id == id })
	if i < 0 {
		i = len(b.list)
		b.list = append(b.list, call{id: id})
	}
	c := &b.list[i]
	b.at[key] = [2]int{i, len(c.dialogs)}
	key.state = e.To
	c.dialogs = append(c.dialogs, key)
}

func (b *callBook) forget(h trace.HostID) {
	for i := range b.list {
		for k := range b.list[i].dialogs {
			if d := &b.list[i].dialogs[k]; d.host == h && Phase(d.state) != "" {
				d.state = noDialog
			}
		}
	}
}

// callID is the Call-ID of a dialog that begins: that of what its host sends
// with it, or else of the packet that made it.
func callID(tr *trace.Trace, begin *trace.Event) string {
	from, _ := slices.BinarySearchFunc(tr.Events, begin.I, func(e trace.Event, i int32) int { return int(e.I) - int(i) })
	for i := from; i < len(tr.Events) && tr.Events[i].At == begin.At; i++ {
		if e := &tr.Events[i]; e.Kind == trace.Send && e.Cause == begin.Cause && e.Host == begin.Host {
			return e.Packet.CallID
		}
	}
	for _, i := range tr.Why(int(begin.I)) {
		if p := tr.Event(i).Packet; p != nil {
			return p.CallID
		}
	}
	return ""
}

// subject is the call as its ends see it. They agree where the callers have as
// many early and as many confirmed dialogs as the callees.
func (c *call) subject(about string, tr *trace.Trace) Subject {
	s := Subject{About: about, Agree: slices.Equal(c.phases(dialogUAC), c.phases(dialogUAS))}
	for h := range tr.Hosts {
		if states := c.states(trace.HostID(h)); len(states) > 0 {
			s.Beliefs = append(s.Beliefs, Belief{tr.Hosts[h].Name, strings.Join(states, " and ")})
		}
	}
	return s
}

// states are the states of the dialogs of a host, in order of beginning.
func (c *call) states(h trace.HostID) []string {
	var states []string
	for i := range c.dialogs {
		if d := &c.dialogs[i]; d.host == h {
			states = append(states, d.state)
		}
	}
	return states
}

// phases are the phases of the living dialogs of one side, in order.
func (c *call) phases(machine string) []string {
	var list []string
	for i := range c.dialogs {
		if d := &c.dialogs[i]; d.machine == machine && Phase(d.state) != "" {
			list = append(list, Phase(d.state))
		}
	}
	slices.Sort(list)
	return list
}

// dialogs counts the early and confirmed dialogs of a host.
func dialogs(tr *trace.Trace, h trace.HostID) int {
	n := 0
	for _, c := range callsOf(tr) {
		for _, d := range c.dialogs {
			if d.host == h && Phase(d.state) != "" {
				n++
			}
		}
	}
	return n
}
