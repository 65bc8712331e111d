package capture

import (
	"errors"
	"math"
	"net/netip"
	"slices"
	"strconv"
	"time"

	"siplab/sim/sip"
	"siplab/sim/trace"
)

// found is a message of a capture.
type found struct {
	packet *trace.Packet
	seen   span
}

// messages gathers what is found, and makes a trace of it.
type messages struct {
	limits *Limits
	found  []found
	parsed sip.Message
	full   bool
}

// add takes in a message. Its bytes are kept as they came.
func (m *messages) add(text, transport string, w way, seen span) {
	if len(m.found) == m.limits.Messages {
		m.full = true
		return
	}
	p := &trace.Packet{Src: w.src, Dst: w.dst, Transport: transport, Raw: text}
	method, status, cseqMethod, _ := sip.Peek(text)
	if p.Method, p.Status = method, status; status != 0 {
		p.Method = cseqMethod
	}
	if m.parsed.ParseFrame(text) == nil {
		p.CSeq, p.CallID = m.parsed.CSeq().Seq, m.parsed.CallID()
	}
	m.found = append(m.found, found{p, seen})
}

// err says that there are more messages than the limit.
func (m *messages) err() error {
	if m.full {
		return errors.New("the capture has more than " + strconv.Itoa(m.limits.Messages) + " SIP messages")
	}
	return nil
}

// trace orders the messages by time and names the hosts.
func (m *messages) trace() (*trace.Trace, error) {
	slices.SortStableFunc(m.found, func(a, b found) int { return compare(a.seen.first, b.seen.first) })
	tr := new(trace.Trace)
	hosts := newHosts(m.found)
	repeats := repeats{}
	tr.Events = make([]trace.Event, 0, 2*len(m.found)+1)
	for i := range m.found {
		f := &m.found[i]
		p := f.packet
		p.N, p.Label = int32(i+1), "F"+strconv.Itoa(i+1)
		p.From, p.To = hosts.of(p.Src), hosts.of(p.Dst)
		p.Again = repeats.of(&m.parsed, p)
		tr.Events = append(tr.Events,
			trace.Event{At: f.seen.first, Kind: trace.Send, Host: p.From, Cause: -1, Packet: p},
			trace.Event{At: f.seen.last, Kind: trace.Arrive, Host: p.To, Cause: -1, Packet: p})
	}
	if len(hosts.list) > math.MaxInt16 {
		return nil, errors.New("the messages of the capture go between more than 32,767 addresses")
	}
	tr.Hosts = hosts.list
	slices.SortStableFunc(tr.Events, func(a, b trace.Event) int { return compare(a.At, b.At) })
	for i := range tr.Events {
		tr.Events[i].I = int32(i)
	}
	return tr, nil
}

func compare(a, b time.Duration) int { return int(min(max(a-b, -1), 1)) }

// hosts are called as their addresses, in the order of first sight. An address
// that talks to itself is that of several hosts, told apart by their ports.
type hosts struct {
	apart map[netip.Addr]bool
	by    map[netip.AddrPort]trace.HostID
	list  []trace.Host
}

func newHosts(list []found) *hosts {
	h := &hosts{apart: map[netip.Addr]bool{}, by: map[netip.AddrPort]trace.HostID{}}
	for i := range list {
		if p := list[i].packet; p.Src.Addr() == p.Dst.Addr() && p.Src != p.Dst {
			h.apart[p.Src.Addr()] = true
		}
	}
	return h
}

// mostAddrs bounds the ports that a host is known by.
const mostAddrs = 16

func (h *hosts) of(at netip.AddrPort) trace.HostID {
	key, name := netip.AddrPortFrom(at.Addr(), 0), at.Addr().String()
	if h.apart[at.Addr()] {
		key, name = at, at.String()
	}
	id, known := h.by[key]
	if !known {
		if len(h.list) > math.MaxInt16 {
			return trace.NoHost
		}
		id = trace.HostID(len(h.list))
		h.by[key] = id
		h.list = append(h.list, trace.Host{Name: name, Kind: "host", Label: name})
	}
	if of := &h.list[id]; len(of.Addrs) < mostAddrs && !slices.Contains(of.Addrs, at) {
		of.Addrs = append(of.Addrs, at)
	}
	return id
}

// repeats knows what was sent before, by its bytes and by its transaction. RFC
// 3261 §17.2.3 matches a request by its branch, its sent-by and its method.
type repeats map[repeatKey]string

type repeatKey struct {
	way
	branch, sentBy, method, raw string
}

// of is the label of the message that p repeats; "" if it is new.
func (r repeats) of(m *sip.Message, p *trace.Packet) string {
	key := repeatKey{way: way{p.Src, p.Dst}, raw: p.Raw}
	if p.Status == 0 && m.ParseFrame(p.Raw) == nil {
		if via, ok := m.Via(); ok && len(via.Branch()) > len(cookie) && via.Branch()[:len(cookie)] == cookie {
			key.branch, key.sentBy, key.method, key.raw = via.Branch(), via.SentBy(), p.Method, ""
		}
	}
	first, again := r[key]
	if !again {
		r[key] = p.Label
	}
	return first
}

// cookie begins the branches that are unique (RFC 3261 §8.1.1.7).
const cookie = "z9hG4bK"
