package ua

import (
	"strconv"
	"strings"
	"time"

	"siplab/sim/core"
	"siplab/sim/sip"
	"siplab/sim/words"
)

func (r *registration) start(t *turn, timer *core.Timer, after time.Duration) {
	r.timers[timer.Name] = true
	t.wait(timer, keyRegister, after)
}

func (r *registration) stop(t *turn, timer *core.Timer) {
	if r.timers[timer.Name] {
		r.timers[timer.Name] = false
		t.unwait(timer.Name, keyRegister)
	}
}

func (r *registration) wake(t *turn, timer string) {
	r.timers[timer] = false
	switch timer {
	case refreshBinding.Name, retryBinding.Name:
		r.want(t, want{aim: add, expires: r.expires, refresh: true})
	case endOfBinding.Name:
		r.until = 0
		t.say(TellExpired, 0, "the binding was not refreshed in time", "RFC 3261 §10.2.4")
	}
}

// refreshBefore is how long before its expiry a binding is refreshed: the time
// in which a REGISTER is answered or gives up (Timer F), so that the last
// moment is still early enough.
func (r *registration) refreshBefore(t1 time.Duration) time.Duration {
	if r.settings.RefreshBefore > 0 {
		return r.settings.RefreshBefore
	}
	return 64 * t1
}

// refreshAfter is how long a binding of this interval is left alone. The RFC
// asks for a refresh "before the expiration interval has elapsed" and says no
// more; of a short interval at least half passes.
func refreshAfter(granted, before time.Duration) time.Duration {
	return granted - min(before, granted/2)
}

// failure is why a REGISTER came to nothing.
type failure struct {
	code  int // a time-out is a 408, a transport error a 503 (§8.1.3.1)
	text  string
	ref   string
	after time.Duration // Retry-After; 0 for none
}

func failureOf(m *sip.Message) failure {
	text := strconv.Itoa(m.Status)
	if m.Reason != "" {
		text += " " + m.Reason
	}
	return failure{m.Status, text, "RFC 3261 §21." + strconv.Itoa(m.Status/100), retryAfter(m)}
}

// retryAfter is "a positive integer number of seconds" (§20.33), which a
// comment and parameters may follow.
func retryAfter(m *sip.Message) time.Duration {
	value := m.Get(sip.NameRetryAfter)
	if end := strings.IndexAny(value, " \t(;"); end >= 0 {
		value = value[:end]
	}
	s, _ := sip.ParseSeconds(value)
	return time.Duration(s) * time.Second
}

// passes says whether the failure may be gone by itself after a while: the
// registrar was not reached, was not able, or says when to come back. Others
// would be the same again, as 403 says of itself: "Authorization will not
// help, and the request SHOULD NOT be repeated." (§21.4.4). An unknown 5xx is
// a 500 (§8.1.3.2).
func (f *failure) passes() bool {
	switch f.code {
	case 200, 408, 480:
		return true
	case 501, 505, 513:
		return f.after > 0
	}
	return f.after > 0 || f.code/100 == 5
}

// failed tells the user, and tries again later where that may help.
func (r *registration) failed(t *turn, f failure) {
	if r.now.aim != add || !f.passes() {
		t.say(TellFailed, f.code, f.text, f.ref)
		r.giveUp(t)
		return
	}
	r.failures++
	wait := max(f.after, backOff(r.failures, t.env))
	t.say(TellFailed, f.code, f.text+"; tries again in "+words.FormatDuration(wait), f.ref)
	r.start(t, &retryBinding, wait)
	r.giveUp(t)
}

// The back-off of RFC 5626 §4.5.
const (
	backOffBase = 30 * time.Second
	backOffMost = 1800 * time.Second
)

// backOff is how long to wait after so many failures in a row. RFC 3261
// §10.2.7 asks for "some reasonable time interval"; RFC 5626 §4.5 names one:
// "W = min (max-time, (base-time * (2 ^ consecutive-failures)))", of which a
// random half to whole is waited. It is drawn in milliseconds.
func backOff(failures int, env *core.Env) time.Duration {
	most := backOffMost
	if failures < 6 {
		most = min(most, backOffBase<<failures)
	}
	half := uint64(most / 2 / time.Millisecond)
	return most/2 + time.Duration(env.Chance.N(half+1))*time.Millisecond
}

// giveUp ends the request under way. A binding that is still there runs out.
func (r *registration) giveUp(t *turn) {
	if left := r.until - t.ev.Now; left > 0 && !r.timers[refreshBinding.Name] && !r.timers[endOfBinding.Name] {
		r.start(t, &endOfBinding, left)
	}
	r.done(t)
}
