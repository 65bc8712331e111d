package ua

import (
	"strconv"
	"time"

	"siplab/sim/auth"
	"siplab/sim/core"
	"siplab/sim/sip"
)

// aim is what a REGISTER is for.
type aim uint8

const (
	add       aim = iota + 1 // §10.2.1, and §10.2.4 again
	remove                   // §10.2.2
	removeAll                // §10.2.2, Contact: *
	query                    // §10.2.3
	other                    // §10.2.1, a contact that is not the phone's own
)

// own says whether it is about the phone's own binding.
func (a aim) own() bool { return a != query && a != other }

// want is one thing to bring about at the registrar, by one REGISTER or by as
// many as its challenges need.
type want struct {
	aim     aim
	expires time.Duration // add; other: 0 leaves it to the registrar
	contact string        // other: the URI
	refresh bool          // by itself, not by a human
}

// registration is the phone's side of §10.2 with one registrar. It asks one
// thing at a time: "UAs MUST NOT send a new registration [...] until they have
// received a final response from the registrar for the previous one or the
// previous REGISTER request has timed out."
type registration struct {
	settings *Settings
	self     *identity
	faults   *faults
	client   auth.Client

	callID string
	cseq   uint32

	now   want
	busy  bool   // a REGISTER is on its way
	next  []want // what humans asked for meanwhile
	again string // the section by which this is a second try; "" for a first
	from  string
	sent  auth.Sent
	hops  hops

	minimum  time.Duration // the Min-Expires last heard
	raised   bool          // the request was tried again for it
	failures int           // in a row
	expires  time.Duration // what a refresh asks for
	until    time.Duration // when the binding expires; 0: there is none
	timers   map[string]bool
}

func (r *registration) init(p *Phone) {
	r.settings, r.self, r.faults = &p.settings, &p.self, &p.faults
	r.client = p.self.client()
	r.timers = make(map[string]bool)
}

// want brings w about, now or after what is under way. A refresh that is still
// to come would undo it.
func (r *registration) want(t *turn, w want) {
	if w.aim.own() {
		r.stop(t, &refreshBinding)
		r.stop(t, &retryBinding)
	}
	if r.busy {
		r.next = append(r.next, w)
		t.note("waits for the final response to the REGISTER before", "RFC 3261 §10.2")
		return
	}
	r.begin(t, w)
}

// begin sends a new request. What was still planned for the binding is off, as
// the request before may have planned it.
func (r *registration) begin(t *turn, w want) {
	r.now, r.busy, r.again, r.raised = w, true, "", false
	r.hops.forget()
	r.sent.Begin()
	switch w.aim {
	case add:
		r.expires = w.expires
	case remove, removeAll:
		r.until = 0
		r.stop(t, &endOfBinding)
	}
	if w.aim.own() {
		r.stop(t, &refreshBinding)
		r.stop(t, &retryBinding)
	}
	r.identify(t)
	r.send(t)
}

// identify chooses the Call-ID, once for all registrations, and the From tag,
// afresh for each request (§8.1.1.3, §10.2).
func (r *registration) identify(t *turn) {
	if r.callID == "" || r.faults.newCallID {
		r.callID = r.self.newCallID(t)
		r.cseq = 0
	}
	r.from = r.self.newFrom(t)
}

// done ends the request under way and takes up the next thing wanted.
func (r *registration) done(t *turn) {
	r.busy = false
	if len(r.next) == 0 {
		return
	}
	w := r.next[0]
	r.next = r.next[:copy(r.next, r.next[1:])]
	r.begin(t, w)
}

// send asks the registrar, with the next CSeq.
func (r *registration) send(t *turn) {
	r.cseq++
	m := t.env.New()
	r.build(t, m)
	r.hops.ask(t, keyRegister, m)
}

// resend tries the same request again, changed as ref asks: "This new request
// constitutes a new transaction and SHOULD have the same value of the Call-ID,
// To, and From of the previous request, but the CSeq should contain a new
// sequence number that is one higher than the previous." (§8.1.3.5)
func (r *registration) resend(t *turn, ref string) {
	r.again = ref
	r.send(t)
}

