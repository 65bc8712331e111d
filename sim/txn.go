package sim

import (
	"fmt"
	"maps"
	"net/netip"
	"slices"

	"siplab/sim/core"
	"siplab/sim/sip"
	"siplab/sim/trace"
	"siplab/sim/transaction"
)

// txn is a transaction as the World keeps it: the machine, its timers in the
// queue, and what it has sent.
type txn struct {
	tx      *transaction.Tx
	host    *host
	key     int32          // the core's, of its ask
	way     way            // of its messages
	src     netip.AddrPort // server: where the request came from
	flaw    *sip.Problem   // server: why the request is refused; valid while it begins
	returns int            // server: how many addresses of the sent-by a response was tried at
	timers  []armed
	sent    []*trace.Packet // each message that it sent, in its first copy
}

// armed is one timer of a transaction that runs.
type armed struct {
	letter transaction.Timer
	slot   int32
}

// before is the packet that already carried these bytes, nil for none.
func (x *txn) before(raw string) *trace.Packet {
	if x == nil {
		return nil
	}
	for _, p := range x.sent {
		if p.Raw == raw {
			return p
		}
	}
	return nil
}

func (x *txn) remember(p *trace.Packet) {
	if x != nil && p.Again == "" {
		x.sent = append(x.sent, p)
	}
}

func (w *World) newTxn(h *host, tx *transaction.Tx, key int32, to way) *txn {
	var x *txn
	if n := len(w.freeTxns); n > 0 {
		x = w.freeTxns[n-1]
		w.freeTxns = w.freeTxns[:n-1]
	} else {
		x = new(txn)
	}
	x.tx, x.host, x.key = tx, h, key
	x.way = to
	if to.stream != nil {
		to.stream.users++
	}
	tx.Src, tx.Dst = h.addr, to.to
	tx.Core = x
	h.txns[tx.ID] = x
	return x
}

// newClient makes the client transaction of a request that has been printed to
// w.out.
func (w *World) newClient(h *host, m *sip.Message, to way, key int32) *txn {
	return w.newTxn(h, h.table.Client(m, string(w.out), to.by.Reliable()), key, to)
}

// newServer makes the server transaction of a request that has come.
func (w *World) newServer(h *host, m *sip.Message, in *inbound) *txn {
	via, readable := m.Via()
	to := in.back(via)
	if !readable { // it is owed a 400 all the same (RFC 4475 §3.1.2.1), and came from somewhere
		to.to = in.src
	}
	tx := h.table.Server(m, in.raw, to.by.Reliable())
	tx.Packet = m.Packet
	x := w.newTxn(h, tx, 0, to)
	x.src = in.src
	return x
}

// begin starts a transaction. m is the request: of a client, the one that goes
// out; of a server, the one that came.
func (w *World) begin(x *txn, m *sip.Message, cause int32) {
	var room [8]transaction.Effect
	w.carryOut(x, x.tx.Begin(room[:0]), m, cause)
}

// receive hands a message to the transaction that it matched.
func (w *World) receive(x *txn, m *sip.Message, cause int32) {
	var room [8]transaction.Effect
	w.carryOut(x, x.tx.Receive(m, room[:0]), m, cause)
}

// respond hands a core's response down to its server transaction.
func (w *World) respond(x *txn, m *sip.Message, cause int32) {
	var room [8]transaction.Effect
	l := w.letterOf(m, x.way)
	w.carryOut(x, x.tx.Respond(m.Status, l.raw, room[:0]), m, cause)
}

// fireTxn fires a transaction's timer.
func (w *World) fireTxn(t timer) {
	x := t.txn
	x.disarm(t.letter)
	at := w.noteTimer("fire", t.name, t.host, x, 0, "", t.cause)
	w.firing = t.name
	var room [8]transaction.Effect
	w.carryOut(x, x.tx.Fire(t.letter, room[:0]), nil, at)
	w.firing = ""
}

// carryOut does what a transaction wants done. Its user hears last, so that
// what it answers meets a machine that has made its move.
func (w *World) carryOut(x *txn, effects []transaction.Effect, m *sip.Message, cause int32) {
	sent, over := true, false
	for i := range effects {
		ef := &effects[i]
		if ef.Op == transaction.Send {
			sent = w.sendFor(x, ef, m, cause) && sent
		}
		over = over || ef.Op == transaction.End
		w.carry(x, ef, cause)
	}
	for i := range effects {
		switch ef := &effects[i]; {
		case ef.Op == transaction.Tell:
			w.tell(x, ef, m, cause)
		case ef.Op == transaction.Move && ef.To == transaction.Confirmed:
			w.handle(x.host, core.Event{Kind: core.Confirmed, Txn: x.tx.ID}, cause)
		}
	}
	switch {
	case over:
		w.over(x, cause)
	case !sent:
		var room [8]transaction.Effect
		w.carryOut(x, x.tx.TransportError(room[:0]), nil, cause)
	}
}

