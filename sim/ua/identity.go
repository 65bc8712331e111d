package ua

import (
	"net/netip"
	"strings"

	"siplab/sim/auth"
	"siplab/sim/core"
	"siplab/sim/offer"
	"siplab/sim/sip"
)

// identity is what a phone says of itself, worked out once: nearly every
// message has a part of it.
type identity struct {
	user        string // of its address-of-record, as written
	contactUser string
	nameAddr    string   // its From value, without a tag
	registrar   string   // the Request-URI of its REGISTERs
	route       string   // the Route to its outbound proxy; "" without one
	realm       string   // of its outbound proxy; "" where it does not know
	extensions  []string // the option-tags that it supports
	supported   string   // the same as Supported has them
	streams     []offer.Stream
	account     auth.Client // its user and password, and what its outbound proxy has asked

	// What needs the host's address is empty before the first event.

	at           netip.AddrPort
	host         string // of its Call-IDs
	contact      string // the URI where it can be reached
	contactValue string // its Contact value
}

func identityOf(s *Settings) identity {
	route := ""
	if s.Outbound != "" {
		route = "<" + s.Outbound + ">"
	}
	extensions := s.extensions()
	return identity{
		extensions: extensions, supported: strings.Join(extensions, ", "),
		streams: s.streams(),
		route:   route, realm: s.OutboundRealm,
		user: s.aorUser(), contactUser: s.contactUser(), registrar: s.registrarURI(),
		nameAddr: sip.NameAddr{Display: s.Display, URI: s.AOR}.String(),
		account:  auth.Client{Username: s.user(), Password: auth.Secret(s.Password), Realms: s.Credentials},
	}
}

// client is who answers challenges to the requests of a new Call-ID.
func (i *identity) client() auth.Client {
	c := auth.Client{Username: i.account.Username, Password: i.account.Password, Realms: i.account.Realms}
	share(&c, &i.account, i.realm)
	return c
}

// remember keeps what has satisfied the outbound proxy.
func (i *identity) remember(c *auth.Client) { share(&i.account, c, i.realm) }

func share(c, with *auth.Client, realm string) {
	if realm != "" {
		c.Share(with, realm)
	}
}

// locate fills in what the host's address decides, first and whenever that has
// changed: then a contact that the settings give moves too.
func (i *identity) locate(s *Settings, env *core.Env) {
	was := i.at
	i.at, i.host = env.Addr, env.Addr.Addr().String()
	if !was.IsValid() || s.Contact == "" {
		i.contact = s.contactURI(env.Addr.String())
		i.contactValue = "<" + i.contact + ">"
		return
	}
	i.contactValue = relocated(i.contactValue, was, env.Addr)
	i.contact = strings.Trim(i.contactValue, "<>")
}

// newFrom is a From value with a fresh tag.
func (i *identity) newFrom(t *turn) string {
	var room [128]byte
	b := append(append(room[:0], i.nameAddr...), ";tag="...)
	return string(t.env.AppendToken(b))
}

// newCallID makes a Call-ID. §8.1.1.4: "Use of cryptographically random
// identifiers (RFC 1750 [12]) in the generation of Call-IDs is RECOMMENDED."
func (i *identity) newCallID(t *turn) string {
	var room [64]byte
	b := t.env.AppendToken(t.env.AppendToken(room[:0]))
	return string(append(append(b, '@'), i.host...))
}

// isContact says whether a URI is the phone's own contact.
func (i *identity) isContact(uri string) bool {
	if uri == i.contact {
		return true
	}
	u, err := sip.ParseURI(uri)
	own, bad := sip.ParseURI(i.contact)
	return err == nil && bad == nil && u.Equal(own)
}
