package ask

import (
	"slices"
	"strconv"
	"strings"

	"siplab/sim/trace"
)

// pair is a pair of machines, one at each end, which follow one thing: the
// dialog of a call, or a subscription.
type pair struct {
	name     string              // what it is, for people
	machines [2]string           // of who asked for it, and of who was asked
	phase    func(string) string // of a state, by a name that both ends have; "" where there is nothing yet or no more
	none     string              // what a host says of one that it has forgotten
}

// shared is what became of those with one Call-ID.
type shared struct {
	id   string
	ends []end
}

// end is one machine at one host, with its last state.
type end struct {
	host    trace.HostID
	number  int32
	machine string
	state   string
}

// subjects compares the last states at both ends, for each Call-ID.
func (p *pair) subjects(tr *trace.Trace) []Subject {
	list := p.read(tr)
	var all []Subject
	for i := range list {
		about := "the " + p.name
		if len(list) > 1 {
			about = p.name + " " + strconv.Itoa(i+1)
		}
		all = append(all, p.subject(&list[i], about, tr))
	}
	return all
}

// read lists what a run has of them, in order of beginning.
func (p *pair) read(tr *trace.Trace) []shared {
	b := &pairBook{pair: p, tr: tr, at: map[end][2]int{}}
	for i := range tr.Events {
		e := &tr.Events[i]
		switch {
		case Forgets(e):
			b.forget(e.Host)
		case e.Kind == trace.State && slices.Contains(p.machines[:], e.Name):
			b.move(e)
		}
	}
	return b.list
}

type pairBook struct {
	*pair
	tr   *trace.Trace
	list []shared
	at   map[end][2]int // where a machine stands: its Call-ID, and place there
}

// move notes the move of a machine. A host that has forgotten one may give its
// number to another, which begins from no state.
func (b *pairBook) move(e *trace.Event) {
	key := end{host: e.Host, number: e.ID, machine: e.Name}
	if at, known := b.at[key]; known && e.From != "" {
		b.list[at[0]].ends[at[1]].state = e.To
		return
	}
	id := callID(b.tr, e)
	i := slices.IndexFunc(b.list, func(s shared) bool { return s.id == id })
	if i < 0 {
		i = len(b.list)
		b.list = append(b.list, shared{id: id})
	}
	s := &b.list[i]
	b.at[key] = [2]int{i, len(s.ends)}
	key.state = e.To
	s.ends = append(s.ends, key)
}

func (b *pairBook) forget(h trace.HostID) {
	for i := range b.list {
		for k := range b.list[i].ends {
			if x := &b.list[i].ends[k]; x.host == h && b.phase(x.state) != "" {
				x.state = b.none
			}
		}
	}
}

// callID is the Call-ID of a machine that begins: that of what its host sends
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

// subject is what its ends believe. They agree where those who asked have as
// many in each phase as those who were asked.
func (p *pair) subject(s *shared, about string, tr *trace.Trace) Subject {
	out := Subject{About: about, Agree: slices.Equal(p.phases(s, p.machines[0]), p.phases(s, p.machines[1]))}
	for h := range tr.Hosts {
		if states := p.believes(s, trace.HostID(h)); len(states) > 0 {
			out.Beliefs = append(out.Beliefs, Belief{tr.Hosts[h].Name, strings.Join(states, " and ")})
		}
	}
	return out
}

// believes are the states at a host of what lives, in order of beginning; where
// all have ended, that of the last. A try that came to nothing, as one that was
// challenged, says nothing of the next.
func (p *pair) believes(s *shared, h trace.HostID) []string {
	var live, ended []string
	for i := range s.ends {
		switch x := &s.ends[i]; {
		case x.host != h:
		case p.phase(x.state) != "":
			live = append(live, x.state)
		default:
			ended = []string{x.state}
		}
	}
	if live != nil {
		return live
	}
	return ended
}

// phases are the phases of what lives of one side, in order.
func (p *pair) phases(s *shared, machine string) []string {
	var list []string
	for i := range s.ends {
		if x := &s.ends[i]; x.machine == machine && p.phase(x.state) != "" {
			list = append(list, p.phase(x.state))
		}
	}
	slices.Sort(list)
	return list
}

// living counts what a host has of them.
func (p *pair) living(tr *trace.Trace, h trace.HostID) int {
	n := 0
	for _, s := range p.read(tr) {
		for _, x := range s.ends {
			if x.host == h && p.phase(x.state) != "" {
				n++
			}
		}
	}
	return n
}
