package subscription

import (
	"strconv"
	"strings"
	"time"

	"siplab/sim/fsm"
	"siplab/sim/sip"
)

// Reason is why a subscription has ended (RFC 6665 §4.1.3). There may be
// others than these.
type Reason string

// The reasons of §4.1.3.
const (
	Deactivated Reason = "deactivated"
	Probation   Reason = "probation"
	Rejected    Reason = "rejected"
	Timeout     Reason = "timeout"
	GiveUp      Reason = "giveup"
	NoResource  Reason = "noresource"
	Invariant   Reason = "invariant"
)

// State is a Subscription-State header field value (§8.2.3).
type State struct {
	Value      string        // active, pending, terminated, or an extension
	Expires    time.Duration // how long it still lasts; of active and pending
	HasExpires bool
	Reason     Reason // of terminated; "" for none
	RetryAfter time.Duration
	HasRetry   bool
}

// ParseState reads a Subscription-State value. False: it is none. A parameter
// that cannot be read counts as absent.
func ParseState(value string) (s State, ok bool) {
	name, _, _ := strings.Cut(value, ";")
	p := sip.Params(value[len(name):])
	s.Value = strings.ToLower(strings.TrimSpace(name))
	s.Expires, s.HasExpires = secondsOf(p, "expires")
	s.RetryAfter, s.HasRetry = secondsOf(p, "retry-after")
	reason, _ := p.Get("reason")
	s.Reason = Reason(strings.ToLower(reason))
	return s, isToken(s.Value, true)
}

func secondsOf(p sip.Params, name string) (time.Duration, bool) {
	text, _ := p.Get(name)
	n, ok := sip.ParseSeconds(text)
	return time.Duration(n) * time.Second, ok
}

// String is the value as it is sent, with whole seconds.
func (s State) String() string {
	b := []byte(s.Value)
	if s.Reason != "" {
		b = append(append(b, ";reason="...), s.Reason...)
	}
	if s.HasExpires {
		b = strconv.AppendInt(append(b, ";expires="...), int64(s.Expires/time.Second), 10)
	}
	if s.HasRetry {
		b = strconv.AppendInt(append(b, ";retry-after="...), int64(s.RetryAfter/time.Second), 10)
	}
	return string(b)
}

// Event is what a NOTIFY with this state is to a subscriber. An extension is
// taken for active, since the notifier goes on.
func (s State) Event() fsm.Event {
	switch s.Value {
	case "pending":
		return NotifiedPending
	case "terminated":
		return NotifiedTerminated
	}
	return NotifiedActive
}

// Again says whether a subscriber is to subscribe anew after this end, and how
// long from now at the earliest (§4.1.3). For reasons unknown, and those by
// which it MAY, it does not.
func (s State) Again() (after time.Duration, again bool) {
	switch s.Reason {
	case Deactivated:
		return 0, true
	case Probation, GiveUp:
		return s.RetryAfter, s.HasRetry
	}
	return 0, false
}
