package sim

import (
	"time"

	"siplab/netem"
	"siplab/sim/trace"
	"siplab/sim/transaction"
)

// duty says whose a timer is.
type duty uint8

const (
	txnDuty    duty = iota + 1 // a transaction's: A to M
	coreDuty                   // a core's own
	actDuty                    // a human acts
	faultDuty                  // a named fault begins or ends
	streamDuty                 // a connection is idle, or a message of it does not end
)

// timer is one entry in the network's queue that is not a packet. Its index
// in World.timers is the token that the queue carries.
type timer struct {
	duty   duty
	idle   bool // upkeep: keeps no run going
	letter transaction.Timer
	host   *host
	txn    *txn
	stream *stream
	name   string
	key    int32 // core: its Key; act, fault: index in the scenario
	cause  int32 // the event that started it
	due    time.Duration
	handle netem.Handle
}

// start puts t into the queue and returns its index.
func (w *World) start(t timer, due time.Duration) int32 {
	t.due = due
	slot := int32(len(w.timers))
	if n := len(w.freeTimers); n > 0 {
		slot = w.freeTimers[n-1]
		w.freeTimers = w.freeTimers[:n-1]
		w.timers[slot] = t
	} else {
		w.timers = append(w.timers, t)
	}
	w.timers[slot].handle = w.net.Wake(due, uint64(slot))
	if !t.idle {
		w.work++
	}
	return slot
}

// release gives the timer's slot back, after it fired or was stopped.
func (w *World) release(slot int32) timer {
	t := w.timers[slot]
	w.timers[slot] = timer{}
	w.freeTimers = append(w.freeTimers, slot)
	if !t.idle {
		w.work--
	}
	return t
}

// stop takes a timer out of the queue.
func (w *World) stop(slot int32) timer {
	w.net.Stop(w.timers[slot].handle)
	return w.release(slot)
}

// fire does what the timer was for.
func (w *World) fire(slot int32) {
	t := w.release(slot)
	switch t.duty {
	case txnDuty:
		w.fireTxn(t)
	case coreDuty:
		w.fireCore(t)
	case actDuty:
		w.act(int(t.key))
	case faultDuty:
		w.timedFault(int(t.key))
	case streamDuty:
		w.fireStream(t)
	}
}

// noteTimer records that a timer of a host was started, stopped or fired, and
// returns the event's index. x is the transaction whose it is, nil for a core's;
// ref is the section that a core rests it on: a machine's stands in its table.
func (w *World) noteTimer(op, name string, h *host, x *txn, after time.Duration, ref string, cause int32) int32 {
	e := w.event(trace.Timer, h.id, cause)
	e.Op, e.Name, e.After, e.Ref = op, name, after, ref
	if x != nil {
		e.Txn, e.ID = x.tx.ID, x.tx.ID
	}
	return w.emit(e)
}
