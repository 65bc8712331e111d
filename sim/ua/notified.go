package ua

import (
	"cmp"

	"siplab/sim/core"
	"siplab/sim/dialog"
	"siplab/sim/sip"
	"siplab/sim/subscription"
)

const receivingNotify = "RFC 6665 §4.1.3"

// notified takes a NOTIFY (RFC 6665 §4.1.3): "the subscriber should check that
// it matches at least one of its outstanding subscriptions; if not, it MUST
// return a 481 (Subscription does not exist) response unless another 400- or
// 500-class response is more appropriate."
func (p *Phone) notified(t *turn, m *sip.Message) {
	e, known := subscription.ParseEvent(m.Get(sip.NameEvent))
	st, ok := subscription.ParseState(m.Get(sip.NameSubscriptionState))
	switch {
	case !known:
		p.refuse(t, 489, "RFC 6665 §8.2.1", allowEvents)
	case !ok:
		p.refuse(t, 400, "RFC 6665 §8.2.3")
	default:
		p.matched(t, m, e, st)
	}
}

// matched finds the subscription of a NOTIFY.
func (p *Phone) matched(t *turn, m *sip.Message, e subscription.Event, st subscription.State) {
	w := p.watchOf(m, e)
	if w == nil {
		p.first(t, m, e, st)
		return
	}
	if p.received(t, m, w.d) {
		w.notified(t, m, st, w.sub.Step(st.Event()))
	}
}

// first takes a NOTIFY that may be the first of its subscription.
func (p *Phone) first(t *turn, m *sip.Message, e subscription.Event, st subscription.State) {
	sub, a := p.subs.FindFirst(m), p.forked(m, e)
	_, bad := dialog.TargetOf(m)
	switch {
	case sub == nil && a == nil:
		p.refuse(t, 481, receivingNotify)
	case bad != nil:
		p.refuse(t, 400, bad.Section)
	case sub != nil:
		w := p.watchFor(sub)
		id := sub.ID
		id.RemoteTag = m.From().Tag()
		p.subs.Named(sub, id)
		w.opens(t, m, st, sub.Step(st.Event()))
	default:
		sub, s := p.subs.Fork(a.first.sub, m.From().Tag(), st)
		if sub == nil {
			p.refuse(t, 481, "RFC 6665 §4.1.2.4")
			return
		}
		t.note("another notifier has answered the SUBSCRIBE: a subscription of its own", "RFC 6665 §4.1.4")
		w := &watch{phone: p, sub: sub, by: a, asked: a.expires}
		w.news = w.told
		p.watches = append(p.watches, w)
		w.opens(t, m, st, s)
	}
}

// opens makes the dialog that the first NOTIFY of a subscription brings (§4.4.1).
func (w *watch) opens(t *turn, m *sip.Message, st subscription.State, s subscription.Step) {
	p := w.phone
	w.d = p.dialogs.Notified(m, p.self.contactValue, w.by.seq)
	w.d.Share()
	w.d.Received(m)
	w.notified(t, m, st, s)
	w.by.waitForForks(t)
}

// notified acts on a NOTIFY of the subscription. It is answered at once:
// "subscribers MUST NOT wait for a user response before returning a final
// response to a NOTIFY request" (§4.1.3).
func (w *watch) notified(t *turn, m *sip.Message, st subscription.State, s subscription.Step) {
	p := w.phone
	p.stop(t, &w.n)
	resp := core.Respond(t.env, m, 200, "", w.d.LocalTag)
	w.d.Respond(resp, m)
	w.d.Sent(resp)
	t.answer(resp)
	left := st.Expires
	w.moved(t, s)
	w.news(t, m, st)
	switch {
	case s.To == subscription.Terminated:
		w.again(t, st)
	case st.HasExpires:
		// "the subscriber SHOULD take it as the authoritative subscription
		// duration and adjust accordingly" (§4.1.3).
		w.lasts(t, left)
	case w.sub.Until > t.ev.Now:
		w.lasts(t, w.sub.Until-t.ev.Now)
	default:
		// "implementations are warned to handle the lack of an "expires"
		// parameter gracefully" (§4.2.2): as long as was asked for.
		w.lasts(t, cmp.Or(w.asked, defaultWatch))
	}
	if w.leaving && s.From == subscription.NotifyWait && s.To != subscription.Terminated {
		w.unsubscribe(t)
	}
}

// told tells the user what a NOTIFY says.
func (w *watch) told(t *turn, m *sip.Message, st subscription.State) {
	if gist := gistOf(w.sub.Event.Package, m.Body); gist != "" {
		t.say(TellNotified, 0, w.about()+": "+sip.Visible(gist), receivingNotify)
	}
	switch st.Value {
	case "pending":
		t.say(TellPending, 0, w.about()+" is not granted yet", receivingNotify)
	case "terminated":
		why := w.about() + " has ended"
		if st.Reason != "" {
			why += ": " + sip.Visible(string(st.Reason))
		}
		t.say(TellUnsubscribed, 0, why, receivingNotify)
	}
}

// again subscribes anew where the reason of an end asks for it (§4.1.3), with
// another Call-ID (§4.1.2.2).
func (w *watch) again(t *turn, st subscription.State) {
	after, again := st.Again()
	if !again || w.leaving || w.by == nil || w.by.refer != nil || w.by.expires == 0 {
		return
	}
	p, whom, pkg, expires := w.phone, w.by.whom, w.sub.Event.Package, w.asked
	if after == 0 {
		p.subscribe(t, whom, pkg, expires)
		return
	}
	p.start(t, new(alarm), &watchAgain, after, func(t *turn) { p.subscribe(t, whom, pkg, expires) })
}

// watchOf is the watch whose NOTIFY this is, nil for none. The notifier may leave
// out the id of the first REFER in a dialog (RFC 3515 §2.4.6).
func (p *Phone) watchOf(m *sip.Message, e subscription.Event) *watch {
	if sub := p.subs.Find(m); sub != nil {
		return p.watchFor(sub)
	}
	if e.Package != subscription.Refer || e.ID != "" {
		return nil
	}
	d := p.dialogs.Find(m)
	for _, w := range p.watches {
		if w.d != nil && w.d == d && w.sub.Event.Package == e.Package {
			id := w.sub.ID
			id.Event = e
			p.subs.Named(w.sub, id)
			return w
		}
	}
	return nil
}

// watchFor is the watch of a subscription, nil where this phone is its notifier.
func (p *Phone) watchFor(sub *subscription.Subscription) *watch {
	for _, w := range p.watches {
		if w.sub == sub {
			return w
		}
	}
	return nil
}

// received gives a request to its dialog; one that the dialog does not take is
// refused.
func (p *Phone) received(t *turn, m *sip.Message, d *dialog.Dialog) bool {
	if badTarget(m) {
		p.refuse(t, 400, "RFC 3261 §8.1.1.8")
		return false
	}
	no := d.Received(m).Refuse
	if no.Status == 0 {
		return true
	}
	var fields []field
	if no.RetryAfter {
		fields = append(fields, field{sip.NameRetryAfter, decimal(retryAfterSeconds(t.env))})
	}
	p.refuse(t, no.Status, no.Ref, fields...)
	return false
}
