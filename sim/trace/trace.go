package trace

import (
	"net/netip"
	"slices"
	"time"
)

// Header is what is known of a run before it starts.
type Header struct {
	Title  string
	Seed   uint64
	Timers Timers
	Hosts  []Host // in the order of the ladder; a HostID is an index of it
	Links  []Link
	Net    string // the conditions of all other links
}

// Timers are the parameters of RFC 3261 Table 4 that the run used.
type Timers struct{ T1, T2, T4 time.Duration }

// Host is one element of the run.
type Host struct {
	Name  string
	Kind  string // phone, registrar, …
	Label string // what pictures call it; "": Name
	Addrs []netip.AddrPort
}

// Link is the way from host A to host B, with the conditions that the network
// put on it, in the words of package netem.
type Link struct{ A, B, Conditions string }

// End says when a run ended and why.
type End struct {
	At   time.Duration
	Why  string   // one of Quiet, Bound, Failed
	Text string   // which bound, what error; "" for Quiet, and where the scenario said how long
	Held []string // packets that were still held, in words
}

// The reasons for which a run ends.
const (
	Quiet  = "quiet" // nothing but upkeep was left to happen
	Bound  = "bound" // the run met a limit
	Failed = "error"
)

// Trace is a whole run.
type Trace struct {
	Header
	Events []Event
	End
}

// Observer is told what happens while it happens. What the pointers point to
// is valid during the call only; a Packet and a slice of Origins stay as they
// are and may be kept.
type Observer interface {
	Begin(*Header)
	Event(*Event)
	Finish(*End)
}

// HostName is the name of a host; "" for NoHost.
func (h *Header) HostName(id HostID) string {
	if id < 0 || int(id) >= len(h.Hosts) {
		return ""
	}
	return h.Hosts[id].Name
}

// HostNames are the names of the hosts, in their order.
func (h *Header) HostNames() []string {
	names := make([]string, len(h.Hosts))
	for i := range h.Hosts {
		names[i] = h.Hosts[i].Name
	}
	return names
}

// FindHost is the host of that name, NoHost where there is none.
func (h *Header) FindHost(name string) HostID {
	for i := range h.Hosts {
		if h.Hosts[i].Name == name {
			return HostID(i)
		}
	}
	return NoHost
}

// Event is the event with index i, nil where there is none. A trace that was
// read has holes where its reader did not know the kind.
func (t *Trace) Event(i int) *Event {
	if i >= 0 && i < len(t.Events) && int(t.Events[i].I) == i {
		return &t.Events[i]
	}
	at, found := slices.BinarySearchFunc(t.Events, i, func(e Event, i int) int { return int(e.I) - i })
	if !found {
		return nil
	}
	return &t.Events[at]
}

// Labels are those of the messages that were sent, in their order.
func (t *Trace) Labels() []string {
	var labels []string
	for i := range t.Events {
		if e := &t.Events[i]; e.Kind == Send && e.Packet != nil && e.Packet.Label != "" {
			labels = append(labels, e.Packet.Label)
		}
	}
	return labels
}

// ByLabel is the event that sent the message with that ladder label (F3), nil
// where there is none.
func (t *Trace) ByLabel(label string) *Event {
	for i := range t.Events {
		if e := &t.Events[i]; e.Kind == Send && e.Packet != nil && e.Packet.Label == label && label != "" {
			return e
		}
	}
	return nil
}

// Why is the chain of causes of event i: i itself, its cause, the cause of
// that, down to an event without one (a human's act, the start of the run).
// It is empty where there is no event i.
func (t *Trace) Why(i int) []int {
	var chain []int
	for e := t.Event(i); e != nil; {
		chain = append(chain, int(e.I))
		if e.Cause >= e.I {
			break // only a forged trace; it would never end
		}
		e = t.Event(int(e.Cause))
	}
	return chain
}

// Copy is packet number n as the network copies p: the same bytes between the
// same hosts, without a label of its own in the ladder.
func (p *Packet) Copy(n int32) *Packet {
	c := *p
	c.N, c.CopyOf, c.Label = n, p.N, ""
	return &c
}
