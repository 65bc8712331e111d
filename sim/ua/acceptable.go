package ua

import (
	"strings"

	"siplab/sim/sip"
)

// takesSDP says whether the sender of a request takes a session description in
// the response (§20.1): "if no Accept header field is present, the server SHOULD
// assume a default value of application/sdp. An empty Accept header field means
// that no formats are acceptable."
func takesSDP(m *sip.Message) bool {
	if !m.Has(sip.NameAccept) {
		return true
	}
	return takes(m, "application/sdp")
}

// takes says whether the Accept of a request names a media type.
func takes(m *sip.Message, media string) bool {
	family, _, _ := strings.Cut(media, "/")
	for v := range m.Values(sip.NameAccept) {
		kind, params, _ := strings.Cut(v, ";")
		q, rated := sip.Params(";" + params).Get("q")
		if rated && strings.Trim(q, "0.") == "" {
			continue
		}
		switch strings.ToLower(strings.TrimSpace(kind)) {
		case media, family + "/*", "*/*":
			return true
		}
	}
	return false
}

// notAcceptable is the Warning of a 406 (§20.43): no other code says it.
func notAcceptable(t *turn) field {
	return field{sip.NameWarning, "399 " + t.env.Addr.String() + ` "A session is described in application/sdp"`}
}