// build writes the REGISTER of §10.2. The Via is the transport's.
func (r *registration) build(t *turn, m *sip.Message) {
	m.Request(sip.REGISTER, r.self.registrar)
	m.Add(sip.NameMaxForwards, "70", sip.Rule("RFC 3261 §8.1.1.6"))
	addRoute(m, r.self.route)
	cseq := strconv.FormatUint(uint64(r.cseq), 10) + " " + sip.REGISTER
	from, callID, number := sip.Fresh("RFC 3261 §8.1.1.3"), r.callIDOrigin(), sip.Rule("RFC 3261 §10.2")
	if r.again != "" {
		from, callID, number = sip.Rule("RFC 3261 §8.1.3.5"), sip.Rule("RFC 3261 §8.1.3.5"), sip.Rule(r.again)
	}
	m.Add(sip.NameFrom, r.from, from)
	m.Add(sip.NameTo, r.self.nameAddr, sip.Setting("address-of-record"))
	m.Add(sip.NameCallID, r.callID, callID)
	m.Add(sip.NameCSeq, cseq, number)
	r.addContact(m)
	switch timer := r.settings.SessionTimer.known(); {
	case r.settings.Path && timer:
		m.Add(sip.NameSupported, "path, "+timerTag, sip.Rule("RFC 3327 §5.1"))
	case r.settings.Path:
		m.Add(sip.NameSupported, "path", sip.Rule("RFC 3327 §5.1"))
	case timer:
		m.Add(sip.NameSupported, timerTag, sip.Rule(timerAnnounced))
	}
	r.client.Authorize(m, &r.sent, t.env.Chance)
	if r.faults.echoChallenge {
		echoChallenge(m)
	}
}

func (r *registration) callIDOrigin() sip.Origin {
	if r.cseq == 1 {
		return sip.Fresh("RFC 3261 §8.1.1.4")
	}
	return sip.Rule("RFC 3261 §10.2.4")
}

// addContact says which binding is meant, and for how long.
func (r *registration) addContact(m *sip.Message) {
	switch r.now.aim {
	case add:
		m.Add(sip.NameContact, r.self.contactValue, r.settings.contactOrigin("RFC 3261 §10.2.1"))
		m.Add(sip.NameExpires, strconv.FormatUint(seconds(r.asked()), 10), r.expiresOrigin())
	case other:
		m.Add(sip.NameContact, "<"+r.now.contact+">", sip.Rule("RFC 3261 §10.2.1"))
		if r.now.expires > 0 {
			m.Add(sip.NameExpires, strconv.FormatUint(seconds(r.now.expires), 10), sip.Rule("RFC 3261 §10.2.1.1"))
		}
	case remove:
		m.Add(sip.NameContact, r.self.contactValue, r.settings.contactOrigin("RFC 3261 §10.2.1"))
		m.Add(sip.NameExpires, "0", sip.Rule("RFC 3261 §10.2.2"))
	case removeAll:
		m.Add(sip.NameContact, "*", sip.Rule("RFC 3261 §10.2.2"))
		m.Add(sip.NameExpires, "0", sip.Rule("RFC 3261 §10.2.2"))
	}
}

// asked is the interval to ask for: what is wanted, or what the registrar
// takes at least (§10.2.8).
func (r *registration) asked() time.Duration { return max(r.now.expires, r.minimum) }

func (r *registration) expiresOrigin() sip.Origin {
	if r.minimum > r.now.expires {
		return sip.Rule("RFC 3261 §10.2.8")
	}
	return sip.Setting("expires")
}

// echoChallenge is the bug of that name.
func echoChallenge(m *sip.Message) {
	if value := m.Get(sip.NameAuthorization); value != "" {
		m.Remove(sip.NameAuthorization)
		m.Add(sip.NameWWWAuthenticate, value, sip.Setting("bug echo-challenge"))
	}
}

// handle acts on what became of a REGISTER, and on the registration's timers.
func (r *registration) handle(t *turn) {
	if m := r.hops.next(t); m != nil {
		r.hops.send(t, keyRegister, m)
		return
	}
	switch t.ev.Kind {
	case core.Response:
		r.response(t, t.ev.Message)
	case core.Timeout:
		r.failed(t, failure{408, "no answer came", "RFC 3261 §8.1.3.1", 0})
	case core.TransportError:
		r.failed(t, failure{503, "the request could not be sent", "RFC 3261 §8.1.3.1", 0})
	case core.Wake:
		r.wake(t, t.ev.Timer)
	}
}
