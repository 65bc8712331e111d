package transaction

import (
	"time"

	"siplab/sim/fsm"
)

// inviteClient is Figure 5 of RFC 3261 as redrawn by RFC 6026 §8.4.
func inviteClient() *fsm.Machine {
	const (
		formal   = "RFC 3261 §17.1.1.2"
		failing  = "RFC 3261 §17.1.4"
		redrawn  = "RFC 6026 §8.4"
		accepted = "RFC 6026 §7.2"
		forked   = "RFC 5407 Appendix E"
	)
	names := invite(events())
	return fsm.New("invite-client", redrawn+", Figure 5", words(names), Terminated,
		begin(tuRequest, Calling, formal, sendRequest),
		on(Calling, TimerA, Calling, formal, sendRequest),
		on(Calling, TimerB, Terminated, formal, tellTimeout),
		on(Calling, transportError, Terminated, failing, tellTransportError),
		on(Calling, net1xx, Proceeding, formal, tellResponse),
		on(Calling, net2xx, Accepted, accepted, tellResponse),
		on(Calling, net300, Completed, redrawn, sendACK, tellResponse),

		on(Proceeding, net1xx, Proceeding, formal, tellResponse),
		on(Proceeding, net2xx, Accepted, accepted, tellResponse),
		on(Proceeding, net300, Completed, redrawn, sendACK, tellResponse),
		drop(Proceeding, transportError, failing, "nothing is being sent in Proceeding"),

		on(Completed, net300, Completed, redrawn, sendACK),
		on(Completed, transportError, Terminated, failing, tellTransportError),
		on(Completed, TimerD, Terminated, redrawn),
		drop(Completed, net1xx, redrawn, "a final response came before this provisional one"),
		drop(Completed, net2xx, redrawn, "a final response came before this one, and only a 300-699 is answered in Completed"),

		on(Accepted, net2xx, Accepted, accepted, tellResponse),
		on(Accepted, TimerM, Terminated, accepted),
		// RFC 6026 §8.4 says nothing of it: that of another fork may want a PRACK.
		on(Accepted, net1xx, Accepted, forked, tellResponse),
		drop(Accepted, net300, redrawn, "a 2xx came before this response"),
		drop(Accepted, transportError, failing, "nothing is being sent in Accepted"),

		live(TimerA, t1.Doubling().UnreliableOnly(), formal, "interval between repeats of the INVITE", Calling),
		live(TimerB, t1.Times(64), formal, "gives up: the INVITE had no response", Calling),
		live(TimerD, fsm.Fixed(32*time.Second).ZeroIfReliable(), redrawn, "wait for repeats of the final response, to answer each with the ACK", Completed),
		live(TimerM, t1.Times(64), "RFC 6026 §8.11", "wait for repeats of the 2xx, and for the 2xx of other forks", Accepted),

		waits(Proceeding, "the server's final response; the user may give up (CANCEL of §9.1, Timer C of §16.8)", formal),
	)
}
