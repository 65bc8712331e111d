package ask

import (
	"siplab/sim/trace"
	"siplab/sim/words"
)

// Choice is a choice of packets at one moment of their way:
//
//	[arrived|lost|repeated] [NTH|every|last] MESSAGE [for METHOD] [from HOST] [to HOST]
//
// Without a first word it is of packets as they were sent, whatever became of
// them: a lost packet was sent too. Repeated ones are sent again by a timer or
// for a repeated request.
type Choice struct {
	When string // arrived, lost, repeated; "": sent
	words.Packets
	hosts []words.Word // From and To, where they stand
}

var moments = []string{"arrived", "lost", "repeated"}

func readChoice(l *words.Line) (arg, error) {
	first := l.Peek()
	var c Choice
	for _, m := range moments {
		if c.When == "" && l.Accept(m) {
			c.When = m
		}
	}
	from := l.At
	var err error
	c.Packets, err = l.Packets()
	c.hosts = hostWords(l.Words[from:l.At])
	if e, ok := err.(*words.Error); ok && c.When == "" && e.Near == "" {
		e.Near = words.Nearest(first.Text, moments)
	}
	return arg{word: first, choice: c}, err
}

// hostWords are the words after from and to.
func hostWords(ws []words.Word) []words.Word {
	var out []words.Word
	for i := 0; i+1 < len(ws); i++ {
		if ws[i].Is("from") || ws[i].Is("to") {
			i++
			out = append(out, ws[i])
		}
	}
	return out
}

// String is the inverse of the reader.
func (c Choice) String() string {
	if c.When == "" {
		return c.Packets.String()
	}
	return c.When + " " + c.Packets.String()
}

// of reports whether the event is the chosen moment of some packet.
func (c Choice) of(e *trace.Event) bool {
	if e.Packet == nil {
		return false
	}
	switch c.When {
	case "arrived":
		return e.Kind == trace.Arrive
	case "lost":
		return e.Kind == trace.Lose
	case "repeated":
		return e.Kind == trace.Send && e.Packet.Again != ""
	}
	return e.Kind == trace.Send
}

// pick is the events of the chosen packets, in order.
func (r *run) pick(c Choice) []*trace.Event {
	var found []*trace.Event
	for i := range r.Events {
		e := &r.Events[i]
		if !c.of(e) || !c.Match(Facts(&r.Header, e.Packet)) {
			continue
		}
		found = append(found, e)
		if len(found) == c.Nth {
			break
		}
	}
	return words.Meant(c.Packets, found)
}

// first is the first event of the chosen packets, nil where there is none.
func (r *run) first(c Choice) *trace.Event {
	if found := r.pick(c); len(found) > 0 {
		return found[0]
	}
	return nil
}

// Facts are what is known of a packet of a run, to choose it by.
func Facts(h *trace.Header, p *trace.Packet) words.Facts {
	f := words.Facts{Status: p.Status, CSeqMethod: p.Method, From: h.HostName(p.From), To: h.HostName(p.To)}
	if p.Status == 0 {
		f.Method = p.Method
	}
	return f
}
