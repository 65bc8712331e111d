package transaction

import "siplab/sim/fsm"

// nonInviteClient is Figure 6 of RFC 3261.
func nonInviteClient() *fsm.Machine {
	const (
		formal  = "RFC 3261 §17.1.2.2"
		failing = "RFC 3261 §17.1.4"
	)
	return fsm.New("non-invite-client", formal+", Figure 6", words(events()), Terminated,
		begin(tuRequest, Trying, formal, sendRequest),
		on(Trying, TimerE, Trying, formal, sendRequest),
		on(Trying, TimerF, Terminated, formal, tellTimeout),
		on(Trying, transportError, Terminated, failing, tellTransportError),
		on(Trying, net1xx, Proceeding, formal, tellResponse),
		on(Trying, netFinal, Completed, formal, tellResponse),

		on(Proceeding, TimerE, Proceeding, formal, sendRequest),
		on(Proceeding, TimerF, Terminated, formal, tellTimeout),
		on(Proceeding, transportError, Terminated, failing, tellTransportError),
		on(Proceeding, net1xx, Proceeding, formal, tellResponse),
		on(Proceeding, netFinal, Completed, formal, tellResponse),

		on(Completed, netFinal, Completed, formal),
		on(Completed, TimerK, Terminated, formal),
		drop(Completed, net1xx, formal, "a final response came before this provisional one"),
		drop(Completed, transportError, failing, "nothing is being sent in Completed"),

		live(TimerE, t1.DoublingTo(t2).UnreliableOnly(), formal, "interval between repeats of the request", Trying),
		live(TimerE, t2.Once().UnreliableOnly(), formal, "interval between repeats of the request", Proceeding),
		live(TimerF, t1.Times(64), formal, "gives up: the request had no final response", Trying, Proceeding),
		live(TimerK, t4.Once().ZeroIfReliable(), formal, "wait for repeats of the final response", Completed),
	)
}
