package ua

import (
	"strings"
	"time"

	"siplab/sim/core"
	"siplab/sim/sip"
)

// reliable are the provisional responses that this side sends reliably (RFC
// 3262 §3). One at a time waits for its PRACK: "The UAS MUST NOT send a second
// reliable provisional response until the first is acknowledged."
type reliable struct {
	seq    uint32 // RSeq of the last; 0: none
	invite uint32 // CSeq number of the INVITE
	open   bool   // the last has no PRACK yet
	keep   int32
	wait   time.Duration
	repeat alarm
	limit  alarm
}

const reliably = "RFC 3262 §3"

// sendReliably sends a provisional response, and again until its PRACK comes:
// "with an interval that starts at T1 seconds and doubles for each
// retransmission". False: the one before still waits.
func (l *leg) sendReliably(t *turn, txn int32, m *sip.Message) bool {
	r := &l.rel
	if r.open {
		t.note("another reliable provisional response has to wait for the PRACK", reliably)
		return false
	}
	if r.seq == 0 {
		// "It is RECOMMENDED that it be chosen uniformly in this range."
		r.seq = uint32(t.env.Chance.N(1<<31-1)) + 1
	} else {
		r.seq++
	}
	r.open, r.invite, r.keep, r.wait = true, m.CSeq().Seq, l.phone.keep(), t.env.T1
	m.Add(sip.NameRequire, rel, sip.Rule(reliably))
	m.Add(sip.NameRSeq, decimal(uint64(r.seq)), sip.Fresh(reliably))
	l.answer(t, txn, m, r.keep)
	r.again(t, l.phone)
	l.phone.start(t, &r.limit, &waitForPRACK, 64*t.env.T1, func(t *turn) { l.unproven(t) })
	return true
}

func (r *reliable) again(t *turn, p *Phone) {
	p.start(t, &r.repeat, &repeat1xx, r.wait, func(t *turn) {
		t.repeat(r.keep)
		r.wait *= 2
		r.again(t, p)
	})
}

// quiet stops the repeats: after the final response the UAS "SHOULD NOT continue
// to retransmit the unacknowledged reliable provisional responses, but it MUST be
// prepared to process PRACK requests".
func (r *reliable) quiet(t *turn, p *Phone) {
	p.stop(t, &r.repeat)
	p.stop(t, &r.limit)
	if r.keep != 0 {
		t.forget(r.keep)
		r.keep = 0
	}
}

// close takes the last one off the list of those that wait for a PRACK.
func (r *reliable) close(t *turn, p *Phone) {
	r.quiet(t, p)
	r.open = false
}

// unproven ends a call whose provisional response had no PRACK in 64*T1: "the
// UAS SHOULD reject the original request with a 5xx response."
func (l *leg) unproven(t *turn) {
	l.rel.close(t, l.phone)
	if in := l.call.in; in != nil && !in.done {
		t.note("no PRACK came in 64*T1", reliably)
		in.fail(t, 500, nil)
		t.say(TellMissed, 500, callerOf(&in.invite)+": no PRACK came", reliably)
	}
}

// pracked acts on a PRACK: "If a PRACK request is received by the UA core that
// does not match any unacknowledged reliable provisional response, the UAS MUST
// respond to the PRACK with a 481 response." One that matches gets a 2xx, with
// the answer where it brought an offer.
func (l *leg) pracked(t *turn, m *sip.Message) {
	if !l.rel.open || !l.rel.matches(m.Get(sip.NameRAck)) {
		t.note("the RAck matches no provisional response that waits for a PRACK", reliably)
		l.answer(t, t.ev.Txn, l.respond(t, m, 481), 0)
		return
	}
	l.rel.close(t, l.phone)
	heard := l.hear(t, m)
	if heard.Refuse.Status != 0 {
		l.rejectOffer(t, m, heard.Refuse)
	} else {
		l.answer(t, t.ev.Txn, l.respond(t, m, 200), 0)
	}
	in := l.call.in
	switch {
	case in == nil || in.done:
	case heard.Failed:
		in.reject(t, 488, nil)
	case in.accepting:
		in.answer(t)
	default:
		l.proceed(t)
	}
}

// prackedLate answers a PRACK whose dialog has ended with the final response to
// the INVITE, as long as that has its transaction: the UAS "MUST be prepared to
// process PRACK requests for those outstanding responses" (RFC 3262 §3).
func (p *Phone) prackedLate(t *turn, m *sip.Message) bool {
	for _, one := range p.served {
		if one.ringing == nil {
			continue
		}
		l := one.ringing.leg
		to := m.To()
		if one.callID == m.CallID() && l.d.LocalTag == to.Tag() && l.rel.open && l.rel.matches(m.Get(sip.NameRAck)) {
			l.rel.close(t, p)
			t.answer(core.Respond(t.env, m, 200, "", ""))
			return true
		}
	}
	return false
}

// matches compares a RAck: "whose method, CSeq-num, and response-num in the RAck
// header field match, respectively, the method from the CSeq, the sequence number
// from the CSeq, and the sequence number from the RSeq of the reliable
// provisional response."
func (r *reliable) matches(rack string) bool {
	f := strings.Fields(rack)
	return len(f) == 3 && f[0] == decimal(uint64(r.seq)) && f[1] == decimal(uint64(r.invite)) && f[2] == sip.INVITE
}
