package capture

import (
	"strconv"
	"strings"

	"siplab/sim/sip"
	"siplab/sim/trace"
)

// mostText bounds a comment, name or description: an option of pcapng holds
// 65,535 bytes.
const mostText = 1000

// option is a text as it may stand in a capture.
func option(s string) string {
	s = sip.Visible(s)
	if len(s) > mostText {
		s = strings.ToValidUTF8(s[:mostText], "") + "…"
	}
	return s
}

// comment is what is said of a packet. Others are called by their place in the
// capture, as far as they are in it.
func (w *writer) comment(f *frame) string {
	said := f.said
	switch of := f.packet.CopyOf; {
	case of != 0:
		said = append([]string{because("copy of "+w.place(of), f.why)}, said...)
	case f.after != 0:
		said = append(said, "cause: "+w.place(f.after))
	case f.why != "":
		said = append(said, "cause: "+f.why)
	}
	return option(strings.Join(said, "; "))
}

func (w *writer) place(packet int32) string {
	if n, ok := w.places[packet]; ok {
		return "packet " + strconv.Itoa(n)
	}
	return "a packet that is not here"
}

// labelled is a message as the ladder calls it: F3 200 INVITE, again F1 by
// Timer A.
func labelled(p *trace.Packet) string {
	s := strings.TrimSpace(p.Label + " " + firstWords(p))
	if p.Again != "" {
		s += ", again " + p.Again
		if p.Timer != "" {
			s += " by timer " + p.Timer
		}
	}
	return s
}

func firstWords(p *trace.Packet) string {
	if p.Status == 0 {
		return p.Method
	}
	return strings.TrimSpace(strconv.Itoa(p.Status) + " " + p.Method)
}

// because notes the cause of what was sent: what came before it in the chain of
// causes.
func (f *frame) because(tr *trace.Trace, e *trace.Event) {
	c := tr.Event(int(e.Cause))
	if c == nil || c.I >= e.I {
		return
	}
	switch {
	case c.Kind == trace.Act:
		f.why = strings.Join(strings.Fields(tr.HostName(c.Host)+" "+c.Name+" "+c.Text), " ")
	case c.Kind == trace.Timer:
		f.why = "timer " + c.Name + " fires"
	case c.Packet == nil:
		f.why = c.Kind.String()
	case c.Packet.Label == "":
		f.after = c.Packet.N
	case c.Kind == trace.Arrive:
		f.why = c.Packet.Label + " arrives"
	default:
		f.why = c.Packet.Label + " is sent"
	}
}

func because(what, reason string) string {
	if reason == "" {
		return what
	}
	return what + ": " + reason
}
