package dialog

import (
	"strings"

	"siplab/sim/sip"
)

// refreshes says whether a request of the method is a target refresh request:
// re-INVITE (RFC 3261 §12.2), UPDATE (RFC 3311 §5.1), SUBSCRIBE and NOTIFY (RFC
// 6665 §3.1, §3.2).
func refreshes(method string) bool {
	switch method {
	case sip.INVITE, sip.UPDATE, sip.SUBSCRIBE, sip.NOTIFY:
		return true
	}
	return false
}

// reliable says whether a provisional response is sent reliably (RFC 3262 §3).
func reliable(m *sip.Message) bool {
	if m.Status <= 100 || m.Status >= 200 || !m.Has(sip.NameRSeq) {
		return false
	}
	for tag := range m.Values(sip.NameRequire) {
		if strings.EqualFold(tag, "100rel") {
			return true
		}
	}
	return false
}

// TargetOf is the remote target that a message names: the URI of its Contact.
// The problem says what is wrong with it: "The Contact header field MUST be
// present and contain exactly one SIP or SIPS URI in any request that can
// result in the establishment of a dialog." (RFC 3261 §8.1.1.8) The URI is
// what could be read all the same, "" for nothing.
func TargetOf(m *sip.Message) (uri string, p *sip.Problem) {
	value := m.Get(sip.NameContact)
	a, err := sip.ParseNameAddr(value)
	u, bad := sip.ParseURI(a.URI)
	switch {
	case value == "":
		return "", contactProblem("there is no Contact")
	case err != nil:
		return "", contactProblem("the Contact cannot be read")
	case bad != nil || !u.IsSIP():
		return "", contactProblem("the Contact is no SIP or SIPS URI")
	case m.Count(sip.NameContact) > 1:
		p = contactProblem("there is more than one Contact")
	}
	return a.URI, p
}

func contactProblem(text string) *sip.Problem {
	return &sip.Problem{Header: "Contact", Section: "RFC 3261 §8.1.1.8", Text: text, Want: "exactly one SIP or SIPS URI", Status: 400}
}

// retarget replaces the remote target by the Contact of a response, "if
// present" (RFC 3261 §12.2.1.2, RFC 6141 §4.7).
func (d *Dialog) retarget(m *sip.Message) {
	if uri, _ := TargetOf(m); uri != "" {
		d.Target = uri
	}
}

// refresh are the target refresh requests that have arrived and are not yet
// answered. "On sending a reliable provisional response or a 2xx response to
// the target-refresh request [...] the UA MUST replace the dialog's remote
// target URI with the URI from the Contact header field in the target-refresh
// request." (RFC 6141 §4.6) Two can be open, an INVITE and another; the newer
// one by CSeq wins.
type refresh struct {
	open [2]struct {
		seq    uint32
		target string
	}
	last uint32 // CSeq number of the request that refreshed last
}

func (r *refresh) offer(m *sip.Message, seq uint32) {
	if !refreshes(m.Method) {
		return
	}
	i := 0
	if m.Method != sip.INVITE {
		i = 1
	}
	r.open[i].seq = seq
	r.open[i].target, _ = TargetOf(m)
}

func (r *refresh) accept(d *Dialog, seq uint32) {
	for i := range r.open {
		o := &r.open[i]
		if o.target == "" || o.seq != seq {
			continue
		}
		if seq > r.last {
			d.Target, r.last = o.target, seq
		}
		o.target = ""
	}
}
