package ua

import (
	"slices"
	"time"

	"siplab/sim/core"
	"siplab/sim/dialog"
	"siplab/sim/offer"
	"siplab/sim/sip"
)

// invitation is an INVITE outside of a dialog, and what its caller still wants
// of it (RFC 3261 §13.2).
type invitation struct {
	request
	heading
	call     *call
	target   string         // Request-URI: who is called, or where a 3xx sent us
	least    time.Duration  // the largest Min-SE of its 422 responses; 0: none
	asked    time.Duration  // Session-Expires of this try; 0: it has none
	wishes   []header       // what the URI of whom is called asks for
	by       *referral      // the REFER that asks for it; nil: the human does
	left     []string       // option-tags that a 420 took out
	bodiless bool           // the offer is left to the far end
	targets  targets        // of 3xx responses
	id       uint64         // of the session
	base     *offer.Session // as it is when the INVITE goes out: each dialog gets its own
	first    *dialog.Dialog // of this try

	news      bool   // a provisional response has come
	why       string // why the caller gave up; "" while it has not
	cancelled bool   // CANCEL is out
	told      bool   // the user knows that nothing came of it
	limit     alarm  // of the ringing, then of the CANCEL
}

// invite calls somebody (§13.2.1).
func (p *Phone) invite(t *turn, whom string) {
	if c := p.current(); c != nil && !c.held() && !p.mixes() {
		t.note("the line is taken: hang up first, or put the call on hold", "")
		return
	}
	p.place(t, whom, nil)
}

// place makes a call; by is the REFER that asks for it, nil for the human. False:
// it cannot be made.
func (p *Phone) place(t *turn, whom string, by *referral) bool {
	if err := checkCallee(whom); err != nil {
		t.say(TellRefused, 416, err.Error(), "RFC 3261 §21.4.14")
		return false
	}
	whom, wishes := formed(t, whom)
	if p.leftAlone(t, whom) {
		return false
	}
	i := &invitation{heading: p.self.heading(t, whom), target: whom, wishes: wishes, by: by, bodiless: p.settings.OfferLate}
	i.id = uint64(t.env.Chance.Uint32())
	i.call = p.newCall()
	i.call.out = i
	i.targets.add(whom)
	i.request = request{method: sip.INVITE, client: &i.call.client, asker: i}
	t.say(TellCalling, 0, whom, "RFC 3261 §13.2.1")
	if limit := p.settings.RingFor; limit > 0 {
		p.start(t, &i.limit, &ringing, limit, func(t *turn) {
			i.cancelFor(t, "nobody answered in time")
		})
	}
	p.ask(t, &i.request)
	return true
}

// write makes the INVITE, with the next CSeq number: "In all of the above
// cases, the request is retried by creating a new request with the appropriate
// modifications." (§8.1.3.5)
func (i *invitation) write(t *turn, m *sip.Message) {
	p := i.call.phone
	m.Request(sip.INVITE, i.target)
	i.address(m)
	m.Add(sip.NameContact, p.contact(), p.settings.contactOrigin("RFC 3261 §8.1.1.8"))
	m.Add(sip.NameAllow, allowed, sip.Rule("RFC 3261 §13.2.1"))
	m.Add(sip.NameSupported, p.self.supported, sip.Rule("RFC 3261 §13.2.1"))
	if p.settings.insists() && !slices.Contains(i.left, rel) {
		m.Add(sip.NameRequire, rel, sip.Setting("100rel required"))
	}
	i.asked = p.askTimer(m, i.least)
	i.by.write(m)
	for _, h := range i.wishes {
		m.AddOther(h.name, h.value, sip.Rule("RFC 3261 §19.1.5"))
	}
	i.base = p.newSession(t, i.id)
	if !i.bodiless {
		i.base.Offer(m)
	}
	i.base.Send(m)
}

// going makes the dialog that the INVITE may lead to, in Preparative.
func (i *invitation) going(t *turn, m *sip.Message) {
	d, s := i.call.phone.dialogs.Call(m, false)
	i.first, i.news, i.cancelled = d, false, false
	l := i.call.newLeg(d)
	l.session = i.base.Fork()
	l.moved(t, s)
}

// moves ends what the address that failed has begun, and begins it anew.
func (i *invitation) moves(t *turn, m *sip.Message) {
	o := outcome{failure: failure{code: 503}}
	if t.ev.Kind == core.Response {
		o = outcomeOf(t.ev.Message)
	}
	i.learn(t, o)
	i.going(t, m)
}

// over says whether the final response is here and no further try follows.
func (i *invitation) over() bool { return i.final != 0 && i.key == 0 }

// again tries the INVITE once more, changed as ref asks.
func (i *invitation) again(t *turn, ref string) {
	i.ref = ref
	i.call.phone.ask(t, &i.request)
}

// ended takes the end of the INVITE's transaction: "At this point all the early
// dialogs that have not transitioned to established dialogs are terminated."
// (§13.2.2.4)
func (i *invitation) ended(t *turn) {
	if t.ev.Key != i.key { // an earlier try, all of whose dialogs have ended
		return
	}
	i.key = 0
	i.call.forgetACKs(t, i.seq)
	for _, d := range i.first.Family() {
		if l := i.call.phone.legs[d]; l != nil {
			l.over(t, sip.INVITE)
		}
	}
	i.call.leave()
}
