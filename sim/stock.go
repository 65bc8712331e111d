package sim

import (
	"siplab/sim/sip"
	"siplab/sim/transaction"
)

// stock is the memory of a World that is used again: within a run, and by the
// run after a Reset.
type stock struct {
	in       sip.Message
	spare    []*sip.Message
	lent     []*sip.Message
	out      []byte
	desks    []*desk
	problems []sip.Problem

	timers     []timer
	freeTimers []int32
	freeTxns   []*txn
	freeHosts  []*host
	flights    []flight
}

// again makes the stock ready for another run, which takes the place of that of
// these hosts.
func (s *stock) again(hosts []*host) {
	s.spare = append(s.spare, s.lent...)
	s.lent = s.lent[:0]
	clear(s.timers)
	s.timers, s.freeTimers = s.timers[:0], s.freeTimers[:0]
	s.freeHosts = append(s.freeHosts, hosts...)
	clear(s.flights)
	s.flights = s.flights[:0]
}

// newHost is a host without a name.
func (s *stock) newHost(timing transaction.Timing, bugs []*transaction.Bug) *host {
	n := len(s.freeHosts)
	if n == 0 {
		return &host{
			table: transaction.NewTable(timing, bugs...),
			txns:  make(map[int32]*txn),
			waits: make(map[wait]int32),
		}
	}
	h := s.freeHosts[n-1]
	s.freeHosts = s.freeHosts[:n-1]
	h.table.Reset(timing, bugs...)
	clear(h.txns)
	clear(h.waits)
	clear(h.kept)
	*h = host{table: h.table, txns: h.txns, waits: h.waits, kept: h.kept}
	return h
}
