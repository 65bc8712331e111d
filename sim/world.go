package sim

import (
	"fmt"
	"net/netip"
	"time"

	"siplab/netem"
	"siplab/sim/fault"
	"siplab/sim/resolve"
	"siplab/sim/sip"
	"siplab/sim/trace"
	"siplab/sim/transaction"
)

// World is one run of a Scenario. It is single-threaded: one inbound and a few
// outbound messages serve the whole run.
type World struct {
	// Origins asks for the origin of each header field in send events. Set it
	// before the first Step.
	Origins bool

	*stock
	scenario   *Scenario
	bounds     Bounds
	timing     transaction.Timing
	net        *netem.Network
	names      resolve.Names
	byAOR      map[string]netip.AddrPort // phones
	lines      map[int32]*stream         // connections by number: the end that opened each
	limits     sip.Limits                // of a message in a stream
	hosts      []*host
	byName     map[string]*host
	registrars []*host
	judge      *fault.Judge
	messages   map[string]Template // that script hosts send
	observers  []trace.Observer
	header     trace.Header

	work      int // timers that keep the run going
	labels    int
	scratch   trace.Event
	events    int32
	firing    string // the timer that fires now, for what it sends again
	ended     bool
	end       trace.End
	announced bool
}

// New makes a World of the scenario, at time 0, before its first event. The
// error lists what in the scenario cannot be.
func New(s *Scenario, observers ...trace.Observer) (*World, error) {
	w := &World{
		stock:     new(stock),
		net:       netem.New(s.Seed),
		byName:    make(map[string]*host, len(s.Hosts)),
		byAOR:     make(map[string]netip.AddrPort, len(s.Hosts)),
		lines:     map[int32]*stream{},
		observers: observers,
	}
	if err := w.furnish(s); err != nil {
		return nil, err
	}
	return w, nil
}

// Reset makes w what New makes of the scenario, with the observers that it has,
// and uses its memory again: what observers kept of the run before, packets too,
// is no longer theirs. After an error w is for another Reset alone.
func (w *World) Reset(s *Scenario) error {
	w.stock.again(w.hosts)
	w.net.Reset(s.Seed)
	clear(w.byName)
	clear(w.byAOR)
	clear(w.lines)
	*w = World{
		stock: w.stock, net: w.net, byName: w.byName, byAOR: w.byAOR, lines: w.lines,
		hosts: w.hosts[:0], observers: w.observers,
	}
	return w.furnish(s)
}

// furnish puts everything of the scenario into an empty World.
func (w *World) furnish(s *Scenario) error {
	w.scenario, w.bounds, w.timing = s, s.Bounds.orDefault(), s.Timing.OrDefault()
	w.net.Default(s.Net)
	w.net.Streams = s.TCP.Streams
	w.limits = sip.DefaultLimits
	w.limits.Stream = w.bounds.Message
	for _, add := range []func() error{w.addHosts, w.addLinks, w.addFaults, w.addActs, w.addMessages} {
		if err := add(); err != nil {
			return err
		}
	}
	w.header = w.newHeader()
	return nil
}

// orDefault fills what the scenario left open.
func (b Bounds) orDefault() Bounds {
	d := DefaultBounds
	if b.Events > 0 {
		d.Events = b.Events
	}
	if b.Time > 0 {
		d.Time = b.Time
	}
	if b.Hosts > 0 {
		d.Hosts = b.Hosts
	}
	if b.Message > 0 {
		d.Message = b.Message
	}
	return d
}

func (w *World) addLinks() error {
	for _, l := range w.scenario.Links {
		from, to := w.byName[l.From], w.byName[l.To]
		if from == nil || to == nil {
			return fmt.Errorf("link %s %s: no such host", l.From, l.To)
		}
		w.net.Link(from.net, to.net, l.Conditions)
		if l.Both {
			w.net.Link(to.net, from.net, l.Conditions)
		}
	}
	return nil
}

func (w *World) addActs() error {
	for i, a := range w.scenario.Acts {
		h := w.byName[a.Host]
		if h == nil {
			return fmt.Errorf("at %s: no host is called %s", a.At, a.Host)
		}
		w.start(timer{duty: actDuty, host: h, key: int32(i), cause: noCause}, a.At)
	}
	return nil
}

// Now is the virtual time.
func (w *World) Now() time.Duration { return w.net.Now() }

// Header is what the trace of this run begins with.
func (w *World) Header() *trace.Header { return &w.header }

// Events counts the events of the trace so far.
func (w *World) Events() int { return int(w.events) }

// Run steps until the run has ended, and says how.
func (w *World) Run() trace.End {
	for w.Step() {
	}
	return w.end
}
