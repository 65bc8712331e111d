package ua

import (
	"time"

	"siplab/sim/core"
)

// alarm is one timer that runs: what it is called in the trace, and what the
// phone does when it goes off. The zero alarm does not run.
type alarm struct {
	name string
	key  int32
	do   func(t *turn)
}

// start sets the alarm, anew if it runs.
func (p *Phone) start(t *turn, a *alarm, timer *core.Timer, after time.Duration, do func(t *turn)) {
	p.stop(t, a)
	*a = alarm{name: timer.Name, key: p.number(), do: do}
	p.alarms[a.key] = a
	t.wait(timer, a.key, after)
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
