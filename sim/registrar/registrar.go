package registrar

import (
	"time"

	"siplab/sim/auth"
	"siplab/sim/core"
	"siplab/sim/location"
	"siplab/sim/sip"
)

// Registrar is the core of one registrar.
type Registrar struct {
	settings Settings
	bugs     bugs
	auth     auth.Server
	password auth.Lookup
	accounts map[string]*account // by the name of the credentials
	aors     map[string]string   // those that exist, each by itself
	location location.Service

	// The one timer: when the next binding ends.
	waiting bool
	expiry  time.Duration

	// Used again from event to event.
	request  request
	changes  []location.Change
	bindings []location.Binding
	text     []byte
	ends     []int
}

// account is a user with what he may change.
type account struct {
	password auth.Secret
	aors     []string
}

// New makes a registrar without bindings. The settings are taken to be such
// that Check finds nothing wrong.
func New(s Settings) *Registrar {
	r := &Registrar{
		settings: s.filled(),
		bugs:     allBugs.Throw(s.Bugs),
		accounts: make(map[string]*account, len(s.Users)),
		aors:     make(map[string]string, len(s.Users)),
	}
	r.password = r.lookup
	r.forgetNonces()
	for i := range s.Users {
		r.admit(&s.Users[i])
	}
	return r
}

func (r *Registrar) admit(u *User) {
	uri, err := sip.ParseURI(u.AOR)
	if err != nil {
		return // Check says so; nobody can have that address
	}
	name := u.Name
	if name == "" {
		name = sip.Unescape(uri.User)
	}
	a := r.accounts[name]
	if a == nil {
		a = new(account)
		r.accounts[name] = a
	}
	if a.password == "" {
		a.password = u.Password
	}
	aor := uri.AOR()
	a.aors = append(a.aors, aor)
	r.aors[aor] = aor
}

// lookup finds a password. Who has none cannot be told from others by one.
func (r *Registrar) lookup(name string) (auth.Secret, bool) {
	a := r.accounts[name]
	if a == nil || a.password == "" {
		return "", false
	}
	return a.password, true
}

// String names the registrar. It is there so that no way of printing one shows
// a password: fmt looks past the methods of what is in unexported fields.
func (r *Registrar) String() string { return "registrar of " + r.settings.Domain }

// GoString is String, for %#v.
func (r *Registrar) GoString() string { return r.String() }

// Location is the location service that this registrar writes, for a proxy of
// the same domain to read.
func (r *Registrar) Location() *location.Service { return &r.location }

// Handle implements core.Core.
func (r *Registrar) Handle(ev *core.Event, env *core.Env, out []core.Effect) []core.Effect {
	switch ev.Kind {
	case core.Wake:
		r.waiting = false
	case core.Crash:
		return r.crash(ev.Now, out)
	}
	r.changes = r.location.Expire(ev.Now, r.changes[:0])
	out = r.tell(ev.Now, out)
	switch ev.Kind {
	case core.Request:
		out = r.answer(ev, env, out)
	case core.Human:
		out = r.act(ev, env, out)
	}
	return r.watch(ev.Now, out)
}

// crash says which bindings are lost, the one that would have ended first in
// front.
func (r *Registrar) crash(now time.Duration, out []core.Effect) []core.Effect {
	r.changes = r.location.Expire(1<<63-1, r.changes[:0])
	for i := range r.changes {
		r.changes[i].Op = location.Remove
	}
	return r.tell(now, out)
}

// tell makes an effect of each change of a binding.
func (r *Registrar) tell(now time.Duration, out []core.Effect) []core.Effect {
	for i := range r.changes {
		c := &r.changes[i]
		e := core.Effect{Kind: core.Bind, Op: c.Op.String(), AOR: c.AOR, To: c.Binding.Contact, Ref: "RFC 3261 §10.3"}
		if c.Op == location.Add || c.Op == location.Refresh {
			e.Expires = c.Binding.Expires - now
		}
		out = append(out, e)
	}
	return out
}

// watch has the timer go off when the next binding ends. It is upkeep: a run
// does not go on only for bindings to end.
func (r *Registrar) watch(now time.Duration, out []core.Effect) []core.Effect {
	next, any := r.location.Next()
	switch {
	case any && !(r.waiting && r.expiry == next):
		out = append(out, expiryTimer.Wait(0, next-now))
	case !any && r.waiting:
		out = append(out, core.Effect{Kind: core.Unwait, Timer: expiryTimer.Name})
	}
	r.waiting, r.expiry = any, next
	return out
}
