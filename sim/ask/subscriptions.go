package ask

// The machines of subscriptions (RFC 6665 §4.1.2, §4.2.2), and the states in
// which there is one: before, it has only been asked for.
const (
	subscriber = "subscriber"
	notifier   = "notifier"
)

// subscriptionEnds are the two ends of a subscription.
var subscriptionEnds = pair{name: "subscription", machines: [2]string{subscriber, notifier}, phase: subscribed, none: "no subscription"}

// subscribed is the phase of a subscription: a subscriber hears from NOTIFY
// whether its subscription is pending or active, which may take a while.
func subscribed(state string) string {
	if state == "pending" || state == "active" {
		return "subscribed"
	}
	return ""
}

// subscriptionForms ask about subscriptions.
var subscriptionForms = []Form{
	{
		Usage: "subscriptions at HOST [at TIME]", Means: "How many subscriptions a host has, as subscriber or as notifier, at a time or at the end.",
		Example: "subscriptions at alice", Gives: Type{Of: Number}, About: aboutEnds,
		answer: func(r *run, a []arg) (Value, error) {
			return number(subscriptionEnds.living(upTo(r.Trace, r.until(a[1])), r.FindHost(a[0].word.Text))), nil
		},
	},
}
