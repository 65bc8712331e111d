package ua

import (
	"siplab/sim/auth"
	"siplab/sim/core"
	"siplab/sim/sip"
)

// options says what the phone can do: "The response code chosen MUST be the
// same that would have been chosen had the request been an INVITE. That is, a
// 200 (OK) would be returned if the UAS is ready to accept a call, a 486 (Busy
// Here) would be returned if the UAS is busy, etc." (§11.2) Of header fields,
// "Allow, Accept, Accept-Encoding, Accept-Language, and Supported header fields
// SHOULD be present".
func (p *Phone) options(t *turn, req *sip.Message) {
	status := 200
	if p.busy() && t.served.outside {
		status = 486
	}
	m := core.Respond(t.env, req, status, "", t.served.tag)
	const ref = "RFC 3261 §11.2"
	m.Add(sip.NameAllow, allowed, sip.Rule(ref))
	m.Add(sip.NameAllowEvents, eventNames, sip.Rule("RFC 6665 §4.4.4"))
	m.Add(sip.NameAccept, inCalls, sip.Rule(ref))
	m.Add(sip.NameAcceptEncoding, "identity", sip.Rule(ref))
	m.Add(sip.NameAcceptLanguage, "en", sip.Rule(ref))
	m.Add(sip.NameSupported, p.self.supported, sip.Rule(ref))
	t.answer(m)
}

// askOptions asks somebody the same (§11.1).
func (p *Phone) askOptions(t *turn, whom string) {
	if err := checkCallee(whom); err != nil {
		t.say(TellOptions, 416, err.Error(), "RFC 3261 §21.4.14")
		return
	}
	q := &inquiry{heading: p.self.heading(t, whom), phone: p, whom: whom, account: p.self.client()}
	q.request = request{method: sip.OPTIONS, client: &q.account, asker: q}
	p.ask(t, &q.request)
}

// inquiry is an OPTIONS outside of a dialog.
type inquiry struct {
	request
	heading
	outside
	phone   *Phone
	whom    string
	account auth.Client
}

func (q *inquiry) write(_ *turn, m *sip.Message) {
	p := q.phone
	m.Request(sip.OPTIONS, q.whom)
	q.address(m)
	q.ref = "RFC 3261 §8.1.3.5"
	p.announce(m)
	m.Add(sip.NameContact, p.self.contactValue, p.settings.contactOrigin("RFC 3261 §11.1"))
	m.Add(sip.NameAccept, inCalls, sip.Rule("RFC 3261 §11.1"))
}

func (q *inquiry) heard(t *turn, o outcome) {
	switch {
	case o.code < 200:
	case o.m != nil && o.m.Has(sip.NameAllow):
		t.say(TellOptions, o.code, sip.Visible(list(o.m, sip.NameAllow)), "RFC 3261 §11.2")
	default:
		t.say(TellOptions, o.code, o.text, o.ref)
	}
}

// list is all values of a field.
func list(m *sip.Message, n sip.Name) string {
	text := ""
	for v := range m.Values(n) {
		if text != "" {
			text += ", "
		}
		text += v
	}
	return text
}
