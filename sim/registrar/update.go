package registrar

import (
	"fmt"
	"strconv"
	"time"

	"siplab/sim/location"
	"siplab/sim/sip"
)

// updateContacts is the second half of step 6, and step 7: "The binding
// updates MUST be committed (that is, made visible to the proxy or redirect
// server) if and only if all binding updates and additions succeed."
func (q *request) updateContacts() bool {
	q.update = q.location.Update(q.aor)
	if star, ok := q.star(); star || !ok {
		if !ok || !q.removeAll() {
			return false
		}
	} else if !q.updateEach() {
		return false
	}
	if q.update.Len() > q.settings.MaxBindings {
		return q.full()
	}
	q.changes = q.update.Commit(q.changes[:0])
	q.out = q.tell(q.ev.Now, q.out)
	return true
}

// full refuses more bindings than one AOR may have. "If any one of them fails
// […] the request MUST fail with a 500 (Server Error) response" (step 7)
func (q *request) full() bool {
	q.refuse(500, "Too Many Contacts", "RFC 3261 §10.3 step 7",
		"an address-of-record may have "+strconv.Itoa(q.settings.MaxBindings)+" bindings here")
	return false
}

// star looks for the Contact "*". "If the request has additional Contact
// fields or an expiration time other than zero, the request is invalid, and
// the server MUST return a 400 (Invalid Request)" (step 6)
func (q *request) star() (star, ok bool) {
	const section = "RFC 3261 §10.3 step 6"
	stars, values := 0, 0
	for value := range q.m.Values(sip.NameContact) {
		values++
		if value == "*" {
			stars++
		}
	}
	switch {
	case stars == 0:
		return false, true
	case values > 1:
		return true, q.bad(section, "Contact: * stands beside another Contact")
	case !q.m.Has(sip.NameExpires) || seconds(q.m.Get(sip.NameExpires)) != 0:
		return true, q.bad(section, "Contact: * needs Expires: 0")
	}
	return true, true
}

// removeAll removes each binding, unless one of them is newer than the request.
func (q *request) removeAll() bool {
	q.bindings = q.location.Bindings(q.aor, q.ev.Now, q.bindings[:0])
	for i := range q.bindings {
		b := &q.bindings[i]
		if !q.isNewer(b, "RFC 3261 §10.3 step 6") {
			return false
		}
		q.update.Remove(&b.URI)
	}
	return true
}

func (q *request) updateEach() bool {
	for i := range q.contacts {
		c := &q.contacts[i]
		if !q.isLongEnough(c) {
			return false
		}
		if b := q.update.Find(&c.uri); b != nil && !q.isNewer(b, "RFC 3261 §10.3 step 7") {
			return false
		}
		if c.expires == 0 {
			q.update.Remove(&c.uri)
			continue
		}
		q.update.Put(q.binding(c, min(c.expires, q.settings.MaxExpires)))
	}
	return true
}

// isLongEnough refuses what is shorter than the registrar likes: "If and only
// if the requested expiration interval is greater than zero AND smaller than
// one hour AND less than a registrar-configured minimum, the registrar MAY
// reject the registration with a response of 423 (Interval Too Brief)."
func (q *request) isLongEnough(c *contact) bool {
	least := q.settings.MinExpires
	if c.expires == 0 || c.expires >= time.Hour || c.expires >= least {
		return true
	}
	const section = "RFC 3261 §10.3 step 7"
	text := strconv.Itoa(int(least / time.Second))
	q.refuse(423, "", section, fmt.Sprintf("%d s are asked for; the least here is %s s", c.expires/time.Second, text)).
		Add(sip.NameMinExpires, text, sip.Rule(section))
	return false
}

// isNewer holds the request against a binding that it would change. "This
// algorithm ensures that out-of-order requests from the same UA are ignored."
// Another Call-ID is another phone, or the same one started again.
func (q *request) isNewer(b *location.Binding, section string) bool {
	cseq := q.m.CSeq()
	if b.CallID != q.m.CallID() || cseq.Seq > b.CSeq {
		return true
	}
	q.refuse(500, "CSeq Out Of Order", section,
		fmt.Sprintf("CSeq %d is not higher than the %d that bound %s", cseq.Seq, b.CSeq, sip.Visible(b.Contact)))
	return false
}

// list is step 8: "The response MUST contain Contact header field values
// enumerating all current bindings. Each Contact value MUST feature an
// "expires" parameter". What it says of Path is RFC 3327 §5.3.
func (q *request) list() {
	m := q.reply(200, "")
	rule := sip.Rule("RFC 3261 §10.3 step 8")
	q.bindings = q.location.Bindings(q.aor, q.ev.Now, q.bindings[:0])
	q.text, q.ends = q.text[:0], q.ends[:0]
	for i := range q.bindings {
		q.text = appendContact(q.text, &q.bindings[i], q.ev.Now)
		q.ends = append(q.ends, len(q.text))
	}
	text, start := string(q.text), 0 // one string of which each value is a part
	for _, end := range q.ends {
		m.Add(sip.NameContact, text[start:end], rule)
		start = end
	}
	if len(q.path) > 0 {
		m.CopyFrom(q.m, sip.NamePath)
		m.Add(sip.NameSupported, pathTag, sip.Rule("RFC 3327 §5.3"))
	}
}

// appendContact writes a binding as the value of a Contact header field.
func appendContact(text []byte, b *location.Binding, now time.Duration) []byte {
	contact := sip.NameAddr{Display: b.Display, URI: b.Contact, Params: b.Params}
	text = contact.AppendTo(text)
	if b.HasQ {
		text = append(append(text, ";q="...), formatQ(b.Q)...)
	}
	return strconv.AppendInt(append(text, ";expires="...), int64(b.Remaining(now)), 10)
}
