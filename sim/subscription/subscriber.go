package subscription

import "siplab/sim/fsm"

// The events of a subscriber.
const (
	_ fsm.Event = iota
	// Subscribed: SUBSCRIBE, or REFER, has been sent: the first, or one to refresh.
	Subscribed
	// NotifiedActive, NotifiedPending and NotifiedTerminated: a NOTIFY has come
	// with that Subscription-State.
	NotifiedActive
	NotifiedPending
	NotifiedTerminated
	// Refused: the response to SUBSCRIBE says that there is no subscription.
	Refused
	// TimerN: no NOTIFY came for the first SUBSCRIBE.
	TimerN
	// RefreshTimedOut: none came for a SUBSCRIBE that refreshes; the same timer.
	RefreshTimedOut
	// Silent: a 2xx says that no NOTIFY will come.
	Silent
	// Expired: the subscription ran out, since no refresh succeeded.
	Expired
)

// The sections that the subscriber's table cites.
const (
	figure1    = "RFC 6665 §4.1.2"
	refreshing = "RFC 6665 §4.1.2.2"
	confirming = "RFC 6665 §4.1.2.4"
	receiving  = "RFC 6665 §4.1.3"
)

// subscriber is the figure of §4.1.2. A further subscription of the same
// SUBSCRIBE begins with the NOTIFY of its notifier (§4.1.2.4). The figure's way
// from terminated back to the beginning is another subscription, with another
// SUBSCRIBE.
func subscriber() *fsm.Machine {
	return fsm.New("subscriber", figure1, words(
		"SUBSCRIBE sent", "NOTIFY received, active", "NOTIFY received, pending", "NOTIFY received, terminated",
		"SUBSCRIBE refused", "Timer N", "re-subscription timed out",
		"2xx without subscription", "subscription expired"), Terminated, subscriberRules...)
}

// Why a subscriber makes nothing of some events.
const (
	notYet    = "there is no subscription yet that could be refreshed or run out"
	noRefresh = "no refresh is under way: Timer N alone ends the waiting"
	hasOne    = "a NOTIFY has come: there is a subscription"
)

var subscriberRules = []fsm.Rule{
	fsm.Begin(Subscribed, NotifyWait, figure1),
	fsm.Begin(NotifiedActive, Active, confirming),
	fsm.Begin(NotifiedPending, Pending, confirming),
	fsm.Begin(NotifiedTerminated, Terminated, "RFC 6665 §4.4.1"),

	fsm.Drop(NotifyWait, Subscribed, figure1, notYet),
	fsm.On(NotifyWait, NotifiedActive, Active, figure1),
	fsm.On(NotifyWait, NotifiedPending, Pending, figure1),
	fsm.On(NotifyWait, NotifiedTerminated, Terminated, figure1),
	fsm.On(NotifyWait, Refused, Terminated, "RFC 6665 §4.1.2.1"),
	fsm.On(NotifyWait, TimerN, Terminated, confirming),
	fsm.Drop(NotifyWait, RefreshTimedOut, confirming, noRefresh),
	fsm.On(NotifyWait, Silent, Terminated, "RFC 4488 §4"),
	fsm.Drop(NotifyWait, Expired, figure1, notYet),

	fsm.On(Pending, Subscribed, Pending, refreshing),
	fsm.On(Pending, NotifiedActive, Active, figure1),
	fsm.On(Pending, NotifiedPending, Pending, receiving),
	fsm.On(Pending, NotifiedTerminated, Terminated, figure1),
	fsm.On(Pending, Refused, Terminated, refreshing),
	fsm.On(Pending, RefreshTimedOut, Terminated, refreshing),
	fsm.Drop(Pending, Silent, refreshing, hasOne),
	fsm.On(Pending, Expired, Terminated, refreshing),

	fsm.On(Active, Subscribed, Active, refreshing),
	fsm.On(Active, NotifiedActive, Active, receiving),
	// The figure has no way back; a notifier whose policy changes sends it all
	// the same, and a subscriber has nothing to do about it.
	fsm.On(Active, NotifiedPending, Pending, receiving),
	fsm.On(Active, NotifiedTerminated, Terminated, figure1),
	fsm.On(Active, Refused, Terminated, refreshing),
	fsm.On(Active, RefreshTimedOut, Terminated, refreshing),
	fsm.Drop(Active, Silent, refreshing, hasOne),
	fsm.On(Active, Expired, Terminated, refreshing),

	fsm.Live(TimerN, t1.Times(64), confirming, "how long a subscriber waits for the first NOTIFY", NotifyWait),
	fsm.Waits(Pending, "the notifier's decision, or the end of the subscription", receiving),
	fsm.Waits(Active, "the notifier, or the end of the subscription", receiving),
}
