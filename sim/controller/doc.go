// Package controller is a controller of third-party call control (RFC 3725): a
// UA that calls two others and has them talk with each other. It is the caller of
// both dialogs and hears nothing of the media.
//
// It follows Flow I (§4.1): the first party's 200 has the offer, the second
// party's has the answer, and the ACK to the first takes it there. The flow has
// a time-out problem, which the RFC names and which shows here: while the second
// party rings, the first has no ACK.
//
// What is missing: a re-INVITE of a party is not passed on but refused with 488;
// Flows II to IV.
package controller
