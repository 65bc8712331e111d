package player

import (
	"slices"
	"time"

	"siplab/sim/dialog"
	"siplab/sim/subscription"
	"siplab/sim/trace"
	"siplab/sim/transaction"
)

// scene is what stands at a moment of a run.
type scene struct {
	now      time.Duration
	last     *trace.Event  // what has just happened; nil at the start
	packet   *trace.Packet // under the cursor: the last one that anything happened to
	fate     fate          // of that packet
	machines []machine
	moved    int // index of the machine that moved in the last event, where that was a move
	timers   []timer
	flights  []flight
}

// machine is a transaction or dialog that has not ended, or ends just now.
type machine struct {
	host     trace.HostID
	name     string
	id, txn  int32         // txn 0: a dialog
	cause    int32         // the event that made it
	about    *trace.Packet // the first message that it sent or received
	from, to string
	moved    bool // just now
}

// timer is one that runs.
type timer struct {
	host  trace.HostID
	id    int32 // of its transaction; 0: the core's
	name  string
	due   time.Duration
	start int32 // the event that started it
}

// flight is a packet on its way.
type flight struct {
	packet    *trace.Packet
	left, due time.Duration
	decided   bool // the network has said what becomes of it
	held      bool
	why       string
}

// fate is what has become of a packet.
type fate struct {
	arrived, lost bool
	at            time.Duration // when it arrived or was lost
	left          time.Duration
	why           string
	corrupt       string // the bytes that came of it; "" for those that were sent
}

// scene reads the first events.
func (r *run) scene(at int) *scene {
	s := &scene{}
	fates := map[int32]fate{}
	for i := range r.Events[:at] {
		e := &r.Events[i]
		if s.last != nil && s.last.Kind == trace.State {
			s.forget()
		}
		s.now, s.last = e.At, e
		switch e.Kind {
		case trace.State:
			s.state(r, e)
		case trace.Timer:
			s.timer(e)
		case trace.Segment: // what carries a message is below it
		default:
			s.way(e, fates)
		}
	}
	if s.packet != nil {
		s.fate = fates[s.packet.N]
	}
	return s
}

// under is the packet under the cursor, as the scene has it.
func (r *run) under(at int) *trace.Packet {
	for i := at - 1; i >= 0; i-- {
		if e := &r.Events[i]; e.Packet != nil && e.Kind != trace.Segment {
			return e.Packet
		}
	}
	return nil
}

// forget lets go of the machine that ended in the event before.
func (s *scene) forget() {
	if s.machines[s.moved].over() {
		s.machines = slices.Delete(s.machines, s.moved, s.moved+1)
		return
	}
	s.machines[s.moved].moved = false
}

// finals are the states that end the machines of transactions, dialogs and subscriptions.
var finals = func() map[string]string {
	of := map[string]string{}
	for _, m := range slices.Concat(transaction.Machines(), dialog.Machines(), subscription.Machines()) {
		of[m.Name] = m.State(m.Final)
	}
	return of
}()

func (m *machine) over() bool {
	final, known := finals[m.name]
	return m.to == final && known
}

func (s *scene) state(r *run, e *trace.Event) {
	i := slices.IndexFunc(s.machines, func(m machine) bool { return m.host == e.Host && m.name == e.Name && m.id == e.ID })
	if i < 0 {
		i = len(s.machines)
		s.machines = append(s.machines, machine{host: e.Host, name: e.Name, id: e.ID, txn: e.Txn, cause: e.Cause, about: began(r, e)})
	}
	s.moved = i
	m := &s.machines[i]
	m.from, m.to, m.moved = e.From, e.To, true
	if m.over() && e.Txn != 0 {
		// A transaction's timers die with it, without an event of their own.
		s.timers = slices.DeleteFunc(s.timers, func(t timer) bool { return t.host == e.Host && t.id == e.ID })
	}
}

// began is the message with which a machine began, where that has come: a
// request that a server received. A client's is still to be sent.
func began(r *run, e *trace.Event) *trace.Packet {
	c := r.Event(int(e.Cause))
	if c != nil && c.Kind == trace.Arrive && c.Host == e.Host && (e.Txn == 0 || c.Txn == e.Txn) {
		return c.Packet
	}
	return nil
}

func (s *scene) timer(e *trace.Event) {
	if e.Op == "start" {
		s.timers = append(s.timers, timer{e.Host, e.ID, e.Name, e.At + e.After, e.I})
		return
	}
	i := slices.IndexFunc(s.timers, func(t timer) bool {
		return t.host == e.Host && t.id == e.ID && t.name == e.Name && (e.Op != "fire" || t.start == e.Cause)
	})
	if i >= 0 {
		s.timers = slices.Delete(s.timers, i, i+1)
	}
}

// way follows packets.
func (s *scene) way(e *trace.Event, fates map[int32]fate) {
	if e.Packet == nil {
		return
	}
	s.packet = e.Packet
	f := fates[e.Packet.N]
	switch e.Kind {
	case trace.Send, trace.Duplicate:
		f.left = e.At
		s.flights = append(s.flights, flight{packet: e.Packet, left: e.At})
		s.meet(e)
	case trace.Verdict:
		s.verdict(e)
	case trace.Corrupt:
		f.corrupt = e.Text
	case trace.Lose:
		f.lost, f.at, f.why = true, e.At, e.Text
		s.landed(e.Packet)
	case trace.Arrive:
		f.arrived, f.at = true, e.At
		s.landed(e.Packet)
	}
	fates[e.Packet.N] = f
}

// meet tells a client's machines what they are about: the first message of
// the transaction, and what is sent by the cause that made the dialog.
func (s *scene) meet(e *trace.Event) {
	for i := range s.machines {
		m := &s.machines[i]
		if m.about == nil && m.host == e.Host && (m.txn != 0 && m.txn == e.Txn || m.txn == 0 && m.cause == e.Cause) {
			m.about = e.Packet
		}
	}
}

func (s *scene) flying(p *trace.Packet) int {
	return slices.IndexFunc(s.flights, func(f flight) bool { return f.packet.N == p.N })
}

func (s *scene) landed(p *trace.Packet) {
	if i := s.flying(p); i >= 0 {
		s.flights = slices.Delete(s.flights, i, i+1)
	}
}

func (s *scene) verdict(e *trace.Event) {
	i := s.flying(e.Packet)
	if i < 0 {
		return
	}
	f := &s.flights[i]
	switch e.Name {
	case "deliver":
		*f = flight{packet: f.packet, left: e.At, due: e.At + e.After, decided: true, why: e.Text}
	case "hold":
		f.decided, f.held, f.why = true, true, e.Text
	}
}
