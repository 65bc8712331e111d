package law

import (
	"maps"

	"siplab/sim/sip"
	"siplab/sim/trace"
)

// challenge is §22.2, "The WWW-Authenticate response-header field MUST be
// included in 401 (Unauthorized) response messages.", §22.3, which has the same
// of a 407, and Table 3, by which a challenge stands in responses alone.
var challenge = Law{
	ID:      "challenge",
	Text:    "a 401 and a 407 say what they ask for, and no request has a challenge in it",
	Section: "RFC 3261 §20.27, §20.44, §22.2, §22.3, Table 3",
	watch:   func() any { return challengeWatch{} },
}

type challengeWatch struct{}

func (challengeWatch) read(e *trace.Event, l *letter, law *tally) {
	for i, a := range answering {
		switch status := [...]int{401, 407}[i]; {
		case l.answers(e) && l.from == nil && l.Status == status:
			if law.met(); !l.Has(a.challenge) {
				law.broken(e.I, "a %d has no %s", status, a.challenge)
			}
		case l.asks(e) && e.Packet.Again == "" && l.Has(a.challenge):
			law.met()
			law.broken(e.I, "a %s has the %s of a %d", l.Method, a.challenge, status)
		}
	}
}

// rejected is §22.1: "A UAC MUST NOT re-attempt requests with the credentials
// that have just been rejected (though the request may be retried if the nonce
// was stale)."
var rejected = Law{
	ID:      "rejected",
	Text:    "credentials that one realm has refused twice, and not as stale, in requests of one Call-ID are not sent again in such a request until the user does something",
	Section: "RFC 3261 §22.1",
	watch:   func() any { return &rejectedWatch{times: map[refusal]int{}} },
}

// refusal is whose credentials a realm has refused, and in which requests: each
// that is under way at once is tried with them for itself.
type refusal struct {
	challenger
	callID string
}

// rejectedWatch counts the refusals in a row.
type rejectedWatch struct{ times map[refusal]int }

func (w *rejectedWatch) event(e *trace.Event, _ *tally) {
	if e.Kind == trace.Act {
		maps.DeleteFunc(w.times, func(r refusal, _ int) bool { return r.host == e.Host })
	}
}

func (w *rejectedWatch) read(e *trace.Event, l *letter, law *tally) {
	switch {
	case e.Kind == trace.Arrive && l.bound && l.by != isProxy && l.of != nil && !l.of.server && l.Status >= 200:
		w.judged(e, l, law)
	case l.asks(e) && e.Packet.Again == "" && l.Method != sip.ACK && l.Method != sip.CANCEL:
		for _, a := range answering {
			for value := range l.Values(a.answer) {
				if realm, ok := realmOf(value); ok && w.times[refusal{challenger{e.Host, a.answer, realm}, l.CallID()}] >= 2 {
					law.broken(e.I, "a %s has credentials for %q, which has refused them twice", l.Method, realm)
				}
			}
		}
	}
}

// judged notes what a response says of the credentials of its request.
func (w *rejectedWatch) judged(e *trace.Event, l *letter, law *tally) {
	for _, a := range answering {
		for value := range l.of.request.Values(a.answer) {
			realm, ok := realmOf(value)
			r := refusal{challenger{e.Host, a.answer, realm}, l.of.request.CallID()}
			switch {
			case !ok:
			case refuses(l, a.challenge, realm):
				if w.times[r]++; w.times[r] == 2 {
					law.met()
				}
			default:
				delete(w.times, r)
			}
		}
	}
}

// refuses says whether a response asks a realm's question again, and not
// because the nonce was old.
func refuses(l *letter, field sip.Name, realm string) bool {
	for value := range l.Values(field) {
		a, err := sip.ParseAuth(value)
		if err != nil {
			continue
		}
		asks, _ := a.Lookup("realm")
		stale, _ := a.Lookup("stale")
		if asks == realm && !sip.EqualFold(stale, "true") {
			return true
		}
	}
	return false
}
