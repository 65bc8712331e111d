package explore

import "siplab/sim/fault"

// node is a pattern of faults: that of its parent, with one move more. Its run
// is that of its parent up to the packet that the move is about, so that a
// search that goes from node to node takes each set of faults once.
type node struct {
	parent *node
	kind   fault.Kind
	at     int32       // the packet, by the order of sending
	opens  bool        // the fault may yet get an end: until which packet
	ends   *node       // the move that this one gives an end
	fault  fault.Fault // with the end, where ends is not nil
	seed   *uint64     // of a run that chance made: it has no moves
}

// probe says whether the run of a node only shows where its last fault may end:
// a packet held to the end is a lost one, and a copy that never comes is none.
func (n *node) probe() bool { return n.opens && n.kind != fault.Cut }

// faults appends the named faults of a pattern to an empty list, in the order of
// the packets.
func (n *node) faults(list []fault.Fault) []fault.Fault {
	for m := n; m != nil && m.parent != nil; m = m.parent {
		if m.ends == nil {
			list = append(list, n.closed(m))
		}
	}
	for i, k := 0, len(list)-1; i < k; i, k = i+1, k-1 {
		list[i], list[k] = list[k], list[i]
	}
	return list
}

// closed is the fault of a move of the pattern, with the end that a later move
// gave it.
func (n *node) closed(m *node) fault.Fault {
	for e := n; e != m; e = e.parent {
		if e.ends == m {
			return e.fault
		}
	}
	return m.fault
}

// open are the moves of the pattern that have no end yet, the last first.
func (n *node) open(into []*node) []*node {
	for m := n; m.parent != nil; m = m.parent {
		if m.opens && !n.ended(m) {
			into = append(into, m)
		}
	}
	return into
}

func (n *node) ended(m *node) bool {
	for e := n; e != m; e = e.parent {
		if e.ends == m {
			return true
		}
	}
	return false
}

// count is how many faults of a kind the pattern has, and how many of all.
func (n *node) count() (of [6]int, all int) {
	for m := n; m.parent != nil; m = m.parent {
		if m.ends == nil {
			of[m.kind]++
			all++
		}
	}
	return of, all
}

// size is how many faults the pattern has.
func (n *node) size() int {
	_, all := n.count()
	return all
}

// next are the moves after a node, in whose run these packets were sent.
func (s *search) next(n *node, sent []target) []*node {
	var room [8]*node
	open := n.open(room[:0])
	of, all := n.count()
	var list []*node
	for i := max(0, n.at); int(i) < len(sent); i++ {
		if (i > n.at || n.parent == nil) && all < s.bounds.Faults {
			list = s.meet(list, n, sent, i, &of)
		}
		for _, o := range open {
			if o.at < i && (i > n.at || n.ends == nil || o.at > n.ends.at) {
				list = s.end(list, n, o, sent, i)
			}
		}
	}
	return list
}

// meet adds what may befall packet i.
func (s *search) meet(list []*node, n *node, sent []target, i int32, of *[6]int) []*node {
	t := &sent[i]
	if t.spared != "" || !s.bounds.chooses(t) {
		return list
	}
	for _, kind := range []fault.Kind{fault.Lose, fault.Duplicate, fault.Hold, fault.Cut} {
		if of[kind] >= s.bounds.most(kind) || t.stream && kind != fault.Lose && kind != fault.Cut {
			continue
		}
		m := node{parent: n, kind: kind, at: i, fault: fault.Fault{Kind: kind, Packets: t.fault.Packets}}
		switch kind {
		case fault.Duplicate: // at once, or later
			list = append(list, &node{parent: n, kind: kind, at: i, fault: m.fault})
			m.opens, m.fault.Kind = true, fault.Duplicate
		case fault.Hold:
			m.opens, m.fault.Kind = true, fault.Lose
		case fault.Cut:
			if i > 0 && sameTime(sent, i) {
				continue // the cut would meet what went before, too
			}
			m.opens, m.fault = true, fault.Fault{Kind: fault.Cut, A: t.From, B: t.To, OneWay: true, From: t.Sent}
		}
		list = append(list, &m)
	}
	return list
}

// sameTime says whether something was sent before packet i at its time and on
// its way.
func sameTime(sent []target, i int32) bool {
	for k := i - 1; k >= 0 && sent[k].Sent == sent[i].Sent; k-- {
		if sent[k].From == sent[i].From && sent[k].To == sent[i].To {
			return true
		}
	}
	return false
}

// end adds the end of an open fault at packet i.
func (s *search) end(list []*node, n, open *node, sent []target, i int32) []*node {
	f := open.fault
	t := &sent[i]
	switch open.kind {
	case fault.Duplicate:
		if f.By = t.Sent - sent[open.at].Sent; f.By == 0 || sent[i-1].Sent == t.Sent && i-1 > open.at {
			return list // this is the copy that comes at once, or that of the packet before
		}
	case fault.Hold:
		if t.stream {
			return list
		}
		f.Kind, f.Release, f.Other = fault.Hold, fault.AfterSent, t.fault.Packets
	case fault.Cut:
		if !lasts(sent, open.at, i) {
			return list
		}
		f.Until = t.Sent
	}
	return append(list, &node{parent: n, kind: open.kind, at: i, ends: open, fault: f})
}

// lasts says whether a cut from packet from to packet until takes two packets at
// least, and ends where the next one of its way is sent: the cut that takes one
// packet is the loss of it.
func lasts(sent []target, from, until int32) bool {
	a, taken := &sent[from], 0
	for i := from; i < until; i++ {
		if sent[i].From != a.From || sent[i].To != a.To {
			continue
		}
		if taken++; sent[i].Sent == sent[until].Sent {
			return false
		}
	}
	return taken > 1 && sent[until].From == a.From && sent[until].To == a.To
}
