package ua

import "siplab/sim/core"

// Timers are all waits of a phone.
func Timers() []core.Timer {
	return []core.Timer{
		refreshBinding, retryBinding, endOfBinding,
		ringing, progressing, progressingReliably, answering, endOfInvitation, waitForCancelled, waitForHungUp,
		repeat2xx, waitForACK, repeat1xx, waitForPRACK, glareOfINVITE, glareOfUPDATE,
		refreshSession, endOfSession,
		waitForNotify, waitForForks, waitForRefresh, refreshWatch, endOfWatch, watchAgain, endOfWatcher, redialing,
	}
}

// Of a registration.
var (
	refreshBinding = core.Timer{Name: "refresh", Value: "64*T1 before the end, of a short time half; or as refresh-before says", Section: "RFC 3261 §10.2.4", Meaning: "the binding is refreshed", Upkeep: true}
	retryBinding   = core.Timer{Name: "retry", Value: "30s, doubling up to 30m, of which a random half to whole; Retry-After where that is longer", Section: "RFC 5626 §4.5", Meaning: "a registration that failed is tried again", Upkeep: true}
	endOfBinding   = core.Timer{Name: "expiry", Value: "what is left of the time that was granted", Section: "RFC 3261 §10.2.4", Meaning: "the binding has ended without a refresh", Upkeep: true}
)

// Of an INVITE and its answer.
var (
	ringing             = core.Timer{Name: "ring", Value: "as ring-for says", Section: "RFC 3261 §9.1", Meaning: "the caller gives up: nobody has answered"}
	progressing         = core.Timer{Name: "progress", Value: "1m", Section: "RFC 3261 §13.3.1.1", Meaning: "a provisional response again, so that no proxy cancels the call", Upkeep: true}
	progressingReliably = core.Timer{Name: "progress", Value: "2m30s", Section: "RFC 3262 §3", Meaning: "a reliable provisional response again, so that no proxy cancels the call", Upkeep: true}
	answering           = core.Timer{Name: "answer", Value: "as answer-after or the act says", Section: "RFC 3261 §13.3.1.4", Meaning: "the call is taken"}
	endOfInvitation     = core.Timer{Name: "expires", Value: "the INVITE's Expires", Section: "RFC 3261 §13.3.1", Meaning: "the invitation has expired: 487"}
	waitForCancelled    = core.Timer{Name: "cancel", Value: "64*T1", Section: "RFC 3261 §9.1", Meaning: "gives up: an INVITE that was cancelled had no final response"}
	waitForHungUp       = core.Timer{Name: "cancel", Value: "64*T1", Section: "RFC 3261 §15", Meaning: "an INVITE whose early dialogs are ended by BYE is cancelled"}
	repeat2xx           = core.Timer{Name: "2xx", Value: "T1, doubling up to T2", Section: repeating2xx, Meaning: "interval between repeats of the 2xx, over TCP too"}
	waitForACK          = core.Timer{Name: "ACK", Value: "64*T1", Section: repeating2xx, Meaning: "gives up: the 2xx had no ACK"}
	repeat1xx           = core.Timer{Name: "1xx", Value: "T1, doubling", Section: reliably, Meaning: "interval between repeats of a reliable provisional response"}
	waitForPRACK        = core.Timer{Name: "PRACK", Value: "64*T1", Section: reliably, Meaning: "gives up: the reliable provisional response had no PRACK"}
)

// Of a call that goes on.
var (
	glareOfINVITE  = core.Timer{Name: "glare", Value: "2.1s to 4s at who chose the Call-ID, 0 to 2s at the other, in steps of 10ms", Section: "RFC 3261 §14.1", Meaning: "the change that met another (491) is tried again"}
	glareOfUPDATE  = core.Timer{Name: "glare", Value: glareOfINVITE.Value, Section: "RFC 3311 §5.3", Meaning: "the UPDATE that met another (491) is tried again"}
	refreshSession = core.Timer{Name: "refresh", Value: "half of Session-Expires", Section: timerRuns, Meaning: "the refresher refreshes the session", Upkeep: true}
	endOfSession   = core.Timer{Name: "session", Value: "Session-Expires less 32s or a third of it, the smaller", Section: timerRuns, Meaning: "the session was not refreshed: BYE", Upkeep: true}
)

// Of a subscription.
var (
	waitForNotify  = core.Timer{Name: "N", Value: "64*T1", Section: "RFC 6665 §4.1.2.4", Meaning: "gives up: the SUBSCRIBE had no NOTIFY"}
	waitForForks   = core.Timer{Name: "N", Value: "what is left of 64*T1", Section: "RFC 6665 §4.1.2.4", Meaning: "wait for the NOTIFY of other forks", Upkeep: true}
	waitForRefresh = core.Timer{Name: "N", Value: "64*T1", Section: "RFC 6665 §4.1.2.2", Meaning: "gives up: the SUBSCRIBE that refreshes had no NOTIFY"}
	refreshWatch   = core.Timer{Name: "refresh", Value: "64*T1 before the end, of a short time half", Section: "RFC 6665 §4.1.2.2", Meaning: "the subscription is refreshed", Upkeep: true}
	endOfWatch     = core.Timer{Name: "expires", Value: "what is left of the time that was granted", Section: "RFC 6665 §4.1.2.2", Meaning: "the subscription has ended without a refresh", Upkeep: true}
	watchAgain     = core.Timer{Name: "retry", Value: "as Retry-After of Subscription-State says", Section: receivingNotify, Meaning: "subscribes again where the reason of an end allows it", Upkeep: true}
	endOfWatcher   = core.Timer{Name: "expires", Value: "the time that was granted", Section: "RFC 6665 §4.2.1.4", Meaning: "the notifier ends a subscription that was not refreshed", Upkeep: true}
	redialing      = core.Timer{Name: "redial", Value: "0", Section: "RFC 5359 §2.17", Meaning: "the phone that was busy is free: calls it"}
)
