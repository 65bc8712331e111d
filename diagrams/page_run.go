package diagrams

import (
	"strings"

	"siplab/sim/sip"
	"siplab/sim/trace"
)

// page is what the script of a page knows of the run.
type page struct {
	Hosts      []string             `json:"hosts"`
	Messages   []pageMessage        `json:"messages"` // by flight
	Steps      []pageStep           `json:"steps"`
	Moves      []pageMove           `json:"moves"`
	Dictionary map[string]sip.Entry `json:"dictionary"`
}

// pageMessage is a message that an arrow carries.
type pageMessage struct {
	Event    int32        `json:"event"`
	Title    string       `json:"title"`
	First    string       `json:"first"`
	Headers  []pageHeader `json:"headers"`
	Body     string       `json:"body"`
	Problems []string     `json:"problems"`
	Why      []string     `json:"why"`
}

type pageHeader struct {
	Header   string   `json:"header"` // its long name
	Name     string   `json:"name"`
	Value    string   `json:"value"`
	Problems []string `json:"problems,omitempty"`
	Origin   string   `json:"origin,omitempty"`
}

// pageStep is one thing that happened, with all that it led to at once.
type pageStep struct {
	Event   int32  `json:"event"`
	Until   int32  `json:"until"` // the last event before the next step
	At      string `json:"at"`
	Says    string `json:"says"`
	Message int    `json:"message"` // -1: none
}

type pageMove struct {
	Event   int32  `json:"event"`
	Host    int    `json:"host"`
	Machine string `json:"machine"`
	ID      int32  `json:"id"`
	To      string `json:"to"`
	On      string `json:"on"`
	Ref     string `json:"ref"`
	End     bool   `json:"end"`
}

func newPage(tr *trace.Trace, l *Ladder) *page {
	p := &page{
		Hosts: []string{}, Messages: []pageMessage{}, Steps: []pageStep{}, Moves: []pageMove{},
		Dictionary: make(map[string]sip.Entry),
	}
	for i := range tr.Hosts {
		p.Hosts = append(p.Hosts, visible(tr.Hosts[i].Name))
	}
	t := newTeller(tr)
	flights := make(map[int32]int, len(l.flights)) // by packet number
	for i := range l.flights {
		f := &l.flights[i]
		flights[f.packet.N] = i
		p.message(t, l, f)
	}
	for i := range tr.Events {
		e := &tr.Events[i]
		p.step(t, flights, e, int32(i))
		if e.Kind == trace.State && e.Host >= 0 && int(e.Host) < len(p.Hosts) {
			p.move(e, int32(i))
		}
	}
	for i := range p.Steps {
		p.Steps[i].Until = int32(len(tr.Events))
		if i+1 < len(p.Steps) {
			p.Steps[i].Until = p.Steps[i+1].Event - 1
		}
	}
	return p
}

// message explains the message of a flight.
func (p *page) message(t *teller, l *Ladder, f *flight) {
	m := pageMessage{Event: f.event, Title: f.labels[0], First: f.first(), Headers: []pageHeader{}, Problems: []string{}}
	var origins []trace.Origin
	if m.Why, origins = t.causes(f); f.segment != nil {
		p.Messages = append(p.Messages, m)
		return
	}
	e := sip.ExplainMessage(f.bytes())
	m.First = visible(e.Start.Value)
	for i := range e.Headers {
		h := &e.Headers[i]
		long := h.Header
		if h.Entry != nil {
			long = h.Entry.Name
			p.Dictionary[long] = *h.Entry
		}
		m.Headers = append(m.Headers, pageHeader{
			Header: visible(long), Name: visible(h.Name), Value: visible(h.Value),
			Problems: problemTexts(h.Problems), Origin: t.origin(&origins, h.Name),
		})
	}
	if e.Body != nil {
		m.Body = visibleLines(e.Body.Value)
	}
	m.Problems = append(m.Problems, problemTexts(e.Problems)...)
	p.Messages = append(p.Messages, m)
}

// causes are the chain of causes of a message, one a line, and where its
// fields came from.
func (t *teller) causes(f *flight) ([]string, []trace.Origin) {
	e := t.tr.Event(int(f.event))
	if f.how == duplicate && f.packet.Label == "" {
		return []string{"The network made this copy."}, nil
	}
	why := []string{}
	for c := t.behind(e); c != nil; c = t.behind(c) {
		why = append(why, "because "+visible(t.link(c)))
	}
	return why, e.Origins
}

// origin tells where a field came from and takes what it used off the list: of
// fields with the same name each has its own.
func (t *teller) origin(list *[]trace.Origin, name string) string {
	for i := range *list {
		o := &(*list)[i]
		if !strings.EqualFold(o.Field, name) {
			continue
		}
		s := ""
		switch o.Kind {
		case "rule":
			s = "here by a rule: " + o.Ref
		case "packet":
			s = "copied from " + joined(t.labels[o.Packet])
		case "setting":
			s = "a setting: " + o.Ref
		case "fresh":
			s = joined("made for this message", inBrackets(o.Ref))
		}
		*list = (*list)[i+1:]
		return visible(s)
	}
	return ""
}

func problemTexts(list []sip.Problem) []string {
	var all []string
	for i := range list {
		text := list[i].Text
		if list[i].Want != "" {
			text += "; " + list[i].Want
		}
		all = append(all, visible(joined(text, inBrackets(list[i].Section))))
	}
	return all
}

// visibleLines is visible for a text of several lines.
func visibleLines(text string) string {
	lines := strings.Split(strings.TrimSuffix(strings.ReplaceAll(text, "\r\n", "\n"), "\n"), "\n")
	for i := range lines {
		lines[i] = visible(lines[i])
	}
	return strings.Join(lines, "\n")
}

// step adds what happened, where that is something that one follows.
func (p *page) step(t *teller, flights map[int32]int, e *trace.Event, i int32) {
	message := -1
	if e.Packet != nil {
		n, shown := flights[e.Packet.N]
		if !shown {
			return
		}
		message = n
	}
	says := ""
	switch {
	case e.Kind == trace.Arrive && e.Packet != nil:
		says = t.packet(e.Packet) + " arrives at " + t.tr.HostName(e.Host) + "."
	case e.Kind == trace.Timer && e.Op == "fire":
		says = timerName(e.Name) + " fires at " + t.tr.HostName(e.Host) + "."
	default:
		says = t.sentence(e)
	}
	if e.Kind == trace.Send && e.Packet != nil {
		t.sent[e.Packet.Label] = e.Packet
	}
	if says != "" {
		p.Steps = append(p.Steps, pageStep{Event: i, At: stamp(e.At, t.decimals), Says: visible(says), Message: message})
	}
}

// isFinal says whether a machine of that name ends in that state.
func isFinal(machine, state string) bool {
	for _, m := range Machines() {
		if m.Name == machine {
			return m.State(m.Final) == state
		}
	}
	return state == endState
}

func (p *page) move(e *trace.Event, i int32) {
	p.Moves = append(p.Moves, pageMove{
		Event: i, Host: int(e.Host), Machine: visible(e.Name), ID: e.ID, To: visible(e.To),
		On: visible(e.On), Ref: visible(e.Ref), End: isFinal(e.Name, e.To),
	})
}
