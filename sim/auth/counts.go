package auth

import "time"

// counts is the table of nonces in use: of each the highest nonce count that
// was accepted. Its memory is bounded. Where a nonce must leave the table to
// make room, floor rises to the time when it was made: of the nonces made up
// to then, only those in the table are known not to be a replay.
type counts struct {
	most  int
	used  map[nonceID]use
	queue []nonceID // in order of first use; those before head have left
	head  int
	floor time.Duration
	full  bool // floor counts
}

// use is what is kept of a nonce.
type use struct {
	count  uint32
	cnonce string // the first, for A1 of a -sess algorithm; else ""
}

// get gives what is known of a nonce. ok is false for a nonce that may have
// been used and forgotten.
func (t *counts) get(id nonceID) (u use, ok bool) {
	if u, ok = t.used[id]; ok {
		return u, true
	}
	return use{}, !t.full || id.made > t.floor
}

// set notes a use, after those nonces have left that were made before oldest.
func (t *counts) set(id nonceID, u use, oldest time.Duration) {
	if _, known := t.used[id]; !known {
		t.leave(oldest)
		if t.used == nil {
			t.used = make(map[nonceID]use)
		}
		t.queue = append(t.queue, id)
	}
	t.used[id] = u
}

// leave makes room for one nonce.
func (t *counts) leave(oldest time.Duration) {
	for t.head < len(t.queue) && t.queue[t.head].made < oldest {
		t.drop()
	}
	for len(t.queue)-t.head >= t.most {
		t.full, t.floor = true, max(t.floor, t.queue[t.head].made)
		t.drop()
	}
	if t.head > len(t.queue)/2 {
		t.queue = t.queue[:copy(t.queue, t.queue[t.head:])]
		t.head = 0
	}
}

func (t *counts) drop() {
	delete(t.used, t.queue[t.head])
	t.head++
}
