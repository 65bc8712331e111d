package ua

import (
	"strings"

	"siplab/sim/sip"
)

// header is a header field that a URI wants in the request made from it.
type header struct{ name, value string }

// unwanted are header fields that a URI does not get: "An implementation SHOULD
// NOT honor these obviously dangerous header fields" and those "that may cause
// it to falsely advertise its location or capabilities" (RFC 3261 §19.1.5); and
// what the phone alone says of a request or its body.
var unwanted = []sip.Name{
	sip.NameFrom, sip.NameCallID, sip.NameCSeq, sip.NameVia, sip.NameRecordRoute, sip.NameRoute,
	sip.NameAccept, sip.NameAcceptEncoding, sip.NameAcceptLanguage, sip.NameAllow, sip.NameContact, sip.NameOrganization,
	sip.NameSupported, sip.NameUserAgent, sip.NameRequire, sip.NameProxyRequire, sip.NameTo, sip.NameMaxForwards,
	sip.NameContentDisposition, sip.NameContentEncoding, sip.NameContentLanguage, sip.NameContentLength, sip.NameContentType,
	sip.NameDate, sip.NameMIMEVersion, sip.NameTimestamp, sip.NameAuthorization, sip.NameProxyAuthorization,
}

// formed is the Request-URI that a URI leads to, and the header fields that it
// asks for: "An implementation SHOULD treat the presence of any headers or body
// parts in the URI as a desire to include them in the message, and choose to
// honor the request on a per-component basis." (RFC 3261 §19.1.5)
func formed(t *turn, uri string) (target string, wishes []header) {
	u, err := sip.ParseURI(uri)
	if err != nil || u.Headers == "" && !u.HasParam("method") {
		return uri, nil
	}
	for part := range strings.SplitSeq(u.Headers, "&") {
		name, value, _ := strings.Cut(part, "=")
		name, value = sip.Unescape(name), sip.Unescape(value)
		if name == "" {
			continue
		}
		if !honoured(name) {
			t.note("does not take "+sip.Visible(name)+" from the URI", "RFC 3261 §19.1.5")
			continue
		}
		wishes = append(wishes, header{name, value})
	}
	u.Headers, u.Params = "", u.Params.Without("method")
	return u.String(), wishes
}

func honoured(name string) bool {
	n := sip.ParseName(name)
	for _, no := range unwanted {
		if n == no {
			return false
		}
	}
	return !sip.EqualFold(name, "body")
}

// inURI is a URI with a header field that the request made from it is to have
// (RFC 3261 §19.1.1).
func inURI(uri, name, value string) string {
	joint := "?"
	if strings.ContainsRune(uri, '?') {
		joint = "&"
	}
	return uri + joint + name + "=" + escaped(value)
}

// escaped writes all but letters, digits, - and . as %HH: "all URI
// reserved characters in header field names and values MUST be escaped" (§19.1.2).
func escaped(value string) string {
	const hex = "0123456789ABCDEF"
	var b strings.Builder
	for i := 0; i < len(value); i++ {
		c := value[i]
		if letter := c|0x20 >= 'a' && c|0x20 <= 'z'; letter || c >= '0' && c <= '9' || c == '-' || c == '.' {
			b.WriteByte(c)
			continue
		}
		b.WriteString("%" + string(hex[c>>4]) + string(hex[c&15]))
	}
	return b.String()
}
