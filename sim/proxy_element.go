package sim

import (
	"net/netip"

	"siplab/sim/auth"
	"siplab/sim/core"
	"siplab/sim/proxy"
	"siplab/sim/registrar"
	"siplab/sim/resolve"
	"siplab/sim/sip"
	"siplab/sim/transport"
)

// Proxy is an Element. Where it authenticates, the phones of its domains that
// have a password are its users, besides those that the settings list.
type Proxy struct{ proxy.Settings }

// Redirect is an Element: a redirect server.
type Redirect struct{ proxy.RedirectSettings }

// Kind implements Element.
func (*Proxy) Kind() string { return "proxy" }

// Verbs implements Element.
func (*Proxy) Verbs() []core.Verb { return powerVerbs }

// Bugs implements Element.
func (*Proxy) Bugs() []core.Bug { return proxy.Bugs() }

// Timers implements Element.
func (*Proxy) Timers() []core.Timer { return proxy.Timers() }

// Domains implements Element: those that it serves, and its own name.
func (p *Proxy) Domains() []string {
	names := append([]string(nil), p.Settings.Domains...)
	if p.Name != "" {
		names = append(names, p.Name)
	}
	return names
}

func (p *Proxy) core(w *World) core.Core {
	full := p.Settings
	if full.Realm != "" {
		full.Users = append(full.Users[:len(full.Users):len(full.Users)], w.scenario.callersOf(p)...)
	}
	return proxy.New(full, w.registrarOf)
}

func (p *Proxy) withoutTransactions() bool { return p.Stateless }

// Kind implements Element.
func (*Redirect) Kind() string { return "redirect" }

// Verbs implements Element.
func (*Redirect) Verbs() []core.Verb { return powerVerbs }

// Bugs implements Element.
func (*Redirect) Bugs() []core.Bug { return nil }

// Timers implements Element.
func (*Redirect) Timers() []core.Timer { return nil }

// Domains implements Element.
func (r *Redirect) Domains() []string { return r.RedirectSettings.Domains }

func (r *Redirect) core(w *World) core.Core {
	return proxy.NewRedirect(r.RedirectSettings, w.registrarOf)
}

// callersOf are the phones of a proxy's domains, as its users. Users that the
// settings name go before.
func (s *Scenario) callersOf(p *Proxy) []proxy.User {
	var users []proxy.User
	for i := range s.Hosts {
		phone, ok := s.Hosts[i].Element.(*Phone)
		if !ok || phone.Password == "" {
			continue
		}
		u, err := sip.ParseURI(phone.AOR)
		if err != nil || !serves(p.Settings.Domains, u.Host) {
			continue
		}
		name := phone.User
		if name == "" {
			name = sip.Unescape(u.User)
		}
		users = append(users, proxy.User{Name: name, Password: auth.Secret(phone.Password)})
	}
	return users
}

func serves(domains []string, host string) bool {
	for _, d := range domains {
		if sip.EqualFold(d, host) {
			return true
		}
	}
	return false
}

// registrarOf finds the registrar of a domain as it is now: one that lost its
// state is another.
func (w *World) registrarOf(domain string) (proxy.Registrar, netip.AddrPort, bool) {
	for _, h := range w.registrars {
		if e := w.scenario.Hosts[h.id].Element.(*Registrar); sip.EqualFold(e.Domain, domain) {
			return h.core.(*registrar.Registrar), h.addr, true
		}
	}
	return nil, netip.AddrPort{}, false
}

// addNames makes the names of the hosts known. A domain that has a proxy and a
// registrar leads to the proxy, which knows where its registrar is.
func (w *World) addNames() {
	w.scenario.Records.addTo(&w.names)
	for _, h := range w.hosts {
		e := w.scenario.Hosts[h.id].Element
		if _, ok := e.(*Registrar); ok {
			w.registrars = append(w.registrars, h)
			continue
		}
		w.nameHost(h, e)
	}
	for _, h := range w.registrars {
		w.nameHost(h, w.scenario.Hosts[h.id].Element)
	}
}

func (w *World) nameHost(h *host, e Element) {
	for _, domain := range e.Domains() {
		w.names.Add(domain, h.addr)
	}
}

// resolve is where a URI leads, for a core that tries one address after the
// other. An element without transactions gets a fixed order.
func (w *World) resolve(h *host, uri *sip.URI, out []core.Hop) []core.Hop {
	chance := h.env.Chance
	if h.alone {
		chance = nil
	}
	var room [8]resolve.Hop
	for _, hop := range w.names.Hops(uri, preferences[h.by], chance, room[:0]) {
		out = append(out, core.Hop(hop))
	}
	if len(out) > 0 {
		return out
	}
	at, ok := w.byAOR[uri.AOR()]
	if !ok {
		return out
	}
	by, says := transport.Asked(uri)
	if !says {
		by = h.by
	}
	if by == transport.TLS {
		at = tlsOf(at)
	}
	return append(out, core.Hop{Transport: by.Via(), Addr: at})
}

// preferences are the transports that a host has, by the one that it likes
// best.
var preferences = [...][]string{
	transport.UDP: resolve.All,
	transport.TCP: {resolve.TCP, resolve.UDP, resolve.TLS},
	transport.TLS: {resolve.TLS, resolve.TCP, resolve.UDP},
}
