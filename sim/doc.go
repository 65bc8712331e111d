// Package sim joins what the floors below know into a World: hosts with their
// cores, transactions and transport on a network in virtual time.
//
// A World runs one Scenario. Step takes the next thing that happens (a packet
// arrives, a timer fires, a human acts) and hands the trace events of it to
// the observers; Run steps until nothing but upkeep is left. The same scenario
// with the same seed gives the same bytes on every machine. There is no way
// back inside a World: to go back, to scrub or to fork is to run the scenario
// again, with another list of faults, up to event i.
//
// The World alone schedules, sends and tells. Cores and machines append
// effects; the World executes them and notes the event that caused each, so
// that every event of the trace leads back to a human's act.
//
// Messages go over UDP, and over TCP where the URI, the host or the size of a
// request ask for it (RFC 3261 §18): a send is when a message is handed to its
// connection, an arrive when its last byte is there, and segments are events of
// their own below. A message that never comes out of its connection is lost, as
// a packet is. TLS has its names and ports; nothing is encrypted.
//
// What is not simulated: IP fragments, ICMP, the time that an element needs to
// compute, and clocks that disagree.
package sim
