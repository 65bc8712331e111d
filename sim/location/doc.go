// Package location is the location service of RFC 3261 §10: which contact
// addresses an address-of-record (AOR) is bound to, and until when. A
// registrar writes it with an [Update], which is committed whole or not at
// all; a proxy or a redirect server reads it with [Service.Bindings].
//
// Times are virtual, counted from the start of the run. The service knows no
// clock: whoever owns it asks when the next binding ends and calls
// [Service.Expire] then. A binding that has ended is never shown, whether or
// not Expire was called.
package location
