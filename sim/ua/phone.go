package ua

import (
	"siplab/sim/core"
	"siplab/sim/dialog"
	"siplab/sim/subscription"
)

// Phone is a user agent's core. Make it with New.
type Phone struct {
	settings Settings
	self     identity
	faults   faults
	turn     turn
	register registration

	lines    []*call
	dialogs  *dialog.Set
	legs     map[*dialog.Dialog]*leg
	requests map[int32]*request // on their way, by their Key
	alarms   map[int32]*alarm   // that run, by their Key
	served   serving
	outbox   outbox
	dialled  string // whom its human called last
	subs     *subscription.Table
	watches  []*watch          // at others
	forking  []*attempt        // that more notifiers may answer
	watchers []*watcher        // at this phone
	events   map[string]string // state that the human made known, by package
	avoids   avoids
	last     int32 // Key given last
	kept     int32 // number under which bytes were kept last
}

var _ core.Core = (*Phone)(nil)

// New makes a phone that has done nothing yet. The settings have passed
// Check.
func New(s Settings) *Phone {
	p := &Phone{
		settings: s, self: identityOf(&s), faults: bugs.Throw(s.Bugs), last: keyRegister,
		dialogs: dialog.NewSet(), legs: map[*dialog.Dialog]*leg{},
		subs: subscription.NewTable(), events: map[string]string{},
		requests: map[int32]*request{}, alarms: map[int32]*alarm{},
	}
	p.dialogs.Seen, p.subs.Seen = s.Seen, s.Seen
	p.register.init(p)
	return p
}

// String names the phone. Nothing secret is in it.
func (p *Phone) String() string { return p.settings.String() }

// GoString leaves the password out too.
func (p *Phone) GoString() string { return p.String() }

// Keys say whose a request or a timer of the phone is: the registration's, or
// that of one request or alarm.
const keyRegister int32 = 1

// number is a Key that nothing else has.
func (p *Phone) number() int32 {
	p.last++
	return p.last
}

// keep is a number to keep bytes under.
func (p *Phone) keep() int32 {
	p.kept++
	return p.kept
}

// Handle acts on one event.
func (p *Phone) Handle(ev *core.Event, env *core.Env, out []core.Effect) []core.Effect {
	if p.self.at != env.Addr {
		p.self.locate(&p.settings, env)
	}
	t := &p.turn
	*t = turn{ev: ev, env: env, out: out, avoids: &p.avoids}
	switch {
	case ev.Kind == core.Crash:
		p.crash(t)
	case ev.Kind == core.Human:
		p.act(t)
	case ev.Kind == core.Request:
		p.serve(t)
	case ev.Key == keyRegister:
		p.register.handle(t)
	case ev.Kind == core.Wake:
		p.wake(t)
	case ev.Key != 0:
		p.hear(t)
	case ev.Kind == core.Gone:
		p.servedGone(t)
	case ev.Kind == core.Confirmed:
		p.failureACKed(t, p.served.find(ev.Txn))
	}
	p.tellWatchers(t)
	return t.out
}
