package controller

import (
	"strconv"

	"siplab/sim/auth"
	"siplab/sim/core"
	"siplab/sim/dialog"
	"siplab/sim/sip"
)

// party is one of the two: the dialog in which the controller is the caller.
type party struct {
	call  *call
	uri   string
	first *dialog.Dialog // of the INVITE, in its last try
	d     *dialog.Dialog // that its 2xx has confirmed; nil before
	txn   int32
	news  bool   // a provisional response has come
	final int    // status of the final response; 0 before it
	offer string // of its 2xx

	from, callID string // of each try
	body         string // the offer that goes to it; "" for none
	seq          uint32 // CSeq number of the last try
	client       auth.Client
	sent         auth.Sent

	unwanted  bool // nobody wants it any more
	cancelled bool
	ack       int32 // the bytes of the ACK; 0: it is not out
	others    []other
	ended     bool // a BYE has gone or come
}

// other is the ACK to the 2xx of a further fork.
type other struct {
	tag  string
	keep int32
}

// invite calls the party, with an offer or without one.
func (p *party) invite(t *turn, offer string) {
	p.from = "<" + t.settings.AOR + ">;tag=" + t.env.Token()
	p.callID = t.env.Token() + t.env.Token() + "@" + t.env.Addr.Addr().String()
	p.body = offer
	p.client = auth.Client{Username: t.settings.user(), Password: auth.Secret(t.settings.Password)}
	p.try(t)
}

// try sends the INVITE: for the first time, or with credentials.
func (p *party) try(t *turn) {
	p.seq++
	p.news = false
	m := t.env.New()
	m.Request(sip.INVITE, p.uri)
	m.Add(sip.NameMaxForwards, "70", sip.Rule("RFC 3261 §8.1.1.6"))
	m.Add(sip.NameFrom, p.from, sip.Fresh("RFC 3261 §8.1.1.3"))
	m.Add(sip.NameTo, sip.NameAddr{URI: p.uri}.String(), sip.Rule("RFC 3261 §8.1.1.2"))
	m.Add(sip.NameCallID, p.callID, sip.Fresh("RFC 3261 §8.1.1.4"))
	m.Add(sip.NameCSeq, sip.CSeq{Seq: p.seq, Method: sip.INVITE}.String(), sip.Rule("RFC 3261 §8.1.1.5"))
	m.Add(sip.NameContact, t.contact, sip.Rule("RFC 3261 §8.1.1.8"))
	m.Add(sip.NameAllow, allow, sip.Rule("RFC 3261 §13.2.1"))
	if p.body != "" {
		m.SetBody("application/sdp", p.body)
	}
	p.client.Authorize(m, &p.sent, t.env.Chance)
	d, s := t.dialogs.Call(m, false)
	p.first = d
	t.parties[d] = p
	t.moved(d, s)
	t.ask(m, &asked{method: sip.INVITE, party: p, dialog: d})
}

// answer takes a response to the INVITE.
func (p *party) answer(t *turn, m *sip.Message) {
	p.txn = t.ev.Txn
	switch {
	case m.Status >= 300:
		for _, d := range p.first.Family() {
			if t.parties[d] == p {
				t.moved(d, d.Received(m))
			}
		}
		if !p.challenged(t, m) {
			p.failed(t, m.Status, m.Reason)
		}
	case m.Status >= 200:
		p.accepted(t, m)
	default:
		p.news = true
		p.dialog(t, m)
		p.cancel(t)
	}
}

// challenged answers a 401 or 407 by a further try: the UAC "SHOULD, if it is
// able, re-originate the request with the proper credentials" (RFC 3261 §22.2). False: there is no
// answer, or nobody wants the call any more.
func (p *party) challenged(t *turn, m *sip.Message) bool {
	if p.unwanted || !p.answers(m, &p.sent) {
		return false
	}
	p.try(t)
	return true
}

// answers says whether there is an answer to what m challenges.
func (p *party) answers(m *sip.Message, sent *auth.Sent) bool {
	return (m.Status == 401 || m.Status == 407) && p.client.Hear(m, sent).Row().Answer
}

// dialog is that of a response, a new one where the response makes it.
func (p *party) dialog(t *turn, m *sip.Message) *dialog.Dialog {
	if d := t.dialogs.FindFork(p.first, m); d != nil {
		t.moved(d, d.Received(m))
		return d
	}
	d, s := t.dialogs.Fork(p.first, m)
	if d != nil {
		t.parties[d] = p
		t.moved(d, s)
	}
	return d
}

// accepted takes a 2xx. One that comes again has its ACK again, if that is out;
// that of another fork is acknowledged and ended (RFC 3261 §13.2.2.4).
func (p *party) accepted(t *turn, m *sip.Message) {
	to := m.To()
	if p.d != nil && p.d.RemoteTag == to.Tag() {
		t.repeat(p.ack)
		return
	}
	for _, o := range p.others {
		if o.tag == to.Tag() {
			t.repeat(o.keep)
			return
		}
	}
	d := p.dialog(t, m)
	switch {
	case d == nil:
		t.note("a 2xx that belongs to no dialog", "RFC 3261 §13.2.2.4")
	case p.d != nil:
		p.another(t, d, m)
	default:
		p.d, p.final = d, m.Status
		p.client.Accepted(m, &p.sent)
		p.offer = m.Body
		p.call.answered(t, p, m)
	}
}

