package proxy

import (
	"errors"
	"fmt"

	"siplab/sim/sip"
)

// Screen is one rule by which a proxy turns calls away, those of a caller, those
// to a callee, or those of the one to the other (RFC 5359 §2.13, §2.14). The
// proxy then answers as a UAS does: "If any of these checks fail, the element
// MUST behave as a user agent server (see Section 8.2) and respond with an error
// code." (RFC 3261 §16.3)
type Screen struct {
	From, For string // an address-of-record or a domain; "": anybody
	With      int    // the status that the request gets
}

func (s *Screen) check() error {
	for _, whom := range []string{s.From, s.For} {
		if u, err := sip.ParseURI(whom); whom != "" && !isName(whom) && (err != nil || !u.IsSIP() || u.User == "") {
			return fmt.Errorf("screen: %s is neither an address-of-record, such as sip:bob@biloxi.example.com, nor a domain", sip.Visible(whom))
		}
	}
	switch {
	case s.From == "" && s.For == "":
		return errors.New("screen: it is not said whose calls are turned away")
	case s.With < 400 || s.With > 699:
		return fmt.Errorf("screen: %d turns no call away; a status from 400 to 699 does", s.With)
	}
	return nil
}

// screens answers a call that a rule turns away. What belongs to a call that
// stands is let through.
func (t *turn) screens(m *sip.Message) bool {
	from, to := m.From(), m.To()
	if m.Method != sip.INVITE || to.Tag() != "" {
		return false
	}
	for i := range t.settings.Screens {
		if s := &t.settings.Screens[i]; means(s.From, from.URI) && means(s.For, m.URI) {
			t.refuse(s.With, "RFC 3261 §16.3", "the call is screened")
			return true
		}
	}
	return false
}

// means says whether a rule for whom is for a URI.
func means(whom, uri string) bool {
	if whom == "" {
		return true
	}
	u, err := sip.ParseURI(uri)
	if err != nil {
		return false
	}
	if w, err := sip.ParseURI(whom); err == nil && w.User != "" {
		return w.AOR() == u.AOR()
	}
	return sip.EqualFold(whom, u.Host)
}
