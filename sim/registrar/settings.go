package registrar

import (
	"errors"
	"fmt"
	"time"

	"siplab/sim/auth"
	"siplab/sim/sip"
)

// Settings are what makes a registrar. Only Domain must be set.
type Settings struct {
	Domain     string           // whose bindings it keeps: biloxi.example.com
	Realm      string           // of its challenges; "": Domain
	Algorithms []auth.Algorithm // offered in this order; none: SHA-256, MD5
	QOP        string           // offered; "": auth
	Users      []User
	// Open says that it does not authenticate. Without Users each AOR of the
	// domain then exists.
	Open bool

	// How long a binding may last, and does where the phone asks for no time.
	// 0: DefaultMinExpires, DefaultMaxExpires and DefaultExpires, as far as
	// they fit the others.
	MinExpires, MaxExpires, DefaultExpires time.Duration

	NonceLifetime time.Duration // 0: auth.DefaultLifetime
	MaxBindings   int           // of one AOR; 0: DefaultMaxBindings

	Bugs []string // names of Bugs()
}

// User is somebody who may change the bindings of an AOR. Several with one
// Name are one user with several AORs, whose password is the first that is
// given. Without one nobody can prove to be that user.
type User struct {
	AOR      string // sip:bob@biloxi.example.com
	Name     string // of the credentials; "": the user part of AOR
	Password auth.Secret
}

// What a registrar does where its settings do not say.
const (
	DefaultMinExpires  = time.Minute
	DefaultMaxExpires  = 2 * time.Hour
	DefaultExpires     = time.Hour
	DefaultMaxBindings = 10
)

// Check says what is wrong with the settings, all at once; nil for nothing.
func (s *Settings) Check() error {
	full := s.filled()
	var errs []error
	if s.Domain == "" {
		errs = append(errs, errors.New("a registrar needs a domain, such as biloxi.example.com"))
	}
	for _, d := range []struct {
		what string
		time time.Duration
	}{
		{"shortest registration", s.MinExpires}, {"longest registration", s.MaxExpires},
		{"usual registration", s.DefaultExpires}, {"lifetime of a nonce", s.NonceLifetime},
	} {
		if d.time < 0 || d.time%time.Second != 0 {
			errs = append(errs, fmt.Errorf("the %s is %v; it has to be whole seconds", d.what, d.time))
		}
	}
	if full.MinExpires > full.DefaultExpires || full.DefaultExpires > full.MaxExpires {
		errs = append(errs, fmt.Errorf("registrations last from %v to %v and usually %v; the last has to lie between the others",
			full.MinExpires, full.MaxExpires, full.DefaultExpires))
	}
	for _, u := range s.Users {
		if aor, err := sip.ParseURI(u.AOR); err != nil {
			errs = append(errs, fmt.Errorf("user %s: %w", sip.Visible(u.AOR), err))
		} else if !full.serves(&aor) || aor.User == "" {
			errs = append(errs, fmt.Errorf("user %s: is no sip:NAME@%s", sip.Visible(u.AOR), s.Domain))
		}
	}
	for _, name := range s.Bugs {
		if !allBugs.Has(name) {
			errs = append(errs, fmt.Errorf("a registrar has no bug %s", sip.Visible(name)))
		}
	}
	return errors.Join(errs...)
}

// filled is s with its zero fields filled in.
func (s *Settings) filled() Settings {
	full := *s
	or := func(field *time.Duration, value time.Duration) {
		if *field == 0 {
			*field = value
		}
	}
	or(&full.MaxExpires, DefaultMaxExpires)
	or(&full.DefaultExpires, min(DefaultExpires, full.MaxExpires))
	or(&full.MinExpires, min(DefaultMinExpires, full.DefaultExpires))
	if full.Realm == "" {
		full.Realm = full.Domain
	}
	if full.MaxBindings == 0 {
		full.MaxBindings = DefaultMaxBindings
	}
	return full
}

// serves says whether u names the domain.
func (s *Settings) serves(u *sip.URI) bool { return u.IsSIP() && sip.EqualFold(u.Host, s.Domain) }
