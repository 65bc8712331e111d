package registrar

import "siplab/sim/core"

// bugs are the faults that a registrar has.
type bugs struct {
	noChallenge bool
	neverStale  bool
}

var allBugs = core.Switches[bugs]{
	{Bug: core.Bug{
		Name:  "no-challenge",
		Means: "sends a 401 without a challenge, so that nobody can answer it",
		Seen:  "FreeSWITCH 1.10.10 (signalwire/freeswitch issue 1779); a public registrar (emiago/diago issue 88)",
		Ref:   "RFC 3261 §22.2",
	}, On: func(b *bugs) { b.noChallenge = true }},
	{Bug: core.Bug{
		Name:  "never-stale",
		Means: "refuses right credentials of an old nonce without saying stale=true, as if the password were wrong",
		Seen:  "registrars on Kamailio's default configuration (creytiv/re issue 223), FRITZ!OS (baresip issue 717)",
		Ref:   "RFC 7616 §3.3",
	}, On: func(b *bugs) { b.neverStale = true }},
}

// Bugs lists the named faults that a registrar can be given.
func Bugs() []core.Bug { return allBugs.Bugs() }
