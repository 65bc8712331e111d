package proxy

import "siplab/sim/core"

// Timers are all waits of a proxy.
func Timers() []core.Timer {
	return []core.Timer{timerC, timerCAgain, cancelTimer, tryTimer, lateTimer}
}

const timerCValue = "more than 3m; else 3m1s, or as timer-c says"

var (
	timerC      = core.Timer{Name: "C", Value: timerCValue, Section: "RFC 3261 §16.6 item 11", Meaning: "how long a branch may go without a final response"}
	timerCAgain = core.Timer{Name: "C", Value: timerCValue, Section: "RFC 3261 §16.7 item 2", Meaning: "the same, anew after a provisional response other than 100"}
	cancelTimer = core.Timer{Name: "cancel", Value: "64*T1", Section: "RFC 3261 §9.1", Meaning: "gives up: a branch that was cancelled had no final response"}
	lateTimer   = core.Timer{Name: "late", Value: "what is left of 64*T1", Section: "RFC 4320 §4.2", Meaning: "gives up: a request other than INVITE that is tried elsewhere cannot be answered any more"}
	tryTimer    = core.Timer{Name: "try", Value: "as try-for says", Meaning: "targets of lower preference are tried"}
)
