package ua

import (
	"strings"

	"siplab/sim/core"
	"siplab/sim/sip"
)

// allowed is what the phone serves (§20.5).
const allowed = sip.OPTIONS

// serve answers a request, in the order of §8.2: method, Request-URI, Require.
// Who asks is not verified, and a request that breaks the grammar does not get
// here.
func (p *Phone) serve(t *turn) {
	m := t.ev.Message
	switch {
	case t.ev.Txn == 0: // an ACK: nothing answers it
	case m.Method == sip.CANCEL:
		p.refuse(t, 481, "RFC 3261 §9.2")
	case !sip.KnownMethod(m.Method):
		p.refuse(t, 501, "RFC 3261 §21.5.2")
	case m.Method != sip.OPTIONS:
		p.refuse(t, 405, "RFC 3261 §8.2.1").Add(sip.NameAllow, allowed, sip.Rule("RFC 3261 §8.2.1"))
	default:
		p.inspect(t, m)
	}
}

// inspect looks at the header fields (§8.2.2).
func (p *Phone) inspect(t *turn, m *sip.Message) {
	u, err := sip.ParseURI(m.URI)
	missing := p.missing(m)
	switch {
	case err != nil || !u.IsSIP():
		p.refuse(t, 416, "RFC 3261 §8.2.2.1")
	case u.User != "" && u.User != p.settings.aorUser() && u.User != p.register.own.User:
		p.refuse(t, 404, "RFC 3261 §8.2.2.1")
	case missing != "":
		p.refuse(t, 420, "RFC 3261 §8.2.2.3").Add(sip.NameUnsupported, missing, sip.Rule("RFC 3261 §8.2.2.3"))
	default:
		p.options(t, m)
	}
}

// missing lists the option-tags of Require that the phone does not support.
func (p *Phone) missing(m *sip.Message) string {
	var tags []string
	for tag := range m.Values(sip.NameRequire) {
		if !p.supports(tag) {
			tags = append(tags, tag)
		}
	}
	return strings.Join(tags, ", ")
}

func (p *Phone) supports(tag string) bool {
	return p.settings.Path && strings.EqualFold(tag, "path")
}

// refuse answers with a failure, and gives the response for fields of its own.
func (p *Phone) refuse(t *turn, status int, ref string) *sip.Message {
	m := core.Respond(t.env, t.ev.Message, status, "", t.env.Token())
	t.note("answers "+t.ev.Message.Method+" with "+sip.Reason(status), ref)
	t.answer(m)
	return m
}

// options says what the phone can do: "The response code chosen MUST be the
// same that would have been chosen had the request been an INVITE", and of
// header fields "Allow, Accept, Accept-Encoding, Accept-Language, and
// Supported header fields SHOULD be present" (§11.2).
func (p *Phone) options(t *turn, req *sip.Message) {
	m := core.Respond(t.env, req, 200, "", t.env.Token())
	const ref = "RFC 3261 §11.2"
	m.Add(sip.NameAllow, allowed, sip.Rule(ref))
	m.Add(sip.NameAccept, "application/sdp", sip.Rule(ref))
	m.Add(sip.NameAcceptEncoding, "identity", sip.Rule(ref))
	m.Add(sip.NameAcceptLanguage, "en", sip.Rule(ref))
	supported := ""
	if p.settings.Path {
		supported = "path"
	}
	m.Add(sip.NameSupported, supported, sip.Rule(ref))
	t.answer(m)
}
