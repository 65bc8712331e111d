package proxy

import (
	"errors"
	"fmt"
	"slices"
	"strings"
	"time"

	"siplab/sim/auth"
	"siplab/sim/sip"
)

// Settings are what makes a proxy. The zero Settings are a stateful proxy that
// serves no domain, asks nobody for a password and stays on the path.
type Settings struct {
	// Domains are those it is responsible for (§16.5). The location service of
	// each is that of its registrar, where the run has one.
	Domains []string
	// Name is its own, a domain name, in its Record-Route: ss1.atlanta.example.com.
	// "": its address.
	Name string

	// Realm makes it authenticate (§22.3). Its users are Users and the phones
	// of its domains that have a password.
	Realm      string
	Users      []User
	Algorithms []auth.Algorithm // offered in this order; none: SHA-256, MD5
	// OwnOnly has it authenticate those only who say in From that they are of
	// its domains.
	OwnOnly bool

	RecordRoute string // "", RecordRouteDouble, RecordRouteOff
	Path        bool   // stays on the path to the phones that register through it (RFC 3327)

	// Gateway makes it an application level gateway, by which media comes too:
	// session descriptions name its address (RFC 3665 §3.5).
	Gateway bool

	Fork string // "": ForkParallel
	// TryFor is how long targets may ring before those of lower preference are
	// tried. 0: as long as they like.
	TryFor  time.Duration
	Recurse bool          // tries the contacts of a 3xx itself (§16.7 item 4)
	TimerC  time.Duration // 0: DefaultTimerC
	// MaxBreadth is the most that it takes for Max-Breadth (RFC 5393 §5.3.3).
	// 0: DefaultMaxBreadth.
	MaxBreadth int
	// RefuseBreadth has it answer 440 where Max-Breadth is too small for its
	// fork. Else it forks as far as it may and goes on when branches end.
	RefuseBreadth bool

	// SessionExpires has the proxy ask for session timers, and lower those that
	// are longer; MinSE is the shortest that it agrees to (RFC 4028 §8). 0: not.
	SessionExpires, MinSE time.Duration

	Routes    []Route
	Screens   []Screen
	Stateless bool
	Bugs      []string // names of Bugs()
}

// User is somebody who may use the proxy.
type User struct {
	Name     string // of the credentials
	Password auth.Secret
}

// Route is one row of the proxy's own table.
//
// For an address-of-record of its domains a row adds a target (§16.5); the
// registrar is then not asked. For a whole domain, or everything, a row says
// where requests go, with their Request-URI as it is.
type Route struct {
	For string // an address-of-record, a domain, or "" for what no other row is for
	To  string // target: the URI that becomes the Request-URI; only for an address-of-record
	Q   int    // preference of the target in thousandths; 0: 1000
	// When makes the target one to forward to: it is tried after all others, and
	// only where they came to this end, one of Whens. "": a target like others.
	When string
	Via  string // a loose router to visit, as a URI; "": none (§16.6 item 6)
}

// The words of Settings.
const (
	RecordRouteDouble = "double" // one value for each side
	RecordRouteOff    = "off"
	ForkParallel      = "parallel"   // targets of equal preference at once
	ForkSequential    = "sequential" // one after the other
)

// What a proxy does where its settings do not say.
const (
	// DefaultTimerC is above the 3 minutes that §16.6 item 11 asks for.
	DefaultTimerC     = 3*time.Minute + time.Second
	DefaultMaxBreadth = 60 // RFC 5393 §5.3.3
)

