package ua

import (
	"slices"

	"siplab/sim/sip"
)

// targets is the target set of an INVITE (§8.1.3.4): "A client starts with an
// initial target set containing exactly one URI, the Request-URI of the
// original request", and 3xx responses add to it. "a client processing 3xx
// class responses MUST NOT add any given URI to the target set more than once."
type targets struct {
	seen    []sip.URI
	waiting []target
}

type target struct {
	uri string
	q   int // thousandths
}

// maxTargets bounds what redirections can make a phone do.
const maxTargets = 32

// add puts a URI into the set. False: it is there already, or is no SIP URI, or
// the set is full.
func (s *targets) add(uri string) bool {
	u, err := sip.ParseURI(uri)
	if err != nil || !u.IsSIP() || len(s.seen) >= maxTargets {
		return false
	}
	for i := range s.seen {
		if s.seen[i].Equal(u) {
			return false
		}
	}
	s.seen = append(s.seen, u)
	return true
}

// learn adds the Contacts of a 3xx. "a UAC MUST copy the entire URI from the
// target set into the Request-URI, except for the "method-param" and "header"
// URI parameters".
func (s *targets) learn(t *turn, m *sip.Message) {
	for value := range m.Values(sip.NameContact) {
		a, err := sip.ParseNameAddr(value)
		u, bad := sip.ParseURI(a.URI)
		if err != nil || bad != nil {
			continue
		}
		u.Params, u.Headers = u.Params.Without("method"), ""
		if uri := u.String(); s.add(uri) {
			s.waiting = append(s.waiting, target{uri, qValue(a.Params)})
		} else {
			t.note("does not try "+sip.Visible(uri)+": it is in the target set already, or no SIP URI", "RFC 3261 §8.1.3.4")
		}
	}
	slices.SortStableFunc(s.waiting, func(a, b target) int { return b.q - a.q })
}

// next is the target to try after a try that ended with this status. "Failures
// SHOULD be detected through failure response codes (codes greater than 399)"
// (§8.1.3.4); after a 6xx no other address helps (§21.6).
func (s *targets) next(status int) (string, bool) {
	if len(s.waiting) == 0 || status >= 600 {
		return "", false
	}
	first := s.waiting[0].uri
	s.waiting = slices.Delete(s.waiting, 0, 1)
	return first, true
}

// qValue is the q parameter in thousandths; without one 1000, as RFC 3261
// §20.10 leaves open and §16.6 takes for granted.
func qValue(p sip.Params) int {
	v, ok := p.Get("q")
	if !ok || v == "" || v[0] == '1' {
		return 1000
	}
	q, unit := 0, 100
	for i := 2; i < len(v) && unit > 0; i++ {
		if v[i] < '0' || v[i] > '9' {
			return 0
		}
		q += int(v[i]-'0') * unit
		unit /= 10
	}
	return q
}
