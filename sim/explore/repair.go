package explore

import (
	"cmp"
	"math"
	"strconv"
	"strings"
	"time"

	"siplab/sim/trace"
)

// Repair is how a message reached its receiver although one packet of it did
// not, or not in time.
type Repair struct {
	Before string `json:"before,omitempty"` // label of an earlier packet that had brought the message already; "" for none
	// Steps lead from what set off the repair to the packet that brought the
	// message; the first has the timer. They are empty where nobody made up
	// for the packet.
	Steps []Step        `json:"steps"`
	At    time.Duration `json:"at"`             // when the message arrived after all
	Vain  int           `json:"vain,omitempty"` // how often it was sent again before that and did not arrive
}

// Step is one packet sent on the way to a repair.
type Step struct {
	Host    string        `json:"host"`
	Label   string        `json:"label"`           // of the packet: F4
	Again   string        `json:"again,omitempty"` // label of the message that it repeats; "" for a new one
	Message string        `json:"message"`
	At      time.Duration `json:"at"`
	Timer   string        `json:"timer,omitempty"` // that fired and sent it: Timer E, or the name of a core's; "" where a packet set it off
	Act     string        `json:"act,omitempty"`   // what a human did that sent it; "" for nothing
	Ref     string        `json:"ref,omitempty"`   // the rule by which it was sent; "" where the trace has none
}

// Made reports whether somebody made up for the packet.
func (r *Repair) Made() bool { return len(r.Steps) > 0 }

// Lacking reports whether the message never reached its receiver.
func (r *Repair) Lacking() bool { return r.Before == "" && !r.Made() }

// String tells the repair in words.
func (r *Repair) String() string {
	switch {
	case r.Lacking() && r.Vain > 0:
		return "nobody: repeated in vain (" + strconv.Itoa(r.Vain) + ")"
	case r.Lacking():
		return "nobody"
	case !r.Made():
		return "not needed: " + r.Before + " had brought it"
	}
	parts := make([]string, len(r.Steps))
	for i := range r.Steps {
		parts[i] = r.Steps[i].String()
	}
	return strings.Join(parts, "; ")
}

// String tells the step in words.
func (s *Step) String() string {
	what := s.Message
	if s.Again != "" {
		what = s.Again + " again"
	}
	text := s.Host + " sends " + what
	switch {
	case s.Timer != "":
		text += " by " + s.Timer
	case s.Act != "":
		text += " as its user " + s.Act
	}
	if s.Ref != "" {
		text += " (" + s.Ref + ")"
	}
	return text
}

// chains reads what led to what off the causes of a run.
type chains struct {
	tr    *trace.Trace
	mixed bool
}

// repair finds the first packet sent after p that brought the message of p to
// its receiver, and what set that off. A message that an earlier packet had
// brought may be missed all the same: it would have been answered again.
func (c *chains) repair(p *Packet) Repair {
	var r Repair
	if p.stream {
		return c.streamRepair(p)
	}
	for i := range c.tr.Events {
		e := &c.tr.Events[i]
		if e.Kind != trace.Arrive || e.Packet.N == p.N || e.Packet.CopyOf == p.N || !c.same(e.Packet, p) {
			continue
		}
		if sent := c.sending(e); sent != nil && sent.I > p.event {
			r.Steps, r.At, r.Vain = c.steps(sent, p.event), e.At, c.sentBetween(p, sent.I)
			return r
		}
		if r.Before == "" {
			r.Before, r.At = e.Packet.Label, e.At
		}
	}
	r.Vain = c.sentBetween(p, math.MaxInt32)
	return r
}

// streamRepair is TCP's: it repeats the segment that was lost, and nobody above
// sends the message again.
func (c *chains) streamRepair(p *Packet) (r Repair) {
	message := c.tr.Event(int(p.event)).Packet
	for i := range c.tr.Events {
		e := &c.tr.Events[i]
		switch {
		case e.Kind == trace.Segment && e.Op == "repeat" && e.Code > 0 && begins(e.Packet, message):
			r.Steps = []Step{{Host: p.From, Label: p.Label, Again: p.Label, Message: p.Message, At: e.At, Timer: "TCP", Ref: "RFC 9293 §3.8.1"}}
		case e.Kind == trace.Arrive && e.Packet.N == p.N:
			r.At = e.At
			return r
		}
	}
	return Repair{}
}

