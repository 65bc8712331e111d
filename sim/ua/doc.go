// Package ua is a phone: the core of a user agent (RFC 3261 §8), which acts on
// what a human does at it and on what reaches it from its transactions.
//
// A Phone registers (§10.2): it asks, answers challenges, refreshes in time,
// asks for longer when told that its interval is too brief, and waits longer
// and longer while the registrar does not answer. What a 401 means it takes
// from package auth. Requests that it does not serve it answers as §8.2 says.
//
// Where the RFCs leave a choice, the choice is a field of Settings, or stands
// with its reason beside the code: when to refresh (refreshAfter), how long to
// wait after a failure (backOff, RFC 5626 §4.5).
//
// What is missing: a 3xx to a REGISTER is told to the user and not followed;
// registrations by multicast (§10.2.6) and on behalf of others; the Date of a
// 200 sets no clock, since all hosts share one.
package ua
