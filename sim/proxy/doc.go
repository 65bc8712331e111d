// Package proxy is the core of a proxy (RFC 3261 §16) and that of a redirect
// server (§8.3).
//
// A request passes the steps of §16.2, each in a file of its own: validation
// (validate.go, §16.3), route preprocessing (route.go, §16.4), targets
// (target.go, §16.5), forwarding (forward.go, §16.6). A stateful proxy keeps a
// response context for it (context.go), with a branch for each client
// transaction (branch.go): responses come into it (response.go, §16.7), the
// best of the final ones goes upstream (best.go), losers are cancelled
// (cancel.go, §16.10). A stateless proxy has no context (stateless.go, §16.11);
// an ACK to a 2xx takes its way through a stateful one.
//
// A proxy that is an application level gateway has media go by it (gateway.go).
//
// A message leaves with the bytes that it came with, but for what §16.6 says:
// Request-URI, Via, Max-Forwards, Max-Breadth, Record-Route, Route, and
// credentials for the proxy's own realm, which it has used up; at a gateway also
// the places of media.
//
// Newer rules go before RFC 3261: loops are looked for and Max-Breadth divided
// as RFC 5393 has it; a response that matches no transaction is dropped (RFC
// 6026 §7.3); no 408 answers a request other than INVITE (RFC 4320 §4.2).
//
// Left out, with the reason: recursion on 416 (no target of another scheme than
// sip and sips is ever tried), 485 (an address-of-record is exact here), CANCEL
// when Expires has passed (§16.10 calls it unnecessary), targets that register
// while a request waits (§16.5, SHOULD), and rewriting of Record-Route in responses
// (its double form does without).
package proxy
