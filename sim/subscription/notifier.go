package subscription

import "siplab/sim/fsm"

// The events of a notifier.
const (
	_ fsm.Event = iota
	// Asked: SUBSCRIBE, or REFER, has come: the first, or one to refresh.
	Asked
	// Granted: the policy lets the subscriber know.
	Granted
	// Undecided: it is still to decide.
	Undecided
	// Changed: the state subscribed to has changed, and NOTIFY is sent.
	Changed
	// NotifyFailed: a NOTIFY was not answered, or refused for good.
	NotifyFailed
	// RanOut: the time is over, or the subscriber has said so by Expires 0.
	RanOut
	// Ended: the policy, or the resource, ends the subscription.
	Ended
)

// The sections that the notifier's table cites.
const (
	figure2 = "RFC 6665 §4.2.2"
	renewed = "RFC 6665 §4.2.1.4"
)

// Why a notifier makes nothing of some events.
const (
	deciding = "the SUBSCRIBE that came first is still being answered"
	once     = "that was decided before"
)

// notifier is the figure of §4.2.2, with the moves back to the same state that
// it leaves out.
func notifier() *fsm.Machine {
	return fsm.New("notifier", figure2, words(
		"SUBSCRIBE received", "permission granted", "policy needed", "state changed",
		"NOTIFY failed", "subscription expires", "terminated per policy"), Terminated, notifierRules...)
}

var notifierRules = []fsm.Rule{
	fsm.Begin(Asked, RespWait, figure2),

	fsm.Drop(RespWait, Asked, figure2, deciding),
	fsm.On(RespWait, Granted, Active, figure2),
	fsm.On(RespWait, Undecided, Pending, figure2),
	fsm.Drop(RespWait, Changed, figure2, deciding),
	fsm.On(RespWait, NotifyFailed, Terminated, figure2),
	fsm.On(RespWait, RanOut, Terminated, figure2),
	fsm.On(RespWait, Ended, Terminated, figure2),

	fsm.On(Pending, Asked, Pending, renewed),
	fsm.On(Pending, Granted, Active, figure2),
	fsm.Drop(Pending, Undecided, figure2, once),
	fsm.Drop(Pending, Changed, "RFC 6665 §4.2.2", "who may not know yet is not told"),
	fsm.On(Pending, NotifyFailed, Terminated, figure2),
	fsm.On(Pending, RanOut, Terminated, figure2),
	fsm.On(Pending, Ended, Terminated, figure2),

	fsm.On(Active, Asked, Active, renewed),
	fsm.Drop(Active, Granted, figure2, once),
	fsm.Drop(Active, Undecided, figure2, once),
	fsm.On(Active, Changed, Active, figure2),
	fsm.On(Active, NotifyFailed, Terminated, figure2),
	fsm.On(Active, RanOut, Terminated, figure2),
	fsm.On(Active, Ended, Terminated, figure2),

	fsm.Waits(RespWait, "the policy of the notifier", figure2),
	fsm.Waits(Pending, "the policy of the notifier, or the end of the subscription", figure2),
	fsm.Waits(Active, "the end of the subscription, or a NOTIFY that fails", figure2),
}
