package ua

import (
	"strconv"
	"strings"

	"siplab/sim/sip"
)

// isReliable says whether a provisional response is sent reliably (RFC 3262 §4):
// "If the response is a 100 (Trying) (as opposed to 101 to 199), this option tag
// MUST be ignored".
func isReliable(m *sip.Message) bool {
	if m.Status <= 100 || m.Status >= 200 {
		return false
	}
	for tag := range m.Values(sip.NameRequire) {
		if strings.EqualFold(tag, rel) {
			return true
		}
	}
	return false
}

// rseqOf is the RSeq of a response: "The value of the header field for the first
// reliable provisional response in a transaction MUST be between 1 and 2**31 -
// 1", and it may grow to 2**32 - 1 (RFC 3262 §3).
func rseqOf(m *sip.Message) (uint32, bool) {
	n, err := strconv.ParseUint(m.Get(sip.NameRSeq), 10, 32)
	return uint32(n), err == nil && n > 0
}

// inOrder says whether a reliable provisional response is the one that is due
// after the one numbered last, 0 for none. "Once a reliable provisional response is received, retransmissions
// of that response MUST be discarded.", and where "its RSeq value is not one
// higher than the value of the sequence number, that response MUST NOT be
// acknowledged with a PRACK, and MUST NOT be processed further" (RFC 3262 §4).
func inOrder(t *turn, last uint32, m *sip.Message) bool {
	n, ok := rseqOf(m)
	switch {
	case !ok:
		t.note("a reliable provisional response without an RSeq: not processed", "RFC 3262 §3")
	case last == 0 || n == last+1:
		return true
	case n == last:
		t.note("a provisional response that was acknowledged has come again: discarded", "RFC 3262 §4")
	default:
		t.note("RSeq "+decimal(uint64(n))+" is not one higher than "+decimal(uint64(last))+": not acknowledged, not processed", "RFC 3262 §4")
	}
	return false
}

// prack acknowledges a reliable provisional response: "the UAC MUST create a new
// request with method PRACK. This request is sent within the dialog associated
// with the provisional response" (RFC 3262 §4). It carries the answer where the response
// brought an offer (RFC 3262 §5).
func (l *leg) prack(t *turn, m *sip.Message) {
	l.rseq, _ = rseqOf(m)
	c := m.CSeq()
	rack := decimal(uint64(l.rseq)) + " " + decimal(uint64(c.Seq)) + " " + c.Method
	l.ask(t, sip.PRACK, func(t *turn, m *sip.Message) {
		m.Add(sip.NameRAck, rack, sip.Rule("RFC 3262 §4"))
		l.fill(t, m)
	}, func(t *turn, o outcome) {
		if o.code >= 300 {
			t.note("PRACK: "+o.text+"; the INVITE's own response decides", "RFC 3262 §4")
		}
		l.proceed(t)
	})
}
