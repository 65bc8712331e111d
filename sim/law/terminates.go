package law

import (
	"slices"

	"siplab/sim/trace"
)

// terminates is what the figures draw into Terminated. The table is written down
// apart from the machines that it judges.
var terminates = Law{
	ID:      "terminates",
	Text:    "a transaction ends by the timer that the figures have for its state, by a transport error where they draw one, or because its user lets go of it, and by nothing else",
	Section: "RFC 3261 §17.1.1.2, §17.1.2.2, §17.1.4, §17.2.1, §17.2.2; RFC 6026 §8.4, §8.6",
	watch:   func() any { return terminatesWatch{} },
}

// endings are the events that end a machine, by its state.
var endings = map[string]map[string][]string{
	"invite-client":     {"Calling": {"Timer B", "transport error"}, "Completed": {"Timer D", "transport error"}, "Accepted": {"Timer M"}},
	"non-invite-client": {"Trying": {"Timer F", "transport error"}, "Proceeding": {"Timer F", "transport error"}, "Completed": {"Timer K"}},
	"invite-server":     {"Completed": {"Timer H"}, "Confirmed": {"Timer I"}, "Accepted": {"Timer L"}},
	"non-invite-server": {"Completed": {"Timer J"}},
}

type terminatesWatch struct{}

func (terminatesWatch) event(e *trace.Event, law *tally) {
	by := endings[e.Name]
	if e.Kind != trace.State || e.To != "Terminated" || by == nil || e.On == "" || e.On == "abandoned by TU" {
		return
	}
	if law.met(); !slices.Contains(by[e.From], e.On) {
		law.broken(e.I, "transaction %d, a %s, ends in %s on %s", e.Txn, e.Name, e.From, e.On)
	}
}
