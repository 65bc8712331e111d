// Package fsm holds state machines as tables of rows. It knows nothing of SIP:
// states, events, actions and conditions are small numbers whose names the
// owner of a machine gives, and time is counted in lengths that the owner
// names too (T1, T2, …).
//
// A machine is written down as the standard draws it:
//
//	on(Calling, TimerA, Calling, "RFC 3261 §17.1.1.2", SendRequest)
//	live(TimerA, T1.Doubling().UnreliableOnly(), "RFC 3261 §17.1.1.2", "repeats the INVITE", Calling)
//
// A row (On) says what an event does in a state. Drop says that the standard
// gives the pair no transition, and why. A timer (Live) names the states in
// which it lives; from that follows when it starts and stops: a move into a
// state where it lives starts it, a move out of them stops it, and where it
// fires and still lives it starts again.
//
// From the same table come the behaviour (Step), the picture and the printed
// table (Rows), the citation of each move, and the checks (Check).
package fsm
