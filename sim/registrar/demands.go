package registrar

import (
	"strings"

	"siplab/sim/sip"
)

// inDomain is step 1: "The registrar inspects the Request-URI to determine
// whether it has access to bindings for the domain identified in the
// Request-URI." It is no proxy, so that
// what is for others is refused as §8.2.2.1 has it.
func (q *request) inDomain() bool {
	const section = "RFC 3261 §8.2.2.1"
	uri, err := sip.ParseURI(q.m.URI)
	switch {
	case err != nil:
		return q.bad("RFC 3261 §10.2", "the Request-URI is no URI")
	case !uri.IsSIP():
		q.refuse(416, "", section, "the scheme "+sip.Visible(uri.Scheme)+" is not sip or sips")
		return false
	case !q.settings.serves(&uri):
		q.refuse(404, "", section, "the Request-URI names "+sip.Visible(uri.Host)+"; this is the registrar of "+q.settings.Domain)
		return false
	}
	return true
}

// pathTag is the one extension that a registrar knows (RFC 3327).
const pathTag = "path"

// hasNoDemands is step 2: "the registrar MUST process the Require header field
// values as described for UASs in Section 8.2.2". A Path that the phone does
// not know of is refused in the same way: "This approach allows the UA to
// detect that an intermediate proxy has inappropriately added a Path header
// field." (RFC 3327 §5.3)
func (q *request) hasNoDemands() bool {
	var unknown []string
	for tag := range q.m.Values(sip.NameRequire) {
		if !sip.EqualFold(tag, pathTag) {
			unknown = append(unknown, tag)
		}
	}
	section, why := "RFC 3261 §8.2.2.3", "Require names what this registrar does not know"
	if len(unknown) == 0 && q.m.Has(sip.NamePath) && !q.supports(pathTag) {
		unknown = append(unknown, pathTag)
		section, why = "RFC 3327 §5.3", "there is a Path, and no Supported: path of the phone"
	}
	if len(unknown) == 0 {
		return true
	}
	q.refuse(420, "", section, why).
		Add(sip.NameUnsupported, strings.Join(unknown, ", "), sip.Rule(section))
	return false
}

func (q *request) supports(tag string) bool {
	for other := range q.m.Values(sip.NameSupported) {
		if sip.EqualFold(other, tag) {
			return true
		}
	}
	return false
}

// hasNoBody refuses a body, none of which a registrar understands, but for one
// that Content-Disposition calls optional: "the UAS MUST reject the request
// with a 415 (Unsupported Media Type) response" (§8.2.3).
func (q *request) hasNoBody() bool {
	const section = "RFC 3261 §8.2.3"
	if q.m.Body == "" || q.optionalBody() {
		return true
	}
	q.refuse(415, "", section, "a registrar understands no body").
		Add(sip.NameAccept, "", sip.Rule(section))
	return false
}

func (q *request) optionalBody() bool {
	_, params, _ := strings.Cut(q.m.Get(sip.NameContentDisposition), ";")
	handling, _ := sip.Params(";" + params).Get("handling")
	return sip.EqualFold(handling, "optional")
}
