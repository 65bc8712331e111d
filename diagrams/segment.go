package diagrams

import (
	"slices"
	"strconv"
	"strings"
	"time"

	"siplab/sim/trace"
)

// coming is a TCP segment on its way: a trace says when it is sent and how
// long it takes, and of its arrival only what that leads to.
type coming struct {
	at time.Duration
	e  *trace.Event
}

// segment reads what happens to a TCP segment below the messages, as it is
// seen at the tap, or everywhere.
func (r *reader) segment(e *trace.Event) {
	p := e.Packet
	if p == nil || !r.l.opt.shows(Segments) {
		return
	}
	seen := r.tapHost == trace.NoHost || p.From == r.tapHost
	switch e.Op {
	case "send", "repeat", "duplicate":
		if seen {
			r.leaveSegment(e, e.At)
		}
	case "corrupt":
		if f := r.flight(p); f != nil {
			f.how = corrupted
		}
	case "deliver":
		c := coming{e.At + max(e.After, 0), e}
		i := len(r.coming)
		for i > 0 && r.coming[i-1].at > c.at {
			i--
		}
		r.coming = slices.Insert(r.coming, i, c)
	case "lose":
		r.coming = slices.DeleteFunc(r.coming, func(c coming) bool { return c.e.Packet.N == p.N })
		if r.tapHost == trace.NoHost {
			r.finish(p, e.At, lost, e.Text)
		}
	}
	if r.tapHost != trace.NoHost && seen {
		r.finish(p, e.At, arrived, "")
	}
}

// landSegments lets the segments arrive that do so before e. Of one time, the
// messages that they carry come first, as they were sent first, and so does the
// loss of one that finds nobody.
func (r *reader) landSegments(e *trace.Event) {
	until := e.At
	if e.Kind == trace.Arrive || e.Kind == trace.Segment && e.Op == "lose" {
		until--
	}
	r.landUntil(until)
}

func (r *reader) landUntil(at time.Duration) {
	n := 0
	for ; n < len(r.coming) && r.coming[n].at <= at; n++ {
		c := &r.coming[n]
		p := c.e.Packet
		if r.tapHost != trace.NoHost && p.To == r.tapHost {
			r.leaveSegment(c.e, c.at)
		}
		r.finish(p, c.at, arrived, "")
	}
	r.coming = slices.Delete(r.coming, 0, n)
}

func (r *reader) leaveSegment(e *trace.Event, at time.Duration) {
	f := flight{packet: e.Packet, left: at, segment: e}
	switch e.Op {
	case "repeat":
		f.how = again
	case "duplicate":
		f.how = duplicate
	}
	r.take(f)
}

// segmentLabels are the words for the arrow of a segment, from the fullest to
// the shortest, as in TCP PSH ACK, seq 1, ack 619, len 582.
func segmentLabels(f *flight) []string {
	e := f.segment
	number := func(name string, n int64) string { return ", " + name + " " + strconv.FormatInt(n, 10) }
	least, carried := "TCP "+visible(e.Name), ""
	if e.Code > 0 {
		carried = number("len", int64(e.Code))
	}
	full := least + number("seq", int64(e.Seq))
	if strings.Contains(e.Name, "ACK") { // else the number says nothing
		full += number("ack", int64(e.Ack))
	}
	full += carried
	all := make([]string, 0, 3)
	for _, l := range [...]string{full, least + carried, least} {
		if l = joined(l, inBrackets(mannerWord[f.how])); len(all) == 0 || l != all[len(all)-1] {
			all = append(all, l)
		}
	}
	return all
}

// mannerWord says why a segment is not simply sent.
var mannerWord = [...]string{plain: "", again: "sent again", duplicate: "duplicate", corrupted: "corrupted"}
