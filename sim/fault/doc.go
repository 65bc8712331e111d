// Package fault has the words of named faults, and compiles them to a judge of
// packets that a [siplab/netem.Network] asks.
//
//	lose      PACKETS
//	delay     PACKETS by TIME
//	duplicate PACKETS [after TIME]
//	corrupt   PACKETS
//	hold      PACKETS until after PACKETS      until that other packet has been sent, anywhere
//	hold      PACKETS until PACKETS arrives    until it has arrived
//	hold      PACKETS until TIME               a time of the run
//	cut       A B    [from TIME] [until TIME]  both ways
//	cut       A to B [from TIME] [until TIME]  one way
//
// PACKETS is a choice as in siplab/sim/words: 1st INVITE from alice, every
// response to bob, 200 for BYE. A number counts the packets that one host
// sends on one link, repeated ones too: 2nd INVITE from alice is what alice
// sends when nobody has answered the first. Copies that the network makes are
// not sent by a host: they are not counted, and nothing is done to them.
//
// Each fault counts every packet of its choice. Where several want the same
// packet, the one that was written first has it.
//
// A named fault draws no chance: what is lost at random is lost the same with
// it and without it. The judge schedules nothing. What has a time is in
// [Judge.Times], and [Judge.Sent] and [Judge.Arrived] say which gates a packet
// opens; whoever runs the network does it.
package fault
