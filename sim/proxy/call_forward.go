package proxy

import (
	"slices"

	"siplab/sim/sip"
)

// This file forwards calls (RFC 5359 §2.8, §2.9): a target that is tried only
// where the others came to a certain end. A call that is forwarded whatever
// happens has a plain route.

// The ends to which the targets of a call can come, each a reason to forward it.
const (
	WhenBusy         = "busy"         // the last of them answered 486
	WhenNoAnswer     = "no-answer"    // they rang too long, answered 408 or 480, or not at all
	WhenUnregistered = "unregistered" // there was none
)

// Whens are all of them.
var Whens = []string{WhenBusy, WhenNoAnswer, WhenUnregistered}

// belowAll takes the preference of a target below that of each ordinary one.
const belowAll = 1001

// forward adds the targets to which a call for an address-of-record may be
// forwarded.
func (t *turn) forward(p *passage, aor string) {
	for i := range t.settings.Routes {
		r := &t.settings.Routes[i]
		if r.When == "" {
			continue
		}
		u, err := sip.ParseURI(r.For)
		if err != nil || u.AOR() != aor {
			continue
		}
		g := target{uri: r.To, q: r.Q, own: true, when: r.When}
		if g.q == 0 {
			g.q = belowAll - 1
		}
		g.q -= belowAll
		if r.Via != "" {
			g.routes = []string{"<" + r.Via + ">"}
		}
		p.add(g)
	}
}

// serves says whether the target is one to try after this end of the others.
func (g *target) serves(end string) bool { return g.when == "" || g.when == end }

// hasNext says whether one of the targets from this one on is one to try after
// this end.
func (p *passage) hasNext(from int, end string) bool {
	return slices.ContainsFunc(p.targets[from:], func(g target) bool { return g.serves(end) })
}

// passOver leaves out the targets that the end of the others has ruled out.
func (c *responseContext) passOver() {
	for c.live == 0 && c.next < len(c.targets) && !c.targets[c.next].serves(c.end) {
		c.next++
	}
}

// ends notes how a branch came out.
func (c *responseContext) ends(status int) {
	switch status {
	case 486:
		c.end = WhenBusy
	case 408, 480:
		c.end = WhenNoAnswer
	case 487: // cancelled: what it was cancelled for is known
	default:
		c.end = ""
	}
}
