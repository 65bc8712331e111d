package ua

import (
	"slices"
	"time"

	"siplab/sim/core"
	"siplab/sim/sip"
	"siplab/sim/words"
)

// avoided is a server that has asked to be left alone: the host of a URI, or one
// of the addresses that it has.
type avoided struct {
	who   string
	until time.Duration
}

// avoids are those servers: a client "SHOULD NOT forward any other requests to
// that server for the duration specified in the Retry-After header field, if
// present" (§21.5.4), of a 503.
type avoids []avoided

// add has a server left alone.
func (a *avoids) add(t *turn, who string, after time.Duration) {
	*a = slices.DeleteFunc(*a, func(one avoided) bool {
		return one.until <= t.ev.Now || sip.EqualFold(one.who, who)
	})
	*a = append(*a, avoided{who, t.ev.Now + after})
	t.note(who+" is left alone for "+words.FormatDuration(after), "RFC 3261 §21.5.4")
}

// left is for how long a server is to be left alone yet.
func (a avoids) left(t *turn, who string) time.Duration {
	for _, one := range a {
		if sip.EqualFold(one.who, who) {
			return max(0, one.until-t.ev.Now)
		}
	}
	return 0
}

// last puts the addresses that are to be left alone behind the others.
func (a avoids) last(t *turn, hops []core.Hop) {
	if len(a) == 0 || len(hops) < 2 {
		return
	}
	later := func(h core.Hop) int {
		if a.left(t, h.Addr.String()) > 0 {
			return 1
		}
		return 0
	}
	slices.SortStableFunc(hops, func(x, y core.Hop) int { return later(x) - later(y) })
}

// leaveAlone notes a 503 with Retry-After that ends a call.
func (p *Phone) leaveAlone(t *turn, uri string, o outcome) {
	if u, err := sip.ParseURI(uri); err == nil && o.code == 503 && o.after > 0 {
		p.avoids.add(t, u.Host, o.after)
	}
}

// leftAlone says whether a call would go to such a server, and tells the user.
func (p *Phone) leftAlone(t *turn, uri string) bool {
	u, err := sip.ParseURI(uri)
	if err != nil {
		return false
	}
	left := p.avoids.left(t, u.Host)
	if left > 0 {
		t.say(TellRefused, 503, u.Host+" is to be left alone for another "+words.FormatDuration(left), "RFC 3261 §21.5.4")
	}
	return left > 0
}
