package netem

import "time"

// Wake asks for an event at a time, or now if that is past. Token comes back
// in the event.
func (n *Network) Wake(at time.Duration, token uint64) Handle {
	return n.queue.Push(max(at, n.now), entry{token: token})
}

// Stop takes a wake back; false if it has been already or was taken back.
func (n *Network) Stop(h Handle) bool { return n.queue.Stop(h) }

// Pending is the time of the next event; false if there is none.
func (n *Network) Pending() (at time.Duration, ok bool) {
	if n.hasNews() {
		return n.now, true
	}
	return n.queue.Peek()
}

// Next takes the earliest event and moves the time to it; false if there is
// none. Of one time, what was asked for first comes first.
func (n *Network) Next() (Event, bool) {
	if n.shown != nil {
		n.release(n.shown)
		n.shown = nil
	}
	for {
		if ev, ok := n.news(); ok {
			return ev, true
		}
		at, e, ok := n.queue.Pop()
		if !ok {
			return Event{}, false
		}
		n.now = at
		switch e.parcel {
		case nil:
			return Event{Kind: Wake, At: at, Token: e.token}, true
		case &n.alarm:
			n.bySlot[e.token].expire()
		default:
			return n.arrive(at, e.parcel), true
		}
	}
}

// news is what connections have to tell or to send now.
func (n *Network) news() (Event, bool) {
	if n.tidings.len() > 0 {
		return n.tidings.pop(), true
	}
	if c := n.eager(); c != nil {
		return n.emit(c), true
	}
	return Event{}, false
}

func (n *Network) hasNews() bool { return n.tidings.len() > 0 || n.eager() != nil }

func (n *Network) arrive(at time.Duration, p *parcel) Event {
	n.shown = p
	n.counts.InFlight--
	p.link.queued--
	if to := &n.hosts[p.To]; to.down {
		n.counts.Lost++
		return Event{Kind: Lost, At: at, Packet: &p.Packet, Why: to.downWhy}
	}
	if p.Flags != 0 && p.Corrupted {
		n.counts.Lost++
		return Event{Kind: Lost, At: at, Packet: &p.Packet, Why: "the checksum of TCP is wrong"}
	}
	n.counts.Arrived++
	if p.Flags != 0 {
		return Event{Kind: Arrival, At: at, Packet: &p.Packet, Conn: n.deliver(&p.Packet)}
	}
	return Event{Kind: Arrival, At: at, Packet: &p.Packet}
}
