package transaction

import "siplab/sim/fsm"

// inviteServer is Figure 7 of RFC 3261 as redrawn by RFC 6026 §8.6.
func inviteServer() *fsm.Machine {
	const (
		formal   = "RFC 3261 §17.2.1"
		accepted = "RFC 6026 §8.7"
		failing  = "RFC 6026 §8.8"
		redrawn  = "RFC 6026 §8.6"
	)
	return fsm.New("invite-server", redrawn+", Figure 7", words(invite(events())), Terminated,
		begin(netRequest, Proceeding, formal, tellRequest),
		on(Proceeding, netRequest, Proceeding, formal, sendResponse).If(answered),
		drop(Proceeding, netRequest, formal, "a repeated INVITE, and no response to repeat yet"),
		on(Proceeding, tu1xx, Proceeding, formal, sendResponse),
		on(Proceeding, tu2xx, Accepted, "RFC 6026 §8.5", sendResponse),
		on(Proceeding, tu300, Completed, formal, sendResponse),
		on(Proceeding, transportError, Proceeding, failing, tellTransportError),
		drop(Proceeding, netACK, redrawn, "no final response was sent that this ACK could answer"),

		on(Completed, netRequest, Completed, formal, sendResponse),
		on(Completed, TimerG, Completed, formal, sendResponse),
		on(Completed, netACK, Confirmed, formal),
		on(Completed, TimerH, Terminated, formal, tellNoACK),
		on(Completed, transportError, Completed, failing, tellTransportError),
		drop(Completed, tu1xx, redrawn, "a final response has been sent"),
		drop(Completed, tu2xx, redrawn, "a final response has been sent"),
		drop(Completed, tu300, redrawn, "a final response has been sent"),

		on(Confirmed, netACK, Confirmed, formal),
		on(Confirmed, TimerI, Terminated, formal),
		drop(Confirmed, netRequest, redrawn, "a repeated INVITE whose final response was acknowledged"),
		drop(Confirmed, tu1xx, redrawn, "a final response has been acknowledged"),
		drop(Confirmed, tu2xx, redrawn, "a final response has been acknowledged"),
		drop(Confirmed, tu300, redrawn, "a final response has been acknowledged"),
		drop(Confirmed, transportError, redrawn, "nothing is being sent in Confirmed"),

		on(Accepted, netRequest, Accepted, accepted),
		on(Accepted, netACK, Accepted, accepted, tellRequest),
		on(Accepted, tu2xx, Accepted, accepted, sendResponse),
		on(Accepted, transportError, Accepted, failing, tellTransportError),
		on(Accepted, TimerL, Terminated, accepted),
		drop(Accepted, tu1xx, redrawn, "a 2xx has been sent"),
		drop(Accepted, tu300, redrawn, "a 2xx has been sent"),

		live(TimerG, t1.DoublingTo(t2).UnreliableOnly(), formal, "interval between repeats of the final response", Completed),
		live(TimerH, t1.Times(64), formal, "gives up: the ACK never came", Completed),
		live(TimerI, t4.Once().ZeroIfReliable(), formal, "wait for repeats of the ACK", Confirmed),
		live(TimerL, t1.Times(64), "RFC 6026 §8.11", "wait for repeats of the accepted INVITE", Accepted),

		waits(Proceeding, "the user's final response", formal),
	)
}
