package ua

import (
	"time"

	"siplab/sim/core"
	"siplab/sim/sip"
)

// turn is one event at work: what the phone knows, and what it wants done so
// far.
type turn struct {
	ev  *core.Event
	env *core.Env
	out []core.Effect
}

// ask sends a request in a transaction of its own.
func (t *turn) ask(key int32, m *sip.Message) {
	t.out = append(t.out, core.Effect{Kind: core.Ask, Key: key, Message: m})
}

// answer sends the response to the request of this turn.
func (t *turn) answer(m *sip.Message) {
	t.out = append(t.out, core.Effect{Kind: core.Answer, Txn: t.ev.Txn, Message: m})
}

// say tells the user.
func (t *turn) say(what string, code int, text, ref string) {
	t.out = append(t.out, core.Effect{Kind: core.Say, What: what, Code: code, Text: text, Ref: ref})
}

// note remarks on a decision and the rule that it rests on.
func (t *turn) note(text, ref string) {
	t.out = append(t.out, core.Effect{Kind: core.Note, Text: text, Ref: ref})
}

// upkeep starts a timer that alone keeps no run going.
func (t *turn) upkeep(name string, key int32, after time.Duration, ref string) {
	t.out = append(t.out, core.Effect{Kind: core.Wait, Timer: name, Key: key, After: after, Idle: true, Ref: ref})
}

func (t *turn) unwait(name string, key int32) {
	t.out = append(t.out, core.Effect{Kind: core.Unwait, Timer: name, Key: key})
}
