package transaction

import (
	"siplab/sim/fsm"
	"siplab/sim/sip"
)

// Table holds the transactions of one host. Transactions that have ended are
// used again, so that a host at work allocates none.
type Table struct {
	Seen fsm.Probe // of the rows that they take; nil: nobody looks

	stack   *stack
	timing  Timing
	lengths fsm.Lengths
	clients index
	servers index
	free    *Tx
	live    int
	made    int32

	read, write sip.Message // for what a transaction builds itself
	out         []byte
}

// NewTable makes an empty table. Zero fields of timing are the defaults. The
// transactions have the bugs, of those that Bugs lists.
func NewTable(timing Timing, bugs ...*Bug) *Table {
	tb := &Table{clients: index{}, servers: index{}}
	tb.Reset(timing, bugs...)
	return tb
}

// Reset makes the table what NewTable makes, with the memory that it has. Its
// transactions are no longer anybody's.
func (tb *Table) Reset(timing Timing, bugs ...*Bug) {
	clear(tb.clients)
	clear(tb.servers)
	tb.stack, tb.timing = stackOf(bugs), timing.OrDefault()
	tb.lengths = tb.timing.lengths()
	tb.live, tb.made = 0, 0
}

// Live counts the transactions that have not ended.
func (tb *Table) Live() int { return tb.live }

// Client makes the client transaction of a request that is about to be sent: m
// as it will be, its topmost Via with the transaction's branch, and its bytes.
// An ACK has none (§17.1); its way is the transport's.
func (tb *Table) Client(m *sip.Message, bytes string, reliable bool) *Tx {
	via, _ := m.Via()
	t := tb.take(bytes, reliable)
	t.Kind = NonInviteClient
	if m.Method == sip.INVITE {
		t.Kind = InviteClient
	}
	t.Key = Key{Branch: via.Branch(), Method: m.Method}
	tb.clients.put(t)
	return t
}

// Server makes the server transaction of a request that has arrived, after the
// transport has seen to its topmost Via, with the bytes as they came. An ACK
// makes none (§17.2.2).
func (tb *Table) Server(m *sip.Message, bytes string, reliable bool) *Tx {
	t := tb.take(bytes, reliable)
	t.Kind = NonInviteServer
	if m.Method == sip.INVITE {
		t.Kind = InviteServer
	}
	var cookie bool
	t.Key, cookie = serverKey(m)
	t.via, t.uri = topVia(m), m.URI
	if !cookie {
		to := m.To()
		t.toTag = to.Tag()
	}
	tb.servers.put(t)
	return t
}

func (tb *Table) take(bytes string, reliable bool) *Tx {
	t := tb.free
	if t == nil {
		t = &Tx{}
	} else {
		tb.free, t.next = t.next, nil // Remove has emptied the rest
	}
	tb.live++
	tb.made++
	t.ID, t.table, t.Request, t.Reliable = tb.made, tb, bytes, reliable
	t.run.Reliable, t.run.Seen = reliable, tb.Seen
	return t
}

// index finds transactions by what is random in their Keys. Of one word there is
// a chain, the youngest first: an INVITE and its CANCEL have one branch.
type index map[string]*Tx

func (x index) put(t *Tx) {
	t.next = x[t.Key.word()]
	x[t.Key.word()] = t
}

// find is the first transaction of a Key in a chain, nil for none.
func (k *Key) find(t *Tx) *Tx {
	for t != nil && t.Key != *k {
		t = t.next
	}
	return t
}

func (x index) remove(t *Tx) {
	first := x[t.Key.word()]
	switch {
	case first != t:
		for first.next != t {
			first = first.next
		}
		first.next = t.next
	case t.next != nil:
		x[t.Key.word()] = t.next
	default:
		delete(x, t.Key.word())
	}
}

// MatchResponse finds the client transaction of a response (§17.1.3): the same
// branch in the topmost Via, and the method of its CSeq.
func (tb *Table) MatchResponse(m *sip.Message) *Tx {
	via, ok := m.Via()
	if !ok {
		return nil
	}
	k := Key{Branch: via.Branch(), Method: m.CSeq().Method}
	return k.find(tb.clients[k.word()])
}

// MatchRequest finds the server transaction that a request belongs to
// (§17.2.3): a repeated request its own, an ACK that of its INVITE, a CANCEL
// only that of a CANCEL.
func (tb *Table) MatchRequest(m *sip.Message) *Tx {
	k, cookie := serverKey(m)
	t := k.find(tb.servers[k.word()])
	for t != nil && !cookie && !t.same(m) {
		t = k.find(t.next)
	}
	return t
}

// Remove takes a transaction that has ended out of the table. It may be used
// again at once: let go of it.
func (tb *Table) Remove(t *Tx) {
	all := tb.servers
	if t.Kind.Client() {
		all = tb.clients
	}
	all.remove(t)
	*t = Tx{next: tb.free}
	tb.free = t
	tb.live--
}

// parsed reads bytes that this host has printed or read before.
func (tb *Table) parsed(bytes string, packet int32) *sip.Message {
	// What does not parse now did not parse then, and made no transaction.
	_ = tb.read.Parse(bytes)
	tb.read.Packet = packet
	return &tb.read
}

func (tb *Table) blank() *sip.Message {
	tb.write.Reset()
	return &tb.write
}

func (tb *Table) print(m *sip.Message) string {
	tb.out = m.AppendTo(tb.out[:0])
	return string(tb.out)
}

// answer keeps the response, and the tag that an ACK of an RFC 2543 element
// will carry.
func (t *Tx) answer(bytes string) {
	t.Response = bytes
	if t.Branch == "" {
		to := t.table.parsed(bytes, 0).To()
		t.ownTag = to.Tag()
	}
}
