package ask

import (
	"siplab/sim/trace"
)

// packetForms ask about packets on the links.
var packetForms = []Form{
	{
		Usage: "count PACKETS", Means: "How many there were.",
		Example: "count REGISTER from bob", Gives: Type{Of: Number}, About: aboutPackets,
		answer: func(r *run, a []arg) (Value, error) { return number(len(r.pick(a[0].choice))), nil },
	},
	{
		Usage: "time of PACKETS", Means: "When the first of them was sent (or arrived, or was lost, where the choice says so).",
		Example: "time of 2nd REGISTER from bob", Gives: Type{Of: Time}, About: aboutPackets,
		answer: func(r *run, a []arg) (Value, error) { return when(r.first(a[0].choice)), nil },
	},
	{
		Usage: "times of PACKETS", Means: "When each of them was sent.",
		Example: "times of REGISTER from bob", Gives: Type{Of: Time, Many: true}, About: aboutPackets,
		answer: func(r *run, a []arg) (Value, error) {
			var vs []Value
			for _, e := range r.pick(a[0].choice) {
				vs = append(vs, moment(e.At))
			}
			return list(vs), nil
		},
	},
	{
		Usage: "arrival of PACKETS", Means: "When the first of them, or a copy that the network made of it, arrived.",
		Example: "arrival of 1st 401 from biloxi", Gives: Type{Of: Time}, About: aboutPackets,
		answer: func(r *run, a []arg) (Value, error) { return when(r.next(r.first(a[0].choice), trace.Arrive)), nil },
	},
	{
		Usage: "gap between PACKETS and PACKETS", Means: "The time between the first of each, whichever came first.",
		Example: "gap between 1st REGISTER and 2nd REGISTER", Gives: Type{Of: Time}, About: aboutPackets,
		answer: gap,
	},
	{
		Usage: "who sent PACKETS", Means: "The host that sent the first of them.",
		Example: "who sent 401", Gives: Type{Of: Text}, About: aboutPackets,
		answer: func(r *run, a []arg) (Value, error) { return r.sender(r.first(a[0].choice)), nil },
	},
	{
		Usage: "fate of PACKETS", Means: "What became of the first of them: arrived, lost, held or in flight.",
		Example: "fate of 1st REGISTER from bob", Gives: Type{Of: Text}, About: aboutPackets,
		answer: func(r *run, a []arg) (Value, error) { return r.fate(r.first(a[0].choice)), nil },
	},
	{
		Usage: "why lost PACKETS", Means: "By which condition or fault the first of them was lost; none where it was not.",
		Example: "why lost 1st REGISTER from bob", Gives: Type{Of: Text}, About: aboutPackets,
		answer: func(r *run, a []arg) (Value, error) {
			e := r.next(r.first(a[0].choice), trace.Lose)
			if e == nil {
				return Value{}, nil
			}
			return text(e.Text), nil
		},
	},
}

func when(e *trace.Event) Value {
	if e == nil {
		return Value{}
	}
	return moment(e.At)
}

func gap(r *run, a []arg) (Value, error) {
	x, y := r.first(a[0].choice), r.first(a[1].choice)
	if x == nil || y == nil {
		return Value{}, nil
	}
	return moment(max(x.At, y.At) - min(x.At, y.At)), nil
}

func (r *run) sender(e *trace.Event) Value {
	if e == nil {
		return Value{}
	}
	return text(r.HostName(e.Packet.From))
}

// next is the first event of that kind which the packet of e, or a copy of it,
// met from e on.
func (r *run) next(e *trace.Event, kind trace.Kind) *trace.Event {
	if e == nil {
		return nil
	}
	for x := range r.each(kind) {
		if x.I >= e.I && x.Packet != nil && (x.Packet.N == e.Packet.N || x.Packet.CopyOf == e.Packet.N) {
			return x
		}
	}
	return nil
}

func (r *run) fate(e *trace.Event) Value {
	switch {
	case e == nil:
		return Value{}
	case r.next(e, trace.Arrive) != nil:
		return text("arrived")
	case r.next(e, trace.Lose) != nil:
		return text("lost")
	case r.held(e.Packet):
		return text("held")
	}
	return text("in flight")
}

// held reports whether the network's last word on a packet was to hold it.
func (r *run) held(p *trace.Packet) bool {
	held := false
	for e := range r.each(trace.Verdict) {
		if e.Packet != nil && e.Packet.N == p.N {
			held = e.Name == "hold"
		}
	}
	return held
}
