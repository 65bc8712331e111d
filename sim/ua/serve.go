package ua

import (
	"strings"

	"siplab/sim/core"
	"siplab/sim/dialog"
	"siplab/sim/sip"
)

// allowed is what the phone serves (§20.5).
const allowed = "INVITE, ACK, CANCEL, BYE, OPTIONS, INFO, PRACK, UPDATE, MESSAGE, REFER, NOTIFY, SUBSCRIBE"

// serve answers a request, in the order of §8.2: method, Request-URI, merged
// requests, Require, content. Who asks is not verified, and a request that
// breaks the grammar does not get here.
func (p *Phone) serve(t *turn) {
	m := t.ev.Message
	if m.Method == sip.ACK {
		p.acknowledged(t, m)
		return
	}
	t.served = p.served.begin(t, m)
	switch {
	case !sip.KnownMethod(m.Method):
		p.refuse(t, 501, "RFC 3261 §21.5.2")
	case !serves(m.Method):
		p.refuse(t, 405, "RFC 3261 §8.2.1", field{sip.NameAllow, allowed})
	case m.Method == sip.CANCEL:
		p.cancelled(t, m)
	case p.fits(t, m):
		p.take(t, m)
	}
}

func serves(method string) bool {
	for name := range strings.SplitSeq(allowed, ", ") {
		if name == method {
			return true
		}
	}
	return false
}

// field is a header field that a refusal adds, by the rule that it rests on.
type field struct {
	name  sip.Name
	value string
}

// fits looks at the header fields and the content (§8.2.2, §8.2.3), and refuses
// what cannot be served.
func (p *Phone) fits(t *turn, m *sip.Message) bool {
	u, err := sip.ParseURI(m.URI)
	missing := p.missing(m)
	switch {
	case err != nil || !u.IsSIP():
		p.refuse(t, 416, "RFC 3261 §8.2.2.1")
	case u.User != "" && !p.isUser(u.User):
		p.refuse(t, 404, "RFC 3261 §8.2.2.1")
	case p.served.merges(t.served):
		p.refuse(t, 482, "RFC 3261 §8.2.2.2")
	case missing != "":
		p.refuse(t, 420, "RFC 3261 §8.2.2.3", field{sip.NameUnsupported, missing})
	case m.Method != sip.INVITE && m.Has(sip.NameReplaces):
		p.refuse(t, 400, replaced)
	case m.Method != sip.INVITE && m.Has(sip.NameJoin):
		p.refuse(t, 400, joined)
	case m.Method == sip.INVITE && !takesSDP(m):
		p.refuse(t, 406, "RFC 3261 §21.4.7", notAcceptable(t))
	case ofPackage(m):
		p.refusePackage(t, m)
	default:
		return p.reads(t, m)
	}
	return false
}

// isUser says whether a Request-URI with this user means the phone: by its
// address-of-record or its contact.
func (p *Phone) isUser(user string) bool {
	return user == p.self.user || user == p.self.contactUser
}

// reads looks at the body (§8.2.3): one that is not understood, "and that body
// part is not optional (as indicated by the Content-Disposition header field)",
// is refused.
func (p *Phone) reads(t *turn, m *sip.Message) bool {
	disposition := sip.Params(m.Get(sip.NameContentDisposition))
	if i := strings.IndexByte(string(disposition), ';'); i >= 0 {
		if handling, _ := disposition[i:].Get("handling"); sip.EqualFold(handling, "optional") {
			return true
		}
	}
	coding := m.Get(sip.NameContentEncoding)
	switch {
	case m.Body == "":
	case coding != "" && !sip.EqualFold(coding, "identity"):
		p.refuse(t, 415, "RFC 3261 §8.2.3", field{sip.NameAcceptEncoding, "identity"})
		return false
	case !opaque(m.Method) && !understands(m):
		p.refuse(t, 415, "RFC 3261 §8.2.3", field{sip.NameAccept, accepts(m.Method)})
		return false
	}
	return true
}

// inCalls is what bodies the phone understands in calls (§20.1); a session
// description may be a part of a multipart body.
const inCalls = "application/sdp, multipart/mixed"

// accepts is what bodies of a method's requests the phone understands.
func accepts(method string) string {
	if method == sip.MESSAGE {
		return plainText
	}
	return inCalls
}

// opaque says whether the body of a request is its event package's, which nobody
// here reads (RFC 6665 §5), or means nothing (RFC 3515 §2.3).
func opaque(method string) bool {
	return method == sip.NOTIFY || method == sip.SUBSCRIBE || method == sip.REFER
}

func understands(m *sip.Message) bool {
	kind, _, _ := strings.Cut(m.Get(sip.NameContentType), ";")
	kind = strings.TrimSpace(kind)
	for one := range strings.SplitSeq(accepts(m.Method), ", ") {
		if sip.EqualFold(kind, one) {
			return true
		}
	}
	return false
}

// take gives a request to its dialog or, outside of one, to its method.
func (p *Phone) take(t *turn, m *sip.Message) {
	switch {
	case m.Method == sip.SUBSCRIBE:
		p.subscribed(t, m)
	case m.Method == sip.NOTIFY:
		p.notified(t, m)
	case m.Method == sip.REFER:
		p.referred(t, m)
	case !t.served.outside && m.Method != sip.OPTIONS:
		p.within(t, m)
	case m.Method == sip.OPTIONS:
		// "Requests that do not change in any way the state of a dialog may be
		// received within a dialog (for example, an OPTIONS request). They are
		// processed as if they had been received outside the dialog." (§12.2.2)
		p.options(t, m)
	case m.Method == sip.INVITE:
		p.invited(t, m)
	case m.Method == sip.MESSAGE:
		p.read(t, m)
		t.answer(core.Respond(t.env, m, 200, "", t.served.tag))
	default: // BYE, INFO, PRACK and UPDATE belong to a dialog
		p.refuse(t, 481, "RFC 3261 §12.2.2")
	}
}

// within gives a request to the dialog that it names. §12.2.2: "If the UAS
// wishes to reject the request because it does not wish to recreate the dialog,
// it MUST respond to the request with a 481 (Call/Transaction Does Not Exist)".
func (p *Phone) within(t *turn, m *sip.Message) {
	l := p.legs[p.dialogs.Find(m)]
	switch {
	case l != nil && badTarget(m):
		p.refuse(t, 400, "RFC 3261 §8.1.1.8")
	case l != nil:
		l.receive(t, m)
	case m.Method == sip.PRACK && p.prackedLate(t, m):
	default:
		p.refuse(t, 481, "RFC 3261 §12.2.2")
	}
}

// badTarget says whether a target refresh request names no target that can be
// used. A re-INVITE may leave its Contact out (RFC 3261 §12.2.1.1), an UPDATE
// may not (RFC 3311 §7).
func badTarget(m *sip.Message) bool {
	if m.Method != sip.UPDATE && (m.Method != sip.INVITE || !m.Has(sip.NameContact)) {
		return false
	}
	_, bad := dialog.TargetOf(m)
	return bad != nil
}

// refuse answers the request of this turn with a failure, and the fields that
// the section asks for.
func (p *Phone) refuse(t *turn, status int, ref string, fields ...field) {
	m := core.Respond(t.env, t.ev.Message, status, "", t.served.tag)
	for _, f := range fields {
		m.Add(f.name, f.value, sip.Rule(ref))
	}
	t.note("answers "+t.ev.Message.Method+" with "+sip.Reason(status), ref)
	t.answer(m)
}
