package ask

import (
	"slices"
	"strings"
	"time"

	"siplab/sim/trace"
)

// Subject is one thing about which the ends can agree or not: a registration,
// a call, media, a subscription.
type Subject struct {
	About   string   `json:"about"`
	Beliefs []Belief `json:"beliefs"` // in the order of the ladder
	Agree   bool     `json:"agree"`
}

// Belief is what one end takes to be so.
type Belief struct {
	Host string `json:"host"`
	Says string `json:"says"` // registered, no binding, Established, sendrecv
}

// String is what each end says.
func (s *Subject) String() string {
	parts := make([]string, len(s.Beliefs))
	for i, b := range s.Beliefs {
		parts[i] = b.Host + " " + b.Says
	}
	return strings.Join(parts, ", ")
}

// Ends are the subjects of a run up to a time, in the order in which they come
// up: first the registrations, then the calls, the media and the subscriptions.
func Ends(tr *trace.Trace, until time.Duration) []Subject {
	so := upTo(tr, until)
	return slices.Concat([]Subject{}, registrations(so), calls(so), media(so), subscriptionEnds.subjects(so))
}

// upTo is the trace as it was at that time.
func upTo(tr *trace.Trace, until time.Duration) *trace.Trace {
	n := len(tr.Events)
	for n > 0 && tr.Events[n-1].At > until {
		n--
	}
	if n == len(tr.Events) {
		return tr
	}
	return &trace.Trace{Header: tr.Header, Events: tr.Events[:n], End: tr.End}
}

// agree reports whether the ends agree on all subjects.
func agree(all []Subject) bool {
	return !slices.ContainsFunc(all, func(s Subject) bool { return !s.Agree })
}

// Forgets says whether a host loses at e all that it knew.
func Forgets(e *trace.Event) bool {
	return e.Kind == trace.Act && e.Name == "comes" && e.Text == "back without its state"
}
