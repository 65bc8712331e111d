package player

import (
	"strconv"
	"strings"
	"time"

	"siplab/sim/sip"
	"siplab/sim/trace"
	"siplab/sim/words"
)

// messageLines explain the message under the cursor.
func (p Player) messageLines(s *scene, width int) []line {
	if s.packet == nil {
		return introduction(width)
	}
	e := sip.ExplainMessage(s.bytes())
	out := p.envelope(s, width)
	out = append(out, block(e.Start.Value, width, 4, strong)...)
	origins := p.run.origins(s.packet)
	for i := range e.Headers {
		h := &e.Headers[i]
		out = append(out, headerLines(h, width)...)
		from := ""
		if len(origins) > 0 && sip.EqualFold(origins[0].Field, h.Name) {
			from, origins = p.run.origin(&origins[0]), origins[1:]
		}
		out = append(out, explained(h, from, width, p.zoom)...)
	}
	if e.Body != nil {
		out = append(out, nil)
		for l := range strings.SplitSeq(strings.TrimRight(e.Body.Value, "\r\n"), "\n") {
			out = append(out, block(strings.TrimSuffix(l, "\r"), width, 4, plain)...)
		}
	}
	return append(out, problems(&e, width)...)
}

// introduction is what a newcomer needs before the first message.
func introduction(width int) []line {
	var out []line
	for _, l := range [...]string{
		"No message has been sent yet.",
		"→ goes on by one event, ↓ to where the next message leaves or arrives. ← and ↑ go back.",
		"l loses the message under the cursor: the run goes another way from there. u takes that back.",
		"? shows all keys.",
	} {
		out = append(out, block(l, width, 2, dim)...)
	}
	return out
}

// bytes are those of the message under the cursor, as they are on their way.
func (s *scene) bytes() string {
	if s.fate.corrupt != "" {
		return s.fate.corrupt
	}
	return s.packet.Raw
}

// envelope is what the network knows of a packet: where it goes, and what has
// become of it.
func (p Player) envelope(s *scene, width int) []line {
	k := s.packet
	name := p.run.packetName(k)
	way := p.run.HostName(k.From) + " " + k.Src.String() + " → " + joined(p.run.HostName(k.To), k.Dst.String()) + ", " + k.Transport
	out := []line{{{name, strong}, {"  " + way, plain}}}
	if cells(name)+2+cells(way) > width {
		out = append(block(name, width, 2, strong), text(way))
	}
	as := dim
	if s.fate.lost {
		as = bad
	}
	out = append(out, block(p.became(s), width, 0, as)...)
	if k.Again != "" {
		out = append(out, block("sent"+p.run.again(k), width, 0, dim)...)
	}
	return out
}

// became says what has become of the packet under the cursor.
func (p Player) became(s *scene) string {
	left := "left at " + clock(s.fate.left, p.run.decimals())
	damaged := ""
	if s.fate.corrupt != "" {
		damaged = ", one bit turned on the way"
	}
	i := s.flying(s.packet)
	switch {
	case s.fate.lost:
		return left + ", lost" + because(s.fate.why)
	case s.fate.arrived:
		return left + ", arrived after " + words.FormatDuration(s.fate.at-s.fate.left) + damaged
	case i >= 0 && s.flights[i].held:
		return left + ", held" + because(s.flights[i].why)
	case i >= 0 && s.flights[i].decided:
		return left + ", in flight: arrives in " + words.FormatDuration(s.flights[i].due-s.now) + damaged
	case i >= 0 && s.packet.Transport != "udp":
		return left + ", on its way in segments of its connection"
	}
	return left + "; the network has not decided about it yet"
}

// origins are where the header fields of a message came from. A repeated
// message has those of the first; a copy, those of its original.
func (r *run) origins(p *trace.Packet) []trace.Origin {
	label := p.Again
	if label == "" {
		label = r.labels[p.N]
	}
	if e := r.ByLabel(label); e != nil {
		return e.Origins
	}
	return nil
}

// origin is an origin in words.
func (r *run) origin(o *trace.Origin) string {
	switch o.Kind {
	case "copied":
		if label := r.labels[o.Packet]; label != "" {
			return "copied from " + label
		}
		return "copied from another message"
	case "setting":
		return joined("from the setting", o.Ref)
	case "fresh":
		return joined("made new,", o.Ref)
	case "rule":
		return joined("as", o.Ref, "says")
	}
	return ""
}

func headerLines(h *sip.Line, width int) []line {
	wrapped := wrap(h.Name+": "+h.Value, width, 4)
	name := sip.Visible(h.Name) + ":"
	rest, whole := strings.CutPrefix(wrapped[0], name)
	if !whole {
		return block(h.Name+": "+h.Value, width, 4, plain)
	}
	out := []line{{{name, strong}, {rest, plain}}}
	for _, l := range wrapped[1:] {
		out = append(out, text(l))
	}
	return out
}

// explained says where a header field came from and what it is for: in one
// line, or in full.
func explained(h *sip.Line, from string, width int, full bool) []line {
	const lead = "    "
	if h.Entry == nil {
		return []line{styled(lead+joined(from, "unknown here: elements leave it as it is, RFC 3261 §8.2.2"), dim)}
	}
	if !full {
		if from != "" {
			from += "; "
		}
		return []line{styled(lead+from+"read by "+h.Entry.Reads, dim)}
	}
	var out []line
	for _, l := range [][2]string{
		{"came from", from}, {"written by", h.Entry.Writes}, {"read by", h.Entry.Reads},
		{"without it", h.Entry.Without + ", " + h.Entry.Section},
	} {
		if l[1] != "" {
			for _, w := range wrap(l[0]+strings.Repeat(" ", 12-len(l[0]))+l[1], width-len(lead), 12) {
				out = append(out, styled(lead+w, dim))
			}
		}
	}
	return out
}

// problems are what is wrong with a message, each with its place and section.
func problems(e *sip.Explanation, width int) []line {
	var out []line
	for i := range e.Problems {
		out = append(out, block("! "+e.Problems[i].Error(), width, 2, bad)...)
	}
	return out
}

// rawLines are the bytes of the message, with each end of a line to be seen.
func (p Player) rawLines(s *scene, width int) []line {
	if s.packet == nil {
		return block("No message has been sent yet.", width, 0, dim)
	}
	raw := s.bytes()
	out := []line{styled(p.run.packetName(s.packet)+", "+strconv.Itoa(len(raw))+" bytes", dim)}
	for l := range strings.SplitAfterSeq(raw, "\n") {
		shown := strings.TrimRight(l, "\r\n")
		ends := strings.NewReplacer("\r", `\r`, "\n", `\n`).Replace(l[len(shown):])
		wrapped := wrap(shown, width-len(ends), 4)
		for _, w := range wrapped[:len(wrapped)-1] {
			out = append(out, text(w))
		}
		out = append(out, line{{wrapped[len(wrapped)-1], plain}, {ends, dim}})
	}
	return out
}

// remaining is a time from now on, with the time of the run where that is
// wanted.
func (p Player) remaining(s *scene, due time.Duration) string {
	in := words.FormatDuration(due - s.now)
	if p.relative {
		return in
	}
	return in + ", at " + clock(due, p.run.decimals())
}
