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

// watch is a subscription of this phone at somebody: the subscriber's side (RFC
// 6665 §4.1).
type watch struct {
	phone *Phone
	sub   *subscription.Subscription
	by    *attempt       // the request outside of a dialog that asked for it; nil: one inside
	d     *dialog.Dialog // nil before the first NOTIFY of such an attempt
	asked time.Duration  // how long it was asked for
	news  func(t *turn, m *sip.Message, st subscription.State)

	n       alarm // Timer N: no NOTIFY has come for the last SUBSCRIBE
	refresh alarm
	expiry  alarm
	leaving bool // the user wants no more of it
}

// newWatch begins a subscription.
func (p *Phone) newWatch(t *turn, sub *subscription.Subscription, s subscription.Step) *watch {
	w := &watch{phone: p, sub: sub}
	w.news = w.told
	p.watches = append(p.watches, w)
	w.moved(t, s)
	return w
}

// about is what is watched, and where, in words.
func (w *watch) about() string { return w.sub.Event.Package + " of " + w.whom() }

// whom is who was asked.
func (w *watch) whom() string {
	if w.by != nil {
		return w.by.whom
	}
	return farEnd(w.d)
}

// step gives the subscription an event.
func (w *watch) step(t *turn, e fsm.Event) { w.moved(t, w.sub.Step(e)) }

// moved notes what an event has done to the subscription, runs the timers of the
// move, and lets go of what has ended.
func (w *watch) moved(t *turn, s subscription.Step) {
	t.stepped(w.sub, s)
	for range s.Stops {
		w.phone.stop(t, &w.n)
	}
	for i := range s.Starts {
		w.startN(t, w.sub.After(&s.Starts[i], t.env.T1), subscription.TimerN)
	}
	if s.To == subscription.Terminated {
		w.end(t)
	}
}

// stepped notes the move of a subscription.
func (t *turn) stepped(sub *subscription.Subscription, s subscription.Step) {
	switch {
	case s.Moved():
		t.out = append(t.out, core.Effect{
			Kind: core.Move, What: sub.Machine().Name, Key: sub.Number,
			From: subscription.Name(s.From), To: subscription.Name(s.To), On: s.On, Ref: s.Ref,
		})
	case s.Why != "":
		t.note(s.On+" changes nothing: "+s.Why, s.Ref)
	}
}

// startN starts Timer N, which ends the subscription by the event.
func (w *watch) startN(t *turn, after time.Duration, e fsm.Event) {
	timer := &waitForNotify
	if e == subscription.RefreshTimedOut {
		timer = &waitForRefresh
	}
	w.phone.start(t, &w.n, timer, after, func(t *turn) {
		w.step(t, e)
		t.say(TellUnsubscribed, 0, w.about()+": no NOTIFY came in 64*T1", timer.Section)
	})
}

// end lets go of the watch.
func (w *watch) end(t *turn) {
	p := w.phone
	p.stop(t, &w.n)
	p.stop(t, &w.refresh)
	p.stop(t, &w.expiry)
	for i, other := range p.watches {
		if other == w {
			p.watches = append(p.watches[:i], p.watches[i+1:]...)
			break
		}
	}
	if w.d != nil {
		w.d.Unshare()
	}
}

// lasts sets how long the subscription lasts from now on, and when it is
// refreshed. A refresh goes out as long before the end as Timer N runs, and of a
// short time at least half passes, as with a registration.
func (w *watch) lasts(t *turn, left time.Duration) {
	w.sub.Until = t.ev.Now + left
	p := w.phone
	p.start(t, &w.expiry, &endOfWatch, left, func(t *turn) {
		w.step(t, subscription.Expired)
		t.say(TellUnsubscribed, 0, w.about()+": it was not refreshed in time", "RFC 6665 §4.1.2.2")
	})
	if w.d != nil && !w.leaving && w.sub.Event.Package != subscription.Refer {
		p.start(t, &w.refresh, &refreshWatch, refreshAfter(left, 64*t.env.T1), func(t *turn) {
			w.resubscribe(t, w.asked)
		})
	}
}

// resubscribe sends a SUBSCRIBE in the dialog of the subscription: to refresh it
// (§4.1.2.2), or with no time left to end it (§4.1.2.3).
func (w *watch) resubscribe(t *turn, expires time.Duration) {
	if w.d == nil {
		t.note("SUBSCRIBE has to wait: no NOTIFY has made the dialog", "RFC 6665 §4.4.1")
		return
	}
	w.step(t, subscription.Subscribed)
	w.startN(t, 64*t.env.T1, subscription.RefreshTimedOut)
	w.phone.askWithin(t, w.d, sip.SUBSCRIBE, w.phone.clientFor(w), func(_ *turn, m *sip.Message) {
		m.Add(sip.NameEvent, w.sub.Event.String(), sip.Rule("RFC 6665 §4.1.2.2"))
		m.Add(sip.NameExpires, decimal(seconds(expires)), sip.Rule("RFC 6665 §4.1.2.2"))
	}, func(t *turn, o outcome) { w.resubscribed(t, expires, o) })
}

// resubscribed acts on what became of such a SUBSCRIBE. Some failures end the
// subscription; with others it "is still considered valid for the duration of
// the most recently known "Expires" value" (§4.1.2.2).
func (w *watch) resubscribed(t *turn, asked time.Duration, o outcome) {
	switch {
	case o.code < 200 || w.sub.State() == subscription.Terminated:
	case o.code < 300:
		if s, ok := o.m.Expires(); ok && asked > 0 {
			w.lasts(t, min(time.Duration(s)*time.Second, asked))
		}
	case o.code == 423 && minExpires(o.m) > asked:
		w.resubscribe(t, minExpires(o.m))
	case dialog.Ends(sip.SUBSCRIBE, o.code).What == dialog.Usage:
		w.step(t, subscription.Refused)
		t.say(TellUnsubscribed, o.code, w.about()+": "+o.text, "RFC 6665 §4.1.2.2")
	default:
		w.phone.stop(t, &w.n)
		t.note("the refresh failed; the subscription lasts as long as it was granted", "RFC 6665 §4.1.2.2")
	}
}

// unsubscribe ends the subscription (§4.1.2.3).
func (w *watch) unsubscribe(t *turn) {
	w.leaving = true
	w.phone.stop(t, &w.refresh)
	w.resubscribe(t, 0)
}

// minExpires is the Min-Expires of a 423; 0 for none.
func minExpires(m *sip.Message) time.Duration {
	if m == nil {
		return 0
	}
	s, _ := sip.ParseSeconds(m.Get(sip.NameMinExpires))
	return time.Duration(s) * time.Second
}

// clientFor is what knows the credentials for a watch.
func (p *Phone) clientFor(w *watch) *auth.Client {
	if w.by != nil {
		return &w.by.account
	}
	return p.clientOf(w.d)
}
