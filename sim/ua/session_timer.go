package ua

import (
	"time"

	"siplab/sim/sip"
	"siplab/sim/words"
)

// sessionTimer is how long the session of a dialog lasts unless it is refreshed,
// and who refreshes it (RFC 4028): "This state is associated with the dialog on
// which the session has been negotiated." (§7.2)
type sessionTimer struct {
	interval  time.Duration // 0: the session does not expire
	expires   time.Duration // when, on the clock of the run
	refreshes bool          // this side sends the refreshes
	least     time.Duration // the largest Min-SE of the dialog; 0: none has come
	updates   bool          // the far end allows UPDATE
	asked     time.Duration // Session-Expires of the last request of this side; 0: it had none
	alarm     alarm
}

// timerTag is the option-tag of RFC 4028.
const timerTag = "timer"

// The sections of the rules of session timers.
const (
	timerAnnounced = "RFC 4028 §7.1" // "in each request (except ACK)"
	timerAsked     = "RFC 4028 §7.4"
	timerGranted   = "RFC 4028 §9"
	timerRuns      = "RFC 4028 §10"
)

// intervalOf is the Session-Expires or Min-SE of a message, 0 for none.
func intervalOf(m *sip.Message, n sip.Name) (d time.Duration, params sip.Params) {
	value := m.Get(n)
	for i := range len(value) {
		if value[i] == ';' {
			value, params = value[:i], sip.Params(value[i:])
			break
		}
	}
	s, _ := sip.ParseSeconds(value)
	return time.Duration(s) * time.Second, params
}

// askTimer puts into the first INVITE what the phone wants of a session timer.
// least is the largest Min-SE of the 422 responses so far: "a UAC MUST insert
// the Min-SE header field into an INVITE request if it has ever received a 422
// response to a previous INVITE request with the same Call-ID" (§7.4).
func (p *Phone) askTimer(m *sip.Message, least time.Duration) (asked time.Duration) {
	s := &p.settings.SessionTimer
	min := max(s.Min, least)
	if min != 0 {
		m.Add(sip.NameMinSE, decimal(seconds(min)), minOrigin(s.Min >= least, "RFC 4028 §7.1"))
	}
	if s.Expires == 0 {
		return 0
	}
	asked = max(s.Expires, min)
	m.Add(sip.NameSessionExpires, sessionExpires(asked, s.Refresher), minOrigin(asked == s.Expires, "RFC 4028 §7.1"))
	return asked
}

// minOrigin is where such a value comes from: a setting, or what a rule makes of
// what others said.
func minOrigin(own bool, ref string) sip.Origin {
	if own {
		return sip.Setting("session timer")
	}
	return sip.Rule(ref)
}

func sessionExpires(d time.Duration, refresher string) string {
	value := decimal(seconds(d))
	if refresher != "" {
		value += ";refresher=" + refresher
	}
	return value
}

// keepTimer puts into a re-INVITE or UPDATE what the session timer of its dialog
// has come to: "it SHOULD be equal to the maximum of the Min-SE header field
// [...] and the current session interval", and "the refresher parameter be set to
// 'uac' if the element sending the request is currently performing refreshes,
// and to 'uas' if its peer is" (§7.4).
func (l *leg) keepTimer(m *sip.Message) {
	s := &l.timer
	s.asked = 0
	if !l.phone.settings.SessionTimer.known() {
		return
	}
	if s.least != 0 {
		m.Add(sip.NameMinSE, decimal(seconds(s.least)), sip.Rule(timerAsked))
	}
	if s.interval == 0 {
		return
	}
	s.asked = max(s.interval, s.least)
	refresher := uas
	if s.refreshes {
		refresher = uac
	}
	m.Add(sip.NameSessionExpires, sessionExpires(s.asked, refresher), sip.Rule(timerAsked))
}

