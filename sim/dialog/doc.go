// Package dialog is RFC 3261 §12: "a peer-to-peer SIP relationship between two
// user agents that persists for some time."
//
// A Set holds the dialogs of one user agent and finds the one to which a
// message belongs. A Dialog is its data (dialog ID, CSeq numbers, remote
// target, route set) and a machine: the states of RFC 5407 §2, which divide
// RFC 3261's early, confirmed and terminated, as two tables of rows, the
// caller's and the callee's.
//
//	d, step := set.Call(invite, false)     // the caller's, in Preparative
//	d, step := set.Called(invite, tag, contact, false)   // the callee's
//	d := set.Find(m)                       // nil: 481, or set.Fork for a response
//	step := d.Received(m)                  // each message of the dialog that arrives
//	step := d.Sent(m)                      // each message of the dialog that is sent
//	step := d.Over(sip.BYE)                // a transaction of the dialog has ended
//
// A Step says what moved, by which event and which section. Of a request it
// says what failure is owed for it (a CSeq number out of order, an INVITE that
// meets another), of a response whether it ends the dialog. The user agent
// sends; a dialog sends nothing and knows no time.
//
// Request, ACK and Respond build what goes out, each field with its origin. May
// says whether a method may be sent now.
//
// Not here: CANCEL, which belongs to a transaction; what is in a body (package
// offer); which fork of a call is kept; what a subscription is that shares a
// dialog, or made one of its own, which counts here alone as somebody who uses
// it (package subscription); recreating a dialog after a crash (§12.2.2), which answers
// 481 instead.
package dialog
