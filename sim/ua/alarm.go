package ua

import "time"

// alarm is one timer of a call: what it is called in the trace, and what the
// phone does when it goes off. The zero alarm does not run.
type alarm struct {
	name string
	key  int32
	do   func(t *turn)
}

// start sets the alarm, anew if it runs. Call timers keep a run going; ref is
// the section that asks for the wait.
func (p *Phone) start(t *turn, a *alarm, name string, after time.Duration, ref string, do func(t *turn)) {
	p.set(t, a, name, after, false, ref, do)
}

// startIdle is for a wait that may last for ever: it alone keeps no run going.
func (p *Phone) startIdle(t *turn, a *alarm, name string, after time.Duration, ref string, do func(t *turn)) {
	p.set(t, a, name, after, true, ref, do)
}

func (p *Phone) set(t *turn, a *alarm, name string, after time.Duration, idle bool, ref string, do func(t *turn)) {
	p.stop(t, a)
	*a = alarm{name: name, key: p.number(), do: do}
	p.alarms[a.key] = a
	t.wait(name, a.key, after, idle, ref)
}

func (p *Phone) stop(t *turn, a *alarm) {
	if a.key == 0 {
		return
	}
	delete(p.alarms, a.key)
	t.unwait(a.name, a.key)
	*a = alarm{}
}

// wake does what the alarm of this turn was set for.
func (p *Phone) wake(t *turn) {
	a := p.alarms[t.ev.Key]
	if a == nil {
		return
	}
	delete(p.alarms, t.ev.Key)
	do := a.do
	*a = alarm{}
	do(t)
}
