package proxy

import (
	"errors"
	"fmt"
	"strconv"

	"siplab/sim/core"
	"siplab/sim/sip"
)

// RedirectSettings are what makes a redirect server.
type RedirectSettings struct {
	// Domains are those whose location service it reads, where a registrar of
	// the run keeps one.
	Domains []string
	// Routes are its own table: For is an address-of-record of any domain, or a
	// domain; To where it is to be found now. Via is of no use.
	Routes []Route
	// Permanent has it answer 301 in place of 302.
	Permanent bool
}

// Check says what is wrong with the settings, all at once; nil for nothing.
func (s *RedirectSettings) Check() error {
	var errs []error
	for _, d := range s.Domains {
		if !isName(d) {
			errs = append(errs, fmt.Errorf("%s is no domain, such as biloxi.example.com", sip.Visible(d)))
		}
	}
	for _, r := range s.Routes {
		if r.When != "" {
			errs = append(errs, errors.New("route: a redirect server sees no call end, and forwards none"))
		}
		if r.Via != "" {
			errs = append(errs, errors.New("route: a redirect server forwards nothing: it has no next hop"))
		}
		if _, err := sip.ParseURI(r.To); r.To == "" {
			errs = append(errs, errors.New("route: it is not said where to"))
		} else if err != nil {
			errs = append(errs, fmt.Errorf("route: %s is no URI", sip.Visible(r.To)))
		}
		if r.For == "" {
			errs = append(errs, errors.New("route: it is not said for whom"))
		} else if u, err := sip.ParseURI(r.For); (err != nil || !u.IsSIP()) && !isName(r.For) {
			errs = append(errs, fmt.Errorf("route: %s is neither an address-of-record nor a domain", sip.Visible(r.For)))
		}
	}
	return errors.Join(errs...)
}

// Redirect is the core of a redirect server (§8.3): "A redirect server does not
// issue any SIP requests of its own. After receiving a request other than
// CANCEL, the server either refuses the request or gathers the list of
// alternative locations from the location service and returns a final response
// of class 3xx."
type Redirect struct {
	settings RedirectSettings
	proxy    Proxy // whose table and location service it asks
}

// NewRedirect makes a redirect server. find may be nil: then no domain has a
// registrar.
func NewRedirect(s RedirectSettings, find Find) *Redirect {
	return &Redirect{settings: s, proxy: Proxy{settings: Settings{Domains: s.Domains}, find: find}}
}

// Handle implements core.Core. Of what the server does not understand nothing
// is refused: "Redirect servers MUST ignore features that are not understood
// (including unrecognized header fields, any unknown option tags in Require, or
// even method names) and proceed with the redirection of the request in
// question."
func (r *Redirect) Handle(ev *core.Event, env *core.Env, out []core.Effect) []core.Effect {
	if ev.Kind != core.Request || ev.Message.Method == sip.ACK {
		return out
	}
	t := &turn{Proxy: &r.proxy, ev: ev, env: env, out: out}
	m := ev.Message
	if m.Method == sip.CANCEL {
		// "For well-formed CANCEL requests, it SHOULD return a 2xx response."
		t.refuse(200, "RFC 3261 §8.3", "every request has its final response already: CANCEL changes nothing")
		return t.out
	}
	r.redirect(t, m)
	return t.out
}

func (r *Redirect) redirect(t *turn, m *sip.Message) {
	p := &r.proxy.ack
	p.begin(m)
	if !t.knowsScheme(m, p) {
		return
	}
	exists := r.gather(t, p)
	switch {
	case len(p.targets) > 0:
		t.moved(p, r.settings.Permanent)
	case exists:
		t.refuse(480, "RFC 3261 §21.4.18", "it is not known where "+sip.Visible(m.URI)+" is now")
	default:
		t.refuse(404, "RFC 3261 §8.3", sip.Visible(m.URI)+" is not known here")
	}
}

// gather finds the alternative locations. "redirect servers MUST NOT redirect a
// request to a URI equal to the one in the Request-URI".
func (r *Redirect) gather(t *turn, p *passage) (exists bool) {
	add := func(g target) {
		if u, err := sip.ParseURI(g.uri); err == nil && !u.Equal(p.uri) && !p.has(&u) {
			g.parsed = u
			p.targets = append(p.targets, g)
		}
	}
	aor := p.uri.AOR()
	for _, row := range r.settings.Routes {
		u, err := sip.ParseURI(row.For)
		if err == nil && u.AOR() == aor || sip.EqualFold(row.For, p.uri.Host) {
			exists = true
			add(target{uri: row.To, q: row.Q})
		}
	}
	if exists || t.find == nil || !t.settings.serves(p.uri.Host) {
		return exists
	}
	if registrar, _, ok := t.find(p.uri.Host); ok {
		exists = registrar.Knows(&p.uri)
		bindings := registrar.Location().Bindings(aor, t.ev.Now, nil)
		for i := range bindings {
			b := &bindings[i]
			g := target{uri: b.Contact, expires: b.Remaining(t.ev.Now)}
			if b.HasQ {
				g.q = b.Q
			}
			add(g)
		}
	}
	return exists
}

// moved answers with the targets: "it populates the list of (one or more)
// alternative locations into the Contact header field. An "expires" parameter to
// the Contact header field values may also be supplied".
func (t *turn) moved(p *passage, permanent bool) {
	const section = "RFC 3261 §8.3"
	status := 302
	if permanent {
		status = 301
	}
	r := t.refuse(status, section, "it is elsewhere")
	for i := range p.targets {
		g := &p.targets[i]
		contact := sip.NameAddr{URI: g.uri}
		if g.q > 0 {
			contact.Params = contact.Params.With("q", qText(g.q))
		}
		if g.expires > 0 {
			contact.Params = contact.Params.With("expires", strconv.Itoa(g.expires))
		}
		r.Add(sip.NameContact, contact.String(), sip.Rule(section))
	}
}

// qText is a preference as a qvalue (§25.1).
func qText(thousandths int) string {
	if thousandths >= 1000 {
		return "1"
	}
	digits := strconv.Itoa(1000 + thousandths)
	for digits[len(digits)-1] == '0' {
		digits = digits[:len(digits)-1]
	}
	return "0." + digits[1:]
}