// over lets go of a transaction that has ended, and tells its core.
func (w *World) over(x *txn, cause int32) {
	h := x.host
	ev := core.Event{Kind: core.Gone, Txn: x.tx.ID, Key: x.key}
	w.remove(x)
	w.handle(h, ev, cause)
}

func (w *World) carry(x *txn, ef *transaction.Effect, cause int32) {
	switch ef.Op {
	case transaction.Start:
		w.arm(x, ef, cause)
	case transaction.Stop:
		w.unarm(x, ef.Timer, cause)
	case transaction.Move:
		e := w.event(trace.State, x.host.id, cause)
		e.Name, e.Txn, e.ID = x.tx.Kind.String(), x.tx.ID, x.tx.ID
		e.From, e.To = x.tx.StateName(ef.From), x.tx.StateName(ef.To)
		e.On, e.Ref = ef.On, ef.Ref
		w.emit(e)
	case transaction.Drop:
		e := w.event(trace.Note, x.host.id, cause)
		e.Txn, e.Ref, e.Text = x.tx.ID, ef.Ref, ef.On+": "+ef.Text
		w.emit(e)
	}
}

// sendFor sends what a transaction sends: what it was given, what it built, or
// once more what it sent before. It is false where that cannot be, which is a
// transport error (RFC 3261 §18.4).
func (w *World) sendFor(x *txn, ef *transaction.Effect, m *sip.Message, cause int32) bool {
	switch {
	case !x.tx.Dst.IsValid():
		w.note(x.host.id, cause, "RFC 3261 §18.4", "not sent: the way of this message leads to nobody")
		return false
	case len(ef.Bytes) > w.bounds.Message:
		w.note(x.host.id, cause, "RFC 3261 §18.4", fmt.Sprintf("not sent: %d bytes are over the bound of %d", len(ef.Bytes), w.bounds.Message))
		return false
	}
	var l letter
	if before := x.before(ef.Bytes); before != nil {
		l = letterAgain(before, x.way)
	} else {
		if ef.Message != nil {
			m = ef.Message
		}
		l = letterAs(m, ef.Bytes, x.way)
	}
	if w.send(x.host, x, &l, cause) == nil {
		w.note(x.host.id, cause, "RFC 3261 §18.4", "not sent: no connection can be opened")
		return false
	}
	return true
}

// tell tells the core what its transaction met.
func (w *World) tell(x *txn, ef *transaction.Effect, m *sip.Message, cause int32) {
	ev := core.Event{Txn: x.tx.ID, Key: x.key, Message: m}
	switch ef.Tell {
	case transaction.TellRequest:
		if x.flaw != nil {
			w.refuse(x, m, x.flaw, cause)
			return
		}
		ev.Kind, ev.Src = core.Request, x.src
	case transaction.TellResponse:
		ev.Kind = core.Response
	case transaction.TellTimeout:
		ev.Kind, ev.Message = core.Timeout, nil
	case transaction.TellTransportError:
		ev.Kind, ev.Message = core.TransportError, nil
	case transaction.TellNoACK:
		ev.Kind, ev.Message = core.NoACK, nil
	}
	w.handle(x.host, ev, cause)
}

// remove lets go of a transaction that has ended.
func (w *World) remove(x *txn) {
	for len(x.timers) > 0 {
		w.stop(x.timers[0].slot)
		x.timers = append(x.timers[:0], x.timers[1:]...)
	}
	x.use(nil)
	delete(x.host.txns, x.tx.ID)
	x.host.table.Remove(x.tx)
	clear(x.sent)
	*x = txn{timers: x.timers[:0], sent: x.sent[:0]}
	w.freeTxns = append(w.freeTxns, x)
}

func (w *World) arm(x *txn, ef *transaction.Effect, cause int32) {
	name := ef.Timer.String()
	at := w.noteTimer("start", name, x.host, x, ef.After, "", cause)
	t := timer{duty: txnDuty, letter: ef.Timer, host: x.host, txn: x, name: name, cause: at}
	x.timers = append(x.timers, armed{ef.Timer, w.start(t, w.Now()+ef.After)})
}

func (w *World) unarm(x *txn, letter transaction.Timer, cause int32) {
	slot, ok := x.disarm(letter)
	if !ok {
		return
	}
	t := w.stop(slot)
	w.noteTimer("stop", t.name, t.host, x, 0, "", cause)
}

// disarm forgets a timer that fires or is stopped.
func (x *txn) disarm(letter transaction.Timer) (slot int32, ok bool) {
	for i, a := range x.timers {
		if a.letter == letter {
			x.timers = append(x.timers[:i], x.timers[i+1:]...)
			return a.slot, true
		}
	}
	return 0, false
}

// askedAs is the client transaction of an ask, by the core's key; nil for none.
func (h *host) askedAs(key int32) *txn {
	for _, id := range slices.Sorted(maps.Keys(h.txns)) {
		if x := h.txns[id]; x.key == key && x.tx.Kind.Client() {
			return x
		}
	}
	return nil
}
