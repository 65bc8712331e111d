package transaction

import (
	"strings"

	"siplab/sim/sip"
)

// Key is what a message is matched by. Client transactions have Branch and
// Method (RFC 3261 §17.1.3); server transactions the sent-by too (§17.2.3).
// Requests of RFC 2543 elements have no branch that says anything: they have
// the last three fields, and more that same compares.
//
// A branch is compared byte by byte: the peer gives back what it was given.
type Key struct {
	Branch  string
	Host    string // of the sent-by, in lower case
	Port    int
	Method  string // an ACK has that of its INVITE
	CallID  string
	FromTag string
	Seq     uint32
}

// word is what tells most Keys apart.
func (k *Key) word() string {
	if k.Branch != "" {
		return k.Branch
	}
	return k.CallID
}

// magicCookie begins the branch of each element that keeps to RFC 3261
// (§8.1.1.7). It is a token, and tokens are case-insensitive (§7.3.1).
const magicCookie = "z9hG4bK"

func hasCookie(branch string) bool {
	return len(branch) >= len(magicCookie) && strings.EqualFold(branch[:len(magicCookie)], magicCookie)
}

// serverKey is the Key of a request, and whether it carries the magic cookie.
func serverKey(m *sip.Message) (Key, bool) {
	via, _ := m.Via()
	k := Key{Host: strings.ToLower(via.Host), Port: via.Port, Method: m.Method}
	if k.Method == sip.ACK {
		k.Method = sip.INVITE
	}
	if b := via.Branch(); hasCookie(b) {
		k.Branch = b
		return k, true
	}
	from := m.From()
	k.CallID, k.FromTag, k.Seq = m.CallID(), from.Tag(), m.CSeq().Seq
	return k, false
}

// topVia is the value of the topmost Via.
func topVia(m *sip.Message) string {
	for v := range m.Values(sip.NameVia) {
		return v
	}
	return ""
}

// same compares what the Key of a request without the magic cookie leaves
// open (§17.2.3): Request-URI, To tag and topmost Via. An ACK has the To tag
// of the response instead.
func (t *Tx) same(m *sip.Message) bool {
	to := m.To()
	tag := to.Tag()
	if m.Method == sip.ACK {
		if tag != t.ownTag {
			return false
		}
	} else if tag != t.toTag {
		return false
	}
	return sameVia(topVia(m), t.via) && sameURI(m.URI, t.uri)
}

func sameURI(a, b string) bool {
	if a == b {
		return true
	}
	u, err := sip.ParseURI(a)
	v, err2 := sip.ParseURI(b)
	return err == nil && err2 == nil && u.Equal(v)
}

// sameVia is §20.42's rule: equal "if their sent-protocol and sent-by fields
// are equal, both have the same set of parameters, and the values of all
// parameters are equal". The sent-by is in the Key.
func sameVia(a, b string) bool {
	if a == b {
		return true
	}
	v, err := sip.ParseVia(a)
	w, err2 := sip.ParseVia(b)
	return err == nil && err2 == nil && strings.EqualFold(v.Transport, w.Transport) &&
		covers(v.Params, w.Params) && covers(w.Params, v.Params)
}

// covers says whether b has every parameter of a, with the same value.
func covers(a, b sip.Params) bool {
	for name, value := range a.All() {
		if other, ok := b.Get(name); !ok || !strings.EqualFold(value, other) {
			return false
		}
	}
	return true
}
