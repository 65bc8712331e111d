package ask

import (
	"math"
	"slices"
	"strings"
	"time"

	"siplab/sim/trace"
)

// userForms ask what humans saw and what was left at the end.
var userForms = []Form{
	{
		Usage: "what HOST was told", Means: "What the user of a phone was told, in order.",
		Example: "what bob was told", Gives: Type{Of: Text, Many: true}, About: aboutUsers,
		answer: func(r *run, a []arg) (Value, error) {
			var vs []Value
			for _, e := range r.told(a[0]) {
				vs = append(vs, text(e.Name))
			}
			return list(vs), nil
		},
	},
	{
		Usage: "when HOST was told WHAT", Means: "When the user of a phone was first told that.",
		Example: "when bob was told registered", Gives: Type{Of: Time}, About: aboutUsers,
		answer: func(r *run, a []arg) (Value, error) {
			for _, e := range r.told(a[0]) {
				if e.Name == a[1].word.Text {
					return moment(e.At), nil
				}
			}
			return Value{}, nil
		},
	},
	{
		Usage: "status HOST was told", Means: "The last status that came with what the user of a phone was told.",
		Example: "status bob was told", Gives: Type{Of: Number}, About: aboutUsers,
		answer: func(r *run, a []arg) (Value, error) {
			var v Value
			for _, e := range r.told(a[0]) {
				if e.Code != 0 {
					v = number(int(e.Code))
				}
			}
			return v, nil
		},
	},
	{
		Usage: "bindings of AOR [at TIME]", Means: "The contacts bound to an address-of-record, at a time or at the end, in order of binding.",
		Example: "bindings of sip:bob@biloxi.example.com", Gives: Type{Of: Text, Many: true}, About: aboutUsers,
		answer: func(r *run, a []arg) (Value, error) {
			return list(r.bindings(a[0].word.Text, r.until(a[1]))), nil
		},
	},
	{
		Usage: "why HOST was told WHAT", Means: "The words that came with what the user of a phone was told, the first time.",
		Example: "why alice was told ended", Gives: Type{Of: Text}, About: aboutUsers,
		answer: func(r *run, a []arg) (Value, error) {
			for _, e := range r.told(a[0]) {
				if e.Name == a[1].word.Text {
					return text(e.Text), nil
				}
			}
			return Value{}, nil
		},
	},
	{
		Usage: "rules at HOST", Means: "The sections by which a host decided, as its remarks name them, in order.",
		Example: "rules at bob", Gives: Type{Of: Text, Many: true}, About: aboutUsers,
		answer: func(r *run, a []arg) (Value, error) {
			id := r.FindHost(a[0].word.Text)
			var vs []Value
			for e := range r.each(trace.Note) {
				if e.Host == id && e.Ref != "" {
					vs = append(vs, text(e.Ref))
				}
			}
			return list(vs), nil
		},
	},
	{
		Usage: "end", Means: "Why the run ended: quiet (nothing was left to happen), bound (it met a limit) or error.",
		Example: "end", Gives: Type{Of: Text}, About: aboutUsers,
		answer: func(r *run, _ []arg) (Value, error) { return text(r.End.Why), nil },
	},
	{
		Usage: "end time", Means: "When the run ended.",
		Example: "end time", Gives: Type{Of: Time}, About: aboutUsers,
		answer: func(r *run, _ []arg) (Value, error) { return moment(r.End.At), nil },
	},
}

// told is what the user of a host was told.
func (r *run) told(host arg) []*trace.Event {
	id := r.FindHost(host.word.Text)
	var out []*trace.Event
	for e := range r.each(trace.Tell) {
		if e.Host == id {
			out = append(out, e)
		}
	}
	return out
}

// until is the time that was named, or else the end.
func (r *run) until(at arg) time.Duration {
	if at.set {
		return at.at
	}
	return math.MaxInt64
}

// bindings are the contacts of an AOR up to a time, whichever host keeps them.
func (r *run) bindings(aor string, until time.Duration) []Value {
	type bound struct {
		by      trace.HostID
		contact string
	}
	var list []bound
	for i := range r.Events {
		e := &r.Events[i]
		switch {
		case e.At > until:
		case Forgets(e):
			list = slices.DeleteFunc(list, func(b bound) bool { return b.by == e.Host })
		case e.Kind == trace.Bind && strings.EqualFold(e.Name, aor):
			b := bound{e.Host, e.To}
			at, held := slices.Index(list, b), e.Op == "add" || e.Op == "refresh"
			switch {
			case held && at < 0:
				list = append(list, b)
			case !held && at >= 0:
				list = slices.Delete(list, at, at+1)
			}
		}
	}
	var out []Value
	for _, b := range list {
		if v := text(b.contact); !slices.ContainsFunc(out, v.Equal) {
			out = append(out, v)
		}
	}
	return out
}