// Check says what is wrong with the settings, all at once; nil for nothing.
func (s *Settings) Check() error {
	var errs []error
	wrong := func(format string, args ...any) { errs = append(errs, fmt.Errorf(format, args...)) }
	for _, d := range s.Domains {
		if !isName(d) {
			wrong("%s is no domain, such as biloxi.example.com", sip.Visible(d))
		}
	}
	if s.Name != "" && !isName(s.Name) {
		wrong("%s is no name of a host, such as ss1.atlanta.example.com", sip.Visible(s.Name))
	}
	if s.Realm == "" && (len(s.Users) > 0 || s.OwnOnly) {
		wrong("without a realm a proxy asks nobody for a password")
	}
	if !slices.Contains([]string{"", RecordRouteDouble, RecordRouteOff}, s.RecordRoute) {
		wrong("record-route is %s or %s, not %s", RecordRouteDouble, RecordRouteOff, sip.Visible(s.RecordRoute))
	}
	if !slices.Contains([]string{"", ForkParallel, ForkSequential}, s.Fork) {
		wrong("a proxy forks %s or %s, not %s", ForkParallel, ForkSequential, sip.Visible(s.Fork))
	}
	if s.TimerC != 0 && s.TimerC <= 3*time.Minute {
		wrong("Timer C is %v; it has to be more than 3 minutes (RFC 3261 §16.6)", s.TimerC)
	}
	if s.Gateway && (s.Stateless || s.RecordRoute == RecordRouteOff) {
		wrong("a gateway has to see each message of a call: it is neither stateless nor off the path")
	}
	if s.TryFor < 0 || s.MaxBreadth < 0 {
		wrong("neither a time to ring nor a breadth is less than 0")
	}
	for _, d := range []time.Duration{s.SessionExpires, s.MinSE} {
		if d != 0 && (d < leastInterval || d%time.Second != 0 || d > maxInterval) {
			wrong("a session timer is whole seconds, from 90s (RFC 4028 §4)")
		}
	}
	if s.Stateless && s.SessionExpires != 0 {
		wrong("a stateless proxy asks for no session timer (RFC 4028 §8)")
	}
	for i := range s.Routes {
		errs = append(errs, s.Routes[i].check(s))
	}
	for i := range s.Screens {
		errs = append(errs, s.Screens[i].check())
	}
	for _, name := range s.Bugs {
		if !allBugs.Has(name) {
			wrong("a proxy has no bug %s", sip.Visible(name))
		}
	}
	return errors.Join(errs...)
}

// isName says whether text can be the host of a URI.
func isName(text string) bool {
	u, err := sip.ParseURI("sip:" + text)
	return err == nil && u.Host == text && u.User == ""
}

func (r *Route) check(s *Settings) error {
	for _, text := range []string{r.To, r.Via} {
		if u, err := sip.ParseURI(text); text != "" && (err != nil || !u.IsSIP()) {
			return fmt.Errorf("route: %s is no SIP or SIPS URI, such as sip:bob@192.0.2.4", sip.Visible(text))
		}
	}
	u, err := sip.ParseURI(r.For)
	isAOR := err == nil && u.IsSIP() && u.User != ""
	switch {
	case r.To == "" && r.Via == "":
		return errors.New("route: it is not said where to")
	case r.Q < 0 || r.Q > 1000:
		return fmt.Errorf("route: a preference is from 0 to 1, not %d thousandths", r.Q)
	case isAOR && !s.serves(u.Host):
		return fmt.Errorf("route: %s is in none of the proxy's domains", sip.Visible(r.For))
	case r.When != "" && (!isAOR || r.To == ""):
		return errors.New("route: a call is forwarded from an address-of-record to a target; both have to be said")
	case r.When != "" && !slices.Contains(Whens, r.When):
		return fmt.Errorf("route: a call is forwarded when %s, not %s", strings.Join(Whens, " or "), sip.Visible(r.When))
	case isAOR:
		return nil
	case r.For != "" && !isName(r.For):
		return fmt.Errorf("route: %s is neither an address-of-record, such as sip:bob@biloxi.example.com, nor a domain", sip.Visible(r.For))
	case r.To != "":
		return errors.New("route: a whole domain has no one target; say a next hop")
	}
	return nil
}

// serves says whether the proxy is responsible for a domain.
func (s *Settings) serves(domain string) bool {
	return slices.ContainsFunc(s.Domains, func(d string) bool { return sip.EqualFold(d, domain) })
}

func (s *Settings) timerC() time.Duration {
	if s.TimerC == 0 {
		return DefaultTimerC
	}
	return s.TimerC
}

func (s *Settings) maxBreadth() int {
	if s.MaxBreadth == 0 {
		return DefaultMaxBreadth
	}
	return s.MaxBreadth
}

// String names the proxy; no password is in it.
func (s Settings) String() string { return "proxy of " + strings.Join(s.Domains, ", ") }

// GoString leaves the passwords out too.
func (s Settings) GoString() string { return s.String() }
