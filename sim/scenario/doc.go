// Package scenario is the language of siplab: lines of words that say who is
// there, what the network does to packets, and what humans do when.
//
//	net delay 20ms
//	phone bob sip:bob@biloxi.example.com password zanzibar
//	registrar biloxi domain biloxi.example.com
//	lose 1st REGISTER from bob
//	at 0s bob registers
//
// [Parse] turns text into a [sim.Scenario] and [Print] turns it back, in the
// canonical form: what one prints the other reads as the same. One list of
// [Statement] gives the parser, the printer, [Help] and [Reference]; what can
// follow a host's name (options), what a human can do there (acts) and which
// of its faults can be switched on (bugs) come from the elements themselves.
//
// Between the phones stand proxies. One whose domain has a registrar too forwards
// to what is registered there; what else it knows are its routes and, as
// everybody's, the records of DNS.
//
//	proxy ss2 domain biloxi.example.com name ss2.biloxi.example.com
//	route at ss2 for sip:bob@biloxi.example.com to sip:bob@192.0.2.4
//	record biloxi.example.com NAPTR 50 50 SIP+D2U _sip._udp.biloxi.example.com
//
// A script host sends messages that the text lists, line by line, or the bytes
// of a file beside it: [ParseIn] reads those in the folder of the text and
// nowhere else.
//
//	script network domain biloxi.example.com
//	message trying | SIP/2.0 100 Trying
//	message trying | Via: {Via of 1st INVITE}
//	at 1s network sends trying to alice
//
// A text that is wrong gives all its errors at once, each with line, column,
// what would be right and the nearest valid word. Order matters only among
// hosts (it is the ladder's), links, faults, the lines of a message and acts: a
// host may be named before the line that makes it.
package scenario
