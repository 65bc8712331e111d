package sim

import (
	"errors"
	"fmt"
	"net/netip"

	"siplab/netem"
	"siplab/sim/core"
	"siplab/sim/sip"
	"siplab/sim/trace"
	"siplab/sim/transaction"
	"siplab/sim/transport"
)

// host is one element at work: its core above its transactions.
type host struct {
	id      trace.HostID
	net     netem.HostID
	name    string
	addr    netip.AddrPort
	sentBys sentBys
	before  []sentBys          // at the addresses that it had
	by      transport.Protocol // of requests whose URI leaves it open
	streams transport.Connections[*stream]
	clients transport.Connections[*stream] // by which requests came, by where their Via has responses go; of an element without transactions
	open    []*stream                      // those of streams and others that are in use, in order
	aor     string                         // of a phone
	core    core.Core
	player  Player
	env     core.Env
	table   *transaction.Table
	txns    map[int32]*txn
	waits   map[wait]int32 // the core's timers, by name and key
	kept    map[int32]kept // what the core sends again, by its number
	alone   bool           // without transactions: a stateless proxy
}

// sentBys are what the Vias of a host say, by protocol.
type sentBys [3]string

// wait names a core's timer.
type wait struct {
	name string
	key  int32
}

const sipPort = 5060

// firstAddr is where addresses are given out from: TEST-NET-1 for what fits in
// it (RFC 5737), then the benchmarking range (RFC 2544), which holds 131,070.
var (
	firstAddr = netip.MustParseAddr("192.0.2.1")
	lastAddr  = netip.MustParseAddr("192.0.2.254")
	moreAddr  = netip.MustParseAddr("198.18.0.1")
)

func (w *World) addHosts() error {
	s := w.scenario
	if len(s.Hosts) > w.bounds.Hosts {
		return fmt.Errorf("%d hosts are more than the bound of %d", len(s.Hosts), w.bounds.Hosts)
	}
	taken := make(map[netip.Addr]bool, len(s.Hosts))
	for _, d := range s.Hosts {
		taken[d.Addr.Addr()] = true
	}
	next := firstAddr
	var errs []error
	for _, d := range s.Hosts {
		if w.byName[d.Name] != nil {
			errs = append(errs, fmt.Errorf("two hosts are called %s", d.Name))
			continue
		}
		if !d.Addr.IsValid() {
			for taken[next] {
				next = following(next)
			}
			taken[next] = true
			d.Addr = netip.AddrPortFrom(next, sipPort)
		}
		w.addHost(d)
	}
	w.addNames()
	return errors.Join(errs...)
}

func following(a netip.Addr) netip.Addr {
	if a == lastAddr {
		return moreAddr
	}
	return a.Next()
}

func (w *World) addHost(d Host) {
	h := w.newHost(w.timing, d.Bugs)
	h.id, h.net = trace.HostID(len(w.hosts)), w.net.Host(d.Name, d.Addr.Addr())
	h.name, h.addr, h.core = d.Name, d.Addr, w.coreOf(&d)
	h.table.Seen = w.scenario.Seen
	h.env = core.Env{
		Name: d.Name, Addr: d.Addr, T1: w.timing.T1, T2: w.timing.T2,
		Chance: netem.NewChance(w.scenario.Seed, d.Name),
		New:    w.lend,
		Book:   w.book,
	}
	h.env.Resolve = func(uri sip.URI, out []core.Hop) []core.Hop { return w.resolve(h, &uri, out) }
	if e, ok := d.Element.(interface{ withoutTransactions() bool }); ok {
		h.alone = e.withoutTransactions()
	}
	h.by = d.Transport
	w.listen(h)
	w.hosts = append(w.hosts, h)
	w.byName[d.Name] = h
	if p, ok := d.Element.(*Phone); ok {
		h.aor = p.AOR
		w.byAOR[canonical(p.AOR)] = d.Addr
	}
}

// reside has a host send from another address. Two hosts with one address would
// be a network in which nobody knows whom a packet reaches.
func (w *World) reside(h *host, ef *core.Effect, cause int32) {
	at, err := netip.ParseAddrPort(ef.To)
	if err != nil || at == h.addr {
		return
	}
	if other := w.net.HostOf(at.Addr()); other != netem.NoHost && other != h.net {
		w.note(h.id, cause, ef.Ref, "the address "+at.Addr().String()+" is that of "+w.net.HostName(other)+", and stays so")
		return
	}
	w.net.Host(h.name, at.Addr())
	h.before = append(h.before, h.sentBys)
	h.addr, h.env.Addr = at, at
	h.streams.Clear() // those that are open end at the address that it had
	w.listen(h)
	w.note(h.id, cause, ef.Ref, "sends from "+at.String()+" from now on")
}

// lend gives a core an empty message to build; settle takes back all that were
// lent since, once the effects that carry them are executed.
func (w *World) lend() *sip.Message {
	var m *sip.Message
	if n := len(w.spare); n > 0 {
		m = w.spare[n-1]
		w.spare = w.spare[:n-1]
		m.Reset()
	} else {
		m = new(sip.Message)
	}
	w.lent = append(w.lent, m)
	return m
}

func (w *World) settle(from int) {
	w.spare = append(w.spare, w.lent[from:]...)
	w.lent = w.lent[:from]
}

func (w *World) newHeader() trace.Header {
	s := w.scenario
	h := trace.Header{
		Title: s.Title, Seed: s.Seed, Net: s.Net.String(),
		Timers: trace.Timers{T1: w.timing.T1, T2: w.timing.T2, T4: w.timing.T4},
	}
	for i, d := range s.Hosts {
		label := d.Label
		if label == "" {
			label = d.Name
		}
		h.Hosts = append(h.Hosts, trace.Host{
			Name: d.Name, Kind: d.Element.Kind(), Label: label,
			Addrs: []netip.AddrPort{w.hosts[i].addr},
		})
	}
	for _, l := range s.Links {
		h.Links = append(h.Links, trace.Link{A: l.From, B: l.To, Conditions: l.Conditions.String()})
		if l.Both {
			h.Links = append(h.Links, trace.Link{A: l.To, B: l.From, Conditions: l.Conditions.String()})
		}
	}
	return h
}
