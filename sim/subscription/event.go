package subscription

import (
	"strings"

	"siplab/sim/sip"
)

// Event is an Event header field value (RFC 6665 §8.2.1): what a subscription
// is about, and which of several in one dialog is meant.
type Event struct {
	Package string // with its templates, as in presence.winfo
	ID      string // the id parameter; "" for none
}

// ParseEvent reads an Event value. False: it is none.
func ParseEvent(value string) (e Event, ok bool) {
	name, _, _ := strings.Cut(value, ";")
	e.Package = strings.TrimSpace(name)
	id, has := sip.Params(value[len(name):]).Get("id")
	e.ID = id
	return e, isEventType(e.Package) && (!has || isToken(id, true))
}

// String is the value as it is sent.
func (e Event) String() string {
	if e.ID == "" {
		return e.Package
	}
	return e.Package + ";id=" + e.ID
}

// isEventType holds for tokens joined by dots (§8.4).
func isEventType(s string) bool {
	for part := range strings.SplitSeq(s, ".") {
		if !isToken(part, false) {
			return false
		}
	}
	return true
}

// isToken is RFC 3261's token, with or without the dot.
func isToken(s string, dots bool) bool {
	for i := range len(s) {
		c := s[i]
		letter := c >= 'a' && c <= 'z' || c >= 'A' && c <= 'Z' || c >= '0' && c <= '9'
		if !letter && !(dots && c == '.') && strings.IndexByte("-!%*_+`'~", c) < 0 {
			return false
		}
	}
	return s != ""
}
