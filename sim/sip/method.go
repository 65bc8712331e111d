package sip

import "slices"

// The methods of RFC 3261 and of its extensions. Methods are case-sensitive
// (§7.1).
const (
	ACK       = "ACK"
	BYE       = "BYE"
	CANCEL    = "CANCEL"
	INVITE    = "INVITE"
	OPTIONS   = "OPTIONS"
	REGISTER  = "REGISTER"
	INFO      = "INFO"      // RFC 6086
	MESSAGE   = "MESSAGE"   // RFC 3428
	NOTIFY    = "NOTIFY"    // RFC 6665
	PRACK     = "PRACK"     // RFC 3262
	PUBLISH   = "PUBLISH"   // RFC 3903
	REFER     = "REFER"     // RFC 3515
	SUBSCRIBE = "SUBSCRIBE" // RFC 6665
	UPDATE    = "UPDATE"    // RFC 3311
)

// Methods are the methods that siplab knows: those of RFC 3261, then the
// extensions by name.
var Methods = []string{
	INVITE, ACK, BYE, CANCEL, REGISTER, OPTIONS,
	INFO, MESSAGE, NOTIFY, PRACK, PUBLISH, REFER, SUBSCRIBE, UPDATE,
}

// KnownMethod says whether a method is one of Methods.
func KnownMethod(method string) bool { return slices.Contains(Methods, method) }
