package netem

import (
	"net/netip"
	"slices"
	"time"
)

// Network is a simulated network in virtual time. It is for one goroutine.
type Network struct {
	// Judge is asked about each packet that a host sends, after chance has
	// drawn for it; what it says goes before what chance says. nil: nobody.
	Judge func(p *Packet) Verdict
	// MostInFlight bounds the packets on the way or held; one more is lost.
	MostInFlight int
	// Streams are what connections go by. Set them before the first one.
	Streams Streams

	seed     uint64
	now      time.Duration
	hosts    []host
	byName   map[string]HostID
	byAddr   map[netip.Addr]HostID
	links    map[[2]HostID]*link
	used     []*link // the same, in the order of their first use
	defaults *rules
	queue    Queue[entry]
	gates    map[uint32][]*parcel
	counts   Counts
	number   int32

	free  []*parcel
	spent []*parcel // lost ones, which the last fates still name
	shown *parcel   // the one that the last event shows
	fates []Fate

	listeners map[netip.AddrPort]bool
	conns     map[ends]*Conn
	bySlot    []*Conn
	freeConns []int32
	live      int         // connections in bySlot
	opened    int32       // connections so far
	lives     int32       // and ends of connections
	busy      int         // connections with something to do
	alarm     parcel      // stands in the queue for the timer of a connection
	ready     line[*Conn] // that may have something to send
	tidings   line[Event] // of connections
}

type host struct {
	name, downWhy string
	down          bool
	port          uint16 // the last one given to a connection that it opened
}

// entry is what waits in the queue: a packet, or for nil a wake.
type entry struct {
	parcel *parcel
	token  uint64
}

// New makes a network without hosts. All its chance comes from seed.
func New(seed uint64) *Network {
	n := &Network{
		byName:    map[string]HostID{},
		byAddr:    map[netip.Addr]HostID{},
		links:     map[[2]HostID]*link{},
		gates:     map[uint32][]*parcel{},
		listeners: map[netip.AddrPort]bool{},
		conns:     map[ends]*Conn{},
	}
	n.Reset(seed)
	return n
}

// Reset makes the network what New makes, with the memory that it has. What was
// on it, handles too, is gone.
func (n *Network) Reset(seed uint64) {
	n.begin()
	if n.shown != nil {
		n.release(n.shown)
	}
	clear(n.byName)
	clear(n.byAddr)
	clear(n.links)
	clear(n.gates)
	clear(n.listeners)
	clear(n.conns)
	n.queue.Reset()
	*n = Network{
		MostInFlight: 1 << 20, seed: seed, defaults: newRules(Conditions{}),
		byName: n.byName, byAddr: n.byAddr, links: n.links, gates: n.gates, listeners: n.listeners, conns: n.conns,
		hosts: n.hosts[:0], used: n.used[:0], queue: n.queue, free: n.free, fates: n.fates, spent: n.spent,
	}
}

// Host adds a host, or addresses to the host of that name. An address is the
// host's that got it last.
func (n *Network) Host(name string, addrs ...netip.Addr) HostID {
	id, known := n.byName[name]
	if !known {
		id = HostID(len(n.hosts))
		n.byName[name] = id
		n.hosts = append(n.hosts, host{name: name, downWhy: name + " is down"})
	}
	for _, a := range addrs {
		n.byAddr[a] = id
	}
	return id
}

// HostName is the name that Host was given; "" for NoHost.
func (n *Network) HostName(h HostID) string {
	if h < 0 || int(h) >= len(n.hosts) {
		return ""
	}
	return n.hosts[h].name
}

// HostOf is the host that has an address, or NoHost.
func (n *Network) HostOf(a netip.Addr) HostID {
	if id, ok := n.byAddr[a]; ok {
		return id
	}
	return NoHost
}

// Default sets the conditions of every direction that Link does not name. A
// host reaches itself without any.
func (n *Network) Default(c Conditions) {
	n.defaults = newRules(c)
	for _, l := range n.used {
		if !l.own {
			l.follow(n.defaults)
		}
	}
}

// Link sets the conditions of one direction, from now on.
func (n *Network) Link(from, to HostID, c Conditions) {
	l := n.link(from, to)
	l.own = true
	l.follow(newRules(c))
}

// Cut cuts one direction or mends it. What enters a cut link is lost; what is
// on the way arrives.
func (n *Network) Cut(from, to HostID, cut bool) { n.link(from, to).cut = cut }

// Up turns a host on or off. A host that is down loses what arrives at it and
// what it would send.
func (n *Network) Up(h HostID, up bool) { n.hosts[h].down = !up }

// link finds a direction, and makes it when it is used first.
func (n *Network) link(from, to HostID) *link {
	ends := [2]HostID{from, to}
	if l := n.links[ends]; l != nil {
		return l
	}
	l := &link{own: from == to}
	l.chance.seed(n.seed, n.hosts[from].name+"\x00"+n.hosts[to].name)
	l.follow(n.defaults)
	if from == to {
		l.follow(newRules(Conditions{}))
	}
	n.links[ends] = l
	n.used = append(n.used, l)
	return l
}

// Now is the virtual time since the start.
func (n *Network) Now() time.Duration { return n.now }

// Counts says where all packets are.
func (n *Network) Counts() Counts { return n.counts }

// InFlight is how many packets are on the way or held.
func (n *Network) InFlight() int { return n.counts.InFlight }

// Held are the packets that wait at gates, by number.
func (n *Network) Held() []*Packet {
	var held []*Packet
	for _, ps := range n.gates {
		for _, p := range ps {
			held = append(held, &p.Packet)
		}
	}
	slices.SortFunc(held, func(a, b *Packet) int { return int(a.N) - int(b.N) })
	return held
}