// tooShort says whether a request asks for a session that this phone finds too
// short: "If an incoming request contains a Supported header field with a value
// 'timer' and a Session Expires header field, the UAS MAY reject the INVITE
// request with a 422 (Session Interval Too Small) response if the session
// interval in the Session-Expires header field is smaller than the minimum
// interval defined by the UAS' local policy." (§9)
func (p *Phone) tooShort(m *sip.Message) bool {
	asked, _ := intervalOf(m, sip.NameSessionExpires)
	s := &p.settings.SessionTimer
	return s.known() && m.Has(sip.NameSessionExpires) && asked < s.least() && knows(m, timerTag)
}

// leastField is the Min-SE of a 422: it "MUST contain a Min-SE header field with
// the minimum timer for that server." (§6)
func (p *Phone) leastField() field {
	return field{sip.NameMinSE, decimal(seconds(p.settings.SessionTimer.least()))}
}

// refuseShort answers a re-INVITE or UPDATE that asks for too short a session.
func (l *leg) refuseShort(t *turn, req *sip.Message) bool {
	if !l.phone.tooShort(req) {
		return false
	}
	m := l.respond(t, req, 422)
	f := l.phone.leastField()
	m.Add(f.name, f.value, sip.Rule("RFC 4028 §6"))
	t.note("answers "+req.Method+" with "+sip.Reason(422), timerGranted)
	l.answer(t, t.ev.Txn, m, 0)
	return true
}

// grant puts into the 2xx to an INVITE or UPDATE what this side makes of the
// session timer, and starts it.
func (l *leg) grant(t *turn, req, resp *sip.Message) {
	set := &l.phone.settings.SessionTimer
	if !set.known() {
		return
	}
	l.timer.learn(req)
	interval, params := intervalOf(req, sip.NameSessionExpires)
	supported := knows(req, timerTag)
	interval = set.granted(interval, l.timer.least, supported)
	if interval == 0 {
		l.timerOff(t)
		return
	}
	refresher := set.chosen(params, supported)
	resp.Add(sip.NameSessionExpires, sessionExpires(interval, refresher), sip.Rule(timerGranted))
	if supported {
		// "If the refresher parameter [...] has a value of 'uac', the UAS MUST
		// place a Require header field into the response with the value 'timer'",
		// and where it is uas, it SHOULD.
		resp.Add(sip.NameRequire, timerTag, sip.Rule(timerGranted))
	}
	l.timerRuns(t, interval, refresher == uas)
}

// granted is the interval that this side agrees to: "The UAS response MAY reduce
// its value but MUST NOT set it to a duration lower than the value in the Min-SE
// header field in the request, if it is present; otherwise [...] lower than 90
// seconds. The UAS MUST NOT increase the value" (§9). Where the request has none,
// this side may ask for one.
func (s *SessionTimer) granted(asked, least time.Duration, supported bool) time.Duration {
	own := max(s.Expires, least, LeastInterval)
	switch {
	case s.Expires == 0:
		return asked
	case asked != 0:
		return min(asked, own)
	case supported:
		return own
	}
	return 0
}

// chosen is who refreshes, by Table 2 of §9.
func (s *SessionTimer) chosen(asked sip.Params, supported bool) string {
	said, _ := asked.Get("refresher")
	switch {
	case !supported:
		return uas
	case sip.EqualFold(said, uac):
		return uac
	case sip.EqualFold(said, uas):
		return uas
	case s.Refresher != "":
		return s.Refresher
	}
	return uac
}

// learn notes what a message of the far end says of the dialog: the largest
// Min-SE of a request counts (§7.4), and whether it allows UPDATE.
func (s *sessionTimer) learn(m *sip.Message) {
	if least, _ := intervalOf(m, sip.NameMinSE); least > s.least {
		s.least = least
	}
	for method := range m.Values(sip.NameAllow) {
		if method == sip.UPDATE {
			s.updates = true
		}
	}
}

