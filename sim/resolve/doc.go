// Package resolve finds where a request goes (RFC 3263), from the records that
// a scenario gives: NAPTR records choose the transport (§4.1), SRV records the
// server and its port, and address records the address (§4.2). What it returns
// is the ordered list whose next member is tried when one fails (§4.3).
//
// A name may also stand for an address and a port at once: so a scenario names
// a host without writing records for it.
//
// Left out: AAAA beside A (a record holds an address of either kind), and the
// time that an answer may be kept: records never change in a run.
package resolve
