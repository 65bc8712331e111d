package ua

import (
	"strconv"
	"strings"
	"time"

	"siplab/sim/auth"
	"siplab/sim/sip"
)

// What a user is told about a registration.
const (
	TellRegistered   = "registered"
	TellUnregistered = "unregistered"
	TellBindings     = "bindings"
	TellFailed       = "registration failed"
	TellExpired      = "registration expired"
	TellPassword     = "password wanted"
)

// response acts on a response to the REGISTER.
func (r *registration) response(t *turn, m *sip.Message) {
	switch {
	case m.Status < 200:
	case m.Status < 300:
		r.client.Accepted(m, &r.sent)
		r.granted(t, m)
	case m.Status == 401, m.Status == 407:
		r.challenged(t, m)
	case m.Status == 423:
		r.client.Accepted(m, &r.sent) // a registrar looks at the interval after the credentials (§10.3)
		r.tooBrief(t, m)
	default:
		r.failed(t, failureOf(m))
	}
}

// granted acts on a 2xx: what was wanted is so.
func (r *registration) granted(t *turn, m *sip.Message) {
	switch r.now.aim {
	case add:
		r.bound(t, m)
		return
	case other:
		t.say(TellBindings, m.Status, r.list(m), "RFC 3261 §10.2.1")
	case query:
		t.say(TellBindings, m.Status, r.list(m), "RFC 3261 §10.2.3")
	default:
		r.failures = 0
		t.say(TellUnregistered, m.Status, r.list(m), "RFC 3261 §10.2.2")
	}
	r.done(t)
}

// bound reads from the list of the 200 how long the binding lasts, and sees to
// its refresh: "The UA compares each contact address to see if it created the
// contact address" (§10.2.4).
func (r *registration) bound(t *turn, m *sip.Message) {
	granted := r.lifetime(m)
	if granted == 0 {
		r.until = 0
		r.failed(t, failure{m.Status, "the registrar does not list this phone's contact", "RFC 3261 §10.3", 0})
		return
	}
	now := t.ev.Now
	known := r.until > now
	r.failures, r.until = 0, now+granted
	r.stop(t, &endOfBinding)
	if text := "for " + strconv.FormatUint(seconds(granted), 10) + " s"; known && r.now.refresh {
		t.note("the binding is refreshed "+text, "RFC 3261 §10.2.4")
	} else {
		t.say(TellRegistered, m.Status, r.self.contact+" "+text, "RFC 3261 §10.2.4")
	}
	r.start(t, &refreshBinding, refreshAfter(granted, r.refreshBefore(t.env.T1)))
	r.done(t)
}

// lifetime is how long the phone's own contact stays bound by this 200: "it
// updates the expiration time interval according to the expires parameter or,
// if absent, the Expires field value" (§10.2.4). It is 0 where the contact is
// not listed.
func (r *registration) lifetime(m *sip.Message) time.Duration {
	for value := range m.Values(sip.NameContact) {
		c, err := sip.ParseNameAddr(value)
		if err != nil {
			continue
		}
		if r.self.isContact(c.URI) {
			return r.expiresOf(m, &c)
		}
	}
	return 0
}

func (r *registration) expiresOf(m *sip.Message, c *sip.NameAddr) time.Duration {
	if value, ok := c.Params.Get("expires"); ok {
		return parseExpires(value)
	}
	if s, ok := m.Expires(); ok {
		return time.Duration(s) * time.Second
	}
	return r.asked()
}

// parseExpires reads delta-seconds: "Malformed values SHOULD be treated as
// equivalent to 3600", and those above 2**32-1 as 2**32-1 (§10.2).
func parseExpires(value string) time.Duration {
	s, ok := sip.ParseSeconds(value)
	if !ok {
		return DefaultExpires
	}
	return time.Duration(s) * time.Second
}

// list is the bindings of a 200 in words.
func (r *registration) list(m *sip.Message) string {
	var b strings.Builder
	for value := range m.Values(sip.NameContact) {
		c, err := sip.ParseNameAddr(value)
		if err != nil {
			continue
		}
		if b.Len() > 0 {
			b.WriteString(", ")
		}
		b.WriteString(c.URI + " for " + strconv.FormatUint(seconds(r.expiresOf(m, &c)), 10) + " s")
	}
	if b.Len() == 0 {
		return "no binding"
	}
	return b.String()
}

// challenged acts on a 401 or 407, as package auth finds it to be meant.
func (r *registration) challenged(t *turn, m *sip.Message) {
	f := r.client.Hear(m, &r.sent)
	row := f.Row()
	answer, does := row.Answer, row.Does
	if f.Meaning == auth.Refused && r.faults.neverStops {
		answer, does = true, "has the bug never-stops and answers again"
		r.sent.Begin()
		r.client.Hear(m, &r.sent)
	}
	t.note(strconv.Itoa(m.Status)+" to a request with "+row.Request+", "+row.Says+": "+row.Means+"; the phone "+does, row.Ref)
	if answer {
		r.resend(t, credentialsRef(m.Status))
		return
	}
	if f.Meaning == auth.NoPassword {
		t.say(TellPassword, m.Status, f.Realm+" wants a user and a password", row.Ref)
	} else {
		t.say(TellFailed, m.Status, refusal(m.Status, f), row.Ref)
	}
	r.giveUp(t)
}

// credentialsRef is the section by which a request is sent again with
// credentials.
func credentialsRef(status int) string {
	if status == 407 {
		return "RFC 3261 §22.3"
	}
	return "RFC 3261 §22.2"
}

// refusal says in words why a challenge ends the matter.
func refusal(status int, f auth.Finding) string {
	switch f.Meaning {
	case auth.NoChallenge:
		if status == 407 {
			return "the server is broken: its 407 has no Proxy-Authenticate"
		}
		return "the server is broken: its 401 has no WWW-Authenticate"
	case auth.Unanswerable:
		return "the server asks in a way that this phone does not know: " + f.Offered
	case auth.Endless:
		return "the server asked " + strconv.Itoa(auth.MaxAnswers) + " times in a row"
	}
	return "user or password for " + f.Realm + " refused"
}

// tooBrief acts on a 423: "it MAY retry the registration after making the
// expiration interval of all contact addresses in the REGISTER request equal
// to or greater than the expiration interval within the Min-Expires header
// field" (§10.2.8). It does so once for a request, and remembers the minimum.
func (r *registration) tooBrief(t *turn, m *sip.Message) {
	least := time.Duration(0)
	if value := m.Get(sip.NameMinExpires); value != "" {
		least = parseExpires(value)
	}
	switch {
	case r.now.aim == other:
		r.failed(t, failure{423, "the interval was too brief", "RFC 3261 §21.4.17", 0})
	case r.now.aim != add:
		r.failed(t, failure{423, "the interval was too brief for a removal", "RFC 3261 §10.3", 0})
	case least <= r.asked():
		r.failed(t, failure{423, "the interval was too brief, and no longer one is named", "RFC 3261 §21.4.17", 0})
	case r.raised:
		r.failed(t, failure{423, "the interval is too brief again", "RFC 3261 §10.2.8", 0})
	default:
		r.raised, r.minimum = true, least
		t.note("asks for "+strconv.FormatUint(seconds(least), 10)+" s, the least that the registrar takes", "RFC 3261 §10.2.8")
		r.resend(t, "RFC 3261 §10.2")
	}
}
