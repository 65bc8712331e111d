package offer

import "siplab/sim/fsm"

// The states of an offer/answer exchange (RFC 3264 §4).
const (
	_           fsm.State = iota
	NoSession             // nothing has been offered, or what was offered is refused
	LocalOffer            // this side has an offer out
	RemoteOffer           // the peer's offer waits for the answer
	Agreed                // both have the same view of the session
	Ended                 // there is no session any more
)

const (
	_ fsm.Event = iota
	opened
	offerSent
	offerReceived
	answerSent
	answerReceived
	refused
	closed
)

// before is the condition that a session was agreed before this offer.
const before fsm.Condition = 1

var states = []string{"", "No session", "Local offer", "Remote offer", "Agreed", "Ended"}

var machine = table()

// Machine is the table of offer and answer.
func Machine() *fsm.Machine { return machine }

// table is RFC 3264 §4 in rows. The RFC draws no figure.
func table() *fsm.Machine {
	const (
		one      = "RFC 3264 §4"
		glare    = "the peer's offer meets the own one: glare, and the protocol above refuses it"
		waiting  = "an offer waits for its answer"
		nothing  = "there is no offer to answer"
		repeated = "the offer has been answered"
		session  = "RFC 3261 §15"
	)
	words := &fsm.Words{
		States: states,
		Events: []string{"", "dialog begun", "offer sent", "offer received", "answer sent", "answer received",
			"offer refused", "BYE"},
		Actions:    []string{""},
		Conditions: []string{"", "a session was agreed before"},
		Bases:      []string{""},
	}
	return fsm.New("offer-answer", one, words, Ended,
		fsm.Begin(opened, NoSession, "RFC 3261 §13.2.1"),

		fsm.On(NoSession, offerSent, LocalOffer, one),
		fsm.On(NoSession, offerReceived, RemoteOffer, one),
		fsm.On(NoSession, closed, Ended, session),
		fsm.Drop(NoSession, answerSent, one, nothing),
		fsm.Drop(NoSession, answerReceived, one, nothing),
		fsm.Drop(NoSession, refused, one, nothing),

		fsm.On(LocalOffer, answerReceived, Agreed, one),
		fsm.On(LocalOffer, refused, Agreed, one).If(before),
		fsm.On(LocalOffer, refused, NoSession, one),
		fsm.On(LocalOffer, closed, Ended, session),
		fsm.Drop(LocalOffer, offerSent, one, waiting),
		fsm.Drop(LocalOffer, offerReceived, one, glare),
		fsm.Drop(LocalOffer, answerSent, one, "the own offer is answered by the peer"),

		fsm.On(RemoteOffer, answerSent, Agreed, one),
		fsm.On(RemoteOffer, refused, Agreed, one).If(before),
		fsm.On(RemoteOffer, refused, NoSession, one),
		fsm.On(RemoteOffer, closed, Ended, session),
		fsm.Drop(RemoteOffer, offerSent, one, waiting),
		fsm.Drop(RemoteOffer, offerReceived, one, waiting),
		fsm.Drop(RemoteOffer, answerReceived, one, "the peer's offer is answered by this side"),

		fsm.On(Agreed, offerSent, LocalOffer, "RFC 3264 §8"),
		fsm.On(Agreed, offerReceived, RemoteOffer, "RFC 3264 §8"),
		fsm.On(Agreed, closed, Ended, session),
		fsm.Drop(Agreed, answerSent, one, repeated),
		fsm.Drop(Agreed, answerReceived, one, repeated),
		fsm.Drop(Agreed, refused, one, repeated),

		fsm.Waits(NoSession, "an offer from either side, or the end of the call", one),
		fsm.Waits(LocalOffer, "the peer's answer or refusal", one),
		fsm.Waits(RemoteOffer, "this side's answer or refusal", one),
		fsm.Waits(Agreed, "a new offer, or the end of the call", "RFC 3264 §8"),
	)
}
