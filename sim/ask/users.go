package ask

import (
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
			until := r.End.At
			if a[1].set {
				until = a[1].at
			}
			return list(r.bindings(a[0].word.Text, until)), nil
		},
	},
	{
		Usage: "do the ends agree", Means: "Whether at the end the phones and their registrars agree on who is registered; none where nobody tried.",
		Example: "do the ends agree", Gives: Type{Of: Truth}, About: aboutUsers,
		answer: func(r *run, _ []arg) (Value, error) { return r.agree(), nil },
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

// bindings are the contacts of an AOR up to a time.
func (r *run) bindings(aor string, until time.Duration) []Value {
	var out []Value
	for e := range r.each(trace.Bind) {
		if e.At > until || !strings.EqualFold(e.Name, aor) {
			continue
		}
		held := e.Op == "add" || e.Op == "refresh"
		at := slices.IndexFunc(out, text(e.To).Equal)
		switch {
		case held && at < 0:
			out = append(out, text(e.To))
		case !held && at >= 0:
			out = slices.Delete(out, at, at+1)
		}
	}
	return out
}