// another ends a dialog that nobody wants, since a fork has answered before.
func (p *party) another(t *turn, d *dialog.Dialog, m *sip.Message) {
	body := ""
	if p == p.call.a {
		was := p.offer
		p.offer = m.Body
		body = p.declined(t)
		p.offer = was
	}
	p.others = append(p.others, other{d.RemoteTag, t.acknowledge(d, p.seq, body)})
	t.note("another phone has answered: this dialog is not wanted", "RFC 3261 §13.2.2.4")
	t.bye(p, d, "")
}

// failed takes a final response that is no 2xx, or what stands for one.
func (p *party) failed(t *turn, status int, why string) {
	if p.final == 0 {
		p.final = status
		p.call.failed(t, p, status, why)
	}
}

// acked says whether the ACK to the party's 2xx is out.
func (p *party) acked() bool { return p.ack != 0 }

// acknowledge sends the ACK to the 2xx, with an answer to the offer in it.
func (p *party) acknowledge(t *turn, answer string) { p.ack = t.acknowledge(p.d, p.seq, answer) }

func (t *turn) acknowledge(d *dialog.Dialog, seq uint32, answer string) (keep int32) {
	m := t.env.New()
	d.ACK(m, seq)
	if answer != "" {
		m.SetBody("application/sdp", answer)
	}
	keep = t.number()
	s := d.Sent(m)
	t.out = append(t.out, core.Effect{Kind: core.Send, Message: m, Keep: keep})
	t.moved(d, s)
	return keep
}

// leave ends what there is of the party's call: by BYE after its 2xx, whose ACK
// has to go before, by CANCEL while it rings.
func (p *party) leave(t *turn, why string) {
	switch {
	case p.ended || p.first == nil:
	case p.d != nil:
		if !p.acked() {
			p.acknowledge(t, p.declined(t))
		}
		p.bye(t, why)
	case p.final == 0:
		p.unwanted = true
		p.cancel(t)
	}
}

// cancel sends the CANCEL that is wanted, if it may go (RFC 3261 §9.1).
func (p *party) cancel(t *turn) {
	if !p.unwanted || !p.news || p.cancelled || p.final != 0 {
		return
	}
	p.cancelled = true
	key := t.number()
	t.asked[key] = &asked{method: sip.CANCEL, party: p}
	t.out = append(t.out, core.Effect{Kind: core.Cancel, Txn: p.txn, Key: key})
}

func (p *party) bye(t *turn, why string) {
	p.ended = true
	t.bye(p, p.d, why)
}

func (t *turn) bye(p *party, d *dialog.Dialog, why string) {
	m := t.env.New()
	d.Request(m, sip.BYE)
	if why != "" {
		m.AddOther("Reason", why, sip.Rule("RFC 3725 §6"))
	}
	a := &asked{method: sip.BYE, party: p, dialog: d, why: why}
	p.client.Authorize(m, &a.sent, t.env.Chance)
	s := d.Sent(m)
	t.ask(m, a)
	t.moved(d, s)
}

// again sends a BYE that was challenged once more, with credentials. False: there
// is no answer.
func (a *asked) again(t *turn, m *sip.Message) bool {
	if !a.party.answers(m, &a.sent) {
		return false
	}
	t.bye(a.party, a.dialog, a.why)
	return true
}

// asks serves a request of the party in its dialog.
func (p *party) asks(t *turn, d *dialog.Dialog, m *sip.Message) {
	s := d.Received(m)
	switch {
	case s.Refuse.Status != 0:
		t.refuse(m, s.Refuse.Status, s.Refuse.Ref)
		return
	case m.Method == sip.INVITE:
		d.Sent(t.refuse(m, 488, "RFC 3261 §14.2"))
		return
	}
	t.moved(d, s)
	r := core.Respond(t.env, m, 200, "", d.LocalTag)
	d.Sent(r)
	t.served[t.ev.Txn] = p
	t.out = append(t.out, core.Effect{Kind: core.Answer, Txn: t.ev.Txn, Message: r})
	if d == p.d {
		p.ended = true
		t.hangUp(p.call, p, "")
	}
}

// over takes the end of the transaction of the INVITE that began a dialog.
func (p *party) over(t *turn, first *dialog.Dialog) {
	for _, d := range first.Family() {
		if t.parties[d] == p {
			t.moved(d, d.Over(sip.INVITE))
		}
	}
	if first != p.first {
		return // a further try goes on
	}
	t.forget(p.ack)
	for _, o := range p.others {
		t.forget(o.keep)
	}
	p.others = nil
	if p.final == 0 {
		p.failed(t, 408, "no answer came that could be used")
	}
}

func (t *turn) repeat(keep int32) {
	if keep != 0 {
		t.out = append(t.out, core.Effect{Kind: core.Repeat, Keep: keep})
	}
}

func (t *turn) forget(keep int32) {
	if keep != 0 {
		t.out = append(t.out, core.Effect{Kind: core.Forget, Keep: keep})
	}
}

func decimal(n int) string { return strconv.Itoa(n) }
