package explore

import (
	"slices"
	"strconv"

	"siplab/sim/fault"
	"siplab/sim/sip"
	"siplab/sim/trace"
	"siplab/sim/words"
)

// target is a packet with the fault that meets it and no other.
type target struct {
	Packet
	fault  fault.Fault
	spared string // why it gets no run; "" for one that gets one
	raw    string // its bytes
}

// targets are the packets of a run that were sent after event after, each with
// its fault. A fault counts as package fault does: what one host sends on one
// link, repeated packets too.
func targets(tr *trace.Trace, do fault.Kind, after int32) []target {
	return new(namer).targets(tr, do, after)
}

// targets is valid until the next call.
func (n *namer) targets(tr *trace.Trace, do fault.Kind, after int32) []target {
	n.begin(tr, do)
	n.fates()
	all := n.all[:0]
	for i := range tr.Events {
		switch e := &tr.Events[i]; {
		case e.Kind == trace.Send && n.stream(e.Packet):
			all = append(all, target{Packet: n.packet(e), spared: unnamed[do == fault.Lose], raw: e.Packet.Raw})
			on := n.on(e.Packet)
			on.waiting = append(on.waiting, len(all)-1)
		case e.Kind == trace.Send:
			all = append(all, n.name(e))
		case do == fault.Lose && e.Kind == trace.Segment && (e.Op == "send" || e.Op == "repeat") && e.Code > 0:
			n.segment(e, all)
		}
	}
	n.all = all
	return slices.DeleteFunc(all, func(t target) bool { return t.event <= after })
}

// unnamed is why no fault may meet a message of a stream: of one that loses, and
// of others.
var unnamed = map[bool]string{
	true:  "it begins inside a segment, behind another message",
	false: "TCP hands it over once and in its turn, whatever becomes of the segments",
}

func (n *namer) stream(p *trace.Packet) bool { return p.Transport != "" && p.Transport != "udp" }

// segment counts what begins in a segment, and names the message that has
// waited for it.
func (n *namer) segment(e *trace.Event, all []target) {
	p := e.Packet
	if _, _, _, ok := sip.Peek(p.Raw); !ok {
		return // the rest of a message, or none
	}
	t, on := n.choose(p), n.on(p)
	for i, at := range on.waiting {
		if begins(p, n.tr.Event(int(all[at].event)).Packet) {
			all[at].fault, all[at].spared = t.fault, t.spared
			on.waiting = on.waiting[i+1:]
			return
		}
	}
}

// begins says whether a segment begins with a message, or with its beginning.
func begins(segment, message *trace.Packet) bool {
	n := min(len(segment.Raw), len(message.Raw))
	return segment.From == message.From && segment.To == message.To && segment.Raw[:n] == message.Raw[:n]
}

// namer counts the packets of a run while it names them. It serves for one run
// after the other.
type namer struct {
	tr     *trace.Trace
	do     fault.Kind
	mixed  bool
	fate   []fate         // by packet number
	copies map[string]int // by label of the first sending
	links  map[link]*traffic
	all    []target

	words map[words.Packets]bool // whether a choice comes back from its words
	named map[string]bool        // whether words are those of a named fault
}

func (n *namer) begin(tr *trace.Trace, do fault.Kind) {
	if n.words == nil {
		n.copies, n.links = map[string]int{}, map[link]*traffic{}
		n.words, n.named = map[words.Packets]bool{}, map[string]bool{}
	}
	clear(n.copies)
	clear(n.links)
	n.tr, n.do, n.mixed, n.fate = tr, do, mixed(tr), n.fate[:0]
}

// fate is what the network did to a packet by itself.
type fate struct {
	lost     bool
	named    string // the fault of the scenario that has it
	arrivals int    // of it and of its copies
}

type link struct{ from, to trace.HostID }

// traffic is what was sent on a link so far.
type traffic struct {
	sorts    map[words.Packets]int
	arrivals int   // of all that was sent so far, whenever they come
	waiting  []int // messages of a stream whose first segment is still to come, as indices of targets
}

