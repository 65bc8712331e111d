package registrar

import "siplab/sim/core"

// bug is a named fault of a real registrar, and its switch.
type bug struct {
	core.Bug
	on func(*bugs)
}

// bugs are the faults that a registrar has.
type bugs struct {
	noChallenge bool
	neverStale  bool
}

var allBugs = []bug{
	{core.Bug{
		Name:  "no-challenge",
		Means: "sends a 401 without a challenge, so that nobody can answer it",
		Seen:  "FreeSWITCH 1.10.10 (signalwire/freeswitch issue 1779); a public registrar (emiago/diago issue 88)",
		Ref:   "RFC 3261 §22.2",
	}, func(b *bugs) { b.noChallenge = true }},
	{core.Bug{
		Name:  "never-stale",
		Means: "refuses right credentials of an old nonce without saying stale=true, as if the password were wrong",
		Seen:  "registrars on Kamailio's default configuration (creytiv/re issue 223), FRITZ!OS (baresip issue 717)",
		Ref:   "RFC 7616 §3.3",
	}, func(b *bugs) { b.neverStale = true }},
}

// Bugs lists the named faults that a registrar can be given.
func Bugs() []core.Bug {
	list := make([]core.Bug, len(allBugs))
	for i := range allBugs {
		list[i] = allBugs[i].Bug
	}
	return list
}

func bugsOf(names []string) (on bugs) {
	for _, b := range allBugs {
		for _, name := range names {
			if b.Name == name {
				b.on(&on)
			}
		}
	}
	return on
}
