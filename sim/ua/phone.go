package ua

import (
	"siplab/sim/core"
)

// Phone is a user agent's core. Make it with New.
type Phone struct {
	settings Settings
	faults   faults
	turn     turn
	register registration
}

var _ core.Core = (*Phone)(nil)

// New makes a phone that has done nothing yet. The settings have passed
// Check.
func New(s Settings) *Phone {
	p := &Phone{settings: s, faults: faultsOf(s.Bugs)}
	p.register.init(p)
	return p
}

// String names the phone. Nothing secret is in it.
func (p *Phone) String() string { return p.settings.String() }

// GoString leaves the password out too.
func (p *Phone) GoString() string { return p.String() }

// Keys say whose a request or a timer of the phone is.
const keyRegister int32 = 1

// Handle acts on one event.
func (p *Phone) Handle(ev *core.Event, env *core.Env, out []core.Effect) []core.Effect {
	t := &p.turn
	*t = turn{ev: ev, env: env, out: out}
	switch ev.Kind {
	case core.Human:
		p.act(t)
	case core.Request:
		p.serve(t)
	default:
		if ev.Key == keyRegister {
			p.register.handle(t)
		}
	}
	return t.out
}
