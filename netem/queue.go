package netem

import (
	"math/bits"
	"time"
)

// Queue is a priority queue of entries by time; entries of one time come out
// in the order in which they went in. It is a 4-ary heap of small values over
// a slab of entries with a free list, and allocates nothing once it has grown
// to its size. The zero Queue is empty and ready.
type Queue[E any] struct {
	heap []node
	slab []slot[E]
	free []uint32 // slots of the slab that hold nothing
	seq  uint64
	dead int // nodes whose entry was stopped
}

// Handle names one entry of a Queue for as long as it waits there. The zero
// Handle names none, and a handle never comes to name another entry.
type Handle struct {
	seq  uint64
	slot uint32
}

type node struct {
	at   time.Duration
	seq  uint64
	slot uint32
}

// slot holds the entry that went in as number seq; seq 0 is a free slot.
type slot[E any] struct {
	seq   uint64
	entry E
}

const arity = 4

// before is 1 if a comes before b, else 0: the borrow of a subtraction. Which
// of four nodes is the earliest is random, and a branch on it would be
// mispredicted half the time.
func (a *node) before(b *node) int {
	const sign = 1 << 63 // turns the order of int64 into that of uint64
	_, borrow := bits.Sub64(a.seq, b.seq, 0)
	_, borrow = bits.Sub64(uint64(a.at)^sign, uint64(b.at)^sign, borrow)
	return int(borrow)
}

// Reset empties the queue and keeps its memory. No handle from before names an
// entry that comes.
func (q *Queue[E]) Reset() {
	clear(q.slab)
	q.heap, q.slab, q.free, q.dead = q.heap[:0], q.slab[:0], q.free[:0], 0
}

// Len is how many entries wait.
func (q *Queue[E]) Len() int { return len(q.heap) - q.dead }

// Push adds an entry.
func (q *Queue[E]) Push(at time.Duration, entry E) Handle {
	q.seq++
	i := q.take()
	q.slab[i] = slot[E]{q.seq, entry}
	q.heap = append(q.heap, node{})
	q.up(len(q.heap)-1, node{at, q.seq, i})
	return Handle{q.seq, i}
}

// take gives a free slot of the slab.
func (q *Queue[E]) take() uint32 {
	if n := len(q.free); n > 0 {
		i := q.free[n-1]
		q.free = q.free[:n-1]
		return i
	}
	q.slab = append(q.slab, slot[E]{})
	return uint32(len(q.slab) - 1)
}

// give empties a slot.
func (q *Queue[E]) give(i uint32) {
	q.slab[i] = slot[E]{}
	q.free = append(q.free, i)
}

// Stop takes an entry out; false if it has come out already or never was.
func (q *Queue[E]) Stop(h Handle) bool {
	if h.seq == 0 || int(h.slot) >= len(q.slab) || q.slab[h.slot].seq != h.seq {
		return false
	}
	q.give(h.slot)
	q.dead++
	if q.dead > 64 && q.dead > len(q.heap)/2 {
		q.bury()
	}
	return true
}

// Pop takes out the earliest entry.
func (q *Queue[E]) Pop() (at time.Duration, entry E, ok bool) {
	if !q.surface() {
		return 0, entry, false
	}
	top := q.heap[0]
	entry = q.slab[top.slot].entry
	q.give(top.slot)
	q.cut()
	return top.at, entry, true
}

// Peek is the time of the earliest entry.
func (q *Queue[E]) Peek() (at time.Duration, ok bool) {
	if !q.surface() {
		return 0, false
	}
	return q.heap[0].at, true
}

// surface drops stopped entries until a live one is at the top.
func (q *Queue[E]) surface() bool {
	for len(q.heap) > 0 {
		if q.live(&q.heap[0]) {
			return true
		}
		q.cut()
		q.dead--
	}
	return false
}

func (q *Queue[E]) live(n *node) bool { return q.slab[n.slot].seq == n.seq }

// cut removes the node at the top.
func (q *Queue[E]) cut() {
	last := len(q.heap) - 1
	n := q.heap[last]
	q.heap = q.heap[:last]
	if last > 0 {
		q.down(0, n)
	}
}

// bury drops every stopped node at once. Without it a timer that is started
// and stopped again and again would fill the heap before it surfaces.
func (q *Queue[E]) bury() {
	kept := q.heap[:0]
	for i := range q.heap {
		if q.live(&q.heap[i]) {
			kept = append(kept, q.heap[i])
		}
	}
	q.heap, q.dead = kept, 0
	for i := len(kept)/arity + 1; i >= 0; i-- {
		if i < len(kept) {
			q.down(i, kept[i])
		}
	}
}

// up puts n at i or nearer to the top.
func (q *Queue[E]) up(i int, n node) {
	h := q.heap
	for i > 0 {
		parent := (i - 1) / arity
		if n.before(&h[parent]) == 0 {
			break
		}
		h[i] = h[parent]
		i = parent
	}
	h[i] = n
}

// down puts n at i or further from the top.
func (q *Queue[E]) down(i int, n node) {
	h := q.heap
	for {
		first := i*arity + 1
		if first >= len(h) {
			break
		}
		least := first
		for c := first + 1; c < min(first+arity, len(h)); c++ {
			least += (c - least) * h[c].before(&h[least])
		}
		if h[least].before(&n) == 0 {
			break
		}
		h[i] = h[least]
		i = least
	}
	h[i] = n
}
