package ua

import (
	"time"

	"siplab/sim/auth"
	"siplab/sim/sip"
	"siplab/sim/subscription"
)

// attempt is a SUBSCRIBE outside of a dialog (RFC 6665 §4.1.2.1), or a REFER
// (RFC 3515 §2.4.1), with the subscriptions that come of it: one for each
// notifier that it reached (RFC 6665 §4.1.4).
type attempt struct {
	request
	heading
	outside
	phone   *Phone
	whom    string
	expires time.Duration // SUBSCRIBE: how long is asked for; 0 is a fetch (§4.4.3)
	refer   *referring    // REFER: to whom, and how
	first   *watch
	more    bool  // the first NOTIFY has come, and others may
	forks   alarm // what is left of Timer N from then on
	since   time.Duration
	account auth.Client
}

// defaultWatch is how long a subscription is asked for where nothing else is
// said; packages have an hour or so as their own default (RFC 3856 §6.4, RFC 4235
// §3.4).
const defaultWatch = time.Hour

// subscribe asks whom for the state of a package.
func (p *Phone) subscribe(t *turn, whom, pkg string, expires time.Duration) {
	if err := checkCallee(whom); err != nil {
		t.say(TellUnsubscribed, 416, err.Error(), "RFC 3261 §21.4.14")
		return
	}
	a := p.newAttempt(t, sip.SUBSCRIBE, whom, subscription.Event{Package: pkg})
	a.expires = expires
	a.first.asked = expires
	p.ask(t, &a.request)
}

// newAttempt begins one, in notify_wait.
func (p *Phone) newAttempt(t *turn, method, whom string, about subscription.Event) *attempt {
	a := &attempt{heading: p.self.heading(t, whom), phone: p, whom: whom, account: p.self.account, since: t.ev.Now}
	a.request = request{method: method, client: &a.account, asker: a}
	from, _ := sip.ParseNameAddr(a.from)
	sub, s := p.subs.Subscribe(subscription.ID{CallID: a.callID, LocalTag: from.Tag(), Event: about})
	a.first = p.newWatch(t, sub, s)
	a.first.by = a
	return a
}

// write implements asker.
func (a *attempt) write(t *turn, m *sip.Message) {
	p := a.phone
	m.Request(a.method, a.whom)
	a.address(m)
	a.ref = "RFC 3261 §8.1.3.5"
	m.Add(sip.NameContact, p.self.contactValue, p.settings.contactOrigin("RFC 3261 §8.1.1.8"))
	p.announce(m)
	if a.refer != nil {
		a.refer.write(p, m)
		return
	}
	m.Add(sip.NameEvent, a.first.sub.Event.String(), sip.Rule("RFC 6665 §8.2.1"))
	m.Add(sip.NameAllowEvents, eventNames, sip.Rule("RFC 6665 §4.4.4"))
	if pkg := subscription.FindPackage(a.first.sub.Event.Package); pkg != nil {
		m.Add(sip.NameAccept, pkg.Type, sip.Rule(pkg.Ref))
	}
	m.Add(sip.NameExpires, decimal(seconds(a.expires)), sip.Rule("RFC 6665 §3.1.1"))
}

// heard acts on what became of the request. A 2xx only says for how long: "200-class
// responses indicate that the subscription has been accepted and that a NOTIFY
// request will be sent immediately" (§4.1.2.1), and that NOTIFY alone makes it.
func (a *attempt) heard(t *turn, o outcome) {
	w := a.first
	switch {
	case o.code < 200:
	case a.refer != nil:
		a.refer.heard(t, w, o)
	case o.code < 300:
		if s, ok := o.m.Expires(); ok && w.sub.State() != subscription.Terminated && a.expires > 0 && w.sub.Until == 0 {
			w.lasts(t, min(time.Duration(s)*time.Second, a.expires))
		}
	case o.code == 423 && minExpires(o.m) > a.expires:
		a.expires = minExpires(o.m)
		w.asked = a.expires
		t.note("tries again with the interval of Min-Expires", "RFC 6665 §4.2.1.1")
		a.phone.ask(t, &a.request)
	case w.sub.State() == subscription.NotifyWait:
		w.step(t, subscription.Refused)
		t.say(TellUnsubscribed, o.code, w.about()+": "+o.text, "RFC 6665 §4.1.2.1")
	}
}

// waitForForks begins the time in which NOTIFY of other notifiers may come.
// "After the expiration of Timer N, the subscriber SHOULD reject any such NOTIFY
// requests that would otherwise establish a new dialog usage with a 481"
// (§4.1.2.4).
func (a *attempt) waitForForks(t *turn) {
	left := a.since + 64*t.env.T1 - t.ev.Now
	if a.more || left <= 0 {
		return
	}
	a.more = true
	p := a.phone
	p.forking = append(p.forking, a)
	p.start(t, &a.forks, &waitForForks, left, func(*turn) {
		for i, other := range p.forking {
			if other == a {
				p.forking = append(p.forking[:i], p.forking[i+1:]...)
				return
			}
		}
	})
}

// forked is the attempt of which a NOTIFY of another notifier may be, nil for
// none.
func (p *Phone) forked(m *sip.Message, e subscription.Event) *attempt {
	to := m.To()
	for _, a := range p.forking {
		if id := a.first.sub.ID; id.CallID == m.CallID() && id.LocalTag == to.Tag() && id.Event == e {
			return a
		}
	}
	return nil
}
