package ua

import (
	"slices"
	"strings"

	"siplab/sim/core"
	"siplab/sim/dialog"
	"siplab/sim/sip"
)

// cancelFor gives the call up. "If no provisional response has been received,
// the CANCEL request MUST NOT be sent; rather, the client MUST wait for the
// arrival of a provisional response before sending the request." (§9.1)
func (i *invitation) cancelFor(t *turn, why string) {
	if i.why != "" || i.final != 0 {
		return
	}
	i.why, i.request.unwanted = why, true
	i.call.phone.stop(t, &i.limit)
	if !i.mayCancel() {
		t.note("CANCEL has to wait for a provisional response", "RFC 3261 §9.1")
	}
	i.cancel(t)
}

func (i *invitation) mayCancel() bool { return i.news || i.call.phone.faults.cancelsEarly }

// cancel sends the CANCEL that is wanted, if it may go. "If there is no final
// response for the original request in 64*T1 seconds [...], the client SHOULD
// then consider the original transaction cancelled and SHOULD destroy the client
// transaction handling the original request."
func (i *invitation) cancel(t *turn) {
	if i.why == "" || !i.mayCancel() || i.cancelled || i.final != 0 {
		return
	}
	p := i.call.phone
	i.cancelled = true
	p.start(t, &i.limit, &waitForCancelled, 64*t.env.T1, func(t *turn) {
		t.note("no final response came in 64*T1: the INVITE is given up", "RFC 3261 §9.1")
		i.final = 408
		i.fate(t, TellCancelled, 0, i.why, "RFC 3261 §9.1")
		t.drop(i.txn, "RFC 3261 §9.1")
	})
	r := &request{method: sip.CANCEL, key: p.number(), client: &i.call.client, asker: cancelling{}}
	p.requests[r.key] = r
	t.cancel(i.txn, i.key, r.key)
}

// cancelling hears what became of a CANCEL.
type cancelling struct{ outside }

func (cancelling) heard(t *turn, o outcome) {
	if o.code >= 300 {
		t.note("CANCEL: "+o.text+"; the INVITE's own response decides", "RFC 3261 §9.1")
	}
}

// hangUpEarly ends each early dialog with BYE: "The caller's UA MAY send a BYE
// for either confirmed or early dialogs" (§15). It ends no other dialog that the
// INVITE may still bring (RFC 5407 Appendix A): those are ended as they come.
func (i *invitation) hangUpEarly(t *turn, why string) {
	p := i.call.phone
	legs := slices.DeleteFunc(slices.Clone(i.call.legs), func(l *leg) bool { return l.d.State() != dialog.Early })
	if len(legs) == 0 {
		t.note("there is no early dialog to send BYE in: CANCEL ends the call", "RFC 3261 §15")
		i.cancelFor(t, why)
		return
	}
	i.why, i.request.unwanted = why, true
	i.fate(t, TellCancelled, 0, why, "RFC 3261 §15")
	// A callee that lets the INVITE ring on is sent a CANCEL in the end.
	p.start(t, &i.limit, &waitForHungUp, 64*t.env.T1, i.cancel)
	for _, l := range legs {
		l.hangUp(t, why)
	}
}

// cancelled acts on a CANCEL (§9.2): "as long as the CANCEL matched an existing
// transaction, the UAS answers the CANCEL request itself with a 200 (OK)
// response", and "the To tag of the response to the CANCEL and the To tag in the
// response to the original request SHOULD be the same." Its Require is ignored
// (§8.2.2.3).
func (p *Phone) cancelled(t *turn, m *sip.Message) {
	s := p.served.cancelledBy(m)
	if s == nil {
		p.refuse(t, 481, "RFC 3261 §9.2")
		return
	}
	t.answer(core.Respond(t.env, m, 200, "", s.tag))
	switch {
	case s.ringing == nil || s.ringing.done:
		t.note("CANCEL comes too late: the request has its final response", "RFC 3261 §9.2")
	case p.faults.no487:
	default:
		s.ringing.terminate(t, "the caller gave up", "RFC 3261 §9.2")
	}
}

// cancels says whether m is the CANCEL of the INVITE that s stands for: §9.2
// has it matched by §17.2.3 "assuming that the request method is anything but
// CANCEL or ACK". The branch is compared where it begins with the magic cookie,
// and what an element of RFC 2543 sends by the rest.
func (s *served) cancels(m *sip.Message, via sip.Via) bool {
	if !sip.EqualFold(via.SentBy(), s.via.SentBy()) {
		return false
	}
	branch := via.Branch()
	if len(branch) >= 7 && strings.EqualFold(branch[:7], "z9hG4bK") {
		return branch == s.via.Branch()
	}
	from := m.From()
	return via.Branch() == s.via.Branch() && m.URI == s.uri && m.CallID() == s.callID &&
		from.Tag() == s.fromTag && m.CSeq().Seq == s.seq
}
