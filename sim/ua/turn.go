package ua

import (
	"time"

	"siplab/sim/core"
	"siplab/sim/sip"
)

// turn is one event at work: what the phone knows, and what it wants done so
// far.
//
// What can end at once, a request that leads to nobody, comes last of all that
// belongs together: its end is heard before the effects that follow it are
// executed.
type turn struct {
	ev     *core.Event
	env    *core.Env
	out    []core.Effect
	avoids *avoids // the phone's
	served *served // the server transaction of the request at work
}

// ask sends a request in a transaction of its own, to an address that its next
// hop has; the zero Hop where that leads to nobody.
func (t *turn) ask(key int32, m *sip.Message, to core.Hop) {
	t.out = append(t.out, core.Effect{Kind: core.Ask, Key: key, Message: m, Hop: to})
}

// answer sends the response to the request of this turn.
func (t *turn) answer(m *sip.Message) { t.answerTo(t.ev.Txn, m, 0) }

// answerTo sends a response in transaction txn; keep is what Repeat calls it
// by, 0 for a response that the transaction alone repeats.
func (t *turn) answerTo(txn int32, m *sip.Message, keep int32) {
	if s := t.served; s != nil && s.txn == txn && s.method == sip.INVITE {
		s.failed = m.Status >= 300
	}
	t.out = append(t.out, core.Effect{Kind: core.Answer, Txn: txn, Message: m, Keep: keep})
}

// send sends an ACK to a 2xx, which no transaction carries.
func (t *turn) send(m *sip.Message, keep int32) {
	t.out = append(t.out, core.Effect{Kind: core.Send, Message: m, Keep: keep})
}

// repeat sends what is kept once more, the same bytes.
func (t *turn) repeat(keep int32) {
	t.out = append(t.out, core.Effect{Kind: core.Repeat, Keep: keep})
}

func (t *turn) forget(keep int32) {
	t.out = append(t.out, core.Effect{Kind: core.Forget, Keep: keep})
}

// cancel sends the CANCEL of the INVITE that transaction txn sent; of the one
// that was asked under the key of, where nothing has come by it yet.
func (t *turn) cancel(txn, of, key int32) {
	t.out = append(t.out, core.Effect{Kind: core.Cancel, Txn: txn, Of: of, Key: key})
}

// drop ends a transaction without a word.
func (t *turn) drop(txn int32, ref string) {
	t.out = append(t.out, core.Effect{Kind: core.Drop, Txn: txn, Ref: ref})
}

// say tells the user.
func (t *turn) say(what string, code int, text, ref string) {
	t.out = append(t.out, core.Effect{Kind: core.Say, What: what, Code: code, Text: text, Ref: ref})
}

// note remarks on a decision and the rule that it rests on.
func (t *turn) note(text, ref string) {
	t.out = append(t.out, core.Effect{Kind: core.Note, Text: text, Ref: ref})
}

// media says how media may flow with the far end from now on.
func (t *turn) media(key int32, direction, to, ref string) {
	t.out = append(t.out, core.Effect{Kind: core.Media, Key: key, On: direction, To: to, Ref: ref})
}

// reside has the host be at another address.
func (t *turn) reside(to, ref string) {
	t.out = append(t.out, core.Effect{Kind: core.Reside, To: to, Ref: ref})
}

// wait starts a timer.
func (t *turn) wait(timer *core.Timer, key int32, after time.Duration) {
	t.out = append(t.out, timer.Wait(key, after))
}

func (t *turn) unwait(name string, key int32) {
	t.out = append(t.out, core.Effect{Kind: core.Unwait, Timer: name, Key: key})
}
