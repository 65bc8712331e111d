package ask

import (
	"siplab/sim/trace"
)

// machineForms ask about transactions, state machines and timers.
var machineForms = []Form{
	{
		Usage: "transactions [at HOST]", Means: "How many transactions there were; at a host, how many it took part in, as client or as server.",
		Example: "transactions", Gives: Type{Of: Number}, About: aboutMachines,
		answer: func(r *run, a []arg) (Value, error) { return number(r.transactions(a[0])), nil },
	},
	{
		Usage: "state of [NTH] MACHINE at HOST [at TIME]", Means: "The state in which a machine is, at a time or at the end; of several, the one that moved last.",
		Example: "state of non-invite-client at bob", Gives: Type{Of: Text}, About: aboutMachines,
		answer: func(r *run, a []arg) (Value, error) {
			moves := r.moves(a)
			if len(moves) == 0 {
				return Value{}, nil
			}
			return text(moves[len(moves)-1].To), nil
		},
	},
	{
		Usage: "states of [NTH] MACHINE at HOST [at TIME]", Means: "The states that a machine came to, in order.",
		Example: "states of 1st non-invite-client at bob", Gives: Type{Of: Text, Many: true}, About: aboutMachines,
		answer: func(r *run, a []arg) (Value, error) {
			var vs []Value
			for _, e := range r.moves(a) {
				vs = append(vs, text(e.To))
			}
			return list(vs), nil
		},
	},
	{
		Usage: "timer that sent PACKETS", Means: "The timer that had the first of them sent; none where a message or a human did.",
		Example: "timer that sent 2nd REGISTER from bob", Gives: Type{Of: Text}, About: aboutMachines,
		answer: func(r *run, a []arg) (Value, error) { return r.timer(r.first(a[0].choice)), nil },
	},
	{
		Usage: "timers fired at HOST", Means: "The timers that fired at a host, in order.",
		Example: "timers fired at bob", Gives: Type{Of: Text, Many: true}, About: aboutMachines,
		answer: func(r *run, a []arg) (Value, error) {
			var vs []Value
			host := r.FindHost(a[0].word.Text)
			for e := range r.each(trace.Timer) {
				if e.Op == "fire" && e.Host == host {
					vs = append(vs, text(e.Name))
				}
			}
			return list(vs), nil
		},
	},
}

// transactions counts the transactions at a host, or all of them: each has one
// client, the host that sends its request.
func (r *run) transactions(at arg) int {
	type key struct {
		host trace.HostID
		txn  int32
	}
	host := r.FindHost(at.word.Text)
	seen := make(map[key]bool)
	for i := range r.Events {
		e := &r.Events[i]
		client := e.Kind == trace.Send && e.Packet != nil && e.Packet.Status == 0
		if e.Txn != 0 && (at.set && e.Host == host || !at.set && client) {
			seen[key{e.Host, e.Txn}] = true
		}
	}
	return len(seen)
}

// moves are the state events of a machine: arguments NTH, MACHINE, HOST, TIME.
func (r *run) moves(a []arg) []*trace.Event {
	nth, machine, host, until := a[0], a[1].word.Text, r.FindHost(a[2].word.Text), r.until(a[3])
	var out []*trace.Event
	var ids []int32 // in order of beginning
	for e := range r.each(trace.State) {
		if e.Name != machine || e.Host != host || e.At > until {
			continue
		}
		if n := index(&ids, e.ID); !nth.set || n == nth.nth-1 {
			out = append(out, e)
		}
	}
	return out
}

// index is the place of id among those seen, itself included.
func index(seen *[]int32, id int32) int {
	for i, s := range *seen {
		if s == id {
			return i
		}
	}
	*seen = append(*seen, id)
	return len(*seen) - 1
}

// timer walks from a packet's sending back along its causes, inside the host,
// to the timer that began it.
func (r *run) timer(e *trace.Event) Value {
	if e == nil {
		return Value{}
	}
	if e.Packet.Timer != "" {
		return text(e.Packet.Timer)
	}
	for _, i := range r.Why(int(e.I)) {
		switch c := r.Event(i); c.Kind {
		case trace.Timer:
			if c.Op == "fire" {
				return text(c.Name)
			}
		case trace.Arrive, trace.Act:
			return Value{}
		}
	}
	return Value{}
}