// sentBetween counts how often the message of p was sent again after p and
// before an event.
func (c *chains) sentBetween(p *Packet, until int32) int {
	n := 0
	for i := range c.tr.Events {
		e := &c.tr.Events[i]
		if e.Kind == trace.Send && e.I > p.event && e.I < until && c.same(e.Packet, p) {
			n++
		}
	}
	return n
}

// same says whether the packet carries the message of p, to the same host.
func (c *chains) same(q *trace.Packet, p *Packet) bool {
	if c.tr.HostName(q.From) != p.From || c.tr.HostName(q.To) != p.To {
		return false
	}
	sent := c.tr.Event(int(p.event))
	return original(q) == p.Of || kin(q, sent.Packet) && c.alike(c.sendOf(q), sent)
}

// alike says whether two sends of a host are of one message: the one repeats the
// other, or both pass on what is one message itself. The latter is what a proxy
// does with the ACK to a 2xx, which is in no transaction of the proxy's.
func (c *chains) alike(a, b *trace.Event) bool {
	if a == nil || b == nil || a.Host != b.Host {
		return false
	}
	if original(a.Packet) == original(b.Packet) {
		return true
	}
	if !kin(a.Packet, b.Packet) {
		return false
	}
	x, y := c.arrivalBefore(a), c.arrivalBefore(b)
	return x != nil && y != nil && x != y && c.alike(c.sending(x), c.sending(y))
}

// kin says whether two packets are of one step of a dialog or transaction.
func kin(p, q *trace.Packet) bool {
	return p.Method == q.Method && p.Status == q.Status && p.CSeq == q.CSeq && p.CallID == q.CallID
}

// sendOf is the send of a packet; nil for a copy that the network made.
func (c *chains) sendOf(p *trace.Packet) *trace.Event {
	for i := range c.tr.Events {
		if e := &c.tr.Events[i]; e.Kind == trace.Send && e.Packet.N == p.N {
			return e
		}
	}
	return nil
}

// arrivalBefore is the arrival that led to a send; nil where a timer or a human
// did.
func (c *chains) arrivalBefore(send *trace.Event) *trace.Event {
	for e := c.cause(send); e != nil; e = c.cause(e) {
		switch {
		case e.Kind == trace.Arrive:
			return e
		case e.Kind == trace.Timer && e.Op == "fire" || e.Kind == trace.Act || e.Kind == trace.Send:
			return nil
		}
	}
	return nil
}

// sending is the send of a packet that arrived. Between them may stand what the
// network did, a copy or a delay.
func (c *chains) sending(arrive *trace.Event) *trace.Event {
	for e := c.cause(arrive); e != nil; e = c.cause(e) {
		if e.Kind == trace.Send {
			return e
		}
	}
	return nil
}

func (c *chains) cause(e *trace.Event) *trace.Event {
	if e.Cause < 0 || e.Cause >= e.I {
		return nil
	}
	return c.tr.Event(int(e.Cause))
}

// steps walks back from a send to the timer or the human that set it off, or
// to what had been sent before event since.
func (c *chains) steps(send *trace.Event, since int32) []Step {
	var back []Step
	for e := send; e != nil && e.I > since; {
		step, before := c.step(e)
		back = append(back, step)
		e = before
	}
	steps := make([]Step, 0, len(back))
	for i := len(back) - 1; i >= 0; i-- {
		steps = append(steps, back[i])
	}
	return steps
}

// step reads one send, and finds the send that led to it; nil where a timer or
// a human did.
func (c *chains) step(send *trace.Event) (s Step, before *trace.Event) {
	p := send.Packet
	s = Step{
		Host: c.tr.HostName(send.Host), Label: p.Label, Again: p.Again,
		Message: message(p, c.mixed), At: send.At, Ref: send.Ref,
	}
	for e := c.cause(send); e != nil; e = c.cause(e) {
		switch {
		case e.Kind == trace.Timer && e.Op == "fire":
			s.Timer = timerName(e)
			s.Ref = cmp.Or(s.Ref, c.timerRef(e))
			return s, nil
		case e.Kind == trace.Act:
			s.Act = strings.TrimSpace(e.Name + " " + e.Text)
			return s, nil
		case e.Kind == trace.Arrive:
			s.Ref = cmp.Or(s.Ref, c.packetRef(send, e))
			return s, c.sending(e)
		}
	}
	return s, nil
}

// timerName is what the standard calls the timer of a transaction, and what an
// element calls its own.
func timerName(e *trace.Event) string {
	if e.Txn != 0 {
		return "Timer " + e.Name
	}
	return "its " + e.Name + " timer"
}
