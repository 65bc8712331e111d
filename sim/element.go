package sim

import (
	"siplab/sim/auth"
	"siplab/sim/core"
	"siplab/sim/registrar"
	"siplab/sim/sip"
	"siplab/sim/transport"
	"siplab/sim/ua"
)

// Element is what a host is: its settings, from which each run makes its core
// afresh.
type Element interface {
	Kind() string // the statement that makes it: phone, registrar, proxy, …
	Verbs() []core.Verb
	Bugs() []core.Bug
	Timers() []core.Timer
	// Domains are the names that resolve to the host.
	Domains() []string
	core(w *World) core.Core
}

// Phone is an Element.
type Phone struct{ ua.Settings }

// Registrar is an Element. The phones of its domain that have a password are
// its users, besides those that the settings list.
type Registrar struct{ registrar.Settings }

// coreOf makes the core of a host. A phone that does not use UDP says so in its
// Contact, so that what comes to it uses the same (RFC 3261 §19.1.1).
func (w *World) coreOf(d *Host) core.Core {
	p, ok := d.Element.(*Phone)
	if !ok || d.Transport == transport.UDP || p.Contact != "" {
		return d.Element.core(w)
	}
	u, err := sip.ParseURI(p.AOR)
	if err != nil {
		return d.Element.core(w)
	}
	at := d.Addr
	if d.Transport == transport.TLS {
		at = tlsOf(at)
	}
	q := *p
	q.Contact = u.Scheme + ":" + u.User + "@" + at.String() + ";transport=" + d.Transport.String()
	return q.core(w)
}

// Kind implements Element.
func (*Phone) Kind() string { return "phone" }

// Verbs implements Element.
func (*Phone) Verbs() []core.Verb { return append(ua.Verbs(), powerVerbs...) }

// Bugs implements Element.
func (*Phone) Bugs() []core.Bug { return ua.Bugs() }

// Timers implements Element.
func (*Phone) Timers() []core.Timer { return ua.Timers() }

// Domains implements Element: a phone is known by its address alone.
func (*Phone) Domains() []string { return nil }

func (p *Phone) core(w *World) core.Core {
	with := p.Settings
	with.Seen = w.scenario.Seen
	return ua.New(with)
}

// Kind implements Element.
func (*Registrar) Kind() string { return "registrar" }

// Verbs implements Element.
func (*Registrar) Verbs() []core.Verb { return append(registrar.Verbs(), powerVerbs...) }

// Bugs implements Element.
func (*Registrar) Bugs() []core.Bug { return registrar.Bugs() }

// Timers implements Element.
func (*Registrar) Timers() []core.Timer { return registrar.Timers() }

// Domains implements Element.
func (r *Registrar) Domains() []string { return []string{r.Domain} }

func (r *Registrar) core(w *World) core.Core {
	full := r.Settings
	full.Users = append(full.Users[:len(full.Users):len(full.Users)], w.scenario.usersOf(r)...)
	return registrar.New(full)
}

// usersOf are the phones of a registrar's domain, as its users. What the
// settings say of an AOR goes before: that is how the two come to disagree
// about a password.
func (s *Scenario) usersOf(r *Registrar) []registrar.User {
	said := make(map[string]bool, len(r.Users))
	for _, u := range r.Users {
		said[canonical(u.AOR)] = true
	}
	var users []registrar.User
	for i := range s.Hosts {
		p, ok := s.Hosts[i].Element.(*Phone)
		if !ok {
			continue
		}
		u, err := sip.ParseURI(p.AOR)
		if err != nil || !sip.EqualFold(u.Host, r.Domain) || said[u.AOR()] {
			continue
		}
		said[u.AOR()] = true
		users = append(users, registrar.User{AOR: p.AOR, Name: p.User, Password: auth.Secret(p.Password)})
	}
	return users
}

func canonical(aor string) string {
	u, err := sip.ParseURI(aor)
	if err != nil {
		return aor
	}
	return u.AOR()
}
