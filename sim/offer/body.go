package offer

import (
	"strconv"
	"strings"

	"siplab/sim/sip"
)

const contentType = "application/sdp"

// Body is the session description that a message carries, if it carries one:
// "If the Content-Disposition header field is missing, bodies of Content-Type
// application/sdp imply the disposition "session"" (RFC 3261 §13.2.1). It may
// be a part of a multipart body.
func Body(m *sip.Message) (text string, ok bool) {
	text, _, ok = find(m)
	return text, ok
}

// find is the session description, and where in the message's body it begins.
func find(m *sip.Message) (text string, at int, ok bool) {
	if m.Body == "" || !session(m.Get(sip.NameContentDisposition)) {
		return "", 0, false
	}
	kind := m.Get(sip.NameContentType)
	if isSDP(kind) {
		return m.Body, 0, true
	}
	if !sip.IsMultipart(kind) {
		return "", 0, false
	}
	parts, _ := sip.Multipart(kind, m.Body)
	for i := range parts {
		if isSDP(parts[i].ContentType) {
			return parts[i].Body, parts[i].Offset, true
		}
	}
	return "", 0, false
}

func isSDP(kind string) bool {
	kind, _, _ = strings.Cut(kind, ";")
	return strings.EqualFold(strings.TrimSpace(kind), contentType)
}

func session(disposition string) bool {
	d, _, _ := strings.Cut(disposition, ";")
	d = strings.TrimSpace(d)
	return d == "" || strings.EqualFold(d, "session")
}

// reliable says whether a message other than a request reaches the peer for
// sure: a final response, or a provisional one with RSeq (RFC 3262 §3).
func reliable(m *sip.Message) bool {
	if m.Status >= 200 {
		return true
	}
	for tag := range m.Values(sip.NameRequire) {
		if strings.EqualFold(tag, "100rel") && m.Has(sip.NameRSeq) {
			return true
		}
	}
	return false
}

func payload(n uint8) string { return strconv.Itoa(int(n)) }