// granted acts on the 2xx to an INVITE or UPDATE of this side, which had asked
// for asked: "The UAC remembers the session interval for a session as the value
// of the delta-time from the Session-Expires header field in the most recent 2xx
// response to a session refresh request on a dialog." Where neither the far end
// nor a proxy knows the extension, "the UAC follows the procedures defined in
// this specification as if the Session-Expires header field were in the 2xx
// response, and its value was the same as that in the request, but with a
// refresher parameter of 'uac'." (§7.2)
func (l *leg) granted(t *turn, m *sip.Message, asked time.Duration) {
	if !l.phone.settings.SessionTimer.known() {
		return
	}
	l.timer.learn(m)
	interval, params := intervalOf(m, sip.NameSessionExpires)
	who, _ := params.Get("refresher")
	switch {
	case interval != 0:
		l.timerRuns(t, interval, !sip.EqualFold(who, uas))
	case asked != 0 && !knows(m, timerTag):
		t.note("the far end knows no session timers: this side refreshes, for its own good", "RFC 4028 §7.2")
		l.timerRuns(t, asked, true)
	default:
		l.timerOff(t)
	}
}

// timerRuns starts the session interval. The refresher refreshes "once half the
// session interval has elapsed" (§7.2); the other side ends a session that is not
// refreshed "slightly before the session expiration. The minimum of 32 seconds
// and one third of the session interval is RECOMMENDED." (§10) What an UPDATE of
// an early dialog agrees on waits for the call: refreshes are "sent once the
// session is established" (§3).
func (l *leg) timerRuns(t *turn, interval time.Duration, refreshes bool) {
	s := &l.timer
	s.interval, s.refreshes, s.expires = interval, refreshes, t.ev.Now+interval
	switch {
	case l.call.talk != l:
	case refreshes:
		l.phone.start(t, &s.alarm, &refreshSession, interval/2, l.refresh)
	default:
		l.timerEnds(t)
	}
}

// timerEnds has the session end in time, unless a refresh comes before.
func (l *leg) timerEnds(t *turn) {
	s := &l.timer
	margin := min(32*time.Second, s.interval/3)
	l.phone.start(t, &s.alarm, &endOfSession, max(s.expires-t.ev.Now-margin, 0), func(t *turn) {
		t.note("the session was not refreshed in "+words.FormatDuration(s.interval), timerRuns)
		l.hangUp(t, "the session was not refreshed")
	})
}

// timerOff ends the session timer: "the session timer can be 'turned-off' in mid
// dialog by receiving a response without a Session-Expires header field." (§7.2)
func (l *leg) timerOff(t *turn) {
	l.phone.stop(t, &l.timer.alarm)
	l.timer.interval = 0
}

// refresh sends the refresh: "It is RECOMMENDED that the UPDATE request not
// contain an offer [4], but a re-INVITE SHOULD contain one, even if the details
// of the session have not changed." (§7.4) A change of the session that waits
// anyway refreshes it too.
func (l *leg) refresh(t *turn) {
	l.timerEnds(t) // unless this one is answered
	if len(l.wants) > 0 {
		l.proceed(t)
		return
	}
	c := change{what: refresh, method: l.phone.settings.SessionTimer.By, unasked: true}
	if c.method == "" && l.timer.updates {
		c.method = sip.UPDATE
	} else if c.method == "" {
		c.method = sip.INVITE
	}
	c.bare = c.method == sip.UPDATE
	l.wants = append(l.wants, c)
	l.proceed(t)
}

// lengthen takes the Min-SE of a 422 to a re-INVITE or UPDATE into the next try,
// which follows at once.
func (l *leg) lengthen(t *turn, m *sip.Message) bool {
	least, ok := longer(m, l.timer.asked)
	if !ok || l.timer.asked == 0 {
		return false
	}
	l.timer.least, l.busy = least, false
	l.proceed(t)
	return true
}

// announce says that the phone knows the extension: it "MUST include a Supported
// header field in each request (except ACK), listing the option tag 'timer'"
// (§7.1).
func (p *Phone) announce(m *sip.Message) {
	if p.settings.SessionTimer.known() {
		m.Add(sip.NameSupported, p.self.supported, sip.Rule(timerAnnounced))
	}
}

// longer takes the Min-SE of a 422 (§7.3). False: it asks for no more than what
// was sent, "the UAC SHOULD NOT continuously retry the request if the server
// indicates the same error response." (§10)
func longer(m *sip.Message, sent time.Duration) (least time.Duration, ok bool) {
	if m == nil {
		return 0, false
	}
	least, _ = intervalOf(m, sip.NameMinSE)
	return least, least > sent
}
