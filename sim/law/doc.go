// Package law holds what must be true of every run, whatever the network does
// and whoever is played: laws of the network (no packet is lost from the books,
// none comes from nowhere, time goes on), of transactions (each ends in time, by
// its timers, and is silent afterwards), of requests and responses (they have
// what they must have, and go where they have to), of proxies (they leave alone
// what is not theirs, count hops and branches, choose one failure), of
// registrars (they hold what they accepted) and of dialogs and calls (each 2xx
// is acknowledged, numbers rise, tags and routes stay, nobody is left standing,
// each user is told one outcome). All lists them.
//
// A law binds the elements. What a script host makes up binds nobody but those
// who answer it.
//
// A Watch is an observer of a run's trace events; it holds them against the
// laws while they happen and lists the breaches at the end. It keeps what is
// still going on and no more, so that it may watch a long run that nobody
// records. Each law stands in a file of its own and in the list in law.go.
//
// Not here: that two runs of one scenario are the same, which is a test over
// two runs.
package law
