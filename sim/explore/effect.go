package explore

import (
	"strings"
	"time"

	"siplab/sim/fault"
	"siplab/sim/trace"
)

// Effect is what came of a packet that arrived twice, or late.
type Effect struct {
	Host    string        `json:"host"`
	Arrived bool          `json:"arrived"` // else it was still on its way when the run ended
	At      time.Duration `json:"at"`
	Steps   []Step        `json:"steps"`          // what the host sent because of it
	Moves   []string      `json:"moves"`          // of its machines: non-invite-client Trying to Completed
	Note    string        `json:"note,omitempty"` // what the host remarks: why it drops the packet
	Ref     string        `json:"ref,omitempty"`
}

// effect reads what the packet led to: of one that was duplicated, what its
// copy led to.
func (c *chains) effect(p *Packet, did fault.Kind) Effect {
	f := Effect{Host: p.To}
	for i := range c.tr.Events {
		e := &c.tr.Events[i]
		n := e.Packet
		if e.Kind == trace.Arrive && (did == fault.Duplicate && n.CopyOf == p.N || did != fault.Duplicate && n.N == p.N) {
			f.Arrived, f.At = true, e.At
			c.follow(e, &f)
			break
		}
	}
	return f
}

// follow collects what an arrival is the cause of.
func (c *chains) follow(arrive *trace.Event, f *Effect) {
	for i := range c.tr.Events {
		e := &c.tr.Events[i]
		if e.Cause != arrive.I {
			continue
		}
		switch {
		case e.Kind == trace.Send:
			s, _ := c.step(e)
			f.Steps = append(f.Steps, s)
		case e.Kind == trace.State && e.From != e.To:
			f.Moves = append(f.Moves, strings.TrimSpace(e.Name+" "+e.From+" to "+e.To))
		case e.Kind == trace.Note && f.Note == "":
			f.Note, f.Ref = e.Text, e.Ref
		}
	}
}

// String tells the effect in words.
func (f *Effect) String() string {
	var parts []string
	for i := range f.Steps {
		parts = append(parts, f.Steps[i].String())
	}
	switch {
	case !f.Arrived:
		return "still on its way at the end"
	case f.Note != "" && len(parts) == 0:
		note := f.Host + ": " + f.Note
		if f.Ref != "" {
			note += " (" + f.Ref + ")"
		}
		parts = append(parts, note)
	case len(parts) == 0 && len(f.Moves) > 0:
		parts = append(parts, f.Host+": "+strings.Join(f.Moves, ", "))
	case len(parts) == 0:
		parts = append(parts, f.Host+" takes no notice")
	}
	return strings.Join(parts, "; ")
}
