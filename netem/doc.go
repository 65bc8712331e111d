// Package netem simulates a network in virtual time: hosts with
// addresses, links whose every direction has conditions of its own, and a queue
// of what is to come. It knows nothing of what the packets say.
//
// [Network.Send] decides what becomes of a packet and says so in its fates.
// [Network.Next] takes the next event, an arrival or a time that was asked for
// with [Network.Wake], and moves the clock to it. Nothing happens between two
// calls: no wall clock, no goroutine. A run depends on its seed alone and is the
// same on every machine; no floating point decides anything.
//
// # Conditions
//
// [ParseConditions] reads what Linux tc-netem(8) reads, and the conditions mean
// what they mean there: each draw of net/sched/sch_netem.c has its counterpart,
// with the same 32-bit probabilities and 16-bit tables. What differs:
//
//   - A link is one direction between two hosts, not an interface.
//   - A correlated delay keeps its correlation. The kernel takes the correlated
//     number modulo the width of the jitter, which scatters neighbours.
//   - A time needs its unit. To tc a bare number is microseconds.
//   - The rate counts the payload and the headers of UDP and IP, not those of
//     the link below: write them as PACKETOVERHEAD.
//   - A corrupted datagram arrives. No checksum is looked at.
//   - ecn, slot, seed and distributions from files are not there.
//
// # Connections
//
// [Network.Listen] and [Network.Dial] give connections over the same links, by
// TCP as far as RFC 9293 and RFC 6298 are needed to see what it does to those
// above it: opening, closing and reset, bytes in order and once, a timer that
// follows the round trip and doubles, and an end to patience. Each segment is a
// packet with its own fates. What is simplified:
//
//   - No congestion control and no fast retransmit: a sender fills the window,
//     and a hole waits for the timer. After that, each further hole of what was
//     on the way is repeated as soon as an acknowledgement shows it.
//   - The window is fixed, as the reader takes all at once. No SACK, no delayed
//     acknowledgement, no Nagle, no urgent data, no keep-alive of TCP, no
//     simultaneous opening.
//   - Sequence numbers begin at 0. A number for each end, in no header, does
//     what random ones do against segments of older connections.
//   - A segment with a turned bit is lost, as its checksum is wrong. A datagram
//     arrives.
//
// # Chance
//
// Each direction draws from a [Chance] of its own, named after its two hosts,
// so that another host or link shifts nobody's losses. All draws for a packet
// are made before the [Network.Judge] is asked, and what a judge wants draws
// nothing: a named fault changes the fate of the packet that it names, and of
// the others only what follows from that.
//
// # Accounts
//
// Every packet ends in one fate. [Counts] holds at every moment
// Sent + Duplicated = Arrived + Lost + InFlight, where InFlight counts what is
// held at a gate too. What is on the way is bounded by the limit of each link
// and by MostInFlight.
package netem
