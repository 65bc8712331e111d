package capture

import (
	"slices"
	"strings"
	"time"

	"siplab/sim/trace"
)

// frame is one packet of a run on its link: a datagram or a TCP segment.
type frame struct {
	packet  *trace.Packet
	payload string
	at      time.Duration // when it was sent
	came    time.Duration // when it arrived; never: it did not
	lost    bool
	said    []string // for the comment
	why     string   // why it was sent, …
	after   int32    // … or the packet for which

	segment  bool
	seq, ack uint32
	flags    string
}

// never is the time of arrival of what does not arrive.
const never time.Duration = -1

// gather finds the packets of a run: each as it went over its link, so a copy
// that the network made has a frame of its own.
type gather struct {
	tr      *trace.Trace
	frames  []frame
	of      map[int32]int // by packet number
	streams streams
}

func framesOf(tr *trace.Trace) []frame {
	g := gather{tr: tr, of: map[int32]int{}, streams: streams{cut: hasSegments(tr), by: map[way]*outgoing{}}}
	for i := range tr.Events {
		if e := &tr.Events[i]; e.Packet != nil {
			g.event(e)
		}
	}
	return g.frames
}

func hasSegments(tr *trace.Trace) bool {
	return slices.ContainsFunc(tr.Events, func(e trace.Event) bool { return e.Kind == trace.Segment })
}

func (g *gather) event(e *trace.Event) {
	switch {
	case e.Kind == trace.Segment:
		g.segmentEvent(e)
	case isStream(e.Packet):
		if e.Kind == trace.Send {
			g.write(e)
		}
	case e.Kind == trace.Send:
		f := g.add(e)
		f.say(labelled(e.Packet))
		f.because(g.tr, e)
	case e.Kind == trace.Duplicate:
		g.copied(e)
	default:
		if i, ok := g.of[e.Packet.N]; ok {
			g.frames[i].datagramEvent(e)
		}
	}
}

// isStream says that the packet is a message of a stream. Its bytes are in the
// segments.
func isStream(p *trace.Packet) bool { return p.Transport == "tcp" || p.Transport == "tls" }

func (g *gather) add(e *trace.Event) *frame {
	g.of[e.Packet.N] = len(g.frames)
	g.frames = append(g.frames, frame{packet: e.Packet, payload: e.Packet.Raw, at: e.At, came: never})
	return &g.frames[len(g.frames)-1]
}

// copied is for a copy that the network made. It has what its original says of
// itself, and fates of its own.
func (g *gather) copied(e *trace.Event) {
	i, known := g.of[e.Packet.CopyOf]
	f := g.add(e)
	if known {
		of := g.frames[i]
		f.segment, f.seq, f.ack, f.flags, f.payload = of.segment, of.seq, of.ack, of.flags, of.payload
	}
	f.why = e.Text
}

// datagramEvent is what happens to a datagram after it was sent.
func (f *frame) datagramEvent(e *trace.Event) {
	switch e.Kind {
	case trace.Arrive:
		f.came = e.At
	case trace.Lose:
		f.lose(e.Text)
	case trace.Corrupt:
		f.payload = e.Text
		f.say("corrupted")
	case trace.Verdict:
		f.verdict(e.Name, e.Text)
	}
}

// segmentEvent is a segment that is sent, or what happens to it.
func (g *gather) segmentEvent(e *trace.Event) {
	switch e.Op {
	case "send", "repeat":
		g.segment(e)
		return
	case "duplicate":
		g.copied(e)
		return
	}
	i, ok := g.of[e.Packet.N]
	if !ok {
		return
	}
	switch f := &g.frames[i]; e.Op {
	case "deliver":
		f.came = e.At + e.After
		f.verdict(e.Op, e.Text)
	case "lose":
		f.lose(e.Text)
	case "corrupt":
		f.say("corrupted")
	default:
		f.verdict(e.Op, e.Text)
	}
}

func (g *gather) segment(e *trace.Event) {
	f := g.add(e)
	f.segment, f.seq, f.ack, f.flags = true, e.Seq, e.Ack, e.Name
	if e.Op == "repeat" {
		f.say("sent again")
	}
	labels := g.streams.carried(e)
	f.say(strings.Join(labels, ", "))
	if c := g.tr.Event(int(e.Cause)); c != nil && c.Kind == trace.Send && len(labels) > 0 {
		e = c // what the segment says already is no reason
	}
	f.because(g.tr, e)
}

// verdict is for what the network decided. Only what is not told by an event of
// its own is said: that a packet was held, and why it came late.
func (f *frame) verdict(fate, reason string) {
	switch {
	case fate == "hold":
		f.say(because("held", reason))
	case fate == "deliver" && reason != f.why:
		f.say(reason)
	}
}

func (f *frame) lose(reason string) {
	f.lost, f.came = true, never
	f.say(because("lost", reason))
}

func (f *frame) say(words string) {
	if words != "" {
		f.said = append(f.said, words)
	}
}
