package dialog

import (
	"strings"

	"siplab/sim/sip"
)

// firstNumber is where a side counts its requests from that has sent none yet.
// RFC 3261 §8.1.1.5 leaves the choice below 2**31.
const firstNumber = 1

// Request makes m a request inside the dialog (RFC 3261 §12.2.1.1), with the
// next CSeq number. The Via is the transport's, a body the caller's.
func (d *Dialog) Request(m *sip.Message, method string) {
	if d.Local.Known {
		d.Local.Number++
	} else {
		d.Local = Seq{firstNumber, true}
	}
	d.build(m, method, d.Local.Number)
}

// ACK makes m the ACK to a 2xx: "The sequence number of the CSeq header field
// MUST be the same as the INVITE being acknowledged", and "The ACK MUST
// contain the same credentials as the INVITE." (RFC 3261 §13.2.2.4) The
// credentials are those of the last INVITE sent: build the ACK when its first
// 2xx comes, and repeat its bytes for the others.
func (d *Dialog) ACK(m *sip.Message, seq uint32) {
	d.build(m, sip.ACK, seq)
	for i := range d.credentials {
		f := &d.credentials[i]
		m.Add(f.Name, f.Value, sip.Rule("RFC 3261 §13.2.2.4"))
	}
}

func (d *Dialog) build(m *sip.Message, method string, seq uint32) {
	within := sip.Rule("RFC 3261 §12.2.1.1")
	m.Request(method, d.Target)
	m.Add(sip.NameMaxForwards, "70", sip.Rule("RFC 3261 §8.1.1.6"))
	for _, r := range d.Routes {
		m.Add(sip.NameRoute, r, within)
	}
	m.Add(sip.NameFrom, tagged(d.LocalURI, d.LocalTag), within)
	m.Add(sip.NameTo, tagged(d.RemoteURI, d.RemoteTag), within)
	m.Add(sip.NameCallID, d.CallID, within)
	m.Add(sip.NameCSeq, sip.CSeq{Seq: seq, Method: method}.String(), d.number(method))
	if refreshes(method) || method == sip.REFER {
		m.Add(sip.NameContact, d.contact(d.Secure), d.contactOrigin(method))
	}
}

func (d *Dialog) number(method string) sip.Origin {
	if method == sip.ACK {
		return sip.Rule("RFC 3261 §13.2.2.4")
	}
	return sip.Rule("RFC 3261 §12.2.1.1")
}

func (d *Dialog) contactOrigin(method string) sip.Origin {
	switch method {
	case sip.UPDATE:
		return sip.Rule("RFC 3311 §7")
	case sip.INVITE:
		return sip.Rule("RFC 3261 §12.2.1.1")
	}
	return sip.Rule("RFC 3261 §8.1.1.8")
}

// tagged is a From or To value with its tag. "If the value of the remote or
// local tags is null, the tag parameter MUST be omitted" (RFC 3261 §12.2.1.1).
func tagged(value, tag string) string {
	if tag == "" {
		return value
	}
	return value + ";tag=" + tag
}

// Respond adds to a response to req what the dialog owes it: "the UAS MUST
// copy all Record-Route header field values from the request into the response
// [...] and MUST maintain the order of those values. The UAS MUST add a
// Contact header field to the response." (RFC 3261 §12.1.1) A response that
// neither makes a dialog nor refreshes a target gets nothing.
func (d *Dialog) Respond(resp, req *sip.Message) {
	made := !d.UAC && (req.Method == sip.INVITE || d.machine == nil) && req.CSeq().Seq == d.initial
	success := resp.Status >= 200 && resp.Status < 300
	switch {
	case made && (success || resp.Status > 100 && resp.Status < 200):
		resp.CopyFrom(req, sip.NameRecordRoute)
		resp.Add(sip.NameContact, d.contact(d.Secure || asksSecure(req)), sip.Rule("RFC 3261 §12.1.1"))
	case refreshes(req.Method) && (success || reliable(resp)):
		resp.Add(sip.NameContact, d.contact(d.Secure), sip.Rule("RFC 6141 §4.5"))
	case req.Method == sip.REFER && success:
		resp.Add(sip.NameContact, d.contact(d.Secure), sip.Rule("RFC 3515 §2.2"))
	}
}

// asksSecure is when the Contact of the response must be a SIPS URI: the
// request has one "in the Request-URI or in the top Record-Route header field
// value, if there was any, or the Contact header field if there was no
// Record-Route header field" (RFC 3261 §12.1.1).
func asksSecure(req *sip.Message) bool {
	next := req.Get(sip.NameRecordRoute)
	if next == "" {
		next = req.Get(sip.NameContact)
	}
	a, _ := sip.ParseNameAddr(next)
	return secure(req.URI) || secure(a.URI)
}

func secure(uri string) bool {
	return len(uri) > 5 && strings.EqualFold(uri[:5], "sips:")
}

// contact is the own Contact value, as a SIPS URI where it must be one: "If the
// "secure" flag is true, that URI MUST be a SIPS URI." (RFC 3261 §12.2.1.1)
func (d *Dialog) contact(sips bool) string {
	if !sips {
		return d.Contact
	}
	a, err := sip.ParseNameAddr(d.Contact)
	if err != nil || secure(a.URI) || !strings.HasPrefix(strings.ToLower(a.URI), "sip:") {
		return d.Contact
	}
	a.URI = "sips:" + a.URI[len("sip:"):]
	return a.String()
}

// keepCredentials keeps what the ACK has to repeat.
func (d *Dialog) keepCredentials(req *sip.Message) {
	d.credentials = nil
	for i := range req.Fields {
		if f := &req.Fields[i]; f.Name == sip.NameAuthorization || f.Name == sip.NameProxyAuthorization {
			d.credentials = append(d.credentials, sip.Field{Name: f.Name, Value: f.Value})
		}
	}
}
