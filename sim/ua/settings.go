package ua

import (
	"errors"
	"fmt"
	"strings"
	"time"

	"siplab/sim/auth"
	"siplab/sim/fsm"
	"siplab/sim/sip"
)

// Settings are what a phone is told before it starts. Only AOR is needed.
type Settings struct {
	AOR     string // its address-of-record, a SIP or SIPS URI (§10.2)
	Display string // the name shown to others; "" for none
	// User and Password are its credentials. User "" is the user part of AOR.
	// Without a password the phone answers no challenge.
	User, Password string
	// Credentials are those for single realms, where they differ.
	Credentials []auth.Account
	// Contact is the URI that it registers; "" is its user at its own address.
	Contact string
	// Registrar is the Request-URI of its REGISTERs; "" is the host part of
	// AOR: "If there is no configured registrar address, the UA SHOULD use the
	// host part of the address-of-record as the Request-URI" (§10.2.6).
	Registrar string
	// Outbound is its outbound proxy, as the URI of a loose router: each request
	// outside of a dialog goes there first, by a Route that it has beforehand
	// (§8.1.1.1). "" for none.
	Outbound string
	// OutboundRealm is the realm of the outbound proxy, if the phone knows it:
	// what it once answered to that goes with each later request (§22.3).
	OutboundRealm string
	// Expires is how long a binding it asks for, in whole seconds; 0 for
	// DefaultExpires.
	Expires time.Duration
	// RefreshBefore is how long before the expiry it refreshes; 0 for as long
	// as an unanswered REGISTER takes to give up, 64*T1. It is never more than
	// half of the interval.
	RefreshBefore time.Duration
	// Path says that the phone knows the extension of RFC 3327.
	Path bool
	Calling
	SessionTimer SessionTimer
	Watching
	// Bugs are the names of the faults that it has, of those that Bugs lists.
	Bugs []string
	// Seen is shown the rows that its dialogs, sessions and subscriptions take;
	// nil: nobody looks.
	Seen fsm.Probe
}

// DefaultExpires is what a phone asks for whose settings do not say: the
// interval that RFC 3261 §10.2 falls back on.
const DefaultExpires = time.Hour

// Check says all that is wrong with the settings, nil for nothing.
func (s *Settings) Check() error {
	var errs []error
	errs = append(errs, checkURI("address-of-record", s.AOR, true))
	if s.Contact != "" {
		errs = append(errs, checkURI("contact", s.Contact, false))
	}
	if s.Registrar != "" {
		errs = append(errs, checkURI("registrar", s.Registrar, false), noUser(s.Registrar))
	}
	if s.Outbound != "" {
		errs = append(errs, checkURI("outbound proxy", s.Outbound, false))
	} else if s.OutboundRealm != "" {
		errs = append(errs, errors.New("the realm of an outbound proxy is said, and the phone has none"))
	}
	if s.Expires != 0 {
		errs = append(errs, checkExpires(s.Expires))
	}
	errs = append(errs, s.Calling.check()...)
	errs = append(errs, s.SessionTimer.check()...)
	errs = append(errs, s.Watching.check()...)
	for _, name := range s.Bugs {
		if !bugs.Has(name) {
			errs = append(errs, fmt.Errorf("a phone has no bug %s; it has %s", sip.Visible(name), bugNames()))
		}
	}
	return errors.Join(errs...)
}

func checkURI(what, text string, user bool) error {
	u, err := sip.ParseURI(text)
	switch {
	case err != nil:
		return fmt.Errorf("the %s %s: %w", what, sip.Visible(text), err)
	case !u.IsSIP():
		return fmt.Errorf("the %s %s is no SIP or SIPS URI (RFC 3261 §10.2)", what, sip.Visible(text))
	case user && u.User == "":
		return fmt.Errorf("the %s %s has no user, as in sip:bob@%s", what, sip.Visible(text), u.Host)
	}
	return nil
}

// noUser is for a registrar: "The "userinfo" and "@" components of the SIP URI
// MUST NOT be present." (§10.2)
func noUser(text string) error {
	if u, err := sip.ParseURI(text); err == nil && u.User != "" {
		return fmt.Errorf("the registrar %s has a user; it names a domain, as in sip:%s (RFC 3261 §10.2)",
			sip.Visible(text), u.Host)
	}
	return nil
}

const longestExpires = (1<<32 - 1) * time.Second // §10.2

func checkExpires(d time.Duration) error {
	if d <= 0 || d > longestExpires || d%time.Second != 0 {
		return fmt.Errorf("a binding lasts whole seconds, from 1s to %d (RFC 3261 §10.2)", longestExpires/time.Second)
	}
	return nil
}

// String names the phone. The password is not in it.
func (s Settings) String() string { return "phone " + s.AOR }

// GoString leaves the password out too.
func (s Settings) GoString() string { return s.String() }

// user is the name that credentials carry.
func (s *Settings) user() string {
	switch {
	case s.Password == "":
		return ""
	case s.User != "":
		return s.User
	}
	return s.aorUser()
}

// aorUser is the user part of the address-of-record, as written.
func (s *Settings) aorUser() string {
	u, err := sip.ParseURI(s.AOR)
	if err != nil {
		return ""
	}
	return u.User
}

// contactUser is the user part of the contact.
func (s *Settings) contactUser() string {
	u, _ := sip.ParseURI(s.Contact)
	if s.Contact == "" {
		return s.aorUser()
	}
	return u.User
}

// registrarURI is where REGISTERs go.
func (s *Settings) registrarURI() string {
	if s.Registrar != "" {
		return s.Registrar
	}
	u, err := sip.ParseURI(s.AOR)
	if err != nil {
		return ""
	}
	return sip.URI{Scheme: u.Scheme, Host: u.Host, Port: u.Port}.String()
}

// contactURI is where the phone can be reached: its user at sentBy.
func (s *Settings) contactURI(sentBy string) string {
	if s.Contact != "" {
		return s.Contact
	}
	scheme, _, _ := strings.Cut(s.AOR, ":")
	return scheme + ":" + s.aorUser() + "@" + sentBy
}

// contactOrigin is where a Contact value comes from that ref asks for.
func (s *Settings) contactOrigin(ref string) sip.Origin {
	if s.Contact != "" {
		return sip.Setting("contact")
	}
	return sip.Rule(ref)
}

func (s *Settings) expires() time.Duration {
	if s.Expires == 0 {
		return DefaultExpires
	}
	return s.Expires
}
