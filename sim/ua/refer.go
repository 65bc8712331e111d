package ua

import (
	"strconv"
	"strings"

	"siplab/sim/sip"
	"siplab/sim/subscription"
)

const (
	forming    = "RFC 3515 §2.4.1"
	noReferSub = "norefersub" // the option-tag of RFC 4488
)

// referring is a REFER of this phone (RFC 3515 §2.4.1): somebody is to call
// somebody else, and to say what became of it.
type referring struct {
	to    string // the Refer-To URI
	quiet bool   // nothing is to be said of it (RFC 4488)
	leg   *leg   // the call in which somebody is transferred; nil outside of one
	watch *watch
	over  bool // the last word has been told
}

// transfer refers the far end of a call to somebody else. A call that this phone
// has with that one too is the one to take the place of: an attended transfer.
func (p *Phone) transfer(t *turn, whom, to string, quiet bool) {
	l := p.callWith(whom)
	if l == nil {
		t.note("there is no call to transfer", forming)
		return
	}
	if no, ok := l.d.May(sip.REFER); !ok {
		t.note("no REFER: "+no.Why, no.Ref)
		return
	}
	f := &referring{to: to, quiet: quiet, leg: l}
	if other := p.callWith(to); other != nil && other != l {
		f.to = inURI(other.d.Target, "Replaces", other.d.AsSeenByPeer().String())
		t.note("the new call is to take the place of the one with "+sip.Visible(to), "RFC 3891 §3")
	}
	l.ask(t, sip.REFER, func(t *turn, m *sip.Message) {
		f.write(p, m)
		f.begin(t, m)
	}, func(t *turn, o outcome) { f.heard(t, f.watch, o) })
}

// refer sends a REFER outside of a dialog: its 2xx and NOTIFY make one.
func (p *Phone) refer(t *turn, whom, to string, quiet bool) {
	if err := checkCallee(whom); err != nil {
		t.say(TellReferFailed, 416, err.Error(), "RFC 3261 §21.4.14")
		return
	}
	a := p.newAttempt(t, sip.REFER, whom, subscription.Event{Package: subscription.Refer})
	a.refer = &referring{to: to, quiet: quiet, watch: a.first}
	a.first.news = a.refer.told
	p.ask(t, &a.request)
}

// callWith is the call with somebody in which people talk; "" for the one that is
// current. nil: there is none.
func (p *Phone) callWith(whom string) *leg {
	if c := p.current(); whom == "" && c != nil {
		return c.talk
	}
	u, err := sip.ParseURI(whom)
	for _, c := range p.lines {
		if c.talk == nil || c.talk.ending() || err != nil {
			continue
		}
		if far, bad := sip.ParseURI(farEnd(c.talk.d)); bad == nil && far.Equal(u) {
			return c.talk
		}
	}
	return nil
}

// write adds what is a REFER's own: "A REFER request MUST contain exactly one
// Refer-To header field value." (RFC 3515 §2.4.1)
func (f *referring) write(p *Phone, m *sip.Message) {
	m.Add(sip.NameReferTo, "<"+f.to+">", sip.Rule(forming))
	m.Add(sip.NameReferredBy, "<"+p.settings.AOR+">", sip.Rule("RFC 3892 §2.1"))
	if f.quiet {
		m.Add(sip.NameReferSub, "false", sip.Rule("RFC 4488 §4"))
		m.Add(sip.NameSupported, noReferSub, sip.Rule("RFC 4488 §4"))
	}
}

// begin begins the subscription that a REFER in a call makes (RFC 3515 §2.4.4),
// or gives it the number of a further try.
func (f *referring) begin(t *turn, m *sip.Message) {
	p, d := f.leg.phone, f.leg.d
	about := subscription.Event{Package: subscription.Refer, ID: decimal(uint64(m.CSeq().Seq))}
	id := subscription.ID{CallID: d.CallID, LocalTag: d.LocalTag, RemoteTag: d.RemoteTag, Event: about}
	if f.watch != nil {
		p.subs.Named(f.watch.sub, id)
		return
	}
	d.Share()
	sub, s := p.subs.Subscribe(id)
	f.watch = &watch{phone: p, sub: sub, d: d, news: f.told}
	p.watches = append(p.watches, f.watch)
	f.watch.moved(t, s)
}

// heard acts on what became of the REFER.
func (f *referring) heard(t *turn, w *watch, o outcome) {
	waits := w.sub.State() == subscription.NotifyWait
	switch {
	case o.code < 200:
	case o.code < 300 && f.quiet && sip.EqualFold(o.m.Get(sip.NameReferSub), "false"):
		if waits {
			w.step(t, subscription.Silent)
		}
		f.over = true
		t.say(TellReferred, o.code, "without a word of what becomes of it", "RFC 4488 §4")
	case o.code < 300:
		t.say(TellReferred, o.code, o.text, "RFC 3515 §2.4.2")
	case waits:
		w.step(t, subscription.Refused)
		f.failed(t, o.code, o.text, "RFC 3515 §2.4.2")
	}
}

// told tells the user what a NOTIFY says of the reference (RFC 3515 §2.4.5). A
// transfer that succeeded ends the call; with one that failed the call goes on.
func (f *referring) told(t *turn, m *sip.Message, st subscription.State) {
	status, text := fragment(m.Body)
	switch {
	case status == 0 && st.Value != "terminated" || f.over:
	case status >= 300:
		f.failed(t, status, text, "RFC 3515 §2.4.5")
	case status >= 200:
		f.over = true
		t.say(TellTransferred, status, text, "RFC 3515 §2.4.5")
		if f.leg != nil {
			f.leg.hangUp(t, "the far end has been transferred")
		}
	case st.Value == "terminated":
		f.failed(t, status, "nothing more will be told", "RFC 3515 §2.4.7")
	}
}

func (f *referring) failed(t *turn, code int, text, ref string) {
	if !f.over {
		f.over = true
		t.say(TellReferFailed, code, sip.Visible(text), ref)
	}
}

// fragment reads the status line with which a message/sipfrag begins: "The body
// of a NOTIFY MUST begin with a SIP Response Status-Line" (RFC 3515 §2.4.5). 0:
// there is none.
func fragment(body string) (status int, text string) {
	line, _, _ := strings.Cut(body, "\n")
	version, rest, _ := strings.Cut(strings.TrimRight(line, "\r"), " ")
	code, _, _ := strings.Cut(rest, " ")
	n, err := strconv.Atoi(code)
	if !sip.EqualFold(version, "SIP/2.0") || err != nil || n < 100 || n > 699 {
		return 0, ""
	}
	return n, rest
}
