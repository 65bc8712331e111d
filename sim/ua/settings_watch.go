package ua

import (
	"fmt"
	"time"
)

// Watching are a phone's settings for subscriptions and references.
type Watching struct {
	// Policy is what the phone does about a SUBSCRIBE or a REFER: "ask" has it
	// wait for its human's word, "deny" refuses it; "" grants it.
	Policy string
	// WatchMin is the shortest subscription that it grants (RFC 6665 §4.2.1.1),
	// at most an hour; 0 for any.
	WatchMin time.Duration
	// WatchMax is the longest; 0 for as long as is asked for.
	WatchMax time.Duration
}

// Policies are what Policy may be.
var Policies = []string{"ask", "deny"}

func (w *Watching) check() []error {
	errs := []error{checkOneOf("the policy", w.Policy, Policies)}
	for _, d := range []time.Duration{w.WatchMin, w.WatchMax} {
		if d != 0 {
			errs = append(errs, checkExpires(d))
		}
	}
	if w.WatchMin > time.Hour {
		errs = append(errs, fmt.Errorf("a notifier refuses no subscription of an hour or more as too short (RFC 6665 §4.2.1.1)"))
	}
	return errs
}
