package registrar

import (
	"siplab/sim/core"
	"siplab/sim/location"
	"siplab/sim/sip"
)

// request is one request on its way through the steps of §10.3.
type request struct {
	*Registrar
	ev  *core.Event
	env *core.Env
	m   *sip.Message
	out []core.Effect

	user  string // whose credentials were accepted
	to    sip.URI
	aor   string // what To names, in canonical form
	known bool   // it exists
	path  []string

	contacts []contact
	update   *location.Update
}

// steps are the steps of §10.3, in order. One that returns false has answered
// the request, and the others are skipped.
var steps = [...]func(*request) bool{
	(*request).inDomain,     // 1
	(*request).hasNoDemands, // 2
	(*request).hasNoBody,    // §8.2.3
	(*request).authenticate, // 3
	(*request).readTo,
	(*request).authorize,      // 4
	(*request).isKnown,        // 5
	(*request).readContacts,   // 6
	(*request).updateContacts, // 6 and 7
}

// answer takes a request. "Once a request is authenticated (or authentication
// is skipped), the UAS MUST inspect the method of the request." (§8.2.1) Only
// a REGISTER changes anything here, so only that is authenticated.
func (r *Registrar) answer(ev *core.Event, env *core.Env, out []core.Effect) []core.Effect {
	q := &r.request
	*q = request{Registrar: r, ev: ev, env: env, m: ev.Message, out: out, path: q.path[:0], contacts: q.contacts[:0]}
	switch q.m.Method {
	case sip.REGISTER:
		q.register()
	case sip.OPTIONS:
		q.options()
	case sip.ACK: // never answered (§17.1.1.3)
	case sip.CANCEL:
		q.refuse(481, "", "RFC 3261 §9.2", "there is no request to cancel")
	default:
		q.wrongMethod()
	}
	out, q.out = q.out, nil
	q.ev, q.env, q.m = nil, nil, nil
	return out
}

func (q *request) register() {
	for _, step := range steps {
		if !step(q) {
			return
		}
	}
	q.list()
}

// reply starts a response; what the caller adds to it is sent.
func (q *request) reply(status int, reason string) *sip.Message {
	m := core.Respond(q.env, q.m, status, reason, q.env.Token())
	q.out = append(q.out, core.Effect{Kind: core.Answer, Txn: q.ev.Txn, Message: m})
	return m
}

// refuse replies with an error. reason stands in the response: "" is the
// standard phrase. why and the section are for the trace.
func (q *request) refuse(status int, reason, ref, why string) *sip.Message {
	q.out = append(q.out, core.Effect{Kind: core.Note, Ref: ref, Text: why})
	return q.reply(status, reason)
}

// bad refuses what is malformed. "The Reason-Phrase SHOULD identify the syntax
// problem in more detail" (§21.4.1)
func (q *request) bad(ref, why string) bool {
	q.refuse(400, "Bad Request: "+why, ref, why)
	return false
}

// allowed are the methods that a registrar answers with something else than a refusal.
const allowed = sip.REGISTER + ", " + sip.OPTIONS

// wrongMethod tells a method that it knows, and does not take, from one that
// it has never heard of: "This is the appropriate response when a UAS does not
// recognize the request method" (§21.5.2).
func (q *request) wrongMethod() {
	const section = "RFC 3261 §8.2.1"
	for _, known := range sip.Methods {
		if q.m.Method == known {
			q.refuse(405, "", section, "a registrar takes no "+known).
				Add(sip.NameAllow, allowed, sip.Rule(section))
			return
		}
	}
	q.refuse(501, "", "RFC 3261 §21.5.2", "the method "+sip.Visible(q.m.Method)+" is unknown")
}

// options says what the registrar can do (§11.2).
func (q *request) options() {
	if !q.inDomain() || !q.hasNoDemands() {
		return
	}
	rule := sip.Rule("RFC 3261 §11.2")
	m := q.reply(200, "")
	m.Add(sip.NameAllow, allowed, rule)
	m.Add(sip.NameAccept, "", rule) // no body of any type (§20.1)
	m.Add(sip.NameAcceptEncoding, "identity", rule)
	m.Add(sip.NameAcceptLanguage, "en", rule)
	m.Add(sip.NameSupported, pathTag, rule)
}
