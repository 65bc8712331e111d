package law

import (
	"siplab/sim/sip"
	"siplab/sim/trace"
)

// book keeps what a law notes of each call, by its Call-ID, for as long as
// something of the call goes on: a transaction, or a dialog that no BYE has
// ended. The zero book is ready.
type book[T any] struct {
	calls map[string]*page[T]
	of    map[txn]string // Call-ID of the transactions that run
}

type page[T any] struct {
	note             T
	running          int
	confirmed, ended bool
}

// note is what is noted of a call, begun if there is nothing yet.
func (b *book[T]) note(callID string) *T {
	if b.calls == nil {
		b.calls, b.of = map[string]*page[T]{}, map[txn]string{}
	}
	p := b.calls[callID]
	if p == nil {
		p = new(page[T])
		b.calls[callID] = p
	}
	return &p.note
}

// look is what is noted of a call, nil for nothing.
func (b *book[T]) look(callID string) *T {
	if p := b.calls[callID]; p != nil {
		return &p.note
	}
	return nil
}

// read counts the transactions of the calls that have a note.
func (b *book[T]) read(e *trace.Event, l *letter) {
	p := b.calls[l.CallID()]
	if p == nil {
		return
	}
	p.confirmed = p.confirmed || l.accepts()
	p.ended = p.ended || l.Method == sip.BYE
	if _, known := b.of[txnOf(e)]; e.Txn != 0 && !known {
		b.of[txnOf(e)] = l.CallID()
		p.running++
	}
}

// event lets go of a call with the last that goes on of it.
func (b *book[T]) event(e *trace.Event) {
	if e.Kind != trace.State || e.Txn == 0 || e.To != "Terminated" {
		return
	}
	callID, known := b.of[txnOf(e)]
	if !known {
		return
	}
	delete(b.of, txnOf(e))
	p := b.calls[callID]
	if p.running--; p.running == 0 && (!p.confirmed || p.ended) {
		delete(b.calls, callID)
	}
}
