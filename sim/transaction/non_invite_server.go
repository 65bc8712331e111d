package transaction

import "siplab/sim/fsm"

// nonInviteServer is Figure 8 of RFC 3261 with two newer rules. RFC 4320 §4
// says which responses may not be sent at all. RFC 6026 §8.8 replaces §17.2.4,
// which speaks of every server transaction, with "MUST remain in the current
// state": so a transport error ends this machine no more than its INVITE
// sister, though Figure 8 was not redrawn.
func nonInviteServer() *fsm.Machine {
	const (
		formal  = "RFC 3261 §17.2.2"
		failing = "RFC 6026 §8.8"
		only100 = "RFC 4320 §4.1"
		no408   = "RFC 4320 §4.2"

		onlyWhy = "no provisional response but 100 is sent to a non-INVITE request"
		no408Of = "408 is never sent to a non-INVITE request: it would come too late"
		done    = "a final response has been sent"
	)
	return fsm.New("non-invite-server", formal+", Figure 8", words(events()), Terminated,
		begin(netRequest, Trying, formal, tellRequest),
		on(Trying, netRequest, Trying, formal),
		on(Trying, tu100, Proceeding, formal, sendResponse).If(due),
		drop(Trying, tu100, only100, "too early: over an unreliable transport a 100 waits until Timer E of the client has reached T2"),
		on(Trying, tuFinal, Completed, formal, sendResponse),
		drop(Trying, tu101, only100, onlyWhy),
		drop(Trying, tu408, no408, no408Of),
		drop(Trying, transportError, failing, "nothing has been sent in Trying"),

		on(Proceeding, netRequest, Proceeding, formal, sendResponse),
		on(Proceeding, tu100, Proceeding, formal, sendResponse),
		on(Proceeding, tuFinal, Completed, formal, sendResponse),
		on(Proceeding, transportError, Proceeding, failing, tellTransportError),
		drop(Proceeding, tu101, only100, onlyWhy),
		drop(Proceeding, tu408, no408, no408Of),

		on(Completed, netRequest, Completed, formal, sendResponse),
		on(Completed, tuFinal, Completed, formal),
		on(Completed, transportError, Completed, failing, tellTransportError),
		on(Completed, TimerJ, Terminated, formal),
		drop(Completed, tu100, formal, done),
		drop(Completed, tu101, formal, done),
		drop(Completed, tu408, formal, done),

		live(TimerJ, t1.Times(64).ZeroIfReliable(), formal, "wait for repeats of the request", Completed),

		waits(Trying, "the user's response; the user may abandon the transaction (RFC 4320 §4.2)", formal),
		waits(Proceeding, "the user's final response; the user may abandon the transaction (RFC 4320 §4.2)", formal),
	)
}
