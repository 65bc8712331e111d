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
func (n *Network) Pending() (at time.Duration, ok bool) { return n.queue.Peek() }

// Next takes the earliest event and moves the time to it; false if there is
// none. Of one time, what was asked for first comes first.
func (n *Network) Next() (Event, bool) {
	if n.shown != nil {
		n.release(n.shown)
		n.shown = nil
	}
	at, e, ok := n.queue.Pop()
	if !ok {
		return Event{}, false
	}
	n.now = at
	if e.parcel == nil {
		return Event{Kind: Wake, At: at, Token: e.token}, true
	}
	return n.arrive(at, e.parcel), true
}

func (n *Network) arrive(at time.Duration, p *parcel) Event {
	n.shown = p
	n.counts.InFlight--
	p.link.queued--
	if to := &n.hosts[p.To]; to.down {
		n.counts.Lost++
		return Event{Kind: Lost, At: at, Packet: &p.Packet, Why: to.downWhy}
	}
	n.counts.Arrived++
	return Event{Kind: Arrival, At: at, Packet: &p.Packet}
}
