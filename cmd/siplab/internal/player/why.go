package player

import (
	"strings"

	"siplab/diagrams"
	"siplab/sim/trace"
)

// whyLines are the causes of what has just happened: of a message, why it was
// sent.
func (p Player) whyLines(s *scene, width int) []line {
	if s.last == nil {
		return block("Nothing has happened yet.", width, 0, dim)
	}
	if s.last.Packet != nil && s.last.Kind != trace.Segment {
		return p.whySent(s.packet, width)
	}
	var out []line
	for n, i := range p.run.Why(int(s.last.I)) {
		e := p.run.Event(i)
		said := p.run.describe(e) + ", at " + clock(e.At, p.run.decimals())
		if n > 0 {
			said = "  because " + said
		}
		out = append(out, block(said, width, 4, plain)...)
	}
	return out
}

// whySent are the causes of a message.
func (p Player) whySent(k *trace.Packet, width int) []line {
	var out []line
	told := strings.TrimRight(diagrams.Why(p.run.Trace, p.run.labels[k.N]), "\n")
	for l := range strings.SplitSeq(told, "\n") {
		out = append(out, block(l, width, 4, plain)...)
	}
	return out
}
