package sim

import (
	"strings"
	"time"

	"siplab/sim/core"
	"siplab/sim/trace"
	"siplab/sim/transaction"
)

// Player decides for a played host: it is offered what the host's core would
// do about the event, and returns what is to be done instead.
type Player func(ev *core.Event, offered []core.Effect) []core.Effect

// Play gives the decisions of a host to a player; nil gives them back to its
// core. False: there is no such host.
func (w *World) Play(name string, p Player) bool {
	h := w.byName[name]
	if h == nil {
		return false
	}
	h.player = p
	return true
}

// handle brings an event to a host's core and does what the core wants done.
func (w *World) handle(h *host, ev core.Event, cause int32) {
	ev.Now = w.Now()
	from := len(w.lent)
	d := w.desk()
	d.event = ev
	d.effects = h.core.Handle(&d.event, &h.env, d.effects[:0])
	if h.player != nil {
		d.effects = h.player(&d.event, d.effects)
	}
	for i := range d.effects {
		w.do(h, &d.effects[i], cause)
	}
	w.settle(from)
	clear(d.effects)
	w.desks = append(w.desks, d)
}

// desk is the room that the handling of one event needs. Handling nests, so
// there are a few.
type desk struct {
	event   core.Event
	effects []core.Effect
}

func (w *World) desk() *desk {
	n := len(w.desks)
	if n == 0 {
		return new(desk)
	}
	d := w.desks[n-1]
	w.desks = w.desks[:n-1]
	return d
}

// do executes one effect of a core.
func (w *World) do(h *host, ef *core.Effect, cause int32) {
	switch ef.Kind {
	case core.Ask:
		w.ask(h, ef, cause)
	case core.Answer:
		w.answer(h, ef, cause)
	case core.Send:
		w.sendAlone(h, ef, cause)
	case core.Repeat:
		w.repeat(h, ef, cause)
	case core.Forget:
		delete(h.kept, ef.Keep)
	case core.Cancel:
		w.cancel(h, ef, cause)
	case core.Drop:
		w.abandon(h, ef, cause)
	case core.Wait:
		w.wait(h, ef, cause)
	case core.Unwait:
		w.unwait(h, wait{ef.Timer, ef.Key}, cause)
	case core.Reside:
		w.reside(h, ef, cause)
	default:
		w.record(h, ef, cause)
	}
}

// record notes the effects that nothing but the trace has to hear of.
func (w *World) record(h *host, ef *core.Effect, cause int32) {
	var e *trace.Event
	switch ef.Kind {
	case core.Say:
		e = w.event(trace.Tell, h.id, cause)
		e.Name, e.Code, e.Text, e.Ref = ef.What, int32(ef.Code), ef.Text, ef.Ref
	case core.Bind:
		e = w.event(trace.Bind, h.id, cause)
		e.Name, e.To, e.Op, e.Code = ef.AOR, ef.To, ef.Op, int32(ef.Expires/time.Second)
	case core.Media:
		e = w.event(trace.Media, h.id, cause)
		e.From, e.To, e.On, e.Op = h.name, w.hostAt(ef.To), ef.On, "on"
		if ef.On == "inactive" {
			e.Op = "off"
		}
	case core.Move:
		e = w.event(trace.State, h.id, cause)
		e.Name, e.ID, e.Dialog = ef.What, ef.Key, ef.Key
		e.From, e.To, e.On, e.Ref = ef.From, ef.To, ef.On, ef.Ref
	default:
		e = w.event(trace.Note, h.id, cause)
		e.Ref, e.Text = ef.Ref, ef.Text
	}
	w.emit(e)
}

// ask sends a request in a new client transaction.
func (w *World) ask(h *host, ef *core.Effect, cause int32) {
	m := ef.Message
	to := w.leave(h, ef)
	w.begin(w.newClient(h, m, to, ef.Key), m, cause)
}

// branch makes the branch of a new transaction. RFC 3261 §8.1.1.7: "The branch
// ID inserted by an element compliant with this specification MUST always
// begin with the characters "z9hG4bK"."
func branch(h *host) string {
	var room [16]byte
	return string(h.env.AppendToken(append(room[:0], "z9hG4bK"...)))
}

func (w *World) answer(h *host, ef *core.Effect, cause int32) {
	x := h.txns[ef.Txn]
	if x == nil {
		w.note(h.id, cause, "RFC 3261 §17.2", "a response was not sent: its transaction has ended")
		return
	}
	w.respond(x, ef.Message, cause)
	if ef.Keep != 0 && len(x.sent) > 0 {
		h.keep(ef.Keep, kept{packet: x.sent[len(x.sent)-1], txn: x.tx.ID})
	}
}

// abandon ends a transaction without a word.
func (w *World) abandon(h *host, ef *core.Effect, cause int32) {
	if x := h.txns[ef.Txn]; x != nil {
		var room [8]transaction.Effect
		w.carryOut(x, x.tx.Abandon(ef.Ref, room[:0]), nil, cause)
	}
}

func (w *World) wait(h *host, ef *core.Effect, cause int32) {
	key := wait{ef.Timer, ef.Key}
	w.unwait(h, key, cause)
	at := w.noteTimer("start", ef.Timer, h, nil, ef.After, ef.Ref, cause)
	t := timer{duty: coreDuty, idle: ef.Idle, host: h, name: ef.Timer, key: ef.Key, cause: at}
	h.waits[key] = w.start(t, w.Now()+ef.After)
}

func (w *World) unwait(h *host, key wait, cause int32) {
	slot, ok := h.waits[key]
	if !ok {
		return
	}
	delete(h.waits, key)
	t := w.stop(slot)
	w.noteTimer("stop", t.name, h, nil, 0, "", cause)
}

func (w *World) fireCore(t timer) {
	delete(t.host.waits, wait{t.name, t.key})
	at := w.noteTimer("fire", t.name, t.host, nil, 0, "", t.cause)
	w.firing = t.name
	w.handle(t.host, core.Event{Kind: core.Wake, Timer: t.name, Key: t.key}, at)
	w.firing = ""
}

// act lets a human do what an `at` statement says.
func (w *World) act(i int) {
	a := w.scenario.Acts[i]
	h := w.byName[a.Host]
	e := w.event(trace.Act, h.id, noCause)
	e.Name, e.Text = a.Verb, strings.Join(a.Args, " ")
	at := w.emit(e)
	if !w.power(h, a.Act, at) && !w.sends(h, a.Act, at) {
		w.handle(h, core.Event{Kind: core.Human, Act: a.Act}, at)
	}
}

// book is a human's phone book: the address-of-record of the phone of a name.
func (w *World) book(name string) string {
	if h := w.byName[name]; h != nil {
		return h.aor
	}
	return ""
}