// fates looks ahead: what becomes of each packet.
func (n *namer) fates() {
	for i := range n.tr.Events {
		e := &n.tr.Events[i]
		if e.Packet == nil {
			continue
		}
		f := n.of(e.Packet)
		switch {
		case e.Kind == trace.Arrive:
			f.arrivals++
		case e.Kind == trace.Lose && e.Packet.CopyOf == 0:
			f.lost = true
		case e.Kind == trace.Segment && e.Op == "lose":
			f.lost = true
			if n.isFault(e.Text) {
				f.named = e.Text
			}
		case e.Kind == trace.Verdict && e.Text != "" && n.isFault(e.Text):
			f.named = e.Text
		}
	}
}

// isFault tells the words of a named fault from those of random conditions.
func isFault(why string) bool {
	_, err := fault.Parse(why)
	return err == nil
}

func (n *namer) isFault(why string) bool {
	is, known := n.named[why]
	if !known {
		is = isFault(why)
		n.named[why] = is
	}
	return is
}

// of is the fate of a packet; a copy shares that of what it copies.
func (n *namer) of(p *trace.Packet) *fate {
	number := p.N
	if p.CopyOf != 0 {
		number = p.CopyOf
	}
	for int(number) >= len(n.fate) {
		n.fate = append(n.fate, fate{})
	}
	return &n.fate[number]
}

// name names the packet that e sent. The packets are named in order.
func (n *namer) name(e *trace.Event) target {
	t := n.choose(e.Packet)
	t.Packet, t.raw = n.packet(e), e.Packet.Raw
	return t
}

// choose counts a packet and finds the fault that meets it and no other.
func (n *namer) choose(p *trace.Packet) (t target) {
	on := n.on(p)
	sort := n.sort(p)
	any := n.any(p)
	on.sorts[sort]++
	if any != sort {
		on.sorts[any]++
	}
	t.fault = fault.Fault{Kind: n.do, Packets: sort}
	t.fault.Packets.Nth = on.sorts[sort]
	if n.do == fault.Hold {
		t.fault.Release = fault.OnArrival
		t.fault.Other = any
		t.fault.Other.Nth = on.arrivals + 1
	}
	on.arrivals += n.of(p).arrivals
	switch f := n.of(p); {
	case f.named != "":
		t.spared = f.named
	case f.lost:
		t.spared = "lost anyway"
	}
	return t
}

func (n *namer) packet(e *trace.Event) Packet {
	p := e.Packet
	first := original(p)
	n.copies[first]++
	return Packet{
		N: p.N, Label: p.Label, Message: message(p, n.mixed), From: n.tr.HostName(p.From), To: n.tr.HostName(p.To),
		Sent: e.At, Copy: n.copies[first], Of: first, event: e.I, stream: n.stream(p),
	}
}

func (n *namer) on(p *trace.Packet) *traffic {
	l := link{p.From, p.To}
	if n.links[l] == nil {
		n.links[l] = &traffic{sorts: map[words.Packets]int{}}
	}
	return n.links[l]
}

// any is every packet of the link.
func (n *namer) any(p *trace.Packet) words.Packets {
	c := words.Packets{Message: "packet", From: n.tr.HostName(p.From)}
	if len(n.tr.Hosts) > 2 { // between two hosts there is one way only
		c.To = n.tr.HostName(p.To)
	}
	return c
}

// sort is what the packet is, in the words of a fault: every packet, where no
// words say it better.
func (n *namer) sort(p *trace.Packet) words.Packets {
	c := n.any(p)
	f := fault.Facts(p.Raw, c.From, n.tr.HostName(p.To))
	other := f
	switch {
	case f.Status != 0:
		c.Message, other.Status = strconv.Itoa(f.Status), f.Status+1
		if n.mixed {
			c.For, other.CSeqMethod = f.CSeqMethod, f.CSeqMethod+"-"
		}
	case f.Method != "":
		c.Message, other.Method = f.Method, f.Method+"-"
	default:
		return c
	}
	if !n.readable(c) || !c.Match(f) || c.Match(other) || n.mixed && f.Status != 0 && f.CSeqMethod == "" {
		return n.any(p)
	}
	return c
}

// readable says whether the choice comes back from its words as it was: a
// method can be called like a keyword, and a status have no class.
func (n *namer) readable(c words.Packets) bool {
	is, known := n.words[c]
	if !known {
		f, err := fault.Parse(fault.Fault{Packets: c}.String())
		is = err == nil && f.Packets == c
		n.words[c] = is
	}
	return is
}
