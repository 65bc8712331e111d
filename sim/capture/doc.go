// Package capture writes a run as a packet capture, and reads packet captures
// as traces. A capture that [Write] makes is what a tap on the simulated links
// would have recorded: pcapng, virtual time from 1970 on, Ethernet, IP, and UDP
// or TCP with right checksums; an interface for each direction of a link, which
// tells the conditions there, and on each packet a comment with what a wire
// does not say: its label, what became of it, why it was sent.
//
// [Read] takes pcapng and pcap, plain or in gzip, of Ethernet, VLANs, Linux
// cooked captures, loopback and bare IP. It puts together IP fragments and TCP
// streams, finds the SIP in them by what they say and not by their ports, and
// gives a trace without causes: each message as a send and an arrival between
// hosts that are called as their addresses. What is no SIP is counted, in a note
// at the end.
//
// What is read is hostile: each buffer, table and count has a limit in [Limits],
// and a capture that goes over one is refused with the number of the packet.
//
// The blocks of pcapng are written by gopacket, as are the heads of packets;
// gopacket also decodes those. The files' own structure, fragments and streams
// are read here: gopacket's readers bound neither interfaces nor open datagrams,
// and do not say where and what is wrong.
//
// Checksums are not looked at: a capture at the sender often has none yet.
//
// Not there: SCTP and WebSocket; tunnels (IP in IP, GRE, GTP), which are counted
// and not looked into; the keys for TLS. A simulated TLS connection is written
// as what it carries, in clear.
package capture
