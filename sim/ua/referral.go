package ua

import (
	"time"

	"siplab/sim/core"
	"siplab/sim/dialog"
	"siplab/sim/sip"
	"siplab/sim/subscription"
)

const taking = "RFC 3515 §2.4.2"

// referFor is how long the subscription lasts that a REFER makes: longer "than the
// time the referenced request will be given to complete" (RFC 3515 §3.4), which
// a proxy limits to a little more than three minutes (RFC 3261 §16.8).
const referFor = 4 * time.Minute

// referral is a REFER that has come: whom this phone is to call (RFC 3515
// §2.4.2).
type referral struct {
	phone   *Phone
	to      string   // the Refer-To URI
	by      string   // the Referred-By of the REFER; "" for none
	packet  int32    // in which that came
	status  int      // what became of the INVITE: 100 before the final response
	watcher *watcher // nil: nobody is told (RFC 4488)
}

// referred takes a REFER.
func (p *Phone) referred(t *turn, m *sip.Message) {
	d := p.dialogs.Find(m)
	if !t.served.outside && d == nil {
		p.refuse(t, 481, "RFC 3261 §12.2.2")
		return
	}
	if d != nil && !p.received(t, m, d) {
		return
	}
	f, status, ref := p.referral(t, m)
	if status == 0 && d == nil {
		if _, bad := dialog.TargetOf(m); bad != nil {
			status, ref = 400, bad.Section
		}
	}
	if status != 0 {
		p.refuse(t, status, ref)
		return
	}
	t.say(TellIncomingRefer, 0, m.From().URI+" refers to "+sip.Visible(f.to), taking)
	if knows(m, noReferSub) && sip.EqualFold(m.Get(sip.NameReferSub), "false") {
		f.acceptQuietly(t, m)
		return
	}
	f.accept(t, m, d)
}

// referral reads a REFER, or says with what failure it is refused: "An agent
// responding to a REFER method MUST return a 400 (Bad Request) if the request
// contained zero or more than one Refer-To header field values", and "A UA not
// capable of accessing non-SIP URIs SHOULD NOT accept REFER requests to them."
func (p *Phone) referral(t *turn, m *sip.Message) (f *referral, status int, ref string) {
	a, err := sip.ParseNameAddr(m.Get(sip.NameReferTo))
	u, bad := sip.ParseURI(a.URI)
	method, has := u.Params.Get("method")
	switch {
	case m.Count(sip.NameReferTo) != 1 || err != nil || bad != nil:
		return nil, 400, taking
	case !u.IsSIP() || has && method != sip.INVITE:
		t.note("this phone does no more than call a SIP URI", taking)
		return nil, 403, taking
	case p.settings.Policy == "deny":
		return nil, 603, taking
	}
	return &referral{phone: p, to: a.URI, by: m.Get(sip.NameReferredBy), packet: m.Packet, status: 100}, 0, ""
}

// accept accepts a REFER: "the recipient MUST create a subscription and send
// notifications of the status of the refer".
func (f *referral) accept(t *turn, m *sip.Message, d *dialog.Dialog) {
	p := f.phone
	if d == nil {
		d = p.dialogs.Subscribed(m, t.served.tag, p.self.contactValue, false)
		d.Share() // until the subscription does
		d.Received(m)
		defer d.Unshare()
	}
	about := subscription.Event{Package: subscription.Refer}
	if d.Refers() > 1 {
		// "for the second and subsequent REFER requests a UA receives in a
		// given dialog, it MUST include an id parameter" (§2.4.6).
		about.ID = decimal(uint64(m.CSeq().Seq))
	}
	r := p.newWatcher(t, d, about, referFor)
	r.refer, f.watcher = f, r
	resp := core.Respond(t.env, m, 202, "", d.LocalTag)
	d.Respond(resp, m)
	d.Sent(resp)
	t.answer(resp)
	r.decide(t)
	r.tell(t)
	if r.sub.State() == subscription.Active {
		f.follow(t)
	}
}

// acceptQuietly accepts a REFER without a subscription (RFC 4488 §4): its 2xx says
// so, and makes no dialog.
func (f *referral) acceptQuietly(t *turn, m *sip.Message) {
	p := f.phone
	resp := core.Respond(t.env, m, 202, "", t.served.tag)
	resp.Add(sip.NameContact, p.self.contactValue, sip.Rule("RFC 3515 §2.2"))
	resp.Add(sip.NameReferSub, "false", sip.Rule("RFC 4488 §4"))
	resp.Add(sip.NameSupported, noReferSub, sip.Rule("RFC 4488 §4"))
	t.answer(resp)
	f.follow(t)
}

// follow calls whom the REFER names: "the UA MUST contact the resource identified
// by the URI in the Refer-To header field value".
func (f *referral) follow(t *turn) {
	if !f.phone.place(t, f.to, f) {
		f.came(t, 503)
	}
}

// write adds to the INVITE who sent it: a referee "MUST copy any Referred-By
// header field value and token into the referenced request without modification"
// (RFC 3892 §2.2).
func (f *referral) write(m *sip.Message) {
	if f != nil && f.by != "" {
		m.Add(sip.NameReferredBy, f.by, sip.Copied(f.packet))
	}
}

// came takes what became of the INVITE, and tells who asked: "The final NOTIFY
// sent in response to a REFER MUST indicate the subscription has been "terminated"
// with a reason of "noresource"" (§2.4.7).
func (f *referral) came(t *turn, status int) {
	if f == nil || f.status >= 200 {
		return
	}
	f.status = status
	r := f.watcher
	if r == nil || r.sub.State() == subscription.Terminated {
		return
	}
	r.step(t, subscription.Ended)
	r.notify(t, subscription.State{Value: "terminated", Reason: subscription.NoResource})
}

// failing is the status of a call that failed: one that was given up without a
// response is as good as cancelled.
func failing(code int) int {
	if code < 300 {
		return 487
	}
	return code
}

// sipfrag is the body of a NOTIFY (§2.4.5).
func (f *referral) sipfrag() string {
	return "SIP/2.0 " + decimal(uint64(f.status)) + " " + sip.Reason(f.status) + "\r\n"
}
