package law

import (
	"siplab/sim/sip"
	"siplab/sim/trace"
)

// credentials is §22.3: "It is the UAC's responsibility to add the
// Proxy-Authorization header field value containing credentials for the realm of
// the proxy that has asked for authentication." Who tries them out on a realm
// that has not asked gives them away.
var credentials = Law{
	ID:      "credentials",
	Text:    "credentials are sent for a realm that has challenged this user agent, as a proxy or as a server, and for no other",
	Section: "RFC 3261 §22.1, §22.2, §22.3",
	watch:   func() any { return &credentialsWatch{asked: map[challenger]bool{}} },
}

// credentialsWatch keeps who has asked whom.
type credentialsWatch struct{ asked map[challenger]bool }

type challenger struct {
	host  trace.HostID
	field sip.Name // that answers it
	realm string
}

// answering are the fields that answer a challenge.
var answering = [...]struct{ challenge, answer sip.Name }{
	{sip.NameWWWAuthenticate, sip.NameAuthorization},
	{sip.NameProxyAuthenticate, sip.NameProxyAuthorization},
}

func (w *credentialsWatch) read(e *trace.Event, l *letter, law *tally) {
	switch {
	case e.Kind == trace.Arrive && (l.Status == 401 || l.Status == 407):
		for _, a := range answering {
			for value := range l.Values(a.challenge) {
				if realm, ok := realmOf(value); ok {
					w.asked[challenger{e.Host, a.answer, realm}] = true
				}
			}
		}
	case l.asks(e) && e.Packet.Again == "":
		for _, a := range answering {
			for value := range l.Values(a.answer) {
				realm, ok := realmOf(value)
				if !ok {
					continue
				}
				if law.met(); !w.asked[challenger{e.Host, a.answer, realm}] {
					law.broken(e.I, "a %s has credentials in %s for %q, which did not ask", l.Method, a.answer, realm)
				}
			}
		}
	}
}

func realmOf(value string) (string, bool) {
	a, err := sip.ParseAuth(value)
	if err != nil {
		return "", false
	}
	return a.Lookup("realm")
}
