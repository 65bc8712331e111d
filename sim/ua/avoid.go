package ua

import (
	"time"

	"siplab/sim/sip"
	"siplab/sim/words"
)

// avoided is a server that has asked to be left alone.
type avoided struct {
	host  string
	until time.Duration
}

// leaveAlone notes a 503 with Retry-After: a client "SHOULD NOT forward any
// other requests to that server for the duration specified in the Retry-After
// header field, if present" (§21.5.4).
func (p *Phone) leaveAlone(t *turn, uri string, o outcome) {
	u, err := sip.ParseURI(uri)
	if o.code != 503 || o.after == 0 || err != nil {
		return
	}
	kept := p.avoids[:0]
	for _, a := range p.avoids {
		if a.until > t.ev.Now && !sip.EqualFold(a.host, u.Host) {
			kept = append(kept, a)
		}
	}
	p.avoids = append(kept, avoided{u.Host, t.ev.Now + o.after})
	t.note(u.Host+" is left alone for "+words.FormatDuration(o.after), "RFC 3261 §21.5.4")
}

// leftAlone says whether a call would go to such a server, and tells the user.
func (p *Phone) leftAlone(t *turn, uri string) bool {
	u, err := sip.ParseURI(uri)
	for _, a := range p.avoids {
		if err == nil && a.until > t.ev.Now && sip.EqualFold(a.host, u.Host) {
			t.say(TellRefused, 503, u.Host+" is to be left alone for another "+words.FormatDuration(a.until-t.ev.Now), "RFC 3261 §21.5.4")
			return true
		}
	}
	return false
}
