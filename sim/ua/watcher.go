package ua

import (
	"time"

	"siplab/sim/auth"
	"siplab/sim/core"
	"siplab/sim/dialog"
	"siplab/sim/fsm"
	"siplab/sim/sip"
	"siplab/sim/subscription"
)

// watcher is somebody who has subscribed at this phone: the notifier's side of a
// subscription (RFC 6665 §4.2).
type watcher struct {
	phone  *Phone
	sub    *subscription.Subscription
	d      *dialog.Dialog
	client *auth.Client
	refer  *referral // what is watched is what becomes of a REFER; nil: the phone's own state
	known  string    // the body of the last NOTIFY
	count  int       // of NOTIFYs
	expiry alarm
}

// newWatcher begins a subscription at this phone.
func (p *Phone) newWatcher(t *turn, d *dialog.Dialog, about subscription.Event, lasts time.Duration) *watcher {
	d.Share()
	sub, s := p.subs.Serve(subscription.ID{CallID: d.CallID, LocalTag: d.LocalTag, RemoteTag: d.RemoteTag, Event: about})
	r := &watcher{phone: p, sub: sub, d: d, client: p.clientOf(d)}
	p.watchers = append(p.watchers, r)
	t.stepped(sub, s)
	r.lasts(t, lasts)
	return r
}

// lasts sets how long the subscription lasts from now on.
func (r *watcher) lasts(t *turn, left time.Duration) {
	r.sub.Until = t.ev.Now + left
	if left == 0 {
		r.phone.stop(t, &r.expiry)
		return
	}
	r.phone.start(t, &r.expiry, &endOfWatcher, left, func(t *turn) {
		r.step(t, subscription.RanOut)
		r.notify(t, subscription.State{Value: "terminated", Reason: subscription.Timeout})
	})
}

// step gives the subscription an event, and lets go of what has ended.
func (r *watcher) step(t *turn, e fsm.Event) {
	s := r.sub.Step(e)
	t.stepped(r.sub, s)
	if s.To != subscription.Terminated || s.From == s.To {
		return
	}
	p := r.phone
	p.stop(t, &r.expiry)
	for i, other := range p.watchers {
		if other == r {
			p.watchers = append(p.watchers[:i], p.watchers[i+1:]...)
			break
		}
	}
}

// decide does what the phone's policy says about a subscription that has come.
func (r *watcher) decide(t *turn) {
	if r.phone.settings.Policy == "ask" {
		r.step(t, subscription.Undecided)
		if r.refer == nil { // whom a REFER sends elsewhere has been told
			t.say(TellWatcher, 0, r.about(), "RFC 6665 §4.2.1.3")
		}
		return
	}
	r.step(t, subscription.Granted)
}

// about is who watches what, in words.
func (r *watcher) about() string { return farEnd(r.d) + " asks for " + r.sub.Event.Package }

// grant lets a watcher know that was not sure to be allowed. What becomes of a
// REFER it knows as far as there is anything to know: no other NOTIFY says so.
func (r *watcher) grant(t *turn) {
	r.step(t, subscription.Granted)
	if r.refer != nil {
		r.refer.follow(t)
		return
	}
	r.tell(t)
}

// deny ends a subscription that is pending: "a "Subscription-State" header field
// with a value of "terminated" and a reason parameter of "rejected"" (§4.2.1.3).
// A REFER is told "SIP/2.0 603 Declined" besides (RFC 3515 §2.4.5).
func (r *watcher) deny(t *turn) {
	if r.refer != nil {
		r.refer.status = 603
	}
	r.step(t, subscription.Ended)
	r.notify(t, subscription.State{Value: "terminated", Reason: subscription.Rejected})
}

// tell sends NOTIFY with the state as it is (§4.2.2).
func (r *watcher) tell(t *turn) {
	r.notify(t, subscription.State{
		Value: subscription.Name(r.sub.State()), HasExpires: true, Expires: r.sub.Left(t.ev.Now),
	})
}

// notify sends a NOTIFY. One that may not know yet is told nothing of the state.
func (r *watcher) notify(t *turn, st subscription.State) {
	p := r.phone
	pkg := subscription.FindPackage(r.sub.Event.Package)
	if st.Value == "active" || st.Reason != subscription.Rejected && st.Value == "terminated" || r.refer != nil {
		r.known = p.state(r)
	}
	last := st.Value == "terminated"
	version := r.count
	r.count++
	p.askWithin(t, r.d, sip.NOTIFY, r.client, func(_ *turn, m *sip.Message) {
		m.Add(sip.NameEvent, r.sub.Event.String(), sip.Rule("RFC 6665 §8.2.1"))
		m.Add(sip.NameSubscriptionState, st.String(), sip.Rule("RFC 6665 §4.2.2"))
		if body := versioned(r.known, version); body != "" {
			m.SetBody(pkg.Type, body)
		}
	}, func(t *turn, o outcome) { r.answered(t, o, last) })
	if last {
		r.d.Unshare()
	}
}

// answered acts on what became of a NOTIFY: some failures end the subscription
// (§4.2.2).
func (r *watcher) answered(t *turn, o outcome, last bool) {
	if o.code < 300 || last || r.sub.State() == subscription.Terminated {
		return
	}
	ends := dialog.Ends(sip.NOTIFY, o.code)
	if ends.What != dialog.Usage {
		t.note("NOTIFY: "+o.text+"; the subscription goes on", "RFC 6665 §4.2.2")
		return
	}
	r.step(t, subscription.NotifyFailed)
	t.note("the subscription is removed: NOTIFY: "+o.text, ends.Ref)
	r.d.Unshare()
}

// refreshed takes a SUBSCRIBE in the dialog of the subscription (§4.2.1.4).
func (r *watcher) refreshed(t *turn, m *sip.Message) {
	p := r.phone
	if !p.received(t, m, r.d) {
		return
	}
	left, ok := p.granted(t, m)
	if !ok {
		return
	}
	r.accept(t, m, left)
	if left == 0 {
		r.step(t, subscription.RanOut)
		r.notify(t, subscription.State{Value: "terminated", Reason: subscription.Timeout})
		return
	}
	r.step(t, subscription.Asked)
	r.lasts(t, left)
	r.tell(t)
}

// accept answers a SUBSCRIBE with 200.
func (r *watcher) accept(t *turn, m *sip.Message, left time.Duration) {
	resp := core.Respond(t.env, m, 200, "", r.d.LocalTag)
	r.d.Respond(resp, m)
	resp.Add(sip.NameExpires, decimal(seconds(left)), sip.Rule("RFC 6665 §4.2.1.1"))
	resp.Add(sip.NameAllowEvents, eventNames, sip.Rule("RFC 6665 §4.4.4"))
	r.d.Sent(resp)
	t.answer(resp)
}

// tellWatchers sends NOTIFY to those whose state has changed: "When a change in
// the subscribed state occurs, the notifier SHOULD immediately construct and send
// a NOTIFY request" (§4.2.2).
func (p *Phone) tellWatchers(t *turn) {
	for i := 0; i < len(p.watchers); i++ {
		if r := p.watchers[i]; r.sub.State() == subscription.Active && r.refer == nil && r.known != p.state(r) {
			r.step(t, subscription.Changed)
			r.tell(t)
		}
	}
}
