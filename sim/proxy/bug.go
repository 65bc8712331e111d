package proxy

import "siplab/sim/core"

// bugs are the faults that a proxy has.
type bugs struct {
	keepsLosers   bool
	forwards503   bool
	recordsBelow  bool
	noLoopCheck   bool
	silentFailure bool
}

var allBugs = core.Switches[bugs]{
	{Bug: core.Bug{
		Name:  "keeps-losers",
		Means: "does not cancel the other branches when one has answered: they ring on",
		Seen:  "siphon-project/siphon-sip pull request 361",
		Ref:   "RFC 3261 §16.7 item 10",
	}, On: func(b *bugs) { b.keepsLosers = true }},
	{Bug: core.Bug{
		Name:  "forwards-503",
		Means: "passes a 503 on, so that each element before it tries the same overloaded server by another way",
		Seen:  "Metaswitch/sprout issue 1791",
		Ref:   "RFC 3261 §16.7 item 6",
	}, On: func(b *bugs) { b.forwards503 = true }},
	{Bug: core.Bug{
		Name:  "records-below",
		Means: "puts its Record-Route below those that stand there, so that the phones' route sets are in the wrong order",
		Seen:  "pjsip/pjproject issue 360",
		Ref:   "RFC 3261 §16.6 item 4",
	}, On: func(b *bugs) { b.recordsBelow = true }},
	{Bug: core.Bug{
		Name:  "no-loop-check",
		Means: "forks a request without looking whether it has been here before",
		Seen:  "proxies at a SIPit event (RFC 5393 §3)",
		Ref:   "RFC 5393 §4.1",
	}, On: func(b *bugs) { b.noLoopCheck = true }},
	{Bug: core.Bug{
		Name:  "silent-failure",
		Means: "answers nothing where no branch has answered: who asked waits until it gives up",
		Seen:  "siphon-project/siphon-sip pull request 141",
		Ref:   "RFC 3261 §16.7 item 6",
	}, On: func(b *bugs) { b.silentFailure = true }},
}

// Bugs lists the named faults that a proxy can be given.
func Bugs() []core.Bug { return allBugs.Bugs() }
