package ua

import (
	"slices"

	"siplab/sim/dialog"
	"siplab/sim/sip"
)

// served is a server transaction of the phone, with what later requests are
// compared by.
type served struct {
	txn     int32
	method  string
	uri     string
	via     sip.Via // topmost
	callID  string
	fromTag string
	seq     uint32
	outside bool     // its To had no tag
	tag     string   // the To tag of all responses (§8.2.6.2)
	ringing *invited // what an INVITE made ring; nil: nothing
	ends    *leg     // whose dialog a BYE ends; nil: none's
	failed  bool     // an INVITE has its 300-699, and the ACK has not come
}

// serving are the server transactions that have not ended.
type serving []*served

// begin begins the record of a request, before it is looked at.
func (s *serving) begin(t *turn, m *sip.Message) *served {
	via, _ := m.Via()
	from, to := m.From(), m.To()
	one := &served{
		txn: t.ev.Txn, method: m.Method, uri: m.URI, via: via, callID: m.CallID(),
		fromTag: from.Tag(), seq: m.CSeq().Seq, outside: to.Tag() == "", tag: to.Tag(),
	}
	if one.outside {
		one.tag = t.env.Token()
	}
	*s = append(*s, one)
	return one
}

// find is the server transaction of a number, nil for none.
func (s serving) find(txn int32) *served {
	for _, one := range s {
		if one.txn == txn {
			return one
		}
	}
	return nil
}

// servedGone takes the end of a server transaction.
func (p *Phone) servedGone(t *turn) {
	one := p.served.find(t.ev.Txn)
	p.served = slices.DeleteFunc(p.served, func(other *served) bool { return other == one })
	if one != nil && one.ends != nil {
		one.ends.moved(t, one.ends.d.Over(sip.BYE))
	}
	p.failureACKed(t, one)
}

// failureACKed takes the ACK to a 300-699, or the end of its transaction, for
// which a change of the session may wait (§14.1).
func (p *Phone) failureACKed(t *turn, one *served) {
	if one == nil || !one.failed {
		return
	}
	one.failed = false
	for _, c := range p.lines {
		for _, l := range c.legs {
			if one.within(l.d) {
				l.proceed(t)
				return
			}
		}
	}
}

// within says whether the request belongs to a dialog.
func (one *served) within(d *dialog.Dialog) bool {
	return one.callID == d.CallID && one.fromTag == d.RemoteTag && one.tag == d.LocalTag
}

// failing says whether an INVITE of the dialog has its 300-699 and not yet the
// ACK.
func (s serving) failing(d *dialog.Dialog) bool {
	return slices.ContainsFunc(s, func(one *served) bool { return one.failed && one.within(d) })
}

// merges says whether the request of this turn came before by another way: "If
// the From tag, Call-ID, and CSeq exactly match those associated with an ongoing
// transaction, but the request does not match that transaction [...], the UAS
// core SHOULD generate a 482 (Loop Detected) response" (§8.2.2.2).
func (s serving) merges(one *served) bool {
	for _, other := range s {
		if other != one && one.outside && other.outside && other.method == one.method &&
			other.seq == one.seq && other.callID == one.callID && other.fromTag == one.fromTag {
			return true
		}
	}
	return false
}

// cancelledBy is the INVITE that a CANCEL means, nil for none.
func (s serving) cancelledBy(m *sip.Message) *served {
	via, ok := m.Via()
	if !ok {
		return nil
	}
	for _, one := range s {
		if one.method != sip.CANCEL && one.cancels(m, via) {
			return one
		}
	}
	return nil
}
