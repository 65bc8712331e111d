// Package registrar is the core of a registrar: it takes REGISTER requests
// through the eight steps of RFC 3261 §10.3 and writes the location service of
// its domain. It authenticates by digest (§22), stores Path (RFC 3327), answers
// OPTIONS (§11) and refuses every other method (§8.2.1).
//
// Each step is a function of its own, in the order of the RFC; the first that
// refuses ends the request, and no binding has changed then. A note says why
// it refused, a bind effect what became of each binding.
//
// Left out, with the reason: Date in a 200 (a SHOULD of §10.3 step 8: virtual
// time has no date), redirection by 302 and multicast (each a MAY), GRUU and
// Outbound (RFC 5626, 5627: option tags that a 420 refuses), S/MIME.
package registrar
