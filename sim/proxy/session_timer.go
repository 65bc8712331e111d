package proxy

import (
	"strconv"
	"strings"
	"time"

	"siplab/sim/sip"
)

// This file is the proxy's part in session timers (RFC 4028 §8). What it made
// of the request it works out again from the request when the response comes:
// "the proxy MUST remember that it is using a session timer, and also remember
// the value of the Session-Expires header field from the proxied request" (§8.1).

const (
	timerTag    = "timer"
	timerAsks   = "RFC 4028 §8.1"
	timerGrants = "RFC 4028 §8.2"

	maxInterval   = (1<<32 - 1) * time.Second
	leastInterval = 90 * time.Second // what Min-SE is where it is not there (§5)
)

// session is what a session refresh request says of its session timer.
type session struct {
	expires, min time.Duration // 0: not there
	params       sip.Params    // of Session-Expires
	supported    bool          // the UAC knows the extension
}

// timed says whether the proxy takes part in session timers, and whether a
// request of this method can have one.
func (s *Settings) timed(method string) bool {
	return (s.SessionExpires != 0 || s.MinSE != 0) && (method == sip.INVITE || method == sip.UPDATE)
}

func sessionOf(m *sip.Message) session {
	var s session
	s.expires, s.params = secondsOf(m.Get(sip.NameSessionExpires))
	s.min, _ = secondsOf(m.Get(sip.NameMinSE))
	for tag := range m.Values(sip.NameSupported) {
		s.supported = s.supported || sip.EqualFold(tag, timerTag)
	}
	return s
}

func secondsOf(value string) (time.Duration, sip.Params) {
	text, params := value, sip.Params("")
	if i := strings.IndexByte(value, ';'); i >= 0 {
		text, params = value[:i], sip.Params(value[i:])
	}
	n, _ := sip.ParseSeconds(strings.TrimSpace(text))
	return time.Duration(n) * time.Second, params
}

func seconds(d time.Duration) string { return strconv.FormatInt(int64(d/time.Second), 10) }

// refusesTimer answers a request for a session that is too short for this proxy
// with 422, where its UAC can make use of that: "When sending the 422 response,
// the proxy MUST include a Min-SE header field with the value of its minimum
// interval." (§8.1)
func (t *turn) refusesTimer(m *sip.Message) bool {
	if !t.settings.timed(m.Method) {
		return false
	}
	s := sessionOf(m)
	if !s.supported || s.expires == 0 || s.expires >= t.settings.MinSE {
		return false
	}
	r := t.refuse(422, timerAsks, "the session interval is too small")
	r.Add(sip.NameMinSE, seconds(t.settings.MinSE), sip.Rule(timerAsks))
	return true
}

// askTimer puts into the copy of a request what the proxy wants of the session
// timer.
func (t *turn) askTimer(m *sip.Message) {
	if !t.settings.timed(m.Method) {
		return
	}
	was := sessionOf(m)
	now := t.settings.session(was)
	if now.min != was.min {
		m.Set(sip.NameMinSE, seconds(now.min), sip.Rule(timerAsks))
	}
	if now.expires != was.expires {
		m.Set(sip.NameSessionExpires, seconds(now.expires)+string(was.params), sip.Setting("session-expires"))
	}
}

// session is what becomes of a session timer here. The proxy may lower it or ask
// for one, "but MUST NOT set it to a duration lower than the value in the Min-SE
// header field in the request". For a UAC that does not know the extension it
// raises Min-SE: "the proxy cannot usefully reject the request", and "MUST then
// increase the Session-Expires header field value to be equal to the value in
// the Min-SE header field" (§8.1).
func (s *Settings) session(was session) session {
	now := was
	if !was.supported && was.expires != 0 && was.expires < s.MinSE {
		now.min = max(was.min, s.MinSE)
	}
	least := max(now.min, leastInterval)
	switch want := max(s.SessionExpires, least); {
	case s.SessionExpires != 0 && (was.expires == 0 || was.expires > want):
		now.expires = want
	case was.expires != 0 && was.expires < least:
		now.expires = least
	}
	return now
}

// grantTimer completes a 2xx of a UAS that does not know the extension, where the
// UAC does: "This proxy MUST insert a Session-Expires header field into the
// response with the value it remembered from the forwarded request. It MUST set
// the value of the 'refresher' parameter to 'uac'." (§8.2)
func (t *turn) grantTimer(req, m *sip.Message) {
	if !t.settings.timed(req.Method) || m.Has(sip.NameSessionExpires) {
		return
	}
	s := t.settings.session(sessionOf(req))
	if !s.supported || s.expires == 0 {
		return
	}
	m.Add(sip.NameSessionExpires, seconds(s.expires)+";refresher=uac", sip.Rule(timerGrants))
	m.Add(sip.NameRequire, timerTag, sip.Rule(timerGrants))
}
