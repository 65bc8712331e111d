// Package transaction holds the four transaction machines of RFC 3261 §17, as
// RFC 6026 (the Accepted state, Timers L and M, transport errors) and RFC 4320
// (provisional responses to non-INVITE requests) left them, each as a table of
// rows that cite the standard.
//
// A Table holds the transactions of one host and finds the one to which a
// message belongs (§17.1.3, §17.2.3). A transaction sends nothing and sets no
// clock: Begin, Receive, Respond, Fire, TransportError and Abandon append
// effects, in the order in which they are to happen:
//
//	Stop, Move, Start   timers and state, as the row says
//	Send                bytes for the transport; repeated ones are the same string
//	Tell                what reaches the transaction user
//	Drop                nothing comes of the event, and the rule that says so
//	End                 always last: the transaction is over; Table.Remove it
//
// Beside the machines stands one duty of a server transaction that is a
// deadline for its user and no row of a figure: the 100 (Trying) that it makes
// when the user has not answered in time (trying.go).
//
// Not here: who answers a request, and what ends a transaction whose user
// never answers. RFC 4320 §4.2 leaves a non-INVITE request that nobody answers
// without a word: its core abandons the transaction. CANCEL (§9) and the
// retransmission of a 2xx (§13.3.1.4) are the cores' too.
package transaction
