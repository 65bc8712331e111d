// Package ua is a phone: the core of a user agent (RFC 3261 §8), which acts on
// what a human does at it and on what reaches it from its transactions.
//
// A Phone registers (§10.2) and calls (§13 to §15). A call has one dialog, or
// several where its INVITE forked; each is a leg with a session of its own.
// What a dialog is and may do, package dialog knows; what may be offered and
// answered, package offer; what a 401 means, package auth. The rest is here, a
// noun a file: invitation and invited are the two ends of an INVITE outside of
// a dialog, accepted is a 2xx that waits for its ACK, reliable a provisional
// response that waits for its PRACK (RFC 3262), change a re-INVITE or UPDATE
// (RFC 3311), served a request that others are compared with (§8.2.2.2, §9.2).
//
// Where the RFCs leave a choice, the choice is a field of Settings, or stands
// with its reason beside the code: when to refresh (refreshAfter), how long to
// wait after a failure (backOff, RFC 5626 §4.5). The phone has one line: while
// it calls, rings or talks, another call is answered 486, but for one that
// takes the place of this one (RFC 3891). With a call on hold its human may
// make another. It follows a 3xx to an INVITE, one target after the other
// (§8.1.3.4); it answers a re-INVITE and an UPDATE at once, without asking its
// human; its 2xx is not repeated any more once a BYE has come (RFC 5407, Figure
// 2).
//
// It watches others and is watched (RFC 6665): an attempt is a SUBSCRIBE outside
// of a dialog, a watch a subscription of this phone, a watcher one at it. A REFER
// (RFC 3515) that it sends is a referring, one that has come a referral; both
// have a subscription too. Of a forked SUBSCRIBE it keeps every subscription,
// whatever the package would rather have (§5.4.9). Only the first and the last
// NOTIFY of a REFER are sent, and no NOTIFY is held back to spare the network
// (§5.4.10). Allow-Events stands in SUBSCRIBE, its 2xx, a 489 and the answer to
// OPTIONS; INVITE and REFER are spared it (§4.4.4, SHOULD), for no phone here makes
// use of it and each INVITE of the course would be longer by a line.
//
// What is missing: a 3xx to a REGISTER is told to the user and not followed;
// registrations by multicast (§10.2.6) and on behalf of others; the Date of a
// 200 sets no clock, since all hosts share one. Of calls: more than one line;
// TLS, and with it secure dialogs. An address that changes in a call is one more
// that its host has: nobody registers it, and what the phone sends comes from the
// first one.
package ua
