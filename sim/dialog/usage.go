package dialog

import "siplab/sim/sip"

// Subscribed makes the notifier's dialog of a SUBSCRIBE, or a REFER, that has
// arrived outside of a dialog: the one that a 2xx with this tag and Contact value
// makes. It has no INVITE, and no machine of its own: it lasts as long as what
// shares it. One for whose Contact TargetOf has a problem makes no dialog.
func (s *Set) Subscribed(req *sip.Message, tag, contact string, tls bool) *Dialog {
	d := s.opened(req, tag, contact)
	d.Secure = tls && secure(req.URI)
	return d
}

// Notified makes the subscriber's dialog from a NOTIFY that answers its SUBSCRIBE,
// or REFER: "Because the dialog usage is established by the NOTIFY request, the
// route set at the subscriber is taken from the NOTIFY request itself" (RFC 6665
// §4.4.1). sent is the CSeq number of the request that asked for it.
func (s *Set) Notified(notify *sip.Message, contact string, sent uint32) *Dialog {
	to := notify.To()
	d := s.opened(notify, to.Tag(), contact)
	d.Local, d.UAC = Seq{sent, true}, true
	return d
}

// opened makes a dialog of a request that has arrived. The request itself is
// still to be told to it.
func (s *Set) opened(req *sip.Message, tag, contact string) *Dialog {
	from, to := req.From(), req.To()
	d := s.make(ID{CallID: req.CallID(), LocalTag: tag, RemoteTag: from.Tag()}, false)
	d.machine = nil
	d.LocalURI, d.RemoteURI = untagged(req, sip.NameTo, to), untagged(req, sip.NameFrom, from)
	d.Contact = contact
	d.Target, _ = TargetOf(req)
	d.Routes = routes(req, false)
	d.initial = req.CSeq().Seq
	d.first = d
	d.forks = []*Dialog{d}
	return d
}

// Share says that a subscription uses the dialog too: "a dialog created with an
// INVITE does not necessarily terminate upon receipt of a BYE" (RFC 6665
// §4.5.2).
func (d *Dialog) Share() { d.shares++ }

// Unshare takes that back. "If a subscription's destruction leaves no other
// application state associated with the dialog, the dialog terminates." (§4.5.2)
func (d *Dialog) Unshare() {
	d.shares--
	d.leave()
}

// Refers counts the REFERs that have come in the dialog (RFC 3515 §2.4.6).
func (d *Dialog) Refers() uint32 { return d.refers }

// leave takes a dialog that nothing uses any more out of its set.
func (d *Dialog) leave() {
	if d.set != nil && d.shares == 0 && (d.run.State == Morgue || d.machine == nil) {
		d.set.remove(d)
	}
}

// shared says whether a request of the method belongs to a subscription that
// shares the dialog, whatever has become of its INVITE.
func (d *Dialog) shared(method string) bool {
	switch method {
	case sip.SUBSCRIBE, sip.NOTIFY:
		return d.shares > 0
	case sip.REFER:
		return d.machine == nil && d.shares > 0
	}
	return false
}
