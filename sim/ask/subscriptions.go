package ask

import "siplab/sim/trace"

// The machines of subscriptions (RFC 6665 §4.1.2, §4.2.2), and the states in
// which there is one: before, it has only been asked for.
const (
	subscriber = "subscriber"
	notifier   = "notifier"
)

func subscribed(state string) bool { return state == "pending" || state == "active" }

// subscriptionForms ask about subscriptions.
var subscriptionForms = []Form{
	{
		Usage: "subscriptions at HOST [at TIME]", Means: "How many subscriptions a host has, as subscriber or as notifier, at a time or at the end.",
		Example: "subscriptions at alice", Gives: Type{Of: Number}, About: aboutEnds,
		answer: func(r *run, a []arg) (Value, error) {
			return number(r.subscriptions(r.FindHost(a[0].word.Text), a[1])), nil
		},
	},
}

// subscriptions counts those of a host that are pending or active.
func (r *run) subscriptions(h trace.HostID, at arg) int {
	type key struct {
		machine string
		id      int32
	}
	live := map[key]bool{}
	until := r.until(at)
	for i := range r.Events {
		e := &r.Events[i]
		switch {
		case e.At > until:
			return len(live)
		case e.Host != h:
		case Forgets(e):
			clear(live)
		case e.Kind == trace.State && (e.Name == subscriber || e.Name == notifier):
			if k := (key{e.Name, e.ID}); subscribed(e.To) {
				live[k] = true
			} else {
				delete(live, k)
			}
		}
	}
	return len(live)
}
