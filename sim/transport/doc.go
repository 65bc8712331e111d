// Package transport is what RFC 3261 §18 has to say of a message on its way
// over UDP, TCP and TLS, with the rport of RFC 3581: the Via that a client puts
// on top, the received and rport that a server adds, where a response goes,
// which responses a client takes, to whom a request goes by its Route and by
// what protocol, when a request is too large for UDP, and which connection is
// used again.
//
// The functions change messages and give answers; they send nothing. How a
// stream is cut into messages is sip.Framer's. TLS has its names and ports and
// is not encrypted. Not here: SCTP, and multicast (§18.1.1 has a client add
// maddr and ttl), which is not simulated.
package transport
