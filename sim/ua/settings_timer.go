package ua

import (
	"fmt"
	"time"

	"siplab/sim/sip"
)

// SessionTimer is what a phone is told of session timers (RFC 4028). The zero
// value is a phone that does not know them.
type SessionTimer struct {
	// Known says that the phone knows the extension; so does any other field
	// that is set.
	Known bool
	// Expires is the session interval that it asks for, in whole seconds; 0: it
	// asks for none.
	Expires time.Duration
	// Min is the shortest interval that it agrees to, in whole seconds; 0 for
	// LeastInterval.
	Min time.Duration
	// Refresher is who it wants to refresh: one of Refreshers, "" for whoever.
	Refresher string
	// By is the method that it refreshes by: one of RefreshMethods, "" for UPDATE
	// where the far end allows it, else re-INVITE.
	By string
}

// What Refresher and By may be. A refresher is named by its role in the request
// that says so.
var (
	Refreshers     = []string{uac, uas}
	RefreshMethods = []string{sip.INVITE, sip.UPDATE}
)

const (
	uac = "uac"
	uas = "uas"
)

// LeastInterval is "The absolute minimum for the Session-Expires header field"
// (RFC 4028 §4), and what Min-SE is where it is not said (§5).
const LeastInterval = 90 * time.Second

// known says whether the phone knows the extension.
func (s *SessionTimer) known() bool { return *s != SessionTimer{} }

func (s *SessionTimer) least() time.Duration { return max(s.Min, LeastInterval) }

func (s *SessionTimer) check() []error {
	errs := []error{
		checkInterval("Session-Expires", s.Expires), checkInterval("Min-SE", s.Min),
		checkOneOf("the refresher", s.Refresher, Refreshers),
		checkOneOf("a refresh", s.By, RefreshMethods),
	}
	if s.Expires != 0 && s.Expires < s.Min {
		errs = append(errs, fmt.Errorf("Session-Expires is less than Min-SE (RFC 4028 §7.1)"))
	}
	return errs
}

func checkInterval(what string, d time.Duration) error {
	if d != 0 && (d < LeastInterval || d > longestExpires || d%time.Second != 0) {
		return fmt.Errorf("%s is whole seconds, from 90s (RFC 4028 §4)", what)
	}
	return nil
}
