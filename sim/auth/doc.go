// Package auth is digest authentication (RFC 7616, RFC 8760, RFC 3261 §22),
// both sides, for 401 and for 407.
//
// A Client keeps the authentication sessions of the requests that share a
// Call-ID. It says what a 401 or 407 means, which depends on the request that
// is answered (see Meaning), and puts credentials into requests. A Server
// makes challenges and judges credentials. Its nonces describe themselves:
// when they were made, and by whom. Of nonces in use it keeps the highest
// count, in a table with a bound, so that a request heard before is refused.
//
// Time and chance are arguments. A password is never printed.
//
// Of the two forms of response the one without qop (RFC 2069) is computed
// too, since RFC 3261 §22.4 keeps it for clients and servers to receive; a
// Server always offers qop and takes a nonce once only from a client that
// leaves it out.
//
// What is missing: the parameters username* and domain, and, at the server,
// userhash (the client hashes its name where it is asked to). A Server sends
// no Authentication-Info of itself and binds no nonce to an address, which RFC
// 7616 §3.3 advises against.
package auth
