package ua

import (
	"strings"
	"time"

	"siplab/sim/dialog"
	"siplab/sim/sip"
	"siplab/sim/subscription"
)

// eventNames are the packages whose notifier the phone is. RFC 6665 §4.4.4: a
// notifier "SHOULD include an appropriate "Allow-Events" header field indicating
// all supported events in all methods which initiate dialogs and their responses
// (such as INVITE) and OPTIONS responses". Only INVITE goes without: behind three
// proxies it would outgrow UDP (RFC 3261 §18.1.1), and OPTIONS says the same.
var eventNames = func() string {
	var names []string
	for _, pkg := range subscription.Packages() {
		names = append(names, pkg.Name)
	}
	return strings.Join(names, ", ")
}()

// allowEvents goes with a 489: "489 with Allow-Events".
var allowEvents = field{sip.NameAllowEvents, eventNames}

const serving1st = "RFC 6665 §4.2.1.1"

// subscribed takes a SUBSCRIBE (RFC 6665 §4.2.1).
func (p *Phone) subscribed(t *turn, m *sip.Message) {
	e, ok := subscription.ParseEvent(m.Get(sip.NameEvent))
	pkg := subscription.FindPackage(e.Package)
	d := p.dialogs.Find(m)
	switch r := p.watcherOf(m); {
	case !t.served.outside && d == nil:
		p.refuse(t, 481, "RFC 3261 §12.2.2")
	case r != nil:
		r.refreshed(t, m)
	case !ok || pkg == nil:
		// "it SHOULD return 489 (Bad Event) to any SUBSCRIBE requests without
		// an "Event" header field" (§4.2.3).
		p.refuse(t, 489, serving1st, allowEvents)
	case e.Package == subscription.Refer:
		// "If a SUBSCRIBE request for event refer is received for a
		// subscription that does not already exist, it MUST be rejected with a
		// 403."
		p.refuse(t, 403, "RFC 3515 §2.4.4")
	case d != nil:
		p.refuse(t, 403, "RFC 6665 §4.5.2")
	case p.settings.Policy == "deny":
		p.refuse(t, 403, "RFC 6665 §4.2.1.3")
	case m.Has(sip.NameAccept) && !takes(m, pkg.Type):
		p.refuse(t, 406, "RFC 6665 §4.1.2.1")
	default:
		p.serveWatcher(t, m, e)
	}
}

// serveWatcher makes a subscription at this phone. "Upon successfully accepting
// or refreshing a subscription, notifiers MUST send a NOTIFY request immediately"
// (§4.2.1.2).
func (p *Phone) serveWatcher(t *turn, m *sip.Message, e subscription.Event) {
	if _, bad := dialog.TargetOf(m); bad != nil {
		p.refuse(t, 400, bad.Section)
		return
	}
	left, ok := p.granted(t, m)
	if !ok {
		return
	}
	d := p.dialogs.Subscribed(m, t.served.tag, p.self.contactValue, false)
	r := p.newWatcher(t, d, e, left)
	d.Received(m)
	r.accept(t, m, left)
	if left == 0 {
		// A fetch: the state, and the end (§4.4.3).
		r.step(t, subscription.RanOut)
		r.notify(t, subscription.State{Value: "terminated", Reason: subscription.Timeout})
		return
	}
	r.decide(t)
	r.tell(t)
}

// granted is how long the subscriber of a SUBSCRIBE gets: what it asks for, or
// less: "the server MAY shorten the interval but MUST NOT lengthen it" (§4.2.1.1).
// False: the time is too short, and the SUBSCRIBE is refused with 423.
func (p *Phone) granted(t *turn, m *sip.Message) (time.Duration, bool) {
	asked, least, most := defaultWatch, p.settings.WatchMin, p.settings.WatchMax
	if s, ok := m.Expires(); ok {
		asked = time.Duration(s) * time.Second
	}
	if asked > 0 && asked < time.Hour && asked < least {
		p.refuse(t, 423, serving1st, field{sip.NameMinExpires, decimal(seconds(least))})
		return 0, false
	}
	if most > 0 {
		asked = min(asked, most)
	}
	return asked, true
}

// watcherOf is whose SUBSCRIBE this is, nil for nobody's.
func (p *Phone) watcherOf(m *sip.Message) *watcher {
	sub := p.subs.Find(m)
	for _, r := range p.watchers {
		if sub != nil && r.sub == sub {
			return r
		}
	}
	return nil
}

// undecided is the oldest subscription that waits for the human's word, with a
// remark where none does.
func (p *Phone) undecided(t *turn) *watcher {
	for _, r := range p.watchers {
		if r.sub.State() == subscription.Pending {
			return r
		}
	}
	t.note("nothing waits to be granted", "RFC 6665 §4.2.1.3")
	return nil
}
