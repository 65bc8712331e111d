package dialog

import "siplab/sim/sip"

// Ending says what a final response to a request inside a dialog ends.
type Ending struct {
	What Ended
	Ref  string
}

// Ended is what a response ends.
type Ended uint8

// What a response ends.
const (
	Nothing Ended = iota
	Usage         // the subscription that the request belongs to; the call goes on
	Call          // the dialog: "terminating the dialog consists of sending a BYE" (RFC 3261 §12.2.1.2)
	All           // the dialog, without another BYE
)

// Ends says what a final response ends. A time-out of the client transaction
// counts as 408 (RFC 3261 §12.2.1.2).
func Ends(method string, status int) Ending {
	gone := status == 481 || status == 408
	switch {
	case method == sip.SUBSCRIBE && unsubscribes(status):
		return Ending{Usage, "RFC 6665 §4.1.2.2"}
	case method == sip.NOTIFY && (unsubscribes(status) || status == 408):
		return Ending{Usage, "RFC 6665 §4.2.2"}
	case method == sip.ACK || method == sip.CANCEL:
		return Ending{}
	case method == sip.BYE && gone:
		return Ending{All, "RFC 3261 §15.1.1"}
	case gone:
		return Ending{Call, "RFC 3261 §12.2.1.2"}
	}
	return Ending{}
}

// unsubscribes is RFC 6665's list of the responses that end a subscription.
func unsubscribes(status int) bool {
	switch status {
	case 404, 405, 410, 416, 480, 481, 482, 483, 484, 485, 489, 501, 604:
		return true
	}
	return false
}
